"""Opening the screen of companies and contacts, and going to any deal, company or contact."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeboard.domain.companies import Kind
from pipeboard.tui.dialogs.choose import Choice
from pipeboard.tui.opening import close_above, go_to_deal

if TYPE_CHECKING:
    from pipeboard.services.finding import Found
    from pipeboard.tui.app import PipeboardApp


def show_companies(app: "PipeboardApp") -> None:
    """Companies and contacts; what is above them is closed where they are open already."""
    from pipeboard.tui.screens.companies import CompaniesScreen

    if not close_above(app, CompaniesScreen):
        app.ask(CompaniesScreen(), lambda _: None)


def show_partner(app: "PipeboardApp", kind: Kind, thing_id: int) -> None:
    """One company or contact on that screen."""
    from pipeboard.tui.screens.companies import CompaniesScreen

    if close_above(app, CompaniesScreen):
        screen = app.screen
        assert isinstance(screen, CompaniesScreen)
        screen.go_to(kind, thing_id)
    else:
        app.ask(CompaniesScreen(kind, thing_id), lambda _: None)


def ask_anything(app: "PipeboardApp") -> None:
    """Ask for a deal, company or contact by a few letters, and go there."""
    app.run_question(_ask(app))


async def _ask(app: "PipeboardApp") -> None:
    from pipeboard.tui.dialogs.find import Find

    finder = app.workspace.finding
    recent = await app.read("find", lambda: finder.find(""))

    async def more(typed: str) -> Sequence[Choice]:
        return choices(await app.read("find", lambda: finder.find(typed)))

    def answered(choice: Choice | None) -> None:
        if choice is not None and isinstance(choice.value, tuple):
            kind, thing_id = choice.value
            go(app, kind, thing_id)

    app.ask(Find("Go to a deal, company or contact", choices(recent), more=more), answered)


def choices(found: "Sequence[Found]") -> list[Choice]:
    """Hits as choices: what it is and what helps to know it stand beside the name."""
    return [Choice((one.kind, one.id), one.name, f"{one.about}  {one.kind}".strip()) for one in found]


def go(app: "PipeboardApp", kind: object, thing_id: object) -> None:
    """Go to a deal, company or contact."""
    if kind == "deal":
        go_to_deal(app, thing_id)
    elif isinstance(thing_id, int):
        show_partner(app, Kind(str(kind)), thing_id)

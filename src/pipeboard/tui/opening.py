"""The other screens: how each is made and what it is given. Only the application opens them."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import Stage
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.places import BY_NAME, PLACES

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


ANYTHING = "open_companies:ask_anything"
"""What asks for any deal, company or contact."""


def open_deal(
    app: "PipeboardApp",
    deal_id: int,
    neighbours: Callable[[int, int], int | None],
    came_back: Callable[[int | None], None],
) -> None:
    """Show a deal on a screen of its own."""
    from pipeboard.services.deals import ALL_ENTRIES
    from pipeboard.tui.deal_desk import DealDesk

    stages: list[Stage] = []
    # Two of these screens may be open, one above the other, and are read again at the same moment.
    name = f"deal-screen-{len(app.screen_stack)}"

    async def load(wanted: int) -> DealDetail:
        deals = app.workspace.deals
        detail = await app.read(name, lambda: deals.detail(wanted, ALL_ENTRIES))
        # Not those of the board: the deal may stand in another pipeline.
        stages[:] = await app.read(f"{name}-stages", lambda: deals.stages(detail.pipeline_id))
        return detail

    app.ask(DealDesk(app, deal_id, load, neighbours, lambda: tuple(stages)), came_back)


def ask_where_to(app: "PipeboardApp") -> None:
    """The screens by letter; `g` once more is the first card or row of the screen on show."""
    screen = app.screen

    def answered(choice: Choice | None) -> None:
        if choice is not None and choice.value == "first":
            screen.action_first()  # type: ignore[attr-defined]
        elif choice is not None:
            show(app, str(choice.value))

    choices = [Choice(place.name, place.label, place.hint, place.letter) for place in PLACES]
    if hasattr(screen, "action_first"):
        choices.append(Choice("first", "First card or row", "", "g"))
    app.ask(Choose("Go to", choices, is_filtered=False), answered)


def show(app: "PipeboardApp", name: str) -> None:
    """Show the screen of this name, or ask for "anything"."""
    opener = ANYTHING if name == "anything" else BY_NAME[name].opener
    module, function = opener.split(":")
    getattr(import_module(f"pipeboard.tui.{module}"), function)(app)


def go_to_deal(app: "PipeboardApp", deal_id: object) -> None:
    """Put the cursor of the screen on show on a deal; a screen without deals opens it."""
    if not isinstance(deal_id, int):
        return
    if hasattr(app.screen, "go_to_deal"):
        app.screen.go_to_deal(deal_id)
    else:
        open_deal(app, deal_id, lambda _deal, _step: None, lambda _: None)


def go_to_thing(app: "PipeboardApp", kind: str, thing_id: int) -> None:
    """Show a deal, a kept filter or a pipeline that was picked in the palette."""
    if kind == "deal":
        go_to_deal(app, thing_id)
        return
    if kind == "pipeline" or not hasattr(app.screen, "show_view"):
        show_board(app)
    if kind == "pipeline":
        app.board_screen().show_pipeline(thing_id)
    else:
        app.run_question(_show_view(app, thing_id))


async def _show_view(app: "PipeboardApp", view_id: int) -> None:
    views = await app.read("views", app.workspace.filters.views)
    screen: Any = app.screen if hasattr(app.screen, "show_view") else app.board_screen()
    for view in views:
        if view.id == view_id:
            screen.show_view(view)


def show_board(app: "PipeboardApp") -> None:
    """The board, from whatever is above it."""
    for _ in app.screen_stack[1:]:
        app.pop_screen()


def close_above(app: "PipeboardApp", kind: type[Screen[Any]]) -> bool:
    """Close what is above a screen of this kind; whether there is one."""
    places = [at for at, screen in enumerate(app.screen_stack) if isinstance(screen, kind)]
    for _ in app.screen_stack[places[0] + 1 :] if places else ():
        app.pop_screen()
    return bool(places)


def show_list(app: "PipeboardApp") -> None:
    """The list; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.list import ListScreen

    if not close_above(app, ListScreen):
        board = app.board_screen()
        app.ask(
            ListScreen(board.overview, board.filter_text, board.board.selected.id if board.board.selected else None),
            lambda _: None,
        )


def show_agenda(app: "PipeboardApp") -> None:
    """The agenda; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.agenda import AgendaScreen

    if not close_above(app, AgendaScreen):
        app.ask(AgendaScreen(), lambda _: None)


def show_metrics(app: "PipeboardApp") -> None:
    """The metrics screen; what is above it is closed where it is open already."""
    from pipeboard.tui.metrics_source import MetricsSource
    from pipeboard.tui.screens.metrics import MetricsScreen

    app.board_screen().notice("metrics")
    if not close_above(app, MetricsScreen):
        source = MetricsSource(app.read, lambda: app.workspace.metrics)
        overview = app.board_screen().overview
        app.ask(MetricsScreen(source, overview, glyphs=app.glyphs), lambda deal_id: go_to_deal(app, deal_id))

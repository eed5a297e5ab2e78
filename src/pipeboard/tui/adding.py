"""Quick add: one line, understood live, saved with Enter."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.stage import Stage

if TYPE_CHECKING:
    from pipeboard.domain.commands import CreateDeal
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.deal_actions import DealActions
    from pipeboard.tui.dialogs.ask_line import Echo


def ask_new_deal(
    screen: "DealActions", stage: Stage | None, save: "Callable[[CreateDeal], None] | None" = None
) -> None:
    """Ask for the line of a new deal; it goes into `stage`, or the first open one.

    `save` does what is asked; without it the board shows the new card before the next key is looked at.
    """
    from pipeboard.tui.dialogs.ask_line import AskLine
    from pipeboard.tui.echoes import quick_add_echo

    app = screen.app
    describe = quick_add_echo(app.local_now, app.workspace.info.currency)

    def described(text: str) -> "Echo":
        app.draft = text
        return describe(text)

    def answered(text: str | None) -> None:
        app.draft = ""
        if text is None:
            return
        try:
            command = command_of(text, app, stage)
            if save is not None:
                save(command)
            else:
                app.run_question(app.submit_and_show(command))
        except PipeboardError as error:
            app.draft = text
            app.report(error)

    suggestions = [f"@{owner.name.split()[0]}" for owner in app.owners()] + [
        f"stage:{s.name}" for s in screen.stages() if s.is_open and " " not in s.name
    ]
    app.ask(AskLine("New deal", value=app.draft, describe=described, suggestions=suggestions), answered)


def command_of(text: str, app: "PipeboardApp", stage: Stage | None) -> "CreateDeal":
    """The command that a line means; InvalidInput, NotFound or Ambiguous name the part that fits nothing."""
    from pipeboard.domain.commands import CreateDeal
    from pipeboard.domain.names import match_name
    from pipeboard.domain.quick_add import parse
    from pipeboard.domain.task import kind_of

    overview = app.board_screen().overview
    currency = app.workspace.info.currency
    line = parse(text, app.local_now(), currency)
    if not line.title:
        raise InvalidInput("A deal needs a title.")
    open_stages = [s for s in overview.stages if s.is_open]
    target = stage or open_stages[0]
    if line.stage:
        target = open_stages[match_name(line.stage, [s.name for s in open_stages], "stage")]
    owners = overview.owners
    owner_id = owners[match_name(line.owner, [o.name for o in owners], "owner")].id if line.owner else None
    return CreateDeal(
        title=line.title,
        stage_id=target.id,
        value_minor=line.value_minor,
        currency=line.currency,
        company=line.company or "",
        contact=line.contact or "",
        owner_id=owner_id,
        tags=line.tags,
        probability=line.probability,
        is_hot=line.is_hot,
        expected_close_on=line.close_on,
        product=line.product or "",
        source=line.source or "",
        next_step=line.next_step or "",
        next_kind=kind_of(line.next_step or ""),
        due_on=line.due_on,
        due_time=line.due_at,
    )

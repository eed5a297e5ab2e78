"""Quick add: one line, understood live, saved with Enter."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from pipeboard.domain.stage import Stage

if TYPE_CHECKING:
    from pipeboard.domain.commands import CreateDeal
    from pipeboard.domain.new_deal import DealNames
    from pipeboard.domain.products import Catalogue
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.deal_actions import DealActions
    from pipeboard.tui.dialogs.ask_line import Echo

Save = Callable[["CreateDeal"], Awaitable[bool]]
"""Puts a new deal on disk; whether it is there."""


def ask_new_deal(screen: "DealActions", stage: Stage | None, save: Save | None = None) -> None:
    """Ask for the line of a new deal; it goes into `stage`, or the first open one, unless the line says where.

    `save` does what is asked; without it the board shows the new card before the next key is looked at.
    """
    screen.app.run_question(_ask(screen, stage, save or screen.app.submit_and_show))


async def _ask(screen: "DealActions", stage: Stage | None, save: Save) -> None:
    from pipeboard.services.adding import deal_names
    from pipeboard.tui.dialogs.ask_line import AskLine
    from pipeboard.tui.echoes import quick_add_echo

    app = screen.app
    names = await app.read("names", lambda: deal_names(app.workspace))
    home = stage or next((s for s in screen.stages() if s.is_open), None)
    shelf: list[Catalogue | None] = [None]
    describe = quick_add_echo(app.local_now, app.workspace.info.currency, names, home, lambda: shelf[0])

    def described(text: str) -> "Echo":
        app.draft = text
        return describe(text)

    def answered(text: str | None) -> None:
        app.draft = text or ""
        if text is not None:
            app.run_question(_add(app, text, names, home, save))

    suggestions = [f"@{owner.name.split()[0]}" for owner in names.owners]
    suggestions += [f"stage:{s.name}" for s in screen.stages() if s.is_open and " " not in s.name]
    if len(names.pipelines) > 1:
        suggestions += [f"p:{pipeline.name}" for pipeline in names.pipelines]

    async def know_products() -> None:
        """Complete and tell them as soon as they are read: the line does not wait for that."""
        shelf[0], offered = await app.read("products", app.workspace.deals.products)
        suggestions.extend(f"product:{name}" for name in offered)

    def pasted(lines: str) -> None:
        app.draft = ""
        app.take_lines(lines)

    line = AskLine(
        "New deal", value=app.draft, describe=described, suggestions=suggestions, on_lines=pasted, enter="add"
    )
    app.ask(line, answered)
    app.run_guarded(know_products(), "products")


async def _add(app: "PipeboardApp", text: str, names: "DealNames", home: Stage | None, save: Save) -> None:
    """Save the deal of a line. The line stays the draft until the deal is on disk, so that nothing typed is lost."""
    from pipeboard.domain.new_deal import new_deal, stage_of
    from pipeboard.domain.quick_add import parse

    said = parse(text, app.local_now(), app.workspace.info.currency)
    command = new_deal(said, names, home)
    if not await save(command):
        app.say("Not saved. What you typed is kept: n goes on with it", "overdue")
        return
    app.draft = ""
    stage = stage_of(said, names, home)
    if home is not None and stage.pipeline_id != home.pipeline_id:
        words = f"Added {command.title} to {names.pipeline_of(stage).name}, {stage.name}"
        # Through the queue of the screen: it may still have the message that the command is done before it.
        app.screen.call_later(app.say, words, is_undoable=True)

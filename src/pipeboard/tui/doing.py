"""How an action on deals is carried out: asked first when it is about many, remembered, done again by one key."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.qualifying import Qualifying
from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from datetime import date

    from pipeboard.domain.commands import Command
    from pipeboard.domain.stage import Stage
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.text.command_words import Names

LARGE = 20
"""More deals than this are changed only after a question that names their number."""


class Doing(Qualifying):
    """Queues what an action wants done; a part of the actions on deals."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def stages(self) -> "tuple[Stage, ...]": ...

        def _today(self) -> "date": ...

        def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None: ...

        def action_step(self, step: int) -> None: ...

        def action_delete(self) -> None: ...

        def show_moved(self, targets: tuple[Target, ...], stage_id: int) -> None: ...

    _on_done: Callable[[bool], None] | None = None
    """Told how the commands end that the answer being carried out queues."""

    def _do(self, command: "Command", show: Callable[[], None] | None = None) -> None:
        """Queue a command, after asking where it is about many deals; `show` shows it before it is on disk."""
        from pipeboard.domain.commands import DeleteDeals
        from pipeboard.tui.text.command_words import command_words, deals_in

        app, on_done = self.app, self._on_done

        def carry_out(command: "Command") -> None:
            app.submit(command, on_done)
            if show is not None:
                show()

        def go() -> None:
            app.last_change = command
            if self.may_lack(command):
                app.run_question(self.ask_about_open(command, carry_out))
            else:
                carry_out(command)

        count = deals_in(command)
        if count <= LARGE or isinstance(command, DeleteDeals):  # a deletion has asked already
            go()
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                go()
            elif on_done is not None:
                on_done(False)
            else:
                app.say("Nothing was changed", "muted")

        from pipeboard.tui.dialogs.confirm import Confirm

        words = command_words(command, self._names())
        detail = f"{words[:1].upper()}{words[1:]}. It is one step: u takes all of it back."
        self._ask(Confirm(f"Change {count:,} deals at once?", detail, yes=f"Change {count:,} deals", no="No"), answered)

    def _telling(self, on_done: Callable[[bool], None], work: Callable[[], None]) -> None:
        """Do what queues commands; `on_done` is told how each of them ends, or False when none could be made."""
        self._on_done = on_done
        try:
            work()
        except PipeboardError as error:
            self.app.report(error)
            on_done(False)
        finally:
            self._on_done = None

    def _names(self) -> "Names":
        from pipeboard.tui.text.command_words import Names

        known = (*self.app.board_screen().overview.stages, *self.stages())
        owners = {owner.id: owner.name for owner in self.app.owners()}
        return Names({s.id: s.name for s in known}, owners, self._today(), self.app.workspace.info.currency)

    def action_repeat(self) -> None:
        """Do the last change again, for the deals that are meant here."""
        from pipeboard.domain.commands import DeleteDeals, MoveDeals, ReorderDeal, StepDeals
        from pipeboard.tui.repeating import repeated
        from pipeboard.tui.text.command_words import command_words

        change = self.app.last_change
        if change is None:
            self.app.say("Nothing to repeat yet: . does the last change of a deal again, on another one", "muted")
            return
        if isinstance(change, ReorderDeal):
            self._reorder_again(1 if change.is_after else -1)
            return
        found = self._wanted()
        if not found:
            return
        if isinstance(change, DeleteDeals):
            self.action_delete()
            return
        self.app.say(f"Again: {command_words(change, self._names())} ({named(found)})", "accent")
        if isinstance(change, StepDeals):
            self.action_step(change.step)
            return
        command = repeated(change, found)
        if isinstance(command, MoveDeals):
            elsewhere = tuple(target for target in found if target.stage_id != command.stage_id)
            self._do(command, lambda: self.show_moved(elsewhere, command.stage_id))
        else:
            self._do(command)

    def _reorder_again(self, step: int) -> None:
        """Move the card once more, where cards have an order of their own."""
        reorder = getattr(self, "action_reorder", None)
        if reorder is None:
            self.app.say("The last change moved a card in its stage: only the board repeats that", "muted")
        else:
            reorder(step)

"""The deal screen at work: the same actions as on the board, for the deal on show."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import BindingsMap

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import Stage
from pipeboard.tui.actions import DEAL
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.screens.deal import DealScreen
from pipeboard.tui.targets import Target, target_of_detail
from pipeboard.tui.text.bars import FootLine, KeyHint

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class DealDesk(DealActions, DealScreen):
    """One deal in full, to be worked on."""

    CONTEXT = DEAL
    CSS_PATH = "screens/deal.tcss"

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(
        self,
        app: "PipeboardApp",
        deal_id: int,
        load: Callable[[int], Awaitable[DealDetail]],
        neighbours: Callable[[int, int], int | None],
        stages: Callable[[], tuple[Stage, ...]],
    ) -> None:
        super().__init__(deal_id, load, neighbours, now=app.local_now, glyphs=app.glyphs)
        self._stages = stages

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(DEAL))])

    def targets(self) -> tuple[Target, ...]:
        return (target_of_detail(self.detail),) if self.detail is not None else ()

    def stages(self) -> tuple[Stage, ...]:
        return self._stages()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self.reload()

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        if message.outcome.action_id is not None:
            self.tell(message.outcome.label, "won", is_undoable=not message.outcome.label.startswith("Undid"))

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        self.say(FootLine(words, tone, KeyHint("u", "undo") if is_undoable else None))

    def action_undo(self) -> None:
        """Take back what was done last."""
        from pipeboard.domain.commands import Undo

        self.app.submit(Undo())

    def action_redo(self) -> None:
        """Do it again."""
        from pipeboard.domain.commands import Redo

        self.app.submit(Redo())

"""The deal screen at work: the same actions as on the board, for the deal on show."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import on

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import Stage
from pipeboard.tui.bindings import first_key, pane_keys
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.screens.deal import DealScreen
from pipeboard.tui.targets import Target, target_of_detail
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.timeline_actions import TimelineActions
from pipeboard.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class DealDesk(TimelineActions, DealScreen):
    """One deal in full, to be worked on."""

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
        super().__init__(deal_id, load, neighbours, now=app.local_now, keys=pane_keys(app.actions), glyphs=app.glyphs)
        self._stages = stages

    def targets(self) -> tuple[Target, ...]:
        return (target_of_detail(self.detail),) if self.detail is not None else ()

    def panes(self) -> tuple[SidePane, ...]:
        return tuple(self.query(SidePane))

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
        undo = KeyHint(first_key(self.app.actions, "history.undo"), "undo") if is_undoable else None
        self.say(FootLine(words, tone, undo))

"""Cards dragged with the mouse: to another stage, or to another place of their own."""

from typing import TYPE_CHECKING

from textual.message import Message

from pipeboard.tui.widgets.board_state import BoardState
from pipeboard.tui.widgets.stage_column import StageColumn


class Dragging:
    """Shows where a dragged card would go and tells where it was let go; a part of the board."""

    is_by_hand = True
    """Whether the cards stand where somebody put them, so that dragging changes their order."""

    if TYPE_CHECKING:
        _state: BoardState
        _columns: list[StageColumn]

        def _visible_columns(self) -> list[StageColumn]: ...

        def post_message(self, message: Message) -> bool: ...

    class CardDropped(Message, namespace="board"):
        """A card was dragged to another stage."""

        def __init__(self, deal_id: int, stage_id: int) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.stage_id = stage_id

    class CardReordered(Message, namespace="board"):
        """A card was dragged to another place of its stage: next to another deal, below it or above."""

        def __init__(self, deal_id: int, other_id: int, *, is_after: bool) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.other_id = other_id
            self.is_after = is_after

    def on_stage_column_dragged(self, message: StageColumn.Dragged) -> None:
        message.stop()
        home, target = self._find_stage_of(message.deal_id), self._column_at(message.screen_x, message.y)
        for column in self._visible_columns():
            is_home = column.stage_id == home
            column.set_target(column is target and not is_home)
            is_sorting = column is target and is_home and self.is_by_hand
            column.set_gap(column.gap_at(message.y) if is_sorting else None)

    def on_stage_column_dropped(self, message: StageColumn.Dropped) -> None:
        message.stop()
        target, home = self._column_at(message.screen_x, message.y), self._find_stage_of(message.deal_id)
        self._show_no_drop()
        if target is None:
            return
        if home != target.stage_id:
            self.post_message(self.CardDropped(message.deal_id, target.stage_id))
        elif self.is_by_hand:
            self._drop_between(target, message.deal_id, target.gap_at(message.y))

    def _drop_between(self, column: StageColumn, deal_id: int, gap: int) -> None:
        """Tell next to which card one was let go; nothing when that is where it stands."""
        source = self._state.source
        place = source.index_of(column.stage_id, deal_id) if source is not None else None
        if source is None or place is None or gap in (place, place + 1):
            return
        is_after = gap > place
        other = source.card(column.stage_id, gap - 1 if is_after else gap)
        if other is not None:
            self.post_message(self.CardReordered(deal_id, other.id, is_after=is_after))

    def cancel_drag(self) -> bool:
        """Put a card that is being dragged back; whether there was one."""
        self._show_no_drop()
        held = [column.let_go() for column in self._visible_columns()]
        return any(held)

    def _show_no_drop(self) -> None:
        """No place is lit any more."""
        for column in self._columns:
            column.set_target(False)
            column.set_gap(None)

    def _column_at(self, screen_x: int, y: int) -> StageColumn | None:
        """The visible column under a cell of the screen, at a row of the columns; None outside of the board."""
        columns = self._visible_columns()
        return next((c for c in columns if c.region.x <= screen_x < c.region.right and 0 <= y < c.size.height), None)

    def _find_stage_of(self, deal_id: int) -> int | None:
        """The stage a deal stands in now."""
        found = self._state.find(deal_id)
        return self._state.heads[found[0]].stage.id if found else None

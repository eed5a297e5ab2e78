"""Where the board gets its cards from: windows of rows, some of which are not loaded yet."""

from collections.abc import Iterable
from typing import Protocol

from pipeboard.domain.board import Card


class CardSource(Protocol):
    """The cards of each stage, in the order of the board and after its filter.

    Nothing here waits: what is not in memory is None, the board asks for it with `Board.WindowNeeded` and
    is told by `Board.rows_loaded`.
    """

    def count(self, stage_id: int) -> int:
        """How many cards the filter leaves in the stage."""
        ...

    def card(self, stage_id: int, index: int) -> Card | None:
        """The card at a place of its stage (0 is the first), or None while it is not loaded."""
        ...

    def index_of(self, stage_id: int, deal_id: int) -> int | None:
        """The place of a deal in the stage, or None when it is not there."""
        ...


def find_deal(source: CardSource, stage_ids: Iterable[int], deal_id: int) -> tuple[int, int] | None:
    """Stage id and place of a deal, looking through the stages in the order given."""
    for stage_id in stage_ids:
        index = source.index_of(stage_id, deal_id)
        if index is not None:
            return stage_id, index
    return None


def missing_window(source: CardSource, stage_id: int, top: int, capacity: int) -> tuple[int, int, int, int] | None:
    """First and last missing card on a screen of cards from `top`, and the window to load (last exclusive).

    The window takes a screen before and a screen after with it, so that the next page is there in time.
    None when everything on the screen is loaded.
    """
    count = source.count(stage_id)
    missing = [i for i in range(top, min(count, top + capacity)) if source.card(stage_id, i) is None]
    if not missing:
        return None
    return missing[0], missing[-1], max(0, top - capacity), min(count, top + 2 * capacity)

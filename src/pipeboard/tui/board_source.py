"""The cards the board draws, held in memory by window, and changed at once when a key moves one.

What a key does is shown before it is on disk; the screen is read again when the last queued write is done,
so that what stays on show is always what the database holds.
"""

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeboard.domain.board import Card

KEPT_CARDS = 4096


class _Column:
    """The known beginning of a stage's order, and how many deals there are in all."""

    __slots__ = ("count", "ids")

    def __init__(self, ids: Iterable[int], count: int) -> None:
        self.ids = array("q", ids)
        self.count = count

    @property
    def is_whole(self) -> bool:
        """Whether every id is known."""
        return len(self.ids) == self.count


class BoardSource:
    """What `Board` asks for, out of memory only."""

    def __init__(self) -> None:
        self._columns: dict[int, _Column] = {}
        self._cards: OrderedDict[int, Card] = OrderedDict()

    # -- what the board asks ----------------------------------------------------------------------

    def count(self, stage_id: int) -> int:
        """How many cards the stage has under the filter."""
        column = self._columns.get(stage_id)
        return column.count if column else 0

    def card(self, stage_id: int, index: int) -> Card | None:
        """The card at a place, or None while it is not loaded."""
        column = self._columns.get(stage_id)
        if column is None or not 0 <= index < len(column.ids):
            return None
        return self._cards.get(column.ids[index])

    def index_of(self, stage_id: int, deal_id: int) -> int | None:
        """The place of a deal in the known part of a stage."""
        column = self._columns.get(stage_id)
        try:
            return column.ids.index(deal_id) if column else None
        except ValueError:
            return None

    # -- what the screen puts in ------------------------------------------------------------------

    def show(
        self,
        counts: Mapping[int, int],
        first: Mapping[int, Sequence[Card]],
        orders: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        """Start again from the first cards of every stage, and from the whole order of those that have one."""
        columns = {}
        for stage_id, count in counts.items():
            cards = first.get(stage_id, ())
            self.put_cards(cards)
            order = (orders or {}).get(stage_id)
            if order is None:
                columns[stage_id] = _Column((card.id for card in cards), count)
            else:
                columns[stage_id] = _Column(order, len(order))
        self._columns = columns

    def longer_than(self, window: int) -> frozenset[int]:
        """The stages of which more than so many deals are known: somebody has looked further down there."""
        return frozenset(stage_id for stage_id, column in self._columns.items() if len(column.ids) > window)

    def show_ids(self, ids: Mapping[int, Sequence[int]]) -> None:
        """Show exactly these deals, in this order (a filter)."""
        self._columns = {stage_id: _Column(order, len(order)) for stage_id, order in ids.items()}

    def put_ids(self, stage_id: int, ids: Sequence[int]) -> None:
        """The whole order of a stage."""
        self._columns[stage_id] = _Column(ids, len(ids))

    def put_cards(self, cards: Iterable[Card]) -> None:
        """Cards that were read; the oldest are forgotten."""
        for card in cards:
            self._cards[card.id] = card
            self._cards.move_to_end(card.id)
        while len(self._cards) > KEPT_CARDS:
            self._cards.popitem(last=False)

    def wanted(self, stage_id: int, first: int, last: int) -> tuple[int, ...] | None:
        """The ids of a window that are not loaded; None while the order of the stage is not known that far."""
        column = self._columns.get(stage_id)
        if column is None:
            return ()
        if last > len(column.ids) and not column.is_whole:
            return None
        return tuple(i for i in column.ids[first:last] if i not in self._cards)

    def get(self, deal_id: int) -> Card | None:
        """A loaded card by id."""
        return self._cards.get(deal_id)

    def ids(self, stage_id: int) -> Sequence[int]:
        """The known order of a stage."""
        column = self._columns.get(stage_id)
        return column.ids if column else ()

    def edit(self, deal_ids: Iterable[int], **fields: Any) -> None:
        """Show fields of cards that a key has set."""
        for deal_id in deal_ids:
            if card := self._cards.get(deal_id):
                self._cards[deal_id] = card._replace(**fields)

    def forget_all(self) -> None:
        """Something changed: every card is read again when it comes into sight."""
        self._cards.clear()

    # -- what a key changes at once ---------------------------------------------------------------

    def move(self, deal_ids: Sequence[int], stage_id: int) -> None:
        """Put cards at the top of another stage, in their order."""
        for deal_id in reversed(deal_ids):
            card = self._cards.get(deal_id)
            if card is None or stage_id not in self._columns:
                continue
            self._take_out(card.stage_id, deal_id)
            target = self._columns[stage_id]
            target.ids.insert(0, deal_id)
            target.count += 1
            self._cards[deal_id] = card._replace(stage_id=stage_id, version=card.version)

    def remove(self, deal_ids: Iterable[int]) -> None:
        """Take cards off the board."""
        for deal_id in deal_ids:
            if card := self._cards.get(deal_id):
                self._take_out(card.stage_id, deal_id)

    def reorder(self, stage_id: int, deal_id: int, step: int) -> int | None:
        """Let a card change places with its neighbour; the neighbour's id, or None at an end."""
        index = self.index_of(stage_id, deal_id)
        if index is None:
            return None
        ids = self._columns[stage_id].ids
        other = index + step
        if not 0 <= other < len(ids):
            return None
        ids[index], ids[other] = ids[other], ids[index]
        return ids[index]

    def put_beside(self, stage_id: int, deal_id: int, other_id: int, *, is_after: bool) -> None:
        """Put a card directly before or after another one of its stage."""
        ids = self._columns[stage_id].ids
        if deal_id in ids and other_id in ids:
            ids.remove(deal_id)
            ids.insert(ids.index(other_id) + is_after, deal_id)

    def _take_out(self, stage_id: int, deal_id: int) -> None:
        column = self._columns.get(stage_id)
        if column is not None and deal_id in column.ids:
            column.ids.remove(deal_id)
            column.count -= 1

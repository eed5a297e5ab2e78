"""Marks on cards and rows: one by one, a range between two, all of them; actions then take every marked deal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.board import Card
from pipeboard.tui.targets import Target, target_of_card

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class Anchor(NamedTuple):
    """Where a range began: the deal, and its home (a stage of the board; a list is one home)."""

    home: int
    deal_id: int


class Marking:
    """The marks of a screen, which says where its cursor is and in which order its deals stand."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None: ...

        def action_cursor(self, dx: int, dy: int) -> None: ...

    _marked_cards: dict[int, Card]
    _unranged: dict[int, Card]
    """What was marked before the range began."""

    _anchor: Anchor | None = None

    # -- what the screen provides -----------------------------------------------------------------

    def card_here(self) -> Card | None:
        """The card under the cursor."""
        raise NotImplementedError

    def home_here(self) -> int:
        """The home in which the cursor is."""
        raise NotImplementedError

    def place_here(self) -> int:
        """The place of the cursor in its home, from 0."""
        raise NotImplementedError

    def known_order(self, home: int, places: int) -> Sequence[int] | None:
        """The deals of a home in order; None while the first so many of them are not known."""
        raise NotImplementedError

    async def read_order(self, home: int) -> None:
        """Read the whole order of a home."""
        raise NotImplementedError

    async def read_here(self) -> None:
        """Read the cards around the cursor."""
        raise NotImplementedError

    def loaded(self, deal_id: int) -> Card | None:
        """A card that is in memory."""
        raise NotImplementedError

    def paint_marks(self, marked: frozenset[int], anchor: int | None) -> None:
        """Show the marks and where the range began."""
        raise NotImplementedError

    # -- who is meant -----------------------------------------------------------------------------

    def marked_targets(self, order: Sequence[int]) -> tuple[Target, ...]:
        """The marked deals, those of `order` first. No mark is ever left out: each keeps its card."""
        marked = self._marked_cards
        ids = dict.fromkeys([*(i for i in order if i in marked), *sorted(marked)])
        return tuple(target_of_card(self.loaded(i) or marked[i]) for i in ids)

    def _wanted(self) -> tuple[Target, ...]:
        self._end_range()
        return super()._wanted()  # type: ignore[misc,no-any-return]  # that of the actions on deals

    # -- one, all, none ---------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the card, or not, and go down."""
        self._end_range()
        if card := self.card_here():
            if card.id in self._marked_cards:
                del self._marked_cards[card.id]
            else:
                self._marked_cards[card.id] = card
            self.show_marks()
            self.action_cursor(0, 1)

    def action_mark_all(self) -> None:
        """Mark every card of the stage, or row of the list; those that were not on the screen are read first."""
        self._end_range()
        home = self.home_here()
        self.app.run_question(self._mark_all(home))

    async def _mark_all(self, home: int) -> None:
        order = self.known_order(home, 1 << 60)
        if order is None:
            await self.read_order(home)
            order = self.known_order(home, 0) or ()
        ids = tuple(order)
        cards = await self.app.read("marks", lambda: self.app.workspace.board.cards(ids))
        self._marked_cards = {**self._marked_cards, **{card.id: card for card in cards}}
        self.show_marks()

    def clear_marks(self) -> bool:
        """Drop the range, else all marks; whether there was anything to drop."""
        if self._anchor is not None:
            self._marked_cards, self._anchor = self._unranged, None
        elif self._marked_cards:
            self._marked_cards = {}
        else:
            return False
        self.show_marks()
        return True

    def forget_marks(self) -> None:
        """No marks any more: other deals are shown."""
        self._marked_cards, self._anchor = {}, None
        self.paint_marks(frozenset(), None)

    def show_marks(self) -> None:
        """Show the marks and say how many there are."""
        self.paint_marks(frozenset(self._marked_cards), self._anchor.deal_id if self._anchor else None)
        count = len(self._marked_cards)
        if self._anchor is not None:
            self.tell(f"{count:,} marked: move, then v or an action; Esc drops the range", "accent")
        else:
            self.tell(f"{count:,} marked: every action takes them all, Esc clears" if count else "", "accent")

    # -- a range ----------------------------------------------------------------------------------

    def action_mark_range(self) -> None:
        """Begin a range at the cursor; the second time keep what it holds."""
        if self._anchor is not None:
            self._end_range()
            self.show_marks()
        elif card := self.card_here():
            self._unranged = dict(self._marked_cards)
            self._anchor = Anchor(self.home_here(), card.id)
            self.extend_range()

    def cursor_moved(self) -> None:
        """The cursor was moved by a key. The next key may be about its card: it waits until that is in memory."""
        if self.place_here() >= 0 and self.card_here() is None:
            self.app.run_question(self.read_here())
        self.extend_range()

    def extend_range(self) -> None:
        """Let the range reach to the cursor, which has moved; it ends where the cursor leaves the stage."""
        if self._anchor is None:
            return
        if self.home_here() != self._anchor.home:
            self._end_range()
            self.show_marks()
            return
        ids = self._between(self._anchor)
        if ids is None or any(self.loaded(i) is None for i in ids):
            self.app.run_question(self._extend_after_reading(self._anchor))
        else:
            self._hold(ids)

    async def _extend_after_reading(self, anchor: Anchor) -> None:
        """The same for cards that are not in memory; keys wait meanwhile."""
        ids = self._between(anchor)
        if ids is None:
            await self.read_order(anchor.home)
            ids = self._between(anchor) or ()
        missing = tuple(i for i in ids if self.loaded(i) is None)
        cards = await self.app.read("marks", lambda: self.app.workspace.board.cards(missing))
        if self._anchor == anchor:
            self._hold(ids, {card.id: card for card in cards})

    def _hold(self, ids: Sequence[int], read: dict[int, Card] | None = None) -> None:
        found = {i: card for i in ids if (card := (read or {}).get(i) or self.loaded(i)) is not None}
        self._marked_cards = {**self._unranged, **found}
        self.show_marks()

    def _between(self, anchor: Anchor) -> Sequence[int] | None:
        """The deals from the anchor to the cursor; None while their order is not known."""
        order = self.known_order(anchor.home, self.place_here() + 1)
        if order is None:
            return None
        here = max(0, self.place_here())
        there = order.index(anchor.deal_id) if anchor.deal_id in order else here
        return order[min(here, there) : max(here, there) + 1]

    def _end_range(self) -> None:
        """Keep what the range holds as marks."""
        if self._anchor is not None:
            self._anchor = None
            self.paint_marks(frozenset(self._marked_cards), None)

"""What the board shows and where its cursor is, without any drawing."""

from pipeboard.domain.board import Card, Overview
from pipeboard.tui.text.board_layout import heads
from pipeboard.tui.text.column_geometry import HEADER
from pipeboard.tui.text.stage_header import StageHead
from pipeboard.tui.widgets.card_source import CardSource, find_deal


class BoardState:
    """The values of one reading and a cursor that stays on its deal through the next ones."""

    def __init__(self) -> None:
        self.overview: Overview | None = None
        self.source: CardSource | None = None
        self.heads: tuple[StageHead, ...] = ()
        self.stage_index = 0
        self.index = HEADER
        self.deal_id: int | None = None
        self._wanted: int | None = None

    def take(
        self, overview: Overview, source: CardSource, clogged: frozenset[int], folded: frozenset[int] = frozenset()
    ) -> None:
        """Take new values; the cursor goes where its deal is now.

        Where that deal is gone the cursor keeps its place in its stage.
        """
        kept = self.stage_id
        self.overview, self.source = overview, source
        shown = {stage.id: source.count(stage.id) for stage in overview.stages}
        self.heads = heads(overview, shown, clogged, folded)
        ids = self._stage_ids()
        self.stage_index = ids.index(kept) if kept in ids else 0
        if kept not in ids:
            self.index = 0
        for deal_id in (self._wanted, self.deal_id):
            found = self.find(deal_id) if deal_id is not None else None
            if found is not None:
                self.put(*found, deal_id=deal_id)
                return
        if self.heads:
            wanted = self._wanted
            self.put(self.stage_index, HEADER if self.is_folded(self.stage_index) else max(self.index, 0))
            self._wanted = wanted

    def put(self, stage_index: int, index: int, deal_id: int | None = None) -> None:
        """Move the cursor, to the last card where there are fewer; HEADER where there is none.

        `deal_id` is the deal at that place where it is known before its row is loaded.
        """
        self._wanted = None
        self.stage_index = stage_index
        self.index = min(index, self.count(stage_index) - 1)
        card = self.selected
        self.deal_id = card.id if card else deal_id

    def is_folded(self, stage_index: int) -> bool:
        """Whether the stage at a place of the board is a slim column."""
        return self.heads[stage_index].is_folded

    def want(self, deal_id: int) -> None:
        """The deal on which the cursor shall stand when it comes."""
        self._wanted = deal_id

    @property
    def stage_id(self) -> int | None:
        """The stage the cursor is in."""
        return self.heads[self.stage_index].stage.id if self.heads else None

    @property
    def selected(self) -> Card | None:
        """The card under the cursor; None on an empty stage, and while the row is not loaded."""
        if self.source is None or self.stage_id is None or self.index < 0:
            return None
        return self.source.card(self.stage_id, self.index)

    def count(self, stage_index: int) -> int:
        """Cards of the stage at a place of the board."""
        return self.source.count(self.heads[stage_index].stage.id) if self.source else 0

    def find(self, deal_id: int) -> tuple[int, int] | None:
        """Place of the stage and of the card of a deal; the stage of the cursor is asked first."""
        if self.source is None:
            return None
        ids = self._stage_ids()
        order = sorted(ids, key=lambda stage_id: stage_id != self.stage_id)
        found = find_deal(self.source, order, deal_id)
        return (ids.index(found[0]), found[1]) if found else None

    def _stage_ids(self) -> list[int]:
        """The stages from left to right."""
        return [head.stage.id for head in self.heads]

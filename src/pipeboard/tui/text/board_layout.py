"""Which stages of a board are visible at a width, and in which order they stand."""

from collections.abc import Iterable
from typing import NamedTuple

from pipeboard.domain.board import Overview, StageTotals
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.stage_header import StageHead, share_of

MARGIN = 1
NARROWEST = 22
WIDEST = 46

_ORDER = {StageKind.WON: 1, StageKind.LOST: 2, StageKind.PARKED: 3}


class BoardLayout(NamedTuple):
    """The visible stages: `shown` of them from the one at `first`, each `column_width` cells wide."""

    first: int
    shown: int
    column_width: int


def lay_out(width: int, stages: int, cursor: int, first: int) -> BoardLayout:
    """The layout in which as many stages as fit are visible, the one at `cursor` among them.

    `first` is where the view was: it moves no further than it has to.
    """
    room = max(1, width - MARGIN)
    shown = max(1, min(stages, room // NARROWEST))
    lowest = max(0, cursor - shown + 1)
    moved = min(max(first, lowest), cursor, max(0, stages - shown))
    return BoardLayout(max(0, moved), shown, min(WIDEST, room // shown))


def in_board_order(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Open stages by position, then Won, Lost and the fridge."""
    return tuple(sorted(stages, key=lambda stage: (_ORDER.get(stage.kind, 0), stage.position)))


def heads(overview: Overview, shown: dict[int, int], clogged: frozenset[int]) -> tuple[StageHead, ...]:
    """The heads of all stages in order; `shown` is the number of deals the filter leaves, by stage id."""
    stages = in_board_order(overview.stages)
    largest = max(
        (overview.totals[s.id].value_minor for s in stages if s.is_open and s.id in overview.totals),
        default=0,
    )
    found = []
    for stage in stages:
        totals = overview.totals.get(stage.id, StageTotals(stage.id, 0, 0, 0))
        currency = overview.workspace.currency
        share = share_of(totals, largest)
        found.append(StageHead(stage, totals, shown.get(stage.id, 0), currency, share, stage.id in clogged))
    return tuple(found)

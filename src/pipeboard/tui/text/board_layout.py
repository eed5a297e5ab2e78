"""Which stages of a board are visible at a width, and in which order they stand."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipeboard.domain.board import Overview, StageTotals
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.stage_header import StageHead, share_of

MARGIN = 1
NARROWEST = 22
TIGHTEST = 21
"""Cells that are enough for a stage where all of them fit then."""

WIDEST = 46
SLIM = 10
"""Cells of a folded stage: its name, its number of deals, its total."""

_ORDER = {StageKind.WON: 1, StageKind.LOST: 2, StageKind.PARKED: 3}


class BoardLayout(NamedTuple):
    """The visible stages: `shown` of them from the one at `first`, each of its own width in `widths`."""

    first: int
    shown: int
    widths: tuple[int, ...] = ()

    def x_of(self, place: int) -> int:
        """The first cell of the visible stage at a place (0 is the leftmost), without the margin."""
        return sum(self.widths[:place])


def lay_out(width: int, folded: Sequence[bool], cursor: int, first: int) -> BoardLayout:
    """The layout in which as many stages as fit are visible, the one at `cursor` among them.

    `folded` tells for each stage whether it is slim. `first` is where the view was: it moves no further than it has
    to. What is not folded has the same width wherever the view is, so that nothing jumps when it moves.
    """
    room = max(1, width - MARGIN)
    stages = len(folded)
    open_width = _open_width(room, stages - sum(folded), sum(folded))
    widths = [min(SLIM, room) if is_folded else open_width for is_folded in folded]
    first = min(max(0, first), cursor)
    while first < cursor and sum(widths[first : cursor + 1]) > room:
        first += 1
    while first > 0 and sum(widths[first - 1 :]) <= room:
        first -= 1
    shown, used = 0, 0
    for one in widths[first:]:
        if shown and used + one > room:
            break
        shown, used = shown + 1, used + one
    return BoardLayout(first, shown, tuple(widths[first : first + shown]))


def _open_width(room: int, open_stages: int, slim_stages: int) -> int:
    """The width of a stage that is not folded: all of them share the room where they fit, else as many as do."""
    if open_stages == 0:
        return min(WIDEST, room)
    beside = room - slim_stages * SLIM
    if beside >= open_stages * (TIGHTEST if slim_stages else NARROWEST):
        return min(WIDEST, beside // open_stages)
    # They do not all fit: the slim ones are reached by moving the view.
    return min(WIDEST, room // max(1, min(open_stages, room // NARROWEST)))


def in_board_order(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Open stages by position, then Won, Lost and the fridge."""
    return tuple(sorted(stages, key=lambda stage: (_ORDER.get(stage.kind, 0), stage.position)))


def heads(
    overview: Overview, shown: dict[int, int], clogged: frozenset[int], folded: Collection[int] = ()
) -> tuple[StageHead, ...]:
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
        is_clogged, is_folded = stage.id in clogged, stage.id in folded
        found.append(StageHead(stage, totals, shown.get(stage.id, 0), currency, share, is_clogged, is_folded))
    return tuple(found)

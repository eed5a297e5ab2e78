"""The line below the list: how many deals, what they are worth, how they are sorted."""

from collections.abc import Callable
from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.board import Overview, StageTotals
from pipeboard.domain.list_order import SORT_COLUMNS, ListOrder
from pipeboard.domain.money import short_money
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette, Tones


class TotalsLine(NamedTuple):
    """What the line says. `groups` are words with the name of their tone; `place` counts from 1, 0 for none."""

    count: int = 0  # type: ignore[assignment]  # hides tuple.count, which nobody calls on these
    count_of_all: int = 0
    groups: tuple[tuple[str, str], ...] = ()
    order: ListOrder = ListOrder()
    place: int = 0


def totals_line(
    overview: Overview, totals: dict[int, StageTotals], count: int, count_of_all: int, order: ListOrder
) -> TotalsLine:
    """Sums of exactly the deals in the list, apart for open, won, lost and parked ones."""
    currency = overview.workspace.currency
    groups = []
    for name, tone, has in _GROUPS:
        some = [totals[s.id] for s in overview.stages if s.id in totals and has(s)]
        number = sum(t.count for t in some)
        if not number:
            continue
        words = f"{name} {number:,} {short_money(sum(t.value_minor for t in some), currency)}"
        if name == "open":
            words += f" w {short_money(sum(t.weighted_minor for t in some), currency)}"
        if unconverted := sum(t.unconverted for t in some):
            words += f" ({unconverted} not converted)"
        groups.append((words, tone))
    return TotalsLine(count, count_of_all, tuple(groups), order)


_GROUPS: tuple[tuple[str, str, Callable[[Stage], bool]], ...] = (
    ("open", "text", lambda stage: stage.is_open),
    ("won", "won", lambda stage: stage.kind == StageKind.WON),
    ("lost", "lost", lambda stage: stage.kind == StageKind.LOST),
    ("parked", "waiting", lambda stage: stage.kind == StageKind.PARKED),
)


def totals_strip(line: TotalsLine, width: int, palette: Palette, glyphs: Glyphs) -> Strip:
    """The line in `width` cells: the sums are cut last, the sorting goes first."""
    tones = palette.surface
    of = f" of {line.count_of_all:,}" if line.count != line.count_of_all else ""
    left = [Part(f" {line.count:,}{of} deal{'' if line.count_of_all == 1 else 's'}", tones.strong)]
    for words, tone in line.groups:
        left += [Part(f" {glyphs.dot} ", tones.faint), Part(words, getattr(tones, tone))]
    place = f"{line.place:,}/{line.count:,} " if line.place else " "
    used = sum(len(part.text) for part in left)
    sorting = _sorting(line.order, tones)
    right = [*sorting, Part(f"  {place}", tones.muted)]
    if used + sum(len(part.text) for part in right) + 2 > width:
        right = right[-1:]
    return justified(left, right, width, tones.text, glyphs.ellipsis)


def _sorting(order: ListOrder, tones: Tones) -> list[Part]:
    label = next(column.label for column in SORT_COLUMNS if column.name == order.column).split(",")[0].lower()
    return [Part(f"by {label}{', descending' if order.is_descending else ''}", tones.muted)]

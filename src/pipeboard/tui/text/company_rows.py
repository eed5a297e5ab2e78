"""A company or contact as a row of the list: name, what it is about, its deals, the open and the won value."""

from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.companies import Kind, PartnerRow, Worth
from pipeboard.domain.dates import short_day
from pipeboard.domain.money import short_money
from pipeboard.tui.text.cells import cut, fit, width_of
from pipeboard.tui.text.deal_context import DealContext
from pipeboard.tui.text.strips import Part, justified

_MONEY = 9
_COUNT = 6
_MARGIN = 1
"""Air at the right: the pane beside the list has its own colour."""
_LAST = 11
_ROOM_FOR_ABOUT = 70
_ROOM_FOR_LAST = 56


class RowContext(NamedTuple):
    """What rows are drawn with: `context.tones` are those of the row, under the cursor or not."""

    kind: Kind
    currency: str
    order: str
    context: DealContext


def _cells(width: int) -> tuple[int, int, int, int]:
    """The cells of name, about, last and each figure."""
    last = _LAST if width >= _ROOM_FOR_LAST else 0
    rest = width - 2 - _COUNT - 2 * _MONEY - last - _MARGIN
    about = rest * 2 // 5 if width >= _ROOM_FOR_ABOUT else 0
    return max(8, rest - about), about, last, _MONEY


def _fitted(words: str, cells: int, *, is_right: bool = False) -> str:
    """Words in exactly so many cells, one of them air."""
    if not cells:
        return ""
    shown = cut(words, cells - 1)
    gap = " " * (cells - width_of(shown))
    return gap + shown if is_right else shown + gap


def head_strip(row: RowContext) -> Strip:
    """The names of the columns; the one it is sorted by is brighter."""
    context = row.context
    name, about, last, money = _cells(context.width)
    first = "company" if row.kind is Kind.COMPANY else "contact"
    second = "website" if row.kind is Kind.COMPANY else "job, company"
    columns = [
        ("name", f"  {_fitted(first, name)}"),
        ("about", _fitted(second, about)),
        ("deals", _fitted("deals", _COUNT, is_right=True)),
        ("open", _fitted("open", money, is_right=True)),
        ("won", _fitted("won", money, is_right=True)),
        ("last", _fitted("last", last, is_right=True)),
    ]
    tones = context.tones
    parts = [Part(words, tones.accent if key == row.order else tones.faint) for key, words in columns if words]
    return justified(parts, [], context.width, tones.text, context.glyphs.ellipsis)


def row_strip(partner: PartnerRow, row: RowContext, *, is_here: bool, is_marked: bool) -> Strip:
    """One row; the cursor and the mark have a sign each."""
    context = row.context
    tones, glyphs = context.tones, context.glyphs
    name, about, last, money = _cells(context.width)
    sign = glyphs.cursor if is_here else " "
    mark = glyphs.done if is_marked else " "
    parts = [
        Part(sign, tones.accent),
        Part(mark, tones.accent),
        Part(fit(partner.name or "?", name - 1) + " ", tones.strong if is_here else tones.text),
        Part(_fitted(partner.about, about), tones.muted),
        Part(_fitted(f"{partner.deals:,}" if partner.deals else "", _COUNT, is_right=True), tones.muted),
        Part(_fitted(_money(partner.open, row.currency), money, is_right=True), tones.text),
        Part(_fitted(_money(partner.won, row.currency), money, is_right=True), tones.won),
        Part(
            _fitted(short_day(partner.last_on, context.today) if partner.last_on else "", last, is_right=True),
            tones.faint,
        ),
    ]
    return justified([part for part in parts if part.text], [], context.width, tones.text, glyphs.ellipsis)


def _money(worth: Worth, currency: str) -> str:
    """A sum in few cells; "?" says that something has no value or no rate in it."""
    if not worth.deals:
        return ""
    unsure = "?" if worth.without_value or worth.unconverted else ""
    return f"{short_money(worth.minor, currency)}{unsure}"

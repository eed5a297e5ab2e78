"""A deal as a row of the list, and the row of heads above."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pipeboard.domain.board import Card
from pipeboard.domain.dates import short_day
from pipeboard.domain.list_order import ListOrder
from pipeboard.domain.money import format_money, number
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.cells import cut, fit, width_of
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.next_step import days, next_step
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.table_columns import GAP, Placed
from pipeboard.tui.theme import Palette, Tones

_EDGE = 2
"""Cells before the first column: the cursor or the mark, and one of air."""

_STAGE_TONES = {StageKind.WON: "won", StageKind.LOST: "lost", StageKind.PARKED: "waiting"}


class TableContext(NamedTuple):
    """What the rows are drawn with besides their deals; `width` is in cells."""

    width: int
    columns: tuple[Placed, ...]
    order: ListOrder
    today: date
    stages: Mapping[int, Stage]
    owners: Mapping[int, str]
    currency: str
    palette: Palette
    glyphs: Glyphs


def head_strip(context: TableContext) -> Strip:
    """The names of the columns; the one that sorts carries a sign."""
    tones, order, glyphs = context.palette.normal, context.order, context.glyphs
    up, down = ("▲", "▼") if glyphs is UNICODE else ("^", "v")
    parts = [Part(" " * _EDGE, tones.muted)]
    for column, width in context.columns:
        is_sorting = column.name == order.column
        sign = (down if order.is_descending else up) if is_sorting else ""
        words = f"{column.head} {sign}" if sign else column.head
        shown = fit(words, width, glyphs.ellipsis)
        if column.is_right:
            shown = shown.strip().rjust(width)
        parts.append(Part(shown + " " * GAP, tones.accent if is_sorting else tones.muted))
    return _line(parts, context.width, tones.text)


def column_at(x: int, context: TableContext) -> str | None:
    """The column whose head is at a cell; the air behind a column belongs to it."""
    end = _EDGE
    for column, width in context.columns:
        end += width + GAP
        if _EDGE <= x < end:
            return column.name
    return None


def row_strip(
    card: Card | None, context: TableContext, *, is_selected: bool, is_marked: bool, is_anchor: bool = False
) -> Strip:
    """One deal in `context.width` cells; an empty row for one that is not loaded yet."""
    tones = context.palette.selected if is_selected else context.palette.normal
    glyphs = context.glyphs
    edge = glyphs.next if is_anchor else glyphs.mark if is_marked else glyphs.cursor if is_selected else " "
    parts = [Part(f"{edge} ", tones.accent)]
    stage = context.stages.get(card.stage_id) if card is not None else None
    if card is not None and stage is not None:
        for (column, width), cell in zip(
            context.columns, _cells(card, stage, context, tones, is_selected), strict=True
        ):
            shown = cut(cell.text, width, glyphs.ellipsis)
            air = " " * (width - width_of(shown))
            parts.append(Part((air + shown if column.is_right else shown + air) + " " * GAP, cell.style))
    return _line(parts, context.width, tones.text)


def _line(parts: list[Part], width: int, fill: Style) -> Strip:
    """Parts as a strip; neighbours in one style become one segment, because style changes cost bytes."""
    segments: list[Segment] = []
    for text, style in parts:
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + text, style)
        else:
            segments.append(Segment(text, style))
    return Strip(segments).adjust_cell_length(width, fill)


def _cells(card: Card, stage: Stage, context: TableContext, tones: Tones, is_selected: bool) -> list[Part]:
    """The cells of a row, in the order of its columns."""
    return [_cell(placed, card, stage, context, tones, is_selected) for placed in context.columns]


def _cell(placed: Placed, card: Card, stage: Stage, context: TableContext, tones: Tones, is_selected: bool) -> Part:
    """One cell."""
    name = placed.column.name
    if name == "title":
        return _title(card, placed.width, context, tones.strong if is_selected else tones.text)
    if name == "company":
        return Part(card.company, tones.muted)
    if name == "value":
        return _value(card, context, tones)
    if name == "stage":
        bant = f" {card.bant}" if card.bant and stage.is_open else ""
        name = cut(stage.name, placed.width - len(bant), context.glyphs.ellipsis)
        return Part(name + bant, getattr(tones, _STAGE_TONES.get(stage.kind, "text")))
    if name == "owner":
        return Part(context.owners.get(card.owner_id or 0, ""), tones.muted)
    if name == "next":
        step = next_step(card, stage, context.today, context.glyphs)
        return Part(step.within(placed.width, context.glyphs.ellipsis), getattr(tones, step.tone))
    if name == "close":
        return _close(card, stage, context, tones)
    age = days(card, stage, context.today, context.glyphs)
    return Part(age.words if stage.is_open else "", getattr(tones, age.tone))


def _title(card: Card, width: int, context: TableContext, style: Style) -> Part:
    """The title; the sign of a hot deal stays however long it is."""
    title = card.title or "untitled"
    if not card.is_hot:
        return Part(title, style)
    return Part(f"{cut(title, width - 2, context.glyphs.ellipsis)} {context.glyphs.hot}", style)


def _value(card: Card, context: TableContext, tones: Tones) -> Part:
    """The value; with its sign in another currency than the workspace's."""
    if card.value_minor is None:
        return Part("no value", tones.faint)
    write = number if card.currency == context.currency else format_money
    return Part(write(card.value_minor, card.currency), tones.text)


def _close(card: Card, stage: Stage, context: TableContext, tones: Tones) -> Part:
    """The day it was closed, or is expected to be; late ones carry the sign."""
    if card.closed_on is not None and stage.kind in (StageKind.WON, StageKind.LOST):
        return Part(short_day(card.closed_on, context.today), tones.muted)
    on = card.expected_close_on
    if on is None:
        return Part("no date", tones.faint)
    if stage.is_open and on < context.today:
        # Two cells for the sign leave eight for the day: the sign alone when the year is another one.
        return Part(f"{context.glyphs.late} {short_day(on, context.today)}", tones.overdue)
    return Part(short_day(on, context.today), tones.muted)

"""A card as lines: what a person reads of a deal on the board."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from pipeboard.domain.board import Card
from pipeboard.domain.money import short_number
from pipeboard.domain.stage import Stage
from pipeboard.tui.text.card_parts import Body, bant_part, chosen_line, close_part, probability_part, value_part
from pipeboard.tui.text.cells import cut, width_of
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.next_step import days, next_step
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette, Tones

DENSITIES = (1, 2, 3, 4)
DEFAULT_DENSITY = 3


class CardContext(NamedTuple):
    """What the cards of one stage are drawn with, besides themselves.

    `width` is in cells: one for the cursor bar, the text, one of air. `owners` maps an owner's id to
    initials and is empty where one person owns everything. `currency` is that of the workspace: a value in
    another one is written with its sign. `lines` are the parts of each line where somebody has chosen them.
    """

    width: int
    density: int
    today: date
    stage: Stage
    currency: str
    owners: Mapping[int, str]
    palette: Palette
    glyphs: Glyphs
    lines: tuple[tuple[str, ...], ...] = ()


def card_height(density: int) -> int:
    """Rows from one card to the next: from the middle density on a blank row keeps them apart."""
    return density + 1 if density >= DEFAULT_DENSITY else density


def card_strips(
    card: Card, context: CardContext, *, is_selected: bool = False, is_marked: bool = False, is_anchor: bool = False
) -> tuple[Strip, ...]:
    """The `density` lines of a card, each exactly `context.width` cells; the blank row is not among them."""
    tones = context.palette.selected if is_selected else context.palette.normal
    if context.lines:
        chosen = context.lines[: context.density]
        bodies = [chosen_line(parts, card, context, tones, is_selected=is_selected) for parts in chosen]
    elif context.density == 1:
        bodies = [_single(card, context, tones, is_selected)]
    elif context.density == 2:
        bodies = [_title(card, context, tones, is_selected, with_value=True), _state(card, context, tones)]
    else:
        bodies = [_title(card, context, tones, is_selected), _company(card, context, tones)]
        bodies.append(_state(card, context, tones))
        if context.density == 4:
            bodies.append(_prospect(card, context, tones))
    return tuple(
        _framed(left, right, context, tones, _gutter(row, context.glyphs, is_selected, is_marked, is_anchor))
        for row, (left, right) in enumerate(bodies)
    )


def _gutter(row: int, glyphs: Glyphs, is_selected: bool, is_marked: bool, is_anchor: bool) -> str:
    """The sign left of a line: where a range began, a mark, the cursor, or none."""
    if row == 0 and is_anchor:
        return glyphs.next
    if row == 0 and is_marked:
        return glyphs.mark
    return glyphs.cursor if is_selected else ""


def _framed(left: list[Part], right: list[Part], context: CardContext, tones: Tones, gutter: str) -> Strip:
    """A line with its cursor bar or mark on the left and one cell of air on the right."""
    glyphs = context.glyphs
    if gutter:
        left = [Part(gutter, tones.accent), *left]
    elif left:
        left = [Part(" " + left[0].text, left[0].style), *left[1:]]
    if right:
        right = [*right[:-1], Part(right[-1].text + " ", right[-1].style)]
    else:
        right = [Part(" ", left[-1].style if left else tones.text)]
    return justified(left, right, context.width, tones.text, glyphs.ellipsis)


def _title(card: Card, context: CardContext, tones: Tones, is_selected: bool, *, with_value: bool = False) -> Body:
    """The title; at the right BANT where it was answered, a hot deal's sign, the value."""
    left = [Part(card.title or "untitled", tones.strong if is_selected else tones.text)]
    signs = bant_part(card, context, tones)
    signs += [Part(context.glyphs.hot, tones.rotting)] if card.is_hot else []
    if with_value:
        signs.append(value_part(card, context, tones))
    right = [Part(part.text + (" " if place < len(signs) else ""), part.style) for place, part in enumerate(signs, 1)]
    return left, right


def _company(card: Card, context: CardContext, tones: Tones) -> Body:
    """The company, whose deal it is when that is a question, and the value."""
    value = value_part(card, context, tones)
    who = context.owners.get(card.owner_id or 0, "")
    room = context.width - 3 - width_of(value.text)
    if not who:
        return [Part(card.company, tones.muted)], [value]
    shown = cut(card.company, room - width_of(who) - 2, context.glyphs.ellipsis)
    return [Part(f"{shown}  " if shown else "", tones.muted), Part(who, tones.faint)], [value]


def _state(card: Card, context: CardContext, tones: Tones) -> Body:
    """The next step and the days in the stage."""
    age = days(card, context.stage, context.today, context.glyphs)
    step = next_step(card, context.stage, context.today, context.glyphs)
    words = step.within(context.width - 3 - width_of(age.words), context.glyphs.ellipsis)
    right = [Part(age.words, _tone(tones, age.tone))] if age.words else []
    return [Part(words, _tone(tones, step.tone))], right


def _prospect(card: Card, context: CardContext, tones: Tones) -> Body:
    """The expected close date and the probability."""
    return [close_part(card, context, tones)], probability_part(card, context, tones)


def _single(card: Card, context: CardContext, tones: Tones, is_selected: bool) -> Body:
    """Everything in one line: the sign of the next step, the title, the value."""
    step = next_step(card, context.stage, context.today, context.glyphs)
    title = Part(card.title or "untitled", tones.strong if is_selected else tones.text)
    left = [Part(f"{step.sign or context.glyphs.planned} ", _tone(tones, step.tone)), title]
    if card.value_minor is None:
        return left, []
    return left, [Part(short_number(card.value_minor, card.currency), tones.muted)]


def _tone(tones: Tones, name: str) -> Style:
    """The style of a phrase's tone."""
    style: Style = getattr(tones, name)
    return style

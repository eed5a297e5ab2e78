"""The parts that a line of a card can be made of, for those who choose the lines themselves."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.style import Style

from pipeboard.domain.board import Card
from pipeboard.domain.dates import short_day
from pipeboard.domain.money import divide_half_even, format_money, number
from pipeboard.domain.rotting import Rot
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.next_step import days, next_step, rot_of
from pipeboard.tui.text.strips import Part
from pipeboard.tui.theme import Tones

if TYPE_CHECKING:
    from pipeboard.tui.text.cards import CardContext

Body = tuple[list[Part], list[Part]]
"""What stands at the left of a line and at its right."""

_NO_VALUE = "no value"
_GAP = "  "


def chosen_line(names: Sequence[str], card: Card, context: "CardContext", tones: Tones, *, is_selected: bool) -> Body:
    """A line of the named parts: words at the left in their order, figures and signs at the right."""
    right = _joined([part for name in names if name in _AT_RIGHT for part in _AT_RIGHT[name](card, context, tones)])
    room = context.width - 3 - sum(width_of(part.text) for part in right)
    left: list[Part] = []
    for name in names:
        if name in _AT_RIGHT:
            continue
        used = sum(width_of(part.text) + len(_GAP) for part in left)
        if name == "title":
            left.append(Part(card.title or "untitled", tones.strong if is_selected else tones.text))
        elif name == "next":
            step = next_step(card, context.stage, context.today, context.glyphs)
            left.append(Part(step.within(max(1, room - used), context.glyphs.ellipsis), _tone(tones, step.tone)))
        else:
            left += _AT_LEFT[name](card, context, tones)
    return _joined(left), right


def _joined(parts: list[Part]) -> list[Part]:
    """Parts with air between them."""
    kept = [part for part in parts if part.text]
    return [Part(part.text + (_GAP if place < len(kept) - 1 else ""), part.style) for place, part in enumerate(kept)]


def value_part(card: Card, context: "CardContext", tones: Tones) -> Part:
    """The value as a bare number in the workspace's currency, with its sign in another."""
    if card.value_minor is None:
        return Part(_NO_VALUE, tones.faint)
    if card.currency == context.currency:
        return Part(number(card.value_minor, card.currency), tones.text)
    return Part(format_money(card.value_minor, card.currency), tones.text)


def probability_part(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    """The probability that counts; one of the deal's own carries a star."""
    own = card.probability
    percent = f"{own}%*" if own is not None else f"{context.stage.probability}%"
    return [Part(percent, tones.faint)] if context.stage.is_open else []


def bant_part(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    """How many of the four questions of BANT are a yes."""
    return [Part(card.bant, tones.waiting)] if card.bant and context.stage.is_open else []


def close_part(card: Card, context: "CardContext", tones: Tones) -> Part:
    """The expected close date; a late one carries its sign."""
    on = card.expected_close_on
    if on is None:
        return Part("no close date", tones.faint)
    day = short_day(on, context.today)
    if context.stage.is_open and on < context.today:
        return Part(f"{context.glyphs.late} close {day}", tones.overdue)
    return Part(f"close {day}", tones.faint)


def _company(card: Card, _context: "CardContext", tones: Tones) -> list[Part]:
    return [Part(card.company, tones.muted)]


def _owner(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    """Initials; nothing where one person owns everything."""
    return [Part(context.owners.get(card.owner_id or 0, ""), tones.faint)]


def _weighted(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    if card.value_minor is None or not context.stage.is_open:
        return []
    percent = context.stage.probability if card.probability is None else card.probability
    minor = divide_half_even(card.value_minor * percent, 100)
    write = number if card.currency == context.currency else format_money
    return [Part(f"w {write(minor, card.currency)}", tones.muted)]


def _days(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    age = days(card, context.stage, context.today, context.glyphs)
    return [Part(age.words, _tone(tones, age.tone))]


def _idle(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    """Days without a sign of life."""
    if card.idle_on is None or not context.stage.is_open:
        return []
    return [Part(f"idle {max(0, (context.today - card.idle_on).days)}d", tones.muted)]


def _signs(card: Card, context: "CardContext", tones: Tones) -> list[Part]:
    """Hot, rotting or waiting, and a question mark where the value or the close date is missing."""
    glyphs, rot = context.glyphs, rot_of(card, context.stage, context.today)
    found = []
    if card.is_hot:
        found.append(Part(glyphs.hot, tones.rotting))
    if rot in (Rot.ROTTEN, Rot.DEAD):
        found.append(Part(glyphs.rotting, tones.rotting))
    elif rot is Rot.WAITING:
        found.append(Part(glyphs.waiting, tones.waiting))
    if context.stage.is_open and (card.value_minor is None or card.expected_close_on is None):
        found.append(Part("?", tones.rotting))
    return found


_Draw = Callable[[Card, "CardContext", Tones], list[Part]]

_AT_LEFT: dict[str, _Draw] = {
    "company": _company,
    "owner": _owner,
    "close": lambda card, context, tones: [close_part(card, context, tones)],
}
_AT_RIGHT: dict[str, _Draw] = {
    "value": lambda card, context, tones: [value_part(card, context, tones)],
    "weighted": _weighted,
    "days": _days,
    "idle": _idle,
    "probability": probability_part,
    "signs": _signs,
    "bant": bant_part,
}


def _tone(tones: Tones, name: str) -> Style:
    """The style of a phrase's tone."""
    style: Style = getattr(tones, name)
    return style

"""Who and what a deal is: its head, its value, how it ended, its fields, what its stage asks for."""

from datetime import date

from rich.style import Style

from pipeboard.domain.attention import flags_of
from pipeboard.domain.deal import tag_list
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.extras import custom_fields
from pipeboard.domain.money import divide_half_even, format_money, weighted
from pipeboard.domain.rotting import Rot, reason, rot_state
from pipeboard.domain.stage import DealStatus
from pipeboard.tui.text.cells import drawable, width_of
from pipeboard.tui.text.deal_context import (
    DealContext,
    Row,
    counted,
    full_day,
    heading,
    paragraph,
    plain_day,
    shortened,
)
from pipeboard.tui.text.deal_path import path_words, stage_days
from pipeboard.tui.text.next_step import wake_words
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.wrapping import packed, wrapped

_LABEL = 9
_LONGEST_LABEL = 16
_HANGING = "  "


def head(detail: DealDetail, context: DealContext) -> list[Row]:
    """The title with the deal's number, whose deal it is, and how to reach them."""
    tones, glyphs = context.tones, context.glyphs
    number = f"#{detail.id}"
    title = wrapped(detail.title or "untitled", context.width - len(number) - 2)
    lines = shortened(title, context.limits.title_lines, glyphs) or ["untitled"]
    rows = [Row((Part(line, tones.strong),)) for line in lines]
    rows[0] = rows[0]._replace(right=(Part(number, tones.faint),))
    person = ", ".join(filter(None, (detail.contact, detail.contact_job)))
    groups = ((detail.company, person), (detail.contact_email, detail.contact_phone))
    who, how = ([item for item in items if item.strip()] for items in groups)
    together = shortened(packed([*who, *how], f" {glyphs.dot} ", context.width), 2, glyphs)
    for items in ((*who, *how),) if len(together) == 1 else (who, how):
        lines = shortened(packed(items, f" {glyphs.dot} ", context.width), context.limits.text_lines, glyphs)
        rows += [Row((Part(line, tones.muted),)) for line in lines]
    return rows


def worth(detail: DealDetail, context: DealContext) -> list[Row]:
    """The value, what is expected of it, and how a deal that is not open ended."""
    tones = context.tones
    is_open = detail.status == DealStatus.OPEN
    parts = [Part("no value", tones.rotting if is_open else tones.muted)]
    if detail.value_minor is not None:
        parts = [Part(format_money(detail.value_minor, detail.currency), tones.strong)]
    if is_open:
        parts.append(Part(f"  {_chance(detail, context)}", tones.muted))
    hot = (Part(f"{context.glyphs.hot} hot", tones.rotting),) if detail.is_hot else ()
    return [Row(tuple(parts), hot), *_business(detail, context), *_flags(detail, context), *_fate(detail, context)]


def _business(detail: DealDetail, context: DealContext) -> list[Row]:
    """How far the value is from the list price, what is left of it, and what comes again, where that is known."""
    words = [detail.against_list] if detail.against_list else []
    margin = detail.margin_minor
    if detail.cost_minor is not None:
        words.append(f"cost {format_money(detail.cost_minor, detail.currency)}")
    if margin is not None:
        share = f" ({divide_half_even(margin * 100, detail.value_minor)}%)" if detail.value_minor else ""
        words.append(f"margin {format_money(margin, detail.currency)}{share}")
    if detail.recurring_months:
        often = {1: "every month", 12: "every year"}.get(
            detail.recurring_months, f"every {detail.recurring_months} months"
        )
        yearly = detail.annual_minor
        words.append(often if yearly is None else f"{often}, {format_money(yearly, detail.currency)} a year")
    lines = packed(words, f" {context.glyphs.dot} ", context.width)
    return [Row((Part(line, context.tones.muted),)) for line in lines] if words else []


def _flags(detail: DealDetail, context: DealContext) -> list[Row]:
    """Why the deal needs somebody's attention."""
    flags = flags_of(detail.attention) if detail.status in (DealStatus.OPEN, DealStatus.PARKED) else ()
    words = f" {context.glyphs.dot} ".join(flags)
    return _state(f"{context.glyphs.late} {words}", context.tones.overdue, context) if words else []


def _chance(detail: DealDetail, context: DealContext) -> str:
    """ "35% → w €16,800"; a star marks a probability of the deal's own."""
    percent = f"{detail.effective_probability}%{'*' if detail.probability is not None else ''}"
    if detail.value_minor is None:
        return percent
    share = weighted(detail.value_minor * detail.effective_probability)
    return f"{percent} {context.glyphs.next} w {format_money(share, detail.currency)}"


def _fate(detail: DealDetail, context: DealContext) -> list[Row]:
    """How the deal stands, in words: why it rots; how it was won or lost; when it wakes up."""
    tones, today = context.tones, context.today
    if detail.status == DealStatus.WON:
        words = f"{context.glyphs.done} won{_on(detail.closed_on)}{_after(detail)}"
        return [*_state(words, tones.won, context), *_state(detail.close_note, tones.muted, context)]
    if detail.status == DealStatus.LOST:
        where = f" (in {detail.closed_from})" if detail.closed_from else ""
        words = f"lost{_on(detail.closed_on)}{_after(detail)}: {detail.lost_reason or 'no reason'}{where}"
        return [*_state(words, tones.lost, context), *_state(detail.close_note, tones.muted, context)]
    if detail.status == DealStatus.PARKED:
        phrase = wake_words(detail.wake_on, today, context.glyphs)
        why = f": {detail.park_reason}" if detail.park_reason else ""
        style: Style = getattr(tones, phrase.tone)
        return _state(f"{phrase.sign} {phrase.words}{why}", style, context)
    return _rotting(detail, context)


def _state(words: str, style: Style, context: DealContext) -> list[Row]:
    """A state in words over as many lines as it takes, within the limits."""
    return paragraph(words, context.width, style, context.limits.text_lines, context)


def _rotting(detail: DealDetail, context: DealContext) -> list[Row]:
    """Why the deal rots, is about to, or only waits for its next task."""
    if detail.idle_on is None:
        return []
    days = [task.asks_on(context.today) for task in detail.tasks if task.done_at is None and not task.is_dismissed]
    ahead = min((on for on in days if on is not None), default=None)
    how = (
        max(0, (context.today - detail.idle_on).days),
        detail.rot_days,
        (ahead - context.today).days if ahead is not None else None,
    )
    tones, glyphs = context.tones, context.glyphs
    signs = {
        Rot.FRESH: ("", tones.text),
        Rot.WARNING: ("", tones.soon),
        Rot.WAITING: (f"{glyphs.waiting} ", tones.waiting),
    }
    sign, style = signs.get(rot_state(*how), (f"{glyphs.rotting} ", tones.rotting))
    words = reason(*how)
    return _state(sign + words, style, context)


def _on(day: date | None) -> str:
    """A day with its year, after a word; nothing for an unknown one."""
    return f" {plain_day(day, date.min).partition(' ')[2]}" if day is not None else ""


def _began(detail: DealDetail) -> date | None:
    """The day work on the deal began."""
    return detail.started_on or detail.created_on


def _after(detail: DealDetail) -> str:
    """How long a closed deal took, in words."""
    began = _began(detail)
    if began is None or detail.closed_on is None or detail.closed_on < began:
        return ""
    return f" after {counted((detail.closed_on - began).days, 'day')}"


def facts(detail: DealDetail, context: DealContext) -> list[Row]:
    """The fields, one under another, with what is missing in an open deal said in words."""
    tones, dot = context.tones, f" {context.glyphs.dot} "
    rows: list[Row] = []
    if context.is_whole:
        rows += _fact("stage", f"{detail.stage}{dot}{detail.pipeline}", tones.text, context)
    rows += _close(detail, context)
    if detail.payment_on is not None:
        rows += _fact("payment", full_day(detail.payment_on, context.today), tones.text, context)
    rows += _fact("owner", detail.owner or "nobody", tones.text if detail.owner else tones.muted, context)
    origin = dot.join(filter(None, (detail.source, detail.product)))
    rows += _fact("source" if detail.source else "product", origin, tones.text, context)
    if detail.started_on is not None:
        rows += _fact("started", plain_day(detail.started_on, context.today), tones.text, context)
    category = detail.forecast_category
    if category is not None and category != detail.stage_category:
        rows += _fact("forecast", f"{category} (stage: {detail.stage_category})", tones.text, context)
    rows += _fact("link", detail.link, tones.text, context)
    rows += _fact("tags", " ".join(f"#{tag}" for tag in tag_list(detail.tags)), tones.text, context)
    return [*rows, *_standing(detail, context)]


def _fact(label: str, text: str, style: Style, context: DealContext) -> list[Row]:
    """A field with its label; nothing for an empty one."""
    lines = shortened(wrapped(text, context.width - _LABEL), context.limits.text_lines, context.glyphs)
    return _labelled(label, lines, style, _LABEL, context)


def _labelled(label: str, lines: list[str], style: Style, column: int, context: DealContext) -> list[Row]:
    """Lines that begin in one column, the first with a label before it."""
    rows = []
    for place, line in enumerate(lines):
        name = label if place == 0 else ""
        rows.append(Row((Part(f"{name:<{column}}", context.tones.faint), Part(line, style))))
    return rows


def _close(detail: DealDetail, context: DealContext) -> list[Row]:
    """When the deal is expected to close; for one that is not open the day that had been expected."""
    tones, on = context.tones, detail.expected_close_on
    if detail.status != DealStatus.OPEN:
        return _fact("expected", plain_day(on, context.today) if on else "", tones.text, context)
    if on is None:
        return _fact("close", "no close date", tones.rotting, context)
    words = full_day(on, context.today)
    if on < context.today:
        return _fact("close", f"{context.glyphs.late} {words}", tones.overdue, context)
    return _fact("close", words, tones.text, context)


def _standing(detail: DealDetail, context: DealContext) -> list[Row]:
    """How long the deal stands in its stage, and the way it came there."""
    rows: list[Row] = []
    if detail.status == DealStatus.OPEN:
        lines = list(packed(_age(detail, context), f" {context.glyphs.dot} ", context.width - _LABEL))
        rows += _labelled("in stage", lines, context.tones.text, _LABEL, context)
    if len(detail.stays) > 1:
        stays = path_words(detail, context.today, context.glyphs, context.limits.stays)
        steps = [*(f"{stay} {context.glyphs.next}" for stay in stays[:-1]), stays[-1]]
        lines = shortened(packed(steps, " ", context.width - _LABEL), context.limits.note_lines, context.glyphs)
        rows += _labelled("path", lines, context.tones.muted, _LABEL, context)
    return rows


def _age(detail: DealDetail, context: DealContext) -> tuple[str, ...]:
    """ "4 days (limit 10)", "11 in all"; "at least" where the day it entered the stage is not known."""
    days = stage_days(detail, context.today)
    if days is None:
        words = "for an unknown time"
    elif not detail.is_entry_known:
        words = f"at least {counted(days, 'day')}"
    else:
        words = counted(days, "day") if days else "since today"
    limit = f" (limit {detail.rot_days})" if detail.rot_days else ""
    began = _began(detail)
    age = (context.today - began).days if began is not None else 0
    return (f"{words}{limit}", f"{age:,} in all") if age > (days or 0) else (f"{words}{limit}",)


def imported(detail: DealDetail, context: DealContext) -> list[Row]:
    """Custom fields: the columns of an import that mean nothing to us, as they were, and those added by hand."""
    pairs = [(drawable(field.name), field.text) for field in custom_fields(detail.extra)]
    if not pairs:
        return []
    longest = max(width_of(name) for name, _ in pairs)
    column = max(_LABEL, min(longest, _LONGEST_LABEL, context.width // 3) + 2)
    rows = [heading("More", "", context)]
    for name, text in pairs:
        rows += _imported(name, text, column, context)
    return rows


def _imported(name: str, text: str, column: int, context: DealContext) -> list[Row]:
    """One imported field; a name longer than its column stands above its text."""
    lines = shortened(wrapped(text, context.width - column), context.limits.text_lines, context.glyphs)
    tones = context.tones
    if width_of(name) < column:
        gap = " " * (column - width_of(name))
        label = Part(f"{name}{gap}", tones.faint)
        rows = [Row((label, Part(lines[0] if lines else "", tones.text)))]
        lines = lines[1:]
    else:
        rows = [Row((Part(name, tones.faint),))]
    return rows + _labelled("", lines, tones.text, column, context)

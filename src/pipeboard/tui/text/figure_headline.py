"""The five figures one looks at first, with their change and twelve months behind them."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.figures import Headline
from pipeboard.domain.metrics.over_time import change
from pipeboard.domain.metrics.win_rate import FEW_DECIDED, WinRate, rate_text
from pipeboard.domain.money import short_money
from pipeboard.tui.text.figure_sheet import Sheet
from pipeboard.tui.text.figure_words import (
    Delta,
    days_delta,
    days_text,
    rate_delta,
    share_delta,
    sparkline,
    whole_money,
)

HEIGHT = 4
WIDE = 110
"""From so many cells on, a card has room for its second line."""

NARROW = 12
"""Cells of a card below which the longer titles would be cut."""


class _Card(NamedTuple):
    """One headline figure. `months` are its twelve values, oldest first."""

    key: str
    title: str
    value: str
    beside: str
    delta: Delta
    months: Sequence[float | None]


def draw_headline(sheet: Sheet, y: int) -> int:
    """The five cards from row `y` on; the row after them."""
    width = sheet.canvas.width // 5
    is_wide = sheet.canvas.width >= WIDE
    for place, card in enumerate(_cards(sheet, width - 3)):
        x = place * width
        sheet.figure(card.key, x, y, width - (2 if is_wide else 1), HEIGHT)
        canvas, left, room = sheet.canvas, x + (2 if is_wide else 1), width - (4 if is_wide else 2)
        canvas.put(left, y, card.title, "muted", room=room)
        canvas.put(left, y + 1, card.value, is_bold=True, room=room)
        if is_wide:
            canvas.right(x + width - 4, y + 1, card.delta.text, card.delta.tone)
            canvas.put(left, y + 2, card.beside, "muted", room=room)
        else:
            canvas.put(left, y + 2, card.delta.text or card.beside, card.delta.tone, room=room)
        canvas.put(left, y + 3, sparkline(card.months[-room:], sheet.glyphs), "spark", room=room)
    return y + HEIGHT


def _cards(sheet: Sheet, room: int) -> tuple[_Card, ...]:
    made, before, months, glyphs, currency = (
        sheet.report,
        sheet.report.previous if sheet.is_compared else None,
        sheet.view.months,
        sheet.glyphs,
        sheet.currency,
    )
    rate, average, cycle, speed, none = made.win_rate, made.average_won, made.cycle, made.velocity, Delta("", "muted")
    earlier = sheet.view.velocity_before
    dot = glyphs.dot
    return (
        _Card(
            "win_rate",
            "Win rate",
            rate_text(rate.won, rate.decided),
            _decided(rate),
            rate_delta(rate, before.win_rate, change(rate.value, before.win_rate.value), glyphs) if before else none,
            [month.win_rate.value for month in months],
        ),
        _Card(
            "velocity",
            "Velocity a day" if room > 14 else "Velocity",
            whole_money(speed.value_minor, currency, room),
            _monthly(sheet),
            share_delta(change(speed.value_minor, earlier.value_minor), glyphs) if before and earlier else none,
            [float(month.won.value_minor) for month in months],
        ),
        _Card(
            "average_won",
            "Average won" if room >= NARROW else "Avg won",
            whole_money(average.mean_minor, currency, room),
            f"median {whole_money(average.median_minor, currency, 9)} {dot} {average.n:,} deals",
            share_delta(change(average.mean_minor, before.average_won.mean_minor), glyphs) if before else none,
            [month.average_won.mean_minor for month in months],
        ),
        _Card(
            "cycle",
            "Cycle",
            days_text(cycle.median_days),
            f"mean {_plain(cycle.mean_days)} {dot} p75 {_plain(cycle.p75_days)}",
            days_delta(change(cycle.median_days, before.cycle.median_days, is_less_better=True), glyphs)
            if before
            else none,
            [month.cycle.median_days for month in months],
        ),
        _Card(
            "created",
            "New pipeline" if room >= NARROW else "New",
            short_money(made.created.value_minor, currency),
            f"{made.created.deals:,} deals",
            _created(made.now, before, sheet),
            [float(month.created.value_minor) for month in months],
        ),
    )


def _decided(rate: WinRate) -> str:
    if rate.decided >= FEW_DECIDED:
        return f"{rate.won:,} of {rate.decided:,}"
    return "few decided" if rate.decided else "none decided"


def _monthly(sheet: Sheet) -> str:
    speed = sheet.report.velocity
    if speed.monthly_minor is None:
        return f"no {speed.missing[0].replace('_', ' ')}"
    return f"{short_money(round(speed.monthly_minor), sheet.currency)} a month"


def _created(now: Headline, before: Headline | None, sheet: Sheet) -> Delta:
    if before is None:
        return Delta("", "muted")
    return share_delta(change(now.created.value_minor, before.created.value_minor), sheet.glyphs)


def _plain(days: float | None) -> str:
    return days_text(days).removesuffix(" d")

"""Figures in few cells: money, days, changes, sparklines."""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.over_time import Change
from pipeboard.domain.metrics.win_rate import FEW_DECIDED, WinRate, rate_text
from pipeboard.domain.money import exponent, format_money, short_money
from pipeboard.tui.text.cells import width_of
from pipeboard.tui.text.glyphs import Glyphs

UNKNOWN = "-"
_LEVELS = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS = "_.:-=+*#"
_MANY_TIMES = 9.95
"""From so many times on a percentage says less than the factor."""


class Delta(NamedTuple):
    """A change in words and the tone it is shown in."""

    text: str
    tone: str


def whole_money(minor: float | None, currency: str, room: int = 0) -> str:
    """An amount in whole main units; in thousands or millions where it would take more than `room` cells."""
    if minor is None:
        return UNKNOWN
    unit = 10 ** exponent(currency)
    text = format_money(round(minor / unit) * unit, currency)
    return short_money(round(minor), currency) if room and width_of(text) > room else text


def days_text(days: float | None, decimals: int = 0) -> str:
    """A number of days: "38 d", "17.5 d"."""
    return UNKNOWN if days is None else f"{days:.{decimals}f} d"


def percent_text(share: float | None) -> str:
    """A share: "63.2%"."""
    return UNKNOWN if share is None else f"{share:.1%}"


def sparkline(values: Sequence[float | None], glyphs: Glyphs) -> str:
    """One cell per value between the smallest and the largest; a dot where nothing is known."""
    levels = _ASCII_LEVELS if glyphs.bar.isascii() else _LEVELS
    known = [value for value in values if value is not None]
    if not known:
        return ""
    most = max([*known, 0])
    least = min([*known, 0])
    top = len(levels) - 1
    span = (most - least) or 1
    return "".join(glyphs.dot if value is None else levels[round((value - least) / span * top)] for value in values)


def heat(share: float, glyphs: Glyphs) -> str:
    """One cell whose height (or weight) is a share from 0 to 1."""
    levels = _ASCII_LEVELS if glyphs.bar.isascii() else _LEVELS
    return levels[round(min(1.0, max(0.0, share)) * (len(levels) - 1))]


def share_delta(change: Change | None, glyphs: Glyphs) -> Delta:
    """A change in percent of what was before: "▲ 11%"; "new" where nothing was."""
    if change is None:
        return Delta("", "muted")
    if change.share is None:
        return Delta("new" if change.by else "", "muted")
    size = abs(change.share)
    return _signed(change, f"{size:.0%}" if size < _MANY_TIMES else f"{1 + size:.0f} times", glyphs)


def days_delta(change: Change | None, glyphs: Glyphs) -> Delta:
    """A change in days: "▼ 8 d"."""
    return Delta("", "muted") if change is None else _signed(change, f"{abs(change.by):.0f} d", glyphs)


def rate_delta(now: WinRate, before: WinRate, change: Change | None, glyphs: Glyphs) -> Delta:
    """A change in percentage points: "▲ 6.2 pt"; of few deals only what the rate was."""
    if change is None or min(now.decided, before.decided) < FEW_DECIDED:
        return Delta(f"was {rate_text(before.won, before.decided)}" if before.decided else "", "muted")
    return _signed(change, f"{abs(change.by) * 100:.1f} pt", glyphs)


def _signed(change: Change, size: str, glyphs: Glyphs) -> Delta:
    """A change with its direction as a sign, and as a tone whether it is for the better."""
    if change.is_better is None:
        return Delta("=", "muted")
    up, down = ("+", "-") if glyphs.bar.isascii() else ("▲", "▼")
    return Delta(f"{up if change.by > 0 else down} {size}", "won" if change.is_better else "lost")


def wrapped(text: str, width: int) -> list[str]:
    """A sentence in lines of at most `width` cells, broken at spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width_of(longer) > width:
            lines.append(f"  {word}")
        else:
            lines[-1] = longer
    return lines

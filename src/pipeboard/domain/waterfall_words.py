"""The waterfall in words and as the JSON contract `pipeboard.waterfall/1`."""

from datetime import date
from typing import Any

from pipeboard.domain.errors import NotFound
from pipeboard.domain.figure_parts import DealPart, OpenedFigure
from pipeboard.domain.money import decimal_string, format_money
from pipeboard.domain.periods import Period, label
from pipeboard.domain.waterfall import ADDING, KINDS, NAMES, Waterfall

KEYS = ("start", *KINDS, "end")
"""The figures of a waterfall: both ends and every step."""

_SENTENCES = {
    "start": "What was open in the pipeline when the window began, at the exchange rates of that day.",
    "end": "What is open in the pipeline when the window ends, at the exchange rates of that day.",
    "new": "Deals that were entered within the window, at the value they have at its end or had when they left.",
    "pulled_in": "Deals whose expected close date was moved into the days that are looked at.",
    "increased": "What the deals that were there at the start gained in value.",
    "reopened": "Deals that were won, lost or parked at the start and were brought back.",
    "moved_in": "Deals that came from another pipeline.",
    "decreased": "What the deals that were there at the start lost in value.",
    "pushed_out": "Deals whose expected close date was moved out of the days that are looked at.",
    "won": "Deals that are won at the end of the window, at their final value.",
    "lost": "Deals that are lost at the end of the window, at their final value.",
    "parked": "Deals that are in the fridge at the end of the window.",
    "moved_out": "Deals that went to another pipeline, or were deleted.",
    "fx": "What other exchange rates alone changed: closed deals keep the rate of the day they were closed on.",
}


def magnitude(made: Waterfall, kind: str) -> int:
    """The size of a step as its name says it: what is won is positive. Rates keep their sign."""
    change = made.bar(kind).change_minor
    return change if kind in ADDING or kind == "fx" else -change


def figure(made: Waterfall, key: str, currency: str) -> OpenedFigure:
    """An end or a step with its deals; NotFound for a key that names none."""
    if key not in KEYS:
        raise NotFound(f"There is no figure called {key!r}.")
    changes = made.changes(key)
    parts = tuple(DealPart(change.deal_id, change.minor, change.note) for change in changes)
    total = sum(part.minor or 0 for part in parts)
    gaps = sum(1 for part in parts if part.minor is None)
    words = f"{len(parts):,} deal{'' if len(parts) == 1 else 's'}, {format_money(total, currency)}"
    words += f", {gaps:,} without a value or rate" if gaps else ""
    return OpenedFigure(key, NAMES[key], _SENTENCES[key], _formula(made, key, currency), parts, words)


def _formula(made: Waterfall, key: str, currency: str) -> str:
    if key in ("start", "end"):
        return f"{equation(made, currency)}"
    count = len(made.changes(key))
    total = format_money(made.bar(key).change_minor, currency)
    return f"{count:,} deal{'' if count == 1 else 's'} = {total}"


def equation(made: Waterfall, currency: str) -> str:
    """Start, every step that is not nothing, end: the identity with its values."""
    parts = [format_money(made.start_minor, currency)]
    for bar in made.bars:
        if bar.change_minor:
            sign = "+" if bar.change_minor > 0 else "-"
            name = NAMES[bar.kind].lower()
            parts.append(f"{sign} {format_money(abs(bar.change_minor), currency)} {name}")
    return f"{' '.join(parts)} = {format_money(made.end_minor, currency)}"


def headline(period: Period, as_of: date | None, close: Period | None, *, is_weighted: bool) -> str:
    """Which window it is, and what is looked at."""
    words = label(period) if as_of is None else f"{label(period)} so far"
    if close is not None:
        words += f", deals closing in {label(close)}"
    return f"{words}, weighted" if is_weighted else words


def to_json(
    made: Waterfall, period: Period, currency: str, filters: dict[str, Any], as_of: date | None
) -> dict[str, Any]:
    """The contract. `value` is a step's size as its kind says it (won is positive, fx has a sign), `change` what it
    does to the pipeline: start and the sum of all changes is end."""
    return {
        "schema": "pipeboard.waterfall/1",
        "since": period.start.isoformat(),
        "until": period.end.isoformat(),
        "as_of": as_of.isoformat() if as_of else None,
        "currency": currency,
        "filters": filters,
        "start": decimal_string(made.start_minor, currency),
        "end": decimal_string(made.end_minor, currency),
        "start_deals": len(made.start),
        "end_deals": len(made.end),
        "steps": [
            {
                "kind": bar.kind,
                "value": decimal_string(magnitude(made, bar.kind), currency),
                "change": decimal_string(bar.change_minor, currency),
                "deals": [change.deal_id for change in bar.changes],
            }
            for bar in made.bars
        ],
        "without_value": made.without_value,
        "unconverted": made.unconverted,
    }

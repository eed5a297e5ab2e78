"""The same figures, computed slowly and by other means than the program: the judge of the tests.

Nothing of the code under test is called here. Exact fractions instead of floats, a filter per figure
instead of one pass, percentiles by definition instead of by index.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from pipeboard.domain.metrics.facts import DealFact, MetricsInput

Figure = Fraction | int | None


def _in(day: date | None, start: date, end: date) -> bool:
    days = {start + timedelta(days=n) for n in range((end - start).days)}
    return day in days


def closed(given: MetricsInput, name: str) -> list[DealFact]:
    """The deals that are won or lost (by name) in the period, duplicates and tests left out."""
    return [
        d
        for d in given.deals
        if d.status.name == name and _in(d.closed_on, *given.period) and not (d.status.name == "LOST" and d.is_excluded)
    ]


def by_status(given: MetricsInput, name: str) -> list[DealFact]:
    """The deals of a status now."""
    return [d for d in given.deals if d.status.name == name]


def created(given: MetricsInput) -> list[DealFact]:
    """The deals created in the period."""
    return [d for d in given.deals if _in(d.created_on, *given.period)]


def share(part: int, whole: int) -> Figure:
    """A part of a whole, unknown of nothing."""
    return None if whole == 0 else Fraction(part, whole)


def money(deals: Iterable[DealFact]) -> int:
    """The sum of the known values."""
    total = 0
    for d in deals:
        if d.value_minor is not None:
            total += d.value_minor
    return total


def average(numbers: list[int]) -> Figure:
    """The mean."""
    return share(sum(numbers), len(numbers))


def middle(numbers: list[int]) -> Figure:
    """The median: peel the smallest and the largest off until one or two are left."""
    left = sorted(numbers)
    while len(left) > 2:
        left = left[1:-1]
    return average(left)


def upper_quartile(numbers: list[int]) -> Figure:
    """The 75th percentile: the point three quarters of the way along the broken line through the sample."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    along = Fraction(3, 4) * (len(ordered) - 1)
    for step in range(len(ordered) - 1):
        if step <= along <= step + 1:
            return (1 - (along - step)) * ordered[step] + (along - step) * ordered[step + 1]
    return ordered[0]


def cycle_days(deals: Iterable[DealFact]) -> list[int]:
    """The known, sensible cycles."""
    days = []
    for d in deals:
        begun = d.created_on if d.started_on is None else d.started_on
        if begun is not None and d.closed_on is not None and d.closed_on >= begun:
            days.append(d.closed_on.toordinal() - begun.toordinal())
    return days


def reached(given: MetricsInput, position: int) -> list[DealFact]:
    """The decided deals that came to a position (the number of stages: won)."""
    passed = []
    for d in closed(given, "WON") + closed(given, "LOST"):
        came_to = 0 if d.furthest_position is None else d.furthest_position
        if d.status.name == "WON" or came_to >= position:
            passed.append(d)
    return passed


def velocity(open_deals: int, won: list[DealFact], lost: list[DealFact]) -> Figure:
    """Deals x rate x average / cycle."""
    values = [d.value_minor for d in won if d.value_minor is not None]
    rate, size, days = share(len(won), len(won) + len(lost)), average(values), average(cycle_days(won))
    if rate is None or size is None or days is None:
        return None
    return open_deals * rate * size / max(Fraction(1), Fraction(days))

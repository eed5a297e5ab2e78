"""Figures month after month."""

from datetime import date

import pytest

from pipeboard.domain.metrics.over_time import decided_in_month, month_key, view_of
from pipeboard.domain.metrics.report import report
from pipeboard.domain.metrics.trend import trend
from pipeboard.domain.periods import Period, label, last_days, quarter_of, step, year_of

from .cases import AWKWARD, NOVEMBER, given


def test_twelve_months_up_to_the_period() -> None:
    points = trend(given(AWKWARD))
    assert [label(points[0].period), label(points[-1].period), len(points)] == ["Dec 2025", "Nov 2026", 12]


def test_every_month_equals_its_own_report() -> None:
    case = given(AWKWARD, period=step(NOVEMBER, 1))
    points = trend(case, months=4)
    assert [point.won for point in points] == [0, 1, 8, 0]
    assert [point.lost for point in points] == [0, 0, 3, 1]
    assert [point.won_value_minor for point in points] == [0, 40_000, 56_000, 0]
    assert [point.created for point in points] == [0, 15, 3, 0]
    assert [point.win_rate for point in points] == [None, 1.0, 8 / 11, 0.0]
    for point in points:
        month = report(case._replace(period=point.period))
        assert (point.won, point.lost, point.created) == (month.won.deals, month.lost.deals, month.created.deals)


@pytest.mark.parametrize(
    ("period", "last"),
    [
        (Period(date(2026, 1, 1), date(2027, 1, 1)), "Dec 2026"),
        (Period(date(2026, 12, 1), date(2027, 3, 1)), "Dec 2026"),
        (Period(date(2025, 1, 1), date(2026, 1, 1)), "Dec 2025"),
        (last_days(date(2026, 12, 5), 90), "Dec 2026"),
    ],
)
def test_a_running_period_ends_with_the_month_of_today(period: Period, last: str) -> None:
    assert label(trend(given((), period=period), months=2)[-1].period) == last


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (last_days(date(2026, 12, 5), 90), ("Jan 2026", "Dec 2026")),
        (NOVEMBER, ("Dec 2025", "Nov 2026")),
        (quarter_of(NOVEMBER.start), ("Q1 2024", "Q4 2026")),
        (year_of(NOVEMBER.start), ("2015", "2026")),
        (Period(date(4, 1, 1), date(5, 1, 1)), ("Jan 4", "Dec 4")),
    ],
)
def test_a_quarter_stands_among_twelve_quarters_and_a_year_among_years(period: Period, names: tuple[str, str]) -> None:
    """Each of the twelve is what its own report says, and together they hold every deal decided in them."""
    case = given(AWKWARD, period=period)
    view = view_of(report(case))
    assert (label(view.months[0].period), label(view.months[-1].period), len(view.months)) == (*names, 12)
    for month in view.months:
        alone = report(case._replace(period=month.period))
        assert (month.won, month.win_rate.decided) == (alone.won, alone.win_rate.decided)
        assert month.created == alone.created
        decided = decided_in_month(case, month_key(month.period))
        assert len(decided) == month.win_rate.decided

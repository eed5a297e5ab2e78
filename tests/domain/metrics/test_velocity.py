"""The window, the levers and the missing parts of the velocity."""

from datetime import date, timedelta

import pytest

from pipeboard.domain.metrics.facts import DealFact
from pipeboard.domain.metrics.report import report
from pipeboard.domain.metrics.velocity import per_day
from pipeboard.domain.periods import Period

from . import oracle
from .cases import NOVEMBER, STAGES, given, lost, still_open, won

END = NOVEMBER.end


def closed_before_end(days: int, count: int, first_id: int = 100) -> list[DealFact]:
    """Won deals closed so many days before the end of the period, 20 days after their start."""
    closed = END - timedelta(days=days)
    start = closed - timedelta(days=20)
    return [won(first_id + n, started_on=start, closed_on=closed) for n in range(count)]


@pytest.mark.parametrize(
    ("days_ago", "count", "window_days"),
    [
        (90, 10, 90),
        (91, 10, 180),
        (180, 10, 180),
        (181, 10, 365),
        (365, 10, 365),
        (10, 9, 365),
        (366, 10, 366),
    ],
)
def test_the_window_widens_until_ten_are_decided(days_ago: int, count: int, window_days: int) -> None:
    speed = report(given([still_open(1), *closed_before_end(days_ago, count)])).velocity
    assert speed.window == Period(END - timedelta(days=window_days), END)
    assert speed.decided == count
    assert speed.value_minor == pytest.approx(10_000 / 20)


def test_excluded_losses_do_not_fill_the_window() -> None:
    duplicates = [lost(200 + n, is_excluded=True, closed_on=END - timedelta(days=5)) for n in range(9)]
    speed = report(given([still_open(1), *closed_before_end(5, 1), *duplicates])).velocity
    assert (speed.window.days, speed.decided) == (365, 1)


def test_deals_closed_after_the_period_do_not_fill_the_window() -> None:
    deals = [still_open(1), *closed_before_end(0, 9), *closed_before_end(5, 1, first_id=300)]
    speed = report(given(deals)).velocity
    assert (speed.window.days, speed.decided) == (365, 1)


def test_everything_takes_its_rates_from_the_whole_period() -> None:
    period = Period(date(2020, 1, 1), END)
    deals = [still_open(1), *closed_before_end(5, 20), *closed_before_end(2000, 5, first_id=300)]
    speed = report(given(deals, period=period, is_all=True)).velocity
    assert (speed.window, speed.decided) == (period, 25)


def test_a_period_that_still_runs_looks_back_from_today() -> None:
    year, today = Period(date(2026, 1, 1), date(2027, 1, 1)), date(2026, 1, 10)
    deals = [won(n, closed_on=date(2025, 12, 1), created_on=date(2025, 11, 1)) for n in range(10)]
    speed = report(given(deals, period=year, today=today)).velocity
    assert speed.window == Period(date(2025, 10, 13), date(2026, 1, 11))


def test_without_marked_stages_all_open_deals_count() -> None:
    plain = [stage._replace(counts_for_velocity=False) for stage in STAGES]
    deals = [still_open(1), still_open(2, is_velocity_stage=False), *closed_before_end(5, 10)]
    assert report(given(deals)).velocity.open_deals == 1
    assert report(given(deals, stages=plain)).velocity.open_deals == 2


def test_missing_parts_are_named() -> None:
    only_lost = report(given([still_open(1), lost(2)])).velocity
    assert only_lost.missing == ("average_won_value", "cycle_days")
    assert (only_lost.value_minor, only_lost.monthly_minor, only_lost.levers) == (None, None, ())
    assert only_lost.win_rate == 0.0
    no_value = report(given([still_open(1), won(2, value_minor=None)])).velocity
    assert no_value.missing == ("average_won_value",)


def test_no_open_deal_is_a_velocity_of_zero() -> None:
    speed = report(given([won(1)])).velocity
    assert (speed.value_minor, speed.missing) == (0.0, ())


def test_a_cycle_below_a_day_counts_as_one() -> None:
    same_day = won(2, created_on=date(2026, 11, 10))
    speed = report(given([still_open(1), same_day])).velocity
    assert (speed.cycle_days, speed.value_minor) == (0.0, 10_000.0)


def test_levers_say_what_each_change_would_bring() -> None:
    deals = [still_open(1), still_open(2), *closed_before_end(5, 6), lost(50), lost(51), lost(52), lost(53)]
    speed = report(given(deals)).velocity
    assert speed.value_minor == pytest.approx(2 * 0.6 * 10_000 / 20)
    gains = {lever.name: lever.gain_minor for lever in speed.levers}
    assert gains == {
        "+1 deal": pytest.approx(300.0),
        "+5 points win rate": pytest.approx(2 * 0.05 * 10_000 / 20),
        "+10% average value": pytest.approx(60.0),
        "-5 days cycle": pytest.approx(2 * 0.6 * 10_000 / 15 - 600),
    }


def test_levers_stay_within_what_is_possible() -> None:
    all_won = report(given([still_open(1), *closed_before_end(5, 10)])).velocity
    assert dict(all_won.levers)["+5 points win rate"] == 0.0
    assert per_day(1, 1.0, 100.0, -4.0) == 100.0


def test_the_listed_deals_alone_give_the_same_velocity() -> None:
    deals = [
        still_open(1),
        still_open(2),
        *closed_before_end(95, 7),
        *closed_before_end(400, 4, 500),
        lost(50),
    ]
    case = given(deals)
    made = report(case)
    listed = [d for d in deals if d.id in made.deal_ids("velocity")]
    assert len(listed) == 2 + 12
    parts = {name: [d for d in listed if d.status.name == name] for name in ("OPEN", "WON", "LOST")}
    judged = oracle.velocity(len(parts["OPEN"]), parts["WON"], parts["LOST"])
    assert judged is not None
    assert made.velocity.value_minor == pytest.approx(float(judged))
    assert len(made.deal_ids("velocity:open_deals")) == made.velocity.open_deals
    assert len(made.deal_ids("velocity:win_rate")) == made.velocity.decided

"""The deals that break naive figures, against numbers worked out by hand and against the oracle."""

from datetime import date
from fractions import Fraction

import pytest

from pipeboard.domain.metrics.report import Report, report
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import DealStatus

from . import oracle
from .cases import AWKWARD, AWKWARD_TIMES, deal, given, lost, still_open, won


@pytest.fixture(scope="module")
def november() -> Report:
    return report(given(AWKWARD, AWKWARD_TIMES))


def test_counts_by_hand(november: Report) -> None:
    counts = {name: getattr(november, name).deals for name in ("open", "won", "lost", "parked", "excluded")}
    assert counts == {"open": 3, "won": 8, "lost": 3, "parked": 1, "excluded": 1}
    assert (november.undated.deals, november.created.deals) == (1, 3)


def test_money_by_hand(november: Report) -> None:
    assert (november.open.value_minor, november.weighted_minor) == (70_000, 3_500)
    assert (november.won.value_minor, november.lost.value_minor) == (56_000, 12_000)
    assert november.created.value_minor == 999_900 + 7_000
    assert (november.without_value, november.unconverted) == (3, 2)
    assert (november.open.without_value, november.open.unconverted) == (1, 1)


def test_rates_by_hand(november: Report) -> None:
    assert november.win_rate.value == 8 / 11
    assert november.win_rate.by_value == 56 / 68
    assert november.win_rate.cohort == (3, 0, 1, 1)
    size = november.average_won
    assert (size.mean_minor, size.median_minor, size.n) == (56_000 / 6, 2_500, 6)


def test_cycle_by_hand(november: Report) -> None:
    assert november.cycle == (35.0, 40.0, 40.0, 6, 1, 1)
    assert november.lost_cycle[:2] == (100 / 3, 40.0)


def test_funnel_by_hand(november: Report) -> None:
    assert [row.reached for row in november.funnel.rows] == [11, 9, 9, 9, 8]
    assert [row.conversion for row in november.funnel.rows] == [9 / 11, 1.0, 1.0, 8 / 9, None]
    assert [row.name for row in november.funnel.rows][-1] == "Won"
    assert november.funnel.overall == november.win_rate.value


def test_velocity_by_hand(november: Report) -> None:
    speed = november.velocity
    assert (speed.open_deals, speed.win_rate, speed.decided) == (2, 0.75, 12)
    assert speed.window == Period(date(2026, 9, 2), date(2026, 12, 1))
    assert speed.value_minor == pytest.approx(600.0, rel=1e-12)


def test_time_in_stage_by_hand(november: Report) -> None:
    rows = [(row.name, row.mean_days, row.median_days, row.n) for row in november.time_in_stage]
    assert rows == [
        ("Lead", 6.0, 6.0, 2),
        ("Contacted", None, None, 0),
        ("Qualified", 13.0, 13.0, 1),
        ("Proposal", None, None, 0),
    ]


def test_losses_by_hand(november: Report) -> None:
    assert november.losses.by_reason == (("Price", 1, 7_000), ("Timing", 1, 5_000), ("(none)", 1, 0))
    assert [(row.name, row.deals) for row in november.losses.by_stage] == [
        ("Lead", 2),
        ("Contacted", 0),
        ("Qualified", 0),
        ("Proposal", 0),
        ("(unknown)", 1),
    ]
    assert november.losses.matrix == ((1, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 1))


def test_rows_by_hand(november: Report) -> None:
    rows = [(row.name, row.open, row.won, row.lost, row.won_value_minor) for row in november.by_owner]
    assert rows == [("Anna", 3, 6, 2, 56_000), ("(none)", 0, 0, 1, 0), ("Bob", 0, 2, 0, 0)]
    assert november.by_owner[0].cycle_days_mean == (9 + 50 + 40 + 31) / 4
    assert [row.name for row in november.by_product] == ["Gold", "(none)", "Silver"]
    assert [row.name for row in november.by_company] == ["Acme", "(none)", "Globex"]


def test_previous_month_by_hand(november: Report) -> None:
    before = november.previous
    assert before is not None
    assert before.period == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert (before.won.deals, before.lost.deals, before.created.deals) == (1, 0, 15)
    assert before.won.value_minor == 40_000


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 11, 30), date(2026, 12, 2)),
        (date(2026, 12, 1), date(2026, 12, 2)),
        (date(2020, 1, 1), date(2020, 2, 1)),
    ],
)
def test_against_the_oracle(start: date, end: date) -> None:
    case = given(AWKWARD, AWKWARD_TIMES, period=Period(start, end))
    made = report(case)
    won, lost = oracle.closed(case, "WON"), oracle.closed(case, "LOST")
    assert (made.won.deals, made.lost.deals) == (len(won), len(lost))
    assert (made.won.value_minor, made.lost.value_minor) == (oracle.money(won), oracle.money(lost))
    assert made.created.deals == len(oracle.created(case))
    expected = {
        "win rate": oracle.share(len(won), len(won) + len(lost)),
        "mean": oracle.average(oracle.cycle_days(won)),
        "median": oracle.middle(oracle.cycle_days(won)),
        "p75": oracle.upper_quartile(oracle.cycle_days(won)),
        "lost mean": oracle.average(oracle.cycle_days(lost)),
        "average": oracle.average([d.value_minor for d in won if d.value_minor is not None]),
    }
    found = {
        "win rate": made.win_rate.value,
        "mean": made.cycle.mean_days,
        "median": made.cycle.median_days,
        "p75": made.cycle.p75_days,
        "lost mean": made.lost_cycle.mean_days,
        "average": made.average_won.mean_minor,
    }
    assert found == {name: None if value is None else pytest.approx(float(value)) for name, value in expected.items()}
    reached = [len(oracle.reached(case, position)) for position in range(5)]
    assert [row.reached for row in made.funnel.rows] == reached


def test_cohort_leaves_duplicates_out_of_the_decided_ones() -> None:
    born = date(2026, 11, 2)
    deals = [
        won(1, created_on=born),
        lost(2, created_on=born, closed_on=None),
        lost(3, created_on=born, is_excluded=True),
        still_open(4, created_on=born),
        deal(5, DealStatus.PARKED, created_on=born),
    ]
    cohort = report(given(deals)).win_rate.cohort
    assert cohort == (5, 1, 1, 1)
    assert cohort.value == 0.5


def test_a_lost_deal_never_passes_the_last_open_stage() -> None:
    """A position from another, longer pipeline or a negative one stays within the stages."""
    made = report(given([won(1), lost(2, furthest_position=9), lost(3, furthest_position=-1)]))
    assert [row.reached for row in made.funnel.rows] == [3, 2, 2, 2, 1]
    assert made.deal_ids("funnel:won") == (1,)


def test_a_new_parked_deal_without_a_value_is_reported_as_left_out_of_the_new_pipeline() -> None:
    parked = deal(1, DealStatus.PARKED, created_on=date(2026, 11, 3), value_minor=None)
    made = report(given([parked]))
    assert (made.created.without_value, made.without_value, made.unconverted) == (1, 1, 0)
    assert made.deal_ids("without_value") == (1,)


def test_nothing_at_all_is_unknown_and_never_zero() -> None:
    empty = report(given(()))
    assert (empty.win_rate.value, empty.win_rate.by_value, empty.win_rate.cohort.value) == (None, None, None)
    assert (empty.average_won.mean_minor, empty.cycle.mean_days, empty.funnel.overall) == (None, None, None)
    assert empty.velocity.value_minor is None
    assert empty.velocity.missing == ("win_rate", "average_won_value", "cycle_days")
    assert [row.conversion for row in empty.funnel.rows] == [None] * 5
    assert (empty.by_owner, empty.losses.by_reason) == ((), ())


def test_the_first_year_of_the_calendar_has_no_previous_one() -> None:
    made = report(given(AWKWARD, period=Period(date(1, 1, 1), date(1, 3, 1))))
    assert made.previous is None
    assert made.velocity.window == Period(date(1, 1, 1), date(1, 3, 1))
    whole = report(given(AWKWARD, period=Period(date(1, 1, 1), date(2026, 12, 6))))
    assert whole.previous is None
    assert (whole.won.deals, whole.lost.deals) == (9, 4)


def test_the_oracle_knows_the_fraction_it_judges_by() -> None:
    assert oracle.upper_quartile([1, 2, 3, 4]) == Fraction(13, 4)
    assert oracle.middle([5, 1, 9, 2]) == Fraction(7, 2)

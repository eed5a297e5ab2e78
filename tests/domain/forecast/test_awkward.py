"""The figures of the written table, against the oracle."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.errors import NotFound
from pipeboard.domain.forecast.coverage import elapsed_share
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.opened import keys_of, opened
from pipeboard.domain.forecast.report import Forecast, forecast
from pipeboard.domain.forecast.serialize import to_json
from pipeboard.domain.periods import Period, month_of, parse_period, year_of

from . import oracle
from .cases import QUARTER, TABLE, TODAY, Row, made_input, quota, row

ROWS = list(TABLE)


@pytest.fixture(scope="module")
def made() -> Forecast:
    return forecast(made_input(quotas=(quota(1000_00), quota(300_00, 1))))


def short(found: Sums) -> tuple[int, int, int]:
    return found.value_minor, found.weighted_minor, found.deals


def test_the_months(made: Forecast) -> None:
    assert [one.key for one in made.months.rows][:4] == ["2026-10", "2026-11", "2026-12", "2027-01"]
    assert len(made.months.rows) == 12
    for one in made.months.rows:
        found = one.won.value_minor, one.open.weighted_minor, one.open.value_minor, one.won.deals + one.open.deals
        assert found == oracle.month(ROWS, one.key, TODAY), one.key
    assert short(made.months.overdue) == oracle.overdue(ROWS, TODAY) == (24_16, 12_08, 2)
    assert short(made.months.no_date) == oracle.undated(ROWS)
    assert short(made.months.later) == (11_11, 5_56, 1)
    assert (made.months.no_date.without_value, made.months.rows[2].open.unconverted) == (1, 1)


def test_no_open_deal_is_lost_and_none_counts_twice(made: Forecast) -> None:
    table = made.months
    places = [table.overdue, table.no_date, table.later, *(one.open for one in table.rows)]
    assert sum(place.deals for place in places) == made.open.deals
    assert sum(place.value_minor for place in places) == made.open.value_minor


@pytest.mark.parametrize("days", [30, 60, 90])
def test_the_horizons(made: Forecast, days: int) -> None:
    (found,) = [one for one in made.horizons if one.days == days]
    assert short(found.sums) == oracle.horizon(ROWS, TODAY, days)


def test_the_categories_roll_up(made: Forecast) -> None:
    rolled = {one.category: one.rolled_minor for one in made.categories}
    won = oracle.full([r for r in ROWS if r["is_won"] and r["closed_on"] >= QUARTER.start])
    ahead = [r for r in ROWS if not r["is_won"] and r["close_on"] and TODAY <= r["close_on"] < QUARTER.end]
    of = {name: oracle.full([r for r in ahead if r["category"] == name]) for name in rolled}
    assert rolled == {
        "commit": won + of["commit"],
        "best": won + of["commit"] + of["best"],
        "pipeline": of["commit"] + of["best"] + of["pipeline"],
        "omitted": of["omitted"],
    }
    assert of["commit"] == 64_13
    assert of["omitted"] == 7_77


def test_profit_only_where_the_cost_is_known(made: Forecast) -> None:
    november = made.months.rows[1]
    assert (november.won.profit_minor, november.won.unknown_cost) == (35_55, 1)
    assert (made.months.rows[2].open.profit_minor, made.months.rows[2].open.weighted_profit_minor) == (1_03, 52)


def test_money_arrives_by_its_own_day(made: Forecast) -> None:
    arrives = {one.key: one.expected_minor for one in made.payments.rows if one.expected_minor}
    assert arrives == {"2026-11": 5_56, "2026-12": 33_33}
    assert made.payments.overdue.deals == 1
    assert made.payments.won_no_date.deals == sum(1 for r in ROWS if r["is_won"] and r["payment_on"] is None)


def test_coverage_attainment_and_pace(made: Forecast) -> None:
    covered = made.coverage
    won = 100_00 + 55_55 + 33_33 + 10_00
    ahead = [r for r in ROWS if not r["is_won"] and r["close_on"] and TODAY <= r["close_on"] < QUARTER.end]
    assert (covered.won, covered.open) == (won, oracle.full(ahead))
    assert covered.ratio == oracle.full(ahead) / (1000_00 - won)
    assert covered.needed == 1 / 0.625
    assert covered.is_enough is False
    assert covered.attainment == won / 1000_00
    assert covered.projected == won + oracle.share(ahead)
    assert covered.elapsed_share == float(oracle.workday_share(QUARTER.start, QUARTER.end, TODAY))
    by_name = {one.name: one for one in made.owners}
    assert set(by_name) == {"Anna", "Boris [/x]", "(none)"}
    assert by_name["Anna"].coverage.target is not None
    assert by_name["Anna"].coverage.target.amount == 300_00
    assert by_name["Boris [/x]"].coverage.target is None
    assert sum(one.won.value_minor for one in made.owners) == won


def test_a_target_that_is_met_needs_no_coverage() -> None:
    covered = forecast(made_input(quotas=(quota(150_00),))).coverage
    assert (covered.remaining, covered.ratio, covered.is_enough) == (0, None, True)
    assert round(covered.attainment or 0, 2) == 1.33


def test_a_target_in_deals_counts_deals() -> None:
    made = forecast(made_input(quotas=(quota(None, measure="count", deals=20),)))
    ahead = [r for r in ROWS if not r["is_won"] and r["close_on"] and TODAY <= r["close_on"] < QUARTER.end]
    assert (made.coverage.won, made.coverage.open) == (6, len(ahead))
    assert made.coverage.weighted == sum(r["percent"] for r in ahead) / 100
    assert made.reverse.wins == 14
    assert to_json(made)["coverage"]["target"] == 20


def test_without_a_target_nothing_is_invented() -> None:
    made = forecast(made_input())
    assert made.coverage.target is None
    assert (made.coverage.ratio, made.coverage.attainment, made.coverage.due_by_now) == (None, None, None)
    assert made.reverse.missing == ("a target",)
    document = to_json(made)
    assert document["coverage"]["target"] is None
    assert document["coverage"]["ratio"] is None


def test_an_empty_pipeline_has_a_forecast() -> None:
    made = forecast(made_input((), stages=(), quotas=(quota(0),)))
    assert made.open.deals == 0
    assert made.fill.rows == ()
    for key in keys_of(made):
        assert opened(made, key).parts == ()
    assert to_json(made)["months"][0]["profit"] is None


def test_the_list_of_every_figure_is_the_figure(made: Forecast) -> None:
    for key in keys_of(made):
        figure = opened(made, key)
        assert figure.sentence
        assert figure.formula
    for one in made.months.rows:
        assert sum(p.minor or 0 for p in opened(made, f"best:{one.key}").parts) == one.best_minor
        assert sum(p.minor or 0 for p in opened(made, f"won:{one.key}").parts) == one.won.value_minor
        # Each share is rounded by itself in a list, the sum once.
        parts = opened(made, f"expected:{one.key}").parts
        assert abs(sum(p.minor or 0 for p in parts) - one.expected_minor) <= len(parts)
        assert len(parts) == one.won.deals + one.open.deals
    for row_ in made.categories:
        assert sum(p.minor or 0 for p in opened(made, f"category:{row_.category}").parts) == row_.rolled_minor
    for key, found in (("overdue", made.months.overdue), ("no_date", made.months.no_date), ("won", made.won)):
        assert sum(p.minor or 0 for p in opened(made, key).parts) == found.value_minor
        assert len(opened(made, key).parts) == found.deals
    for wrong in ("", "nonsense", "won:2031-01", "owner:99", "fill:x", "need:9", "horizon:45", "category:x"):
        with pytest.raises(NotFound):
            opened(made, wrong)


def test_a_past_period_shows_its_months_and_nothing_ahead() -> None:
    made = forecast(made_input(period=month_of(date(2026, 10, 1))))
    assert [one.key for one in made.months.rows] == ["2026-10"]
    assert made.ahead.deals == 0
    assert made.coverage.elapsed_share == 1.0
    assert made.months.later.deals == sum(
        1 for r in ROWS if not r["is_won"] and r["close_on"] and r["close_on"] >= TODAY
    )


def test_a_period_to_come_begins_with_the_present_month() -> None:
    made = forecast(made_input(period=parse_period("2027-Q1")))
    assert made.months.rows[0].key == "2026-11"
    assert made.coverage.elapsed_share == 0
    assert made.ahead.value_minor == 4_05


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10**11)),
            st.integers(0, 100),
            st.booleans(),
            st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2029, 1, 1))),
        ),
        max_size=20,
    ),
    st.sampled_from([QUARTER, year_of(TODAY), month_of(TODAY), Period(TODAY, TODAY + timedelta(days=10))]),
)
def test_any_deals(raw: list[tuple[int | None, int, bool, date | None]], period: Period) -> None:
    rows: list[Row] = []
    for value, percent, is_won, day in raw:
        if is_won and day is not None and day <= TODAY:
            rows.append(row("won", value, is_won=True, closed_on=day, percent=100))
        else:
            rows.append(row("open", value, close_on=day, percent=percent))
    made = forecast(made_input(tuple(rows), period=period))
    for one in made.months.rows:
        found = one.won.value_minor, one.open.weighted_minor, one.open.value_minor, one.won.deals + one.open.deals
        assert found == oracle.month(rows, one.key, TODAY)
    table = made.months
    places = [table.overdue, table.no_date, table.later, *(one.open for one in table.rows)]
    assert sum(place.value_minor for place in places) == oracle.full([r for r in rows if not r["is_won"]])
    assert short(table.overdue) == oracle.overdue(rows, TODAY)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400), st.integers(-50, 450))
def test_the_pace_counts_weekdays(start: date, days: int, gone: int) -> None:
    period = Period(start, start + timedelta(days=days))
    if not any((start + timedelta(days=place)).isoweekday() <= 5 for place in range(days)):
        return
    today = start + timedelta(days=gone)
    assert elapsed_share(period, today) == float(oracle.workday_share(*period, today))

"""Targets: which one holds, how much of it is done, and the weeks it is made of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.periods import Period, parse_period, parts_of, period_key, weeks_of, workdays
from pipeboard.domain.quota import COUNT, VALUE, Quota, Target, Win, attainment, target_for

Q4 = parse_period("2026-Q4")
ANNA, BOB = 1, 2


def quota(quota_id: int, period: str, amount: int, owner: int | None = None, pipeline: int | None = None) -> Quota:
    return Quota(quota_id, owner, pipeline, period, VALUE, amount, "EUR", None)


def base(minor: int, currency: str) -> int | None:
    return {"EUR": minor, "USD": minor // 2}.get(currency)


def target(quotas: list[Quota], owner: int | None = None, pipeline: int | None = 1) -> tuple[int, bool] | None:
    found = target_for(quotas, Q4, pipeline, owner, VALUE, base)
    return None if found is None else (found.amount, found.is_rolled_up)


def test_the_target_of_the_pipeline_goes_before_that_of_all() -> None:
    quotas = [quota(1, "2026-Q4", 100), quota(2, "2026-Q4", 70, pipeline=1), quota(3, "2026-Q3", 9)]
    assert target(quotas) == (70, False)
    assert target(quotas, pipeline=2) == (100, False)
    assert target(quotas, owner=ANNA) is None


def test_the_team_is_to_reach_what_its_people_are() -> None:
    quotas = [quota(1, "2026-Q4", 100, ANNA), quota(2, "2026-Q4", 50, BOB)]
    assert target(quotas) == (150, True)
    assert target([*quotas, quota(3, "2026-Q4", 400)]) == (400, False)


def test_a_quarter_is_the_sum_of_its_months_when_all_are_set() -> None:
    months = [quota(at, f"2026-{at}", 10 * at) for at in (10, 11, 12)]
    assert target(months) == (330, True)
    assert target(months[:2]) is None, "two months are no quarter"


def test_a_target_in_a_currency_without_a_rate_is_none() -> None:
    assert target([quota(1, "2026-Q4", 100)._replace(currency="USD")]) == (50, False)
    assert target([quota(1, "2026-Q4", 100)._replace(currency="CHF")]) is None


def test_towards_the_sum_of_some_people_only_their_wins_count() -> None:
    found = target_for([quota(1, "2026-Q4", 50, BOB)], Q4, 1, None, VALUE, base)
    assert found is not None
    assert attainment(found, WINS, date(2026, 12, 31)).deal_ids == (2,)


def test_asked_for_all_pipelines_the_targets_of_single_ones_are_summed_and_each_takes_its_own_wins() -> None:
    quotas = [quota(1, "2026-Q4", 100, ANNA, pipeline=1), quota(2, "2026-Q4", 50, pipeline=2)]
    assert target(quotas, pipeline=None) == (150, True)
    assert target([*quotas, quota(3, "2026-Q4", 400)], pipeline=None) == (400, False)
    assert target(quotas, pipeline=3) is None
    found = target_for(quotas, Q4, None, None, VALUE, base)
    assert found is not None
    day = date(2026, 10, 5)
    wins = [win(1, day), win(2, day, owner=BOB), win(3, day, owner=BOB, pipeline=2), win(4, day, pipeline=3)]
    assert attainment(found, wins, date(2026, 12, 31)).deal_ids == (1, 3)


def win(deal_id: int, day: date, value: int | None = 100, owner: int | None = ANNA, pipeline: int = 1) -> Win:
    return Win(deal_id, owner, pipeline, day, value)


WINS = (
    win(1, date(2026, 10, 1)),
    win(2, date(2026, 12, 31), owner=BOB),
    win(3, date(2027, 1, 1)),
    win(4, date(2026, 11, 11), None),
    win(5, date(2026, 11, 11), pipeline=2),
    win(6, date(2026, 9, 30)),
)


def reached(owner: int | None = None, pipeline: int | None = None, measure: str = VALUE) -> tuple[int, tuple[int, ...]]:
    made = attainment(Target(owner, pipeline, Q4, measure, 400, False, ()), WINS, date(2026, 12, 31))
    return made.done, made.deal_ids


def test_which_wins_count() -> None:
    assert reached() == (300, (1, 2, 4, 5))
    assert reached(owner=ANNA) == (200, (1, 4, 5))
    assert reached(pipeline=1) == (200, (1, 2, 4))
    assert reached(measure=COUNT) == (4, (1, 2, 4, 5)), "a win without a value is a win"


def test_pace_is_the_share_of_the_workdays_that_have_passed() -> None:
    made = attainment(Target(None, None, parse_period("2026-11"), VALUE, 2100, False, ()), WINS, date(2026, 11, 10))
    assert made.pace == 7 / 21
    assert (made.due, made.done, made.is_on_pace, made.share) == (700, 100, False, 100 / 2100)
    before = attainment(made.target, (), date(2026, 10, 1), to_come=50)
    assert (before.pace, before.due, before.projected) == (0.0, 0, 50)
    assert attainment(made.target, (), date(2027, 5, 1)).pace == 1.0


def test_the_weeks_of_november() -> None:
    made = attainment(Target(None, None, parse_period("2026-11"), VALUE, 2100, False, ()), WINS, date(2026, 11, 10))
    plan = [(line.week.start.day, line.plan, line.fact) for line in made.weeks]
    assert plan == [(1, 0, 0), (2, 500, 0), (9, 500, 100), (16, 500, 0), (23, 500, 0), (30, 100, 0)]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400), st.integers(0, 10**9))
def test_the_weeks_make_the_whole(start: date, days: int, amount: int) -> None:
    period = Period(start, start + timedelta(days=days))
    made = attainment(Target(None, None, period, VALUE, amount, False, ()), WINS, start)
    assert sum(line.plan for line in made.weeks) == amount
    assert sum(line.fact for line in made.weeks) == made.done
    assert [week.start for week in weeks_of(period)][1:] == [week.end for week in weeks_of(period)][:-1]
    assert workdays(*period) == sum(1 for at in range(days) if (start + timedelta(days=at)).isoweekday() < 6)


@pytest.mark.parametrize("text", ["2026", "2026-Q1", "2026-Q4", "2026-01", "2026-12"])
def test_a_period_is_written_as_it_is_read(text: str) -> None:
    period = parse_period(text)
    assert period_key(period) == text
    for pieces in parts_of(period):
        assert (pieces[0].start, pieces[-1].end) == tuple(period)
    assert period_key(Period(date(2026, 1, 2), date(2026, 2, 2))) is None

"""What customers bring and cost, the strict rate, the largest, and early deals that need help: by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.metrics.customers import Sale, acquisition, annual_minor, customer_value
from pipeboard.domain.metrics.facts import select
from pipeboard.domain.metrics.stuck import OpenDeal, early_stages, help_needed, strict_rate
from pipeboard.domain.metrics.time_in_stage import StageDuration
from pipeboard.domain.metrics.top import tops
from pipeboard.domain.periods import Period
from pipeboard.domain.spend import Spend
from pipeboard.domain.stage import Stage

from .cases import NOVEMBER, STAGES, TODAY, lost, won
from .cases import given as case

DAY = date(2026, 11, 10)
WON = (
    won(1, value_minor=1_000, source="web"),
    won(2, value_minor=500, source="Web "),  # the second deal of the same customer
    won(3, value_minor=None, source="fair"),  # nobody knows what it is worth
    won(4, value_minor=9_000, source="", closed_on=date(2026, 11, 12)),
    won(5, value_minor=2_400, source="fair"),  # an old customer
)
SALES = {
    1: Sale(1, 7, 1, DAY),
    2: Sale(2, 7, None, DAY),
    3: Sale(3, 8, None, DAY),
    4: Sale(4, None, None, None),
    5: Sale(5, 9, 24, date(2025, 1, 1)),
}


def test_a_monthly_value_counts_twelve_times_and_two_years_half() -> None:
    assert [annual_minor(1_200, months) for months in (None, 1, 3, 12, 24, 36)] == [
        1_200,
        14_400,
        4_800,
        1_200,
        600,
        400,
    ]


def test_annual_value_of_the_average_customer() -> None:
    made = customer_value(WON, SALES)
    assert made.parts == {1: 12_000, 2: 500, 4: 9_000, 5: 1_200}
    assert (made.total_minor, made.accounts, made.label) == (22_700, 3, "ACV")
    assert made.mean_minor == 22_700 / 3
    once = customer_value(WON[1:4], SALES)
    assert (once.label, once.accounts) == ("APV", 2)
    assert customer_value((), {}).mean_minor is None


SPEND = (
    Spend(1, DAY, "WEB", 600, "EUR", ""),
    Spend(2, DAY, "fair", 300, "EUR", ""),
    Spend(3, DAY, "", 90, "EUR", "tools"),
    Spend(4, DAY, "fair", 70, "CHF", ""),
    Spend(5, DAY, "radio", 10, "EUR", ""),
)


def test_the_cost_of_a_new_customer() -> None:
    made = acquisition(WON, SALES, SPEND, NOVEMBER, lambda e: e.amount_minor if e.currency == "EUR" else None)
    assert (made.spent_minor, made.general_minor, made.unconverted, made.entries) == (1_000, 90, 1, 5)
    assert made.first_deals == (1, 3, 4), "one for each new customer; the old one is none"
    assert made.cost_minor == 1_000 / 3
    by_source = {row.source: (row.spent_minor, row.accounts, row.won_minor, row.roi) for row in made.sources}
    assert by_source == {
        "web": (600, 1, 1_500, 1.5),
        "fair": (300, 1, 2_400, 7.0),
        "radio": (10, 0, 0, -1.0),
        "(none)": (0, 1, 9_000, None),
    }
    assert sum(row.spent_minor for row in made.sources) + made.general_minor == made.spent_minor


def test_without_spending_or_customers_it_is_unknown() -> None:
    assert acquisition(WON, SALES, (), NOVEMBER, lambda e: e.amount_minor).cost_minor is None
    assert acquisition((), {}, SPEND, NOVEMBER, lambda e: e.amount_minor).cost_minor is None


ROTTING: dict[int, Stage] = {stage.id: stage._replace(rot_days=10) for stage in STAGES}


def open_deal(deal_id: int, **days_ago: int) -> OpenDeal:
    """An open deal in Lead that nothing is wrong with; each field given as days before today."""
    days = {name: TODAY - timedelta(days=count) for name, count in days_ago.items()}
    fine = OpenDeal(deal_id, 1, 11, TODAY - timedelta(days=2), TODAY - timedelta(days=2), None, None)
    return fine._replace(**days)  # type: ignore[arg-type]


def test_the_strict_rate_takes_the_stale_for_lost() -> None:
    deals = [
        open_deal(1),
        open_deal(2, expected_close_on=30),
        open_deal(3, expected_close_on=31),
        open_deal(4, idle_on=89),
        open_deal(5, idle_on=90),
        open_deal(6, idle_on=200, task_on=-3),
        open_deal(7, idle_on=200, expected_close_on=99, task_on=-3),
    ]
    made = strict_rate(3, 2, deals, ROTTING, TODAY)
    assert made.stale == (3, 5, 7), "30 days late is late, not stale; a task soon keeps an idle deal alive"
    assert (made.decided, made.value) == (8, 3 / 8)
    assert made.why[5] == "no activity for 90 days, limit 10"
    assert strict_rate(0, 0, (), ROTTING, TODAY).value is None


def test_early_deals_that_need_help() -> None:
    assert [stage.name for stage in early_stages(STAGES)] == ["Lead", "Contacted"]
    unmarked = [stage._replace(counts_for_velocity=False) for stage in STAGES]
    assert [stage.name for stage in early_stages(unmarked[:3])] == ["Lead", "Contacted"]
    times = [StageDuration(11, "Lead", 8.0, 8.0, 3), StageDuration(12, "Contacted", 1.0, 1.0, 2)]
    deals = [
        open_deal(1),
        open_deal(2, entered_on=12),
        open_deal(3, entered_on=11),
        open_deal(4, idle_on=10, entered_on=10),
        open_deal(5, idle_on=50, entered_on=50)._replace(stage_id=13),
        open_deal(6, entered_on=99)._replace(stage_id=12),
    ]
    made = help_needed(deals, list(ROTTING.values()), times, TODAY)
    assert [(one.deal_id, one.why) for one in made] == [
        (4, "no activity for 10 days, limit 10"),
        (2, "in Lead for 12 days, usually 8"),
    ], "Qualified is not early, and two stays are too few to be usual"


def test_the_largest_with_their_share_and_the_period_before() -> None:
    before = Period(date(2026, 10, 1), date(2026, 11, 1))
    deals = [
        *WON,
        lost(20, lost_reason="Price", value_minor=50),
        lost(21, lost_reason="Price", value_minor=None),
        lost(22, lost_reason="", value_minor=900),
        won(30, source="web", value_minor=700, closed_on=date(2026, 10, 3)),
        lost(31, lost_reason="Price", value_minor=10, closed_on=date(2026, 10, 3)),
    ]
    given_case = case(deals)
    made = tops(given_case, select(deals, NOVEMBER), before)
    assert [(r.name, r.value_minor, r.deals, r.before_minor, r.before_deals) for r in made["source"]] == [
        ("(none)", 9_000, 1, 0, 0),
        ("fair", 2_400, 2, 0, 0),
        ("web", 1_000, 1, 700, 1),
        ("Web ", 500, 1, 0, 0),
    ]
    assert [(r.name, r.deals, r.value_minor, r.share_of_deals, r.before_deals) for r in made["reason"]] == [
        ("Price", 2, 50, 2 / 3, 1),
        ("(none)", 1, 900, 1 / 3, 0),
    ]
    assert tops(given_case, select(deals, NOVEMBER), None)["source"][0].before_minor is None


@given(st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.integers(0, 999)), max_size=20))
def test_shares_add_up_to_the_whole(values: list[tuple[str, int]]) -> None:
    deals = [won(at, product=name, value_minor=value) for at, (name, value) in enumerate(values, 1)]
    rows = tops(case(deals), select(deals, NOVEMBER), None)["product"]
    assert sum(row.value_minor for row in rows) == sum(value for _, value in values)
    assert sum(row.deals for row in rows) == len(deals)
    if any(value for _, value in values):
        assert sum(row.share or 0 for row in rows) == pytest.approx(1)

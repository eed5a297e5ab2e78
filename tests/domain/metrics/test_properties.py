"""What must hold for any deals: the identities between figures, and that every figure equals its list."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given as with_
from hypothesis import settings
from hypothesis import strategies as some

from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, StageTime
from pipeboard.domain.metrics.report import Report, report
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import DealStatus

from . import oracle
from .cases import STAGES, deal, given

FIRST = date(2026, 10, 20)
DAYS = some.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))
NAMES = some.sampled_from(["", "Price", "a:b", "Ä"])


@some.composite
def facts(draw: some.DrawFn) -> list[DealFact]:
    """Up to a dozen deals of any kind around November."""
    made = []
    for deal_id in range(1, draw(some.integers(0, 12)) + 1):
        status = draw(some.sampled_from(DealStatus))
        value = draw(some.none() | some.integers(0, 10**9))
        is_closed = status in (DealStatus.WON, DealStatus.LOST)
        made.append(
            deal(
                deal_id,
                status,
                owner_id=draw(some.sampled_from([None, 1, 2, 3])),
                company=draw(NAMES),
                product=draw(NAMES),
                source=draw(NAMES),
                value_minor=value,
                is_unconverted=value is None and draw(some.booleans()),
                weighted_hundredths=None if value is None else value * draw(some.integers(0, 100)),
                created_on=draw(some.none() | DAYS),
                started_on=draw(some.none() | DAYS),
                closed_on=draw(some.none() | DAYS) if is_closed else None,
                lost_reason=draw(NAMES) if status == DealStatus.LOST else "",
                is_excluded=status == DealStatus.LOST and draw(some.booleans()),
                furthest_position=draw(some.none() | some.integers(0, 3)),
                closed_from_stage_id=draw(some.sampled_from([None, 11, 12, 14, 99])),
                is_velocity_stage=status == DealStatus.OPEN and draw(some.booleans()),
            )
        )
    return made


@some.composite
def cases(draw: some.DrawFn) -> MetricsInput:
    """Deals, times in stages, and a period."""
    deals = draw(facts())
    start = draw(DAYS)
    period = Period(start, start + timedelta(days=draw(some.integers(1, 40))))
    keys = some.tuples(some.sampled_from([stage.id for stage in STAGES]), some.integers(1, 12))
    times = [
        StageTime(stage_id, deal_id, draw(some.integers(0, 50)))
        for stage_id, deal_id in draw(some.sets(keys, max_size=10))
    ]
    return given(deals, times, period=period, is_all=draw(some.booleans()))


def listed(made: Report, key: str) -> list[DealFact]:
    """The deals a figure opens; each is there once."""
    ids = made.deal_ids(key)
    assert len(set(ids)) == len(ids)
    by_id = {fact.id: fact for fact in made.given.deals}
    return [by_id[deal_id] for deal_id in ids]


def is_about(found: float | None, judged: oracle.Figure) -> bool:
    """Whether a figure is what the oracle says, unknown included."""
    if found is None or judged is None:
        return found is judged
    return found == pytest.approx(float(judged))


@with_(cases())
def test_overall_funnel_is_the_win_rate(case: MetricsInput) -> None:
    made = report(case)
    assert made.funnel.overall == made.win_rate.value
    reached = [row.reached for row in made.funnel.rows]
    assert reached == sorted(reached, reverse=True)
    assert reached == [len(oracle.reached(case, position)) for position in range(len(STAGES) + 1)]


@with_(cases())
def test_every_breakdown_adds_up_to_the_totals(case: MetricsInput) -> None:
    made = report(case)
    for rows in (made.by_owner, made.by_source, made.by_product, made.by_company):
        assert totals(rows) == (made.open.deals, made.won.deals, made.lost.deals, made.won.value_minor)
        assert list(rows) == sorted(rows, key=lambda row: (-row.won_value_minor, row.name))
    assert sum(row.deals for row in made.losses.by_reason) == made.lost.deals
    assert sum(row.deals for row in made.losses.by_stage) == made.lost.deals
    assert [sum(counts) for counts in made.losses.matrix] == [row.deals for row in made.losses.by_reason]


def totals(rows: Iterable[BreakdownRow]) -> tuple[int, int, int, int]:
    """The sums over the rows of a breakdown."""
    rows = list(rows)
    return (
        sum(row.open for row in rows),
        sum(row.won for row in rows),
        sum(row.lost for row in rows),
        sum(row.won_value_minor for row in rows),
    )


@with_(cases())
def test_counts_and_sums_equal_their_lists(case: MetricsInput) -> None:
    made = report(case)
    for key in ("open", "won", "lost", "parked", "excluded", "created", "undated"):
        total = getattr(made, key)
        assert (total.deals, total.value_minor) == (len(listed(made, key)), oracle.money(listed(made, key)))
    assert len(listed(made, "without_value")) == made.without_value
    assert len(listed(made, "unconverted")) == made.unconverted
    hundredths = sum(fact.weighted_hundredths or 0 for fact in listed(made, "weighted"))
    assert abs(made.weighted_minor * 100 - hundredths) <= 50


@with_(cases())
def test_rates_and_averages_equal_their_lists(case: MetricsInput) -> None:
    made = report(case)
    decided = listed(made, "win_rate")
    won = [fact for fact in decided if fact.status.name == "WON"]
    assert is_about(made.win_rate.value, oracle.share(len(won), len(decided)))
    valued = listed(made, "win_rate_by_value")
    if made.lost.value_minor:
        won_value = oracle.money(fact for fact in valued if fact.status.name == "WON")
        assert is_about(made.win_rate.by_value, oracle.share(won_value, oracle.money(valued)))
    else:
        assert made.win_rate.by_value is None
    values = [fact.value_minor for fact in listed(made, "average_won")]
    known = [value for value in values if value is not None]
    assert made.average_won.n == len(values) == len(known)
    assert is_about(made.average_won.mean_minor, oracle.average(known))
    assert is_about(made.average_won.median_minor, oracle.middle(known))


@with_(cases())
def test_cycles_equal_their_lists(case: MetricsInput) -> None:
    made = report(case)
    for key, cycle in (("cycle", made.cycle), ("lost_cycle", made.lost_cycle)):
        days = oracle.cycle_days(listed(made, key))
        assert cycle.n == len(days) == len(listed(made, key))
        assert is_about(cycle.mean_days, oracle.average(days))
        assert is_about(cycle.median_days, oracle.middle(days))
        assert is_about(cycle.p75_days, oracle.upper_quartile(days))
    assert made.cycle.n_negative == len(listed(made, "cycle_negative"))
    assert made.cycle.n + made.cycle.n_negative + made.cycle.n_unknown == made.won.deals


@with_(cases())
def test_velocity_equals_its_list(case: MetricsInput) -> None:
    made = report(case)
    parts = listed(made, "velocity")
    won = [fact for fact in parts if fact.status.name == "WON"]
    lost = [fact for fact in parts if fact.status.name == "LOST"]
    open_deals = len(parts) - len(won) - len(lost)
    assert made.velocity.open_deals == open_deals == len(listed(made, "velocity:open_deals"))
    assert is_about(made.velocity.value_minor, oracle.velocity(open_deals, won, lost))


@with_(cases())
def test_rows_equal_their_lists(case: MetricsInput) -> None:
    made = report(case)
    for row in made.funnel.rows:
        key = "funnel:won" if row.stage_id is None else f"funnel:{row.stage_id}"
        assert len(listed(made, key)) == row.reached
    for kind in ("owner", "source", "product", "company"):
        for line in getattr(made, f"by_{kind}"):
            deals = listed(made, f"{kind}:{line.name}")
            won = [fact for fact in deals if fact.status.name == "WON"]
            assert (len(deals), len(won)) == (line.open + line.won + line.lost, line.won)
            assert oracle.money(won) == line.won_value_minor
            assert is_about(line.cycle_days_mean, oracle.average(oracle.cycle_days(won)))


@with_(cases())
def test_losses_equal_their_lists(case: MetricsInput) -> None:
    made = report(case)
    for reason, counts in zip(made.losses.by_reason, made.losses.matrix, strict=True):
        deals = listed(made, f"reason:{reason.reason}")
        assert (len(deals), oracle.money(deals)) == (reason.deals, reason.value_minor)
        for place, count in zip(made.losses.by_stage, counts, strict=True):
            stage = "none" if place.stage_id is None else place.stage_id
            assert len(listed(made, f"loss:{stage}:{reason.reason}")) == count
    for place in made.losses.by_stage:
        stage = "none" if place.stage_id is None else place.stage_id
        assert len(listed(made, f"lost_from:{stage}")) == place.deals


@with_(cases())
@settings(max_examples=50)
def test_time_in_stage_equals_its_list(case: MetricsInput) -> None:
    made = report(case)
    for row in made.time_in_stage:
        days = [time.days for time in case.stage_times if time.stage_id == row.stage_id]
        assert len(made.deal_ids(f"time:{row.stage_id}")) == row.n == len(days)
        assert is_about(row.mean_days, oracle.average(days))
        assert is_about(row.median_days, oracle.middle(days))

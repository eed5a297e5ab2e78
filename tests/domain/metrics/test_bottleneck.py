"""Which stage holds the pipeline up, and why: worked out by hand."""

from typing import Any

import pytest

from pipeboard.domain.metrics.bottleneck import StagePulse, bottlenecks, turning_point
from pipeboard.domain.metrics.funnel import FunnelRow

from .cases import STAGES

DAYS = 90


def pulse(stage_id: int, **changes: Any) -> StagePulse:
    """A calm stage: always 4 deals of 100, standing 5 days, as long as they usually stay; all go on."""
    name = next(stage.name for stage in STAGES if stage.id == stage_id)
    calm = StagePulse(stage_id, name, [4] * DAYS, [400] * DAYS, [5] * 4, [5] * 9, 20, 20)
    return calm._replace(**changes)


def reasons(*pulses: StagePulse) -> list[tuple[str, str]]:
    return [(one.name, one.reason) for one in bottlenecks(pulses)]


def test_a_calm_pipeline_has_none() -> None:
    assert reasons(pulse(11), pulse(12), pulse(13)) == []
    assert reasons() == []


def test_twice_as_many_deals_as_usual() -> None:
    crowded = pulse(12, counts=[4] * (DAYS - 1) + [8])
    assert reasons(pulse(11), crowded) == [("Contacted", "8 open deals, usually 4")]
    assert reasons(pulse(11), pulse(12, counts=[4] * (DAYS - 1) + [7])) == []


def test_a_stage_that_is_usually_empty_is_crowded_by_three() -> None:
    assert reasons(pulse(12, counts=[0] * (DAYS - 1) + [3])) == [("Contacted", "3 open deals, usually none")]
    assert reasons(pulse(12, counts=[0] * (DAYS - 1) + [2])) == []


def test_nothing_is_usual_in_two_weeks() -> None:
    assert reasons(pulse(12, counts=[1] * 12 + [9], values=[400] * 13)) == []
    assert reasons(pulse(12, counts=[1] * 13 + [9], values=[400] * 14)) != []


def test_twice_the_share_of_the_value() -> None:
    heavy = pulse(12, values=[100] * (DAYS - 1) + [900])
    calm = pulse(11, values=[900] * (DAYS - 1) + [100])
    assert reasons(calm, heavy) == [("Contacted", "90% of the value, usually 10%")]


def test_deals_that_stand_longer_than_those_before_them() -> None:
    assert reasons(pulse(12, ages=[1, 30, 40], stays=[10, 20, 30])) == [
        ("Contacted", "deals stand here 30 days, usually 20")
    ]
    assert reasons(pulse(12, ages=[1, 29, 40], stays=[10, 20, 30])) == []
    assert reasons(pulse(12, ages=[90, 90], stays=[1, 1, 1])) == [], "two deals are no jam"
    assert reasons(pulse(12, ages=[1, 1, 1], stays=[0, 0, 0])) == [], "passing within the day is counted as one day"


def test_the_stage_most_fall_out_of_with_ten_deals_at_least() -> None:
    made = reasons(pulse(11, went_on=15), pulse(12, went_on=5), pulse(13, reached=9, went_on=0))
    assert made == [("Contacted", "only 25% go on (5 of 20), the fewest of all stages")]
    assert reasons(pulse(11, went_on=5), pulse(12)) == [], "one leaking stage cannot be the worst of several"


def test_the_stage_with_the_most_causes_comes_first() -> None:
    slow = pulse(11, ages=[500, 500, 500])
    both = pulse(12, ages=[10, 10, 10], counts=[4] * (DAYS - 1) + [9])
    made = bottlenecks((slow, both))
    assert [one.name for one in made] == ["Contacted", "Lead"]
    assert [cause.kind for cause in made[0].causes] == ["crowded", "slow"]


@pytest.mark.parametrize(
    ("counts", "before", "after", "is_warning"),
    [
        # Lead, Contacted, Qualified (counts), Proposal, Won: half a step before, all of it after.
        ((40, 20, 10, 10, 10), 0.5, 1.0, False),
        ((40, 40, 40, 20, 10), 1.0, 0.5, True),
        ((20, 20, 9, 1, 0), 0.45**0.5, 0.0, False),
        ((0, 0, 0, 0, 0), None, None, False),
    ],
)
def test_the_turning_point(
    counts: tuple[int, ...], before: float | None, after: float | None, is_warning: bool
) -> None:
    rows = [FunnelRow(None, "", reached, None, None) for reached in counts]
    found = turning_point(rows, STAGES)
    assert found is not None
    assert (found.name, found.before, found.after) == (
        "Qualified",
        before if before is None else pytest.approx(before),
        after if after is None else pytest.approx(after),
    )
    assert found.is_warning is is_warning


def test_without_a_qualifying_stage_nothing_turns() -> None:
    unmarked = [stage._replace(counts_for_velocity=False) for stage in STAGES]
    assert turning_point([FunnelRow(None, "", 9, None, None)] * 5, unmarked) is None

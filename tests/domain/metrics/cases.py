"""Deals for the tests of the figures, written short."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from pipeboard.domain.metrics.facts import DealFact, MetricsInput, StageTime
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import DealStatus, Stage, StageKind

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
TODAY = date(2026, 12, 5)
OWNERS = {1: "Anna", 2: "Bob"}


def stage(stage_id: int, name: str, *, counts: bool = False) -> Stage:
    """An open stage."""
    return Stage(stage_id, 1, name, stage_id, StageKind.OPEN, 10, counts_for_velocity=counts)


STAGES = (
    stage(11, "Lead"),
    stage(12, "Contacted"),
    stage(13, "Qualified", counts=True),
    stage(14, "Proposal", counts=True),
)
WON_STAGE, LOST_STAGE, PARKED_STAGE = 21, 22, 23


def deal(deal_id: int, status: DealStatus, **changes: Any) -> DealFact:
    """A deal of 100.00 by Anna from 1 October; closed ones were closed on 10 November."""
    is_closed = status in (DealStatus.WON, DealStatus.LOST)
    stage_ids = {DealStatus.WON: WON_STAGE, DealStatus.LOST: LOST_STAGE, DealStatus.PARKED: PARKED_STAGE}
    fact = DealFact(
        id=deal_id,
        status=status,
        stage_id=stage_ids.get(status, 13),
        owner_id=1,
        company="Acme",
        product="Gold",
        source="web",
        value_minor=10_000,
        is_unconverted=False,
        weighted_hundredths=10_000 * 35 if status == DealStatus.OPEN else 0,
        created_on=date(2026, 10, 1),
        started_on=None,
        closed_on=date(2026, 11, 10) if is_closed else None,
        lost_reason="Price" if status == DealStatus.LOST else "",
        is_excluded=False,
        furthest_position=2,
        closed_from_stage_id=13 if is_closed else None,
        is_velocity_stage=status == DealStatus.OPEN,
    )
    return fact._replace(**changes)


def won(deal_id: int, **changes: Any) -> DealFact:
    """A won deal."""
    return deal(deal_id, DealStatus.WON, **changes)


def lost(deal_id: int, **changes: Any) -> DealFact:
    """A lost deal."""
    return deal(deal_id, DealStatus.LOST, **changes)


def still_open(deal_id: int, **changes: Any) -> DealFact:
    """An open deal."""
    return deal(deal_id, DealStatus.OPEN, **changes)


def given(deals: Sequence[DealFact], times: Sequence[StageTime] = (), **changes: Any) -> MetricsInput:
    """The deals, looked at on 5 December for the month of November."""
    whole = MetricsInput(
        period=NOVEMBER,
        now=datetime(2026, 12, 5, 9, tzinfo=UTC),
        today=TODAY,
        zone="UTC",
        currency="EUR",
        pipeline="B2B sales",
        stages=STAGES,
        owners=OWNERS,
        deals=deals,
        stage_times=times,
    )
    return whole._replace(**changes)


AWKWARD = (
    # Skipped Contacted and Qualified on the way to Won.
    won(1, value_minor=30_000, started_on=date(2026, 11, 1)),
    # Went back from Proposal to Lead, and fell out there: it had still reached Proposal.
    lost(2, furthest_position=3, closed_from_stage_id=11, lost_reason="Timing", value_minor=5_000),
    # Entered Qualified twice before it was won; its time there is the sum of both visits.
    won(3, value_minor=20_000, closed_on=date(2026, 11, 20)),
    # Won in November, reopened since: counts by what it is now, open, and for no period.
    still_open(4, closed_on=None, started_on=date(2026, 9, 1), value_minor=70_000),
    # Parked: in no rate, no value and no velocity.
    deal(5, DealStatus.PARKED, value_minor=999_900, is_velocity_stage=False, created_on=date(2026, 11, 3)),
    # Won without a value: counted, neither summed nor averaged.
    won(6, value_minor=None),
    # Worth nothing is a value.
    won(7, value_minor=0, owner_id=2, product="Silver"),
    # Lost as a duplicate: in no rate and no list of losses.
    lost(8, lost_reason="Duplicate", is_excluded=True, value_minor=80_000),
    # A value in a currency without a rate.
    won(9, value_minor=None, is_unconverted=True, owner_id=2),
    still_open(10, value_minor=None, is_unconverted=True, weighted_hundredths=None, stage_id=14),
    # The borders: the first day is in, the day after the last is out, as is the day before the first.
    won(11, closed_on=date(2026, 11, 1), value_minor=1_000, company=""),
    lost(12, closed_on=date(2026, 12, 1), owner_id=2),
    won(13, closed_on=date(2026, 10, 31), value_minor=40_000),
    lost(
        14,
        closed_on=date(2026, 11, 30),
        owner_id=None,
        value_minor=None,
        furthest_position=None,
        closed_from_stage_id=99,
        lost_reason="",
        source="",
    ),
    # Closed before it began: a data problem, in no cycle.
    won(15, started_on=date(2026, 11, 12), value_minor=2_000),
    # Began and closed on unknown days.
    won(16, created_on=None, value_minor=3_000),
    lost(17, closed_on=None),
    # Created and lost at birth on one day of the period.
    lost(
        18,
        created_on=date(2026, 11, 30),
        closed_on=date(2026, 11, 30),
        furthest_position=0,
        closed_from_stage_id=11,
        product="",
        value_minor=7_000,
    ),
    # Open in a stage that does not count for the velocity, created in the period, without a value.
    still_open(
        19,
        stage_id=11,
        is_velocity_stage=False,
        value_minor=None,
        weighted_hundredths=None,
        created_on=date(2026, 11, 15),
        company="Globex",
    ),
)
"""One deal for every rule that is easily broken."""

AWKWARD_TIMES = (
    StageTime(13, 3, 9 + 4),  # two visits, of 9 and of 4 days
    StageTime(11, 1, 0),  # passed on the day it came
    StageTime(11, 2, 12),
    StageTime(99, 2, 40),  # in a stage that is none of these
)

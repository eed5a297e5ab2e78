"""What the figures are computed from: one frozen row per deal, and one per deal and stage it has left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.periods import Period
from pipeboard.domain.stage import DealStatus, Stage

NO_NAME = "(none)"
"""What deals without an owner, source, product, company or lost reason are listed under."""


class DealFact(NamedTuple):
    """One deal as it is now, all days local.

    `value_minor` is in the base currency: None when no value was entered, and also when `is_unconverted`
    (a value in a currency without a rate), which is left out of sums and of denominators.
    `weighted_hundredths` is minor units x percent. `furthest_position` is the index, among the open stages
    of the pipeline, of the highest one ever visited; None when unknown. `is_excluded` marks lost reasons
    that say nothing about selling (duplicate, test).
    """

    id: int
    status: DealStatus
    stage_id: int
    owner_id: int | None
    company: str
    product: str
    source: str
    value_minor: int | None
    is_unconverted: bool
    weighted_hundredths: int | None
    created_on: date | None
    started_on: date | None
    closed_on: date | None
    lost_reason: str
    is_excluded: bool
    furthest_position: int | None
    closed_from_stage_id: int | None
    is_velocity_stage: bool


class StageTime(NamedTuple):
    """Days one deal stood in one stage, summed over re-entries."""

    stage_id: int
    deal_id: int
    days: int


class MetricsInput(NamedTuple):
    """Everything the figures depend on.

    `today` is the local day of `now` in `zone`. `stages` are the open stages of the pipeline in order.
    `is_all` says that the period is "everything", so the velocity takes its rates from the whole of it
    and there is no period before it. `stage_times` are those of the deals that left the stage in the period and
    have not come back: a deal that left it later, or stands in it, is no sample (DOMAIN.md 2.2, row 10).
    `owner`, `source` and `product` name the filters in force.
    """

    period: Period
    now: datetime
    today: date
    zone: str
    currency: str
    pipeline: str
    stages: Sequence[Stage]
    owners: Mapping[int, str]
    deals: Sequence[DealFact]
    stage_times: Sequence[StageTime]
    is_all: bool = False
    owner: str | None = None
    source: str | None = None
    product: str | None = None


class Selection(NamedTuple):
    """The deals sorted by what they count as.

    `won`, `lost` and `excluded` were closed in the period, `created` were created in it; `open` and
    `parked` are those of now; `undated` are won or lost on an unknown day and so in no period.
    """

    won: list[DealFact]
    lost: list[DealFact]
    excluded: list[DealFact]
    open: list[DealFact]
    parked: list[DealFact]
    created: list[DealFact]
    undated: list[DealFact]

    @property
    def decided(self) -> list[DealFact]:
        """Won and lost together: the denominator of the win rate."""
        return self.won + self.lost


def is_decided(deal: DealFact) -> bool:
    """Whether the deal is won, or lost for a reason that says something about selling."""
    return deal.status == DealStatus.WON or (deal.status == DealStatus.LOST and not deal.is_excluded)


def select(deals: Iterable[DealFact], period: Period) -> Selection:
    """Sort the deals by outcome in the period (DOMAIN.md 2.2, the notation W and L), in one pass."""
    chosen = Selection([], [], [], [], [], [], [])
    start, end = period
    is_open, is_parked, is_won = DealStatus.OPEN, DealStatus.PARKED, DealStatus.WON
    for deal in deals:
        created_on = deal.created_on
        if created_on is not None and start <= created_on < end:
            chosen.created.append(deal)
        status = deal.status
        if status == is_open:
            chosen.open.append(deal)
        elif status == is_parked:
            chosen.parked.append(deal)
        elif (closed_on := deal.closed_on) is None:
            chosen.undated.append(deal)
        elif start <= closed_on < end:
            if status == is_won:
                chosen.won.append(deal)
            elif deal.is_excluded:
                chosen.excluded.append(deal)
            else:
                chosen.lost.append(deal)
    return chosen


class Tally(NamedTuple):
    """How many deals, what they are worth, and how many of them the sum leaves out, by cause."""

    deals: int
    value_minor: int
    without_value: int
    unconverted: int


def tally(deals: Sequence[DealFact]) -> Tally:
    """Count and sum the deals; one without a value is counted but is no zero (DOMAIN.md 2.0)."""
    values = [deal.value_minor for deal in deals if deal.value_minor is not None]
    unconverted = sum(1 for deal in deals if deal.is_unconverted)
    return Tally(len(deals), sum(values), len(deals) - len(values) - unconverted, unconverted)


def is_without_value(deal: DealFact) -> bool:
    """Whether no value was ever entered (one that cannot be converted is a value)."""
    return deal.value_minor is None and not deal.is_unconverted

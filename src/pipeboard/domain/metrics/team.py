"""All figures of every person beside one another, and the load they carry (DOMAIN.md 1.10; 2.2, row 23)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.metrics.activities import ActivityRow
from pipeboard.domain.metrics.cycle import cycle
from pipeboard.domain.metrics.deal_size import deal_size
from pipeboard.domain.metrics.facts import NO_NAME, DealFact, MetricsInput, Tally, select, tally
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.metrics.velocity import counted_open, per_day
from pipeboard.domain.money import weighted
from pipeboard.domain.periods import Period


class RepRow(NamedTuple):
    """One person (None: deals of nobody). Won and lost belong to who closed them, activities to who acted, open deals
    and tasks to who has them now. The velocity takes its rates from the window of the team's."""

    owner_id: int | None
    name: str
    open: Tally
    weighted_minor: int
    created: Tally
    won: Tally
    lost: Tally
    average_minor: float | None
    cycle_days: float | None
    velocity_minor: float | None
    activities: ActivityRow | None
    tasks: int
    late_tasks: int
    needs_help: int

    @property
    def win_rate(self) -> float | None:
        """Won over decided."""
        return ratio(self.won.deals, self.won.deals + self.lost.deals)


class Load(NamedTuple):
    """What a person has beside deals: open and late tasks, activities of the period, early deals that are stuck."""

    tasks: int = 0
    late: int = 0
    activities: ActivityRow | None = None
    needs_help: int = 0


class Speed(NamedTuple):
    """The velocity of one person with its parts, None where there is nothing to compute one of; value in minor units
    a day, rates from the window of the team's."""

    value_minor: float | None
    open_deals: int
    win_rate: float | None
    average_minor: float | None
    cycle_days: float | None


def reps(given: MetricsInput, window: Period, loads: Mapping[int | None, Load]) -> tuple[RepRow, ...]:
    """One row for everybody who has a deal, a task or an activity: by won value, the largest first, then name."""
    mine: defaultdict[int | None, list[DealFact]] = defaultdict(list)
    for deal in given.deals:
        mine[deal.owner_id].append(deal)
    rows = []
    for owner_id in dict.fromkeys((*mine, *loads)):
        row = _row(given, owner_id, mine.get(owner_id, []), window, loads.get(owner_id, Load()))
        if row.open.deals or row.created.deals or row.won.deals or row.lost.deals or row.tasks or row.activities:
            rows.append(row)
    return tuple(sorted(rows, key=lambda row: (-row.won.value_minor, row.name)))


def _row(given: MetricsInput, owner_id: int | None, deals: Sequence[DealFact], window: Period, load: Load) -> RepRow:
    chosen = select(deals, given.period)
    return RepRow(
        owner_id,
        NO_NAME if owner_id is None else given.owners.get(owner_id) or f"#{owner_id}",
        tally(chosen.open),
        weighted(sum(deal.weighted_hundredths or 0 for deal in chosen.open)),
        tally(chosen.created),
        tally(chosen.won),
        tally(chosen.lost),
        deal_size(chosen.won).mean_minor,
        cycle(chosen.won).mean_days,
        _speed(given, deals, window).value_minor,
        load.activities,
        load.tasks,
        load.late,
        load.needs_help,
    )


def speed_of(given: MetricsInput, owner_id: int | None, window: Period) -> Speed:
    """How fast a person sells, and what that is made of."""
    return _speed(given, [deal for deal in given.deals if deal.owner_id == owner_id], window)


def _speed(given: MetricsInput, deals: Sequence[DealFact], window: Period) -> Speed:
    rates = select(deals, window)
    rate = ratio(len(rates.won), len(rates.decided))
    average, days = deal_size(rates.won).mean_minor, cycle(rates.won).mean_days
    count = len(counted_open(given, select(deals, given.period).open))
    if rate is None or average is None or days is None:
        return Speed(None, count, rate, average, days)
    return Speed(per_day(count, rate, average, days), count, rate, average, days)


OF_DEALS = {
    "open": "open",
    "value": "open",
    "weighted": "open",
    "created": "created",
    "won": "won",
    "won_value": "won",
    "mean": "won",
    "cycle": "won",
    "lost": "lost",
    "rate": "decided",
}
"""The figures of a person that are made of deals, and which."""

REP_FIGURES = (*OF_DEALS, "velocity", "help", "tasks", "late", "touches", "calls", "emails", "meetings")
"""What opens in a row of a person: `rep:<owner id or none>:<figure>`."""


def deals_of(given: MetricsInput, owner_id: int | None, figure: str) -> tuple[int, ...]:
    """The deals of a person behind one of the figures that are made of deals; of the velocity the open ones."""
    mine = [deal for deal in given.deals if deal.owner_id == owner_id]
    chosen = select(mine, given.period)
    if figure == "velocity":
        return tuple(deal.id for deal in counted_open(given, chosen.open))
    return tuple(deal.id for deal in getattr(chosen, OF_DEALS[figure]))

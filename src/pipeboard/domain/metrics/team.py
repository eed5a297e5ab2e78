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
    rates = select(deals, window)
    average, days = deal_size(rates.won).mean_minor, cycle(rates.won).mean_days
    rate = ratio(len(rates.won), len(rates.decided))
    speed = None
    if rate is not None and average is not None and days is not None:
        speed = per_day(len(counted_open(given, chosen.open)), rate, average, days)
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
        speed,
        load.activities,
        load.tasks,
        load.late,
        load.needs_help,
    )


REP_FIGURES = ("open", "created", "won", "lost", "help", "tasks", "touches")
"""What opens in a row of a person: `rep:<owner id or none>:<figure>`."""


def deals_of(given: MetricsInput, owner_id: int | None, figure: str) -> tuple[int, ...]:
    """The deals of a person behind one of the figures that are made of deals."""
    chosen = select((deal for deal in given.deals if deal.owner_id == owner_id), given.period)
    of = {"open": chosen.open, "created": chosen.created, "won": chosen.won, "lost": chosen.lost}
    return tuple(deal.id for deal in of[figure])

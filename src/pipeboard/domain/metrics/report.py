"""The report: all figures of a period, each with its deals and its definition."""

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.metrics import opened
from pipeboard.domain.metrics.breakdown import breakdowns
from pipeboard.domain.metrics.cycle import cycle
from pipeboard.domain.metrics.definitions import Definition, definition
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, Selection, is_without_value, select, tally
from pipeboard.domain.metrics.figures import Figures, Headline, headline
from pipeboard.domain.metrics.funnel import funnel
from pipeboard.domain.metrics.losses import losses
from pipeboard.domain.metrics.time_in_stage import time_in_stage
from pipeboard.domain.metrics.velocity import velocity
from pipeboard.domain.money import weighted
from pipeboard.domain.periods import previous_to_date


class Report(Figures):
    """The figures, which also tell what they are made of."""

    __slots__ = ()

    def deal_ids(self, key: str) -> tuple[int, ...]:
        """The deals behind the figure (see `opened.SIMPLE_KEYS`); NotFound for an unknown key."""
        return opened.deal_ids(self.given, key)

    def definition(self, key: str) -> Definition:
        """What the figure means and how it came about; NotFound for a key that names no figure."""
        return definition(self, key)


def report(given: MetricsInput) -> Report:
    """Compute every figure."""
    chosen = select(given.deals, given.period)
    summed = opened.summed(chosen)
    by = breakdowns(chosen, given.owners)
    return Report(
        given=given,
        now=headline(chosen, given.period),
        open=tally(chosen.open),
        weighted_minor=weighted_minor(chosen.open),
        parked=tally(chosen.parked),
        undated=tally(chosen.undated),
        without_value=sum(map(is_without_value, summed)),
        unconverted=sum(1 for deal in summed if deal.is_unconverted),
        lost_cycle=cycle(chosen.lost),
        velocity=velocity(given, chosen),
        funnel=funnel(chosen, given.stages),
        time_in_stage=time_in_stage(given.stage_times, given.stages),
        losses=losses(chosen.lost, given.stages),
        by_owner=by["owner"],
        by_source=by["source"],
        by_product=by["product"],
        by_company=by["company"],
        previous=_previous(given),
    )


def weighted_minor(open_deals: list[DealFact]) -> int:
    """The weighted value (DOMAIN.md 2.2, row 2), rounded once, after summing."""
    return weighted(sum([deal.weighted_hundredths or 0 for deal in open_deals]))


def _previous(given: MetricsInput) -> Headline | None:
    """The period before, cut to the same elapsed days; nothing comes before everything or before year 1."""
    if given.is_all:
        return None
    try:
        period = previous_to_date(given.period, given.today)
    except InvalidInput:
        return None
    chosen: Selection = select(given.deals, period)
    return headline(chosen, period)

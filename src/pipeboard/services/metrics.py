"""The figures of a pipeline: read from one moment of the database, computed by the rules of the domain."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.metrics.answer import Answer
from pipeboard.domain.metrics.facts import MetricsInput
from pipeboard.domain.metrics.over_time import MetricsView, months_of, view_of
from pipeboard.domain.metrics.report import Report, report
from pipeboard.domain.metrics.velocity import ENOUGH_DECIDED, end_of_rates, trailing_start
from pipeboard.domain.names import match_name
from pipeboard.domain.periods import Period, last_days, previous, previous_to_date
from pipeboard.domain.products import Catalogue
from pipeboard.domain.stage import Pipeline
from pipeboard.services.clock import Clock
from pipeboard.services.metrics_deals import DealBehind, deals_behind, deals_of
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads, uncollected
from pipeboard.storage.gateways.catalogue import read_pipelines, read_stages
from pipeboard.storage.hot import metrics as hot
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.products import catalogue, same_products
from pipeboard.storage.sql import Statements

if TYPE_CHECKING:
    from pipeboard.domain.metrics.pages import Page
    from pipeboard.services.metrics_pages import Setting

STAGES, BUSINESS, TEAM = "stages", "business", "team"
"""The pages beside the overview; their modules are imported when one is looked at."""

DEFAULT_DAYS = 90
"""The period when none is asked for: this many days, today included."""


class MetricsQuery(NamedTuple):
    """What to report on. Without a pipeline the first one, without a period the last 90 days.

    With `is_all` everything from the first event to now, whatever `period` says. `filter` is in the language of
    the board and asks about the deals as they are now.
    """

    pipeline_id: int | None = None
    period: Period | None = None
    is_all: bool = False
    owner_id: int | None = None
    source: str | None = None
    product: str | None = None
    filter: str = ""


class MetricsChoices(NamedTuple):
    """What the filters of a query can name: owners by id, and the sources and products of a pipeline."""

    pipelines: tuple[Pipeline, ...]
    owners: dict[int, str]
    sources: tuple[str, ...]
    products: tuple[str, ...]
    catalogue: Catalogue

    def product(self, typed: str | None) -> str | None:
        """The product that was named, in the catalogue's spelling; NotFound or Ambiguous; None for none."""
        if typed is None:
            return None
        return self.products[match_name(self.catalogue.spelt(typed), self.products, "product")]


class MetricsReads(Reads):
    """Reads for the metrics screen and the command."""

    def __init__(
        self,
        reader: Hot,
        clock: Clock,
        zone: tzinfo,
        info: WorkspaceInfo,
        kept_by: Callable[[str, int | None], frozenset[int]] = lambda _text, _pipeline_id: frozenset(),
    ) -> None:
        """`kept_by` gives the deals that a filter leaves of a pipeline."""
        super().__init__(reader, clock, zone)
        self._info = info
        self._kept_by = kept_by

    def report(self, query: MetricsQuery) -> Report:
        """Every figure of the period. InvalidInput for a period without a day, NotFound for an unknown pipeline."""
        with uncollected():
            return report(self._given(query, is_history_wanted=False))

    def view(self, query: MetricsQuery) -> MetricsView:
        """The report with what the screen draws beside it: the periods before, month by month, the deltas."""
        with uncollected():
            return view_of(report(self._given(query, is_history_wanted=True)))

    def deals_behind(self, made: Report, key: str, limit: int | None = None) -> list[DealBehind]:
        """The deals a figure is made of, the latest closed first; only the first `limit` of them if given.

        NotFound for a key that names no figure. Deals deleted since the report was made are left out.
        """
        with self._hot.snapshot() as sql:
            return deals_behind(sql, made, key, limit, lambda ids: hot.facts_by_id(sql, self._books(sql), ids))

    def page(self, query: MetricsQuery, made: Report, name: str, mode: str = "decided") -> "Page":
        """A page beside the overview, for the same filters and period as the report (see `pages.PAGES`)."""
        from pipeboard.services import metrics_pages as pages

        with self._hot.snapshot() as sql, uncollected():
            setting = self._setting(sql, query, made)
            if name == STAGES:
                return pages.read_stage_page(sql, made, setting, mode)
            if name == BUSINESS:
                return pages.read_business_page(sql, made, setting)
            if name == TEAM:
                return pages.read_team_page(sql, made, setting)
            raise NotFound(f"There is no page of figures called {name!r}.")

    def document(self, query: MetricsQuery, made: Report) -> dict[str, Any]:
        """Every figure of the report and of all pages, as `metrics --json` prints it."""
        from pipeboard.domain.metrics.serialize_pages import document
        from pipeboard.services import metrics_pages as pages

        with self._hot.snapshot() as sql, uncollected():
            setting = self._setting(sql, query, made)
            return document(
                made,
                pages.read_stage_page(sql, made, setting, "decided"),
                pages.read_business_page(sql, made, setting),
                pages.read_team_page(sql, made, setting),
            )

    def answer(self, query: MetricsQuery, made: Report, page: "Page | None", key: str) -> Answer | None:
        """What a figure of a page opens to; None for a key that is none of its own."""
        from pipeboard.services.metrics_answers import answer_of

        with self._hot.snapshot() as sql:
            return answer_of(sql, made, page, self._setting(sql, query, made), key)

    def deals_of(self, made: Report, found: Answer, limit: int | None = None) -> list[DealBehind]:
        """The deals of an opened figure of a page, in the order of `deals_behind`."""
        with self._hot.snapshot() as sql:
            return deals_of(sql, made, found, limit, lambda ids: hot.facts_by_id(sql, self._books(sql), ids))

    def _setting(self, sql: Statements, query: MetricsQuery, made: Report) -> "Setting":
        from pipeboard.services.metrics_pages import Setting

        pipeline = _choose(read_pipelines(sql), query.pipeline_id)
        # With a filter the report was given every deal that it leaves, and no other.
        kept = frozenset(deal.id for deal in made.given.deals) if query.filter.strip() else None
        scope = hot.Scope(pipeline.id, query.owner_id, query.source, same_products(sql, query.product), kept)
        return Setting(scope, self._zone, self._clock.now(), self.today, self._info.currency)

    def choices(self, pipeline_id: int | None = None) -> MetricsChoices:
        """What pipelines, owners, sources and products there are to ask for."""
        with self._hot.snapshot() as sql:
            pipelines = read_pipelines(sql)
            chosen = _choose(pipelines, pipeline_id)
            known = catalogue(sql)
            return MetricsChoices(
                pipelines,
                hot.read_owner_names(sql),
                hot.distinct_texts(sql, "source", chosen.id),
                tuple(dict.fromkeys(map(known.spelt, hot.distinct_texts(sql, "product", chosen.id)))),
                known,
            )

    def owner_names(self) -> dict[int, str]:
        """Every owner's name by id, also of people who have left."""
        with self._hot.snapshot() as sql:
            return hot.read_owner_names(sql)

    def _given(self, query: MetricsQuery, *, is_history_wanted: bool) -> MetricsInput:
        kept = self._kept_by(query.filter, query.pipeline_id) if query.filter.strip() else None
        with self._hot.snapshot() as sql:
            return self._read(sql, query, is_history_wanted, kept)

    def _read(
        self,
        sql: Statements,
        query: MetricsQuery,
        is_history_wanted: bool,
        kept: frozenset[int] | None = None,
        *,
        is_closed: bool = False,
    ) -> MetricsInput:
        pipeline = _choose(read_pipelines(sql), query.pipeline_id)
        scope = hot.Scope(pipeline.id, query.owner_id, query.source, same_products(sql, query.product))
        today = self.today
        period = self._period(sql, query, scope)
        books = self._books(sql)
        owners = hot.read_owner_names(sql)
        # How far back the rates of a few deals reach is not known before they are read.
        is_whole = query.is_all or bool(query.filter.strip())
        since = None if is_whole else _needed_since(sql, scope, period, today, is_history_wanted)
        deals = hot.deal_facts(sql, scope, books, since, is_closed=is_closed)
        times = hot.stage_times(sql, scope, period, is_all=query.is_all)
        if kept is not None:
            deals = [deal for deal in deals if deal.id in kept]
            times = [time for time in times if time.deal_id in kept]
        return MetricsInput(
            period=period,
            now=self._clock.now(),
            today=today,
            zone=self._info.zone,
            currency=self._info.currency,
            pipeline=pipeline.name,
            stages=[s for s in books.stages.values() if s.pipeline_id == pipeline.id and s.is_open],
            owners=owners,
            deals=deals,
            stage_times=times,
            is_all=query.is_all,
            owner=None if query.owner_id is None else owners.get(query.owner_id, f"#{query.owner_id}"),
            source=query.source,
            product=query.product,
        )

    def _books(self, sql: Statements) -> hot.Books:
        return hot.Books(
            read_stages(sql),
            hot.read_reasons(sql),
            hot.read_rate_history(sql),
            self._info.currency,
            self.today,
            self._to_base,
            catalogue(sql),
        )

    def _period(self, sql: Statements, query: MetricsQuery, scope: hot.Scope) -> Period:
        if query.is_all:
            tomorrow = self.today + timedelta(days=1)
            return Period(min(hot.first_day(sql, scope) or self.today, self.today), tomorrow)
        period = query.period or last_days(self.today, DEFAULT_DAYS)
        if period.days < 1:
            raise InvalidInput(f"The period ends ({period.end}) before it begins ({period.start}).")
        return period

    def _to_base(self, minor: int, currency: str, nano: int) -> int | None:
        return to_base(minor, currency, self._info.currency, {currency: nano})


def _choose(pipelines: Sequence[Pipeline], pipeline_id: int | None) -> Pipeline:
    for pipeline in pipelines:
        if pipeline_id is None or pipeline.id == pipeline_id:
            return pipeline
    raise NotFound("There is no such pipeline.")


def _needed_since(
    sql: Statements, scope: hot.Scope, period: Period, today: date, is_history_wanted: bool
) -> date | None:
    """The first day whose closings or creations enter any figure; None when all may."""
    try:
        before = previous(period)
        days = [before.start]
        ends = [end_of_rates(period, today)]
        if is_history_wanted:
            days.append(months_of(period, today)[0].start)
            ends.append(end_of_rates(previous_to_date(period, today), today))
    except (InvalidInput, OverflowError):
        return None
    for end in ends:
        start = trailing_start(hot.latest_decided(sql, scope, end, ENOUGH_DECIDED), end)
        if start is None:
            # Too few deals were decided in a year: the velocity takes its rates from all time.
            return None
        days.append(start)
    return min(days)

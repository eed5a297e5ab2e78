"""The forecast of a pipeline, read from one moment of the database."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.forecast.months import months_shown
from pipeboard.domain.forecast.report import Forecast, ForecastInput, PastRates, forecast
from pipeboard.domain.forecast.trend import TrendPoint, TrendScope, mondays, trend
from pipeboard.domain.metrics.deal_size import deal_size
from pipeboard.domain.metrics.facts import MetricsInput, select
from pipeboard.domain.metrics.funnel import funnel
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.metrics.velocity import window_of
from pipeboard.domain.periods import Period, quarter_of
from pipeboard.services.deal_parts import NamedPart, named_parts
from pipeboard.services.metrics import MetricsQuery, MetricsReads
from pipeboard.services.reads import chosen_pipeline, uncollected
from pipeboard.storage.gateways.catalogue import read_every_stage, read_pipelines
from pipeboard.storage.hot import metrics as hot
from pipeboard.storage.hot.forecast import forecast_deals, stage_stays
from pipeboard.storage.hot.products import same_products
from pipeboard.storage.hot.quotas import read_quotas
from pipeboard.storage.hot.standings import trails_since
from pipeboard.storage.sql import Statements


class ForecastQuery(NamedTuple):
    """What to forecast. Without a pipeline the first one, without a period the present quarter.

    `filter` is in the language of the board and asks about the deals as they are now.
    """

    pipeline_id: int | None = None
    period: Period | None = None
    owner_id: int | None = None
    source: str | None = None
    product: str | None = None
    filter: str = ""


class ForecastReads(MetricsReads):
    """Reads for the forecast screen and the command; the rates of the past are those of the metrics."""

    def forecast(self, query: ForecastQuery) -> Forecast:
        """Every figure. InvalidInput for a period without a day, NotFound for an unknown pipeline."""
        period = query.period or quarter_of(self.today)
        if period.days < 1:
            raise InvalidInput(f"The period ends ({period.end}) before it begins ({period.start}).")
        kept = self._kept_by(query.filter, query.pipeline_id) if query.filter.strip() else None
        with uncollected():
            with self._hot.snapshot() as sql:
                given = self._input(sql, query._replace(period=period), period, kept)
            return forecast(given)

    def trend(self, made: Forecast) -> tuple[TrendPoint, ...]:
        """How the forecast stood at the beginning of the last weeks."""
        given = made.given
        days = mondays(given.today)
        moments = [(day, datetime.combine(day, time(), self._zone).astimezone(UTC)) for day in days]
        won = {deal.id for deal in given.deals if deal.is_won}
        base = given.currency
        with uncollected(), self._hot.snapshot() as sql:
            rates = hot.read_rate_history(sql)
            products = same_products(sql, given.product)
            deals = hot.Scope(given.pipeline_id, given.owner_id, given.source, products, given.kept)
            trails = trails_since(sql, deals, moments[0][1], given.every_stage, self._zone, won)

        def worth(minor: int, currency: str, day: date) -> int | None:
            if currency == base:
                return minor
            nano = rates.on(currency, day)
            return None if nano is None else self._to_base(minor, currency, nano)

        return trend(trails, moments, TrendScope(given.period, given.pipeline_id, given.every_stage), worth)

    def parts(self, figure: OpenedFigure, limit: int | None = None) -> list[NamedPart]:
        """The deals of a figure by name, the largest first."""
        with self._hot.snapshot() as sql:
            return named_parts(sql, figure.parts, limit)

    def _input(
        self, sql: Statements, query: ForecastQuery, period: Period, kept: frozenset[int] | None
    ) -> ForecastInput:
        pipeline = chosen_pipeline(read_pipelines(sql), query.pipeline_id)
        past = self._read(sql, MetricsQuery(pipeline.id, period, False, *query[2:]), False, kept, is_closed=True)
        scope = hot.Scope(pipeline.id, query.owner_id, query.source, same_products(sql, query.product), kept)
        books = self._books(sql)
        today = self.today
        since = months_shown((), period, today)[0].start
        return ForecastInput(
            period=period,
            now=past.now,
            today=today,
            zone=past.zone,
            currency=past.currency,
            pipeline_id=pipeline.id,
            pipeline=pipeline.name,
            stages=past.stages,
            every_stage=read_every_stage(sql)[1],
            owners=past.owners,
            deals=forecast_deals(sql, scope, books, since),
            # A target is for all that somebody sells: part of it cannot be held against it.
            quotas=() if query.filter or query.source or query.product else read_quotas(sql),
            to_base=lambda minor, currency: self._at_present(books, minor, currency),
            stays=stage_stays(sql, scope, [stage.id for stage in past.stages], today),
            rates=past_rates(past),
            owner_id=query.owner_id,
            owner=past.owner,
            source=query.source,
            product=query.product,
            filter=query.filter,
            kept=kept,
        )

    def _at_present(self, books: hot.Books, minor: int, currency: str) -> int | None:
        """An amount in the base currency at today's rate; None without one."""
        if currency in ("", books.currency):
            return minor
        rate = books.rates.on(currency, books.today)
        return None if rate is None else books.to_base(minor, currency, rate)


def past_rates(past: MetricsInput) -> PastRates:
    """What the deals decided lately tell: the same window as that of the velocity."""
    window = window_of(past)
    chosen = select(past.deals, window)
    decided = len(chosen.won) + len(chosen.lost)
    average = deal_size(chosen.won).mean_minor
    return PastRates(window, decided, ratio(len(chosen.won), decided), average, funnel(chosen, past.stages))

"""The waterfall of a pipeline between two dates, read from one moment of the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.figure_parts import OpenedFigure
from pipeboard.domain.periods import Period, quarter_of
from pipeboard.domain.stage import Pipeline, Stage
from pipeboard.domain.waterfall import Waterfall, WaterfallScope, waterfall
from pipeboard.services.clock import Clock
from pipeboard.services.deal_parts import NamedPart, named_parts
from pipeboard.services.money_sums import to_base
from pipeboard.services.reads import Reads, chosen_pipeline, uncollected
from pipeboard.storage.gateways.catalogue import read_every_stage, read_pipelines
from pipeboard.storage.hot import metrics as hot
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.products import same_products
from pipeboard.storage.hot.standings import trails_since


class WaterfallQuery(NamedTuple):
    """What to look at. Without a pipeline the first one, without a period the present quarter.

    With `close` only deals expected to close in these days; with `is_weighted` values times probabilities. `filter`
    is in the language of the board and asks about the deals as they are now.
    """

    pipeline_id: int | None = None
    period: Period | None = None
    owner_id: int | None = None
    source: str | None = None
    product: str | None = None
    filter: str = ""
    close: Period | None = None
    is_weighted: bool = False


class WaterfallView(NamedTuple):
    """A waterfall with what it was asked of. `as_of` is None when the period has ended, else the day of now."""

    query: WaterfallQuery
    period: Period
    pipeline: Pipeline
    currency: str
    made: Waterfall
    as_of: date | None
    owner: str | None
    now: datetime
    zone: str
    stages: dict[int, Stage]


class WaterfallReads(Reads):
    """Reads for the waterfall screen and the command."""

    def __init__(
        self,
        reader: Hot,
        clock: Clock,
        zone: tzinfo,
        info: WorkspaceInfo,
        kept_by: Callable[[str, int | None], frozenset[int]] = lambda _text, _pipeline_id: frozenset(),
    ) -> None:
        """`kept_by` gives the deals that a filter leaves of all pipelines: some have moved to others since."""
        super().__init__(reader, clock, zone)
        self._info = info
        self._kept_by = kept_by

    def view(self, query: WaterfallQuery) -> WaterfallView:
        """The waterfall. InvalidInput for a period without a day or one that has not begun, NotFound for a name."""
        with uncollected():
            return self._view(query)

    def _view(self, query: WaterfallQuery) -> WaterfallView:
        today = self.today
        period = query.period or quarter_of(today)
        if period.days < 1:
            raise InvalidInput(f"The period ends ({period.end}) before it begins ({period.start}).")
        if period.start > today:
            raise InvalidInput(f"The period begins on {period.start}, which is still to come: nothing has changed yet.")
        is_over = period.end <= today
        kept = self._kept_by(query.filter, None) if query.filter.strip() else None
        with self._hot.snapshot() as sql:
            pipeline = chosen_pipeline(read_pipelines(sql), query.pipeline_id)
            stages = read_every_stage(sql)[1]
            rates = hot.read_rate_history(sql)
            owners = hot.read_owner_names(sql)
            start_at = self._midnight(period.start)
            deals = hot.Scope(pipeline.id, query.owner_id, query.source, same_products(sql, query.product), kept)
            trails = trails_since(sql, deals, start_at, stages, self._zone)
        scope = WaterfallScope(
            pipeline.id,
            stages,
            start_at,
            self._midnight(period.end) if is_over else None,
            period.start,
            period.end if is_over else today,
            self._zone,
            query.close,
            query.is_weighted,
        )
        base = self._info.currency

        def worth(minor: int, currency: str, day: date) -> int | None:
            if currency == base:
                return minor
            nano = rates.on(currency, day)
            return None if nano is None else to_base(minor, currency, base, {currency: nano})

        made = waterfall(trails, scope, worth)
        owner = None if query.owner_id is None else owners.get(query.owner_id, f"#{query.owner_id}")
        as_of = None if is_over else today
        return WaterfallView(
            query._replace(pipeline_id=pipeline.id, period=period),
            period, pipeline, base, made, as_of, owner, self._clock.now(), self._info.zone, stages,
        )  # fmt: skip

    def names(self, view: WaterfallView) -> dict[int, str]:
        """The titles of every deal in a waterfall, also of those deleted since."""
        made = view.made
        ids = {
            change.deal_id for changes in (made.start, made.end, *(b.changes for b in made.bars)) for change in changes
        }
        with self._hot.snapshot() as sql:
            return dict(sql.by_ids("SELECT id, title FROM deal WHERE id IN ({ids})", sorted(ids)))

    def parts(self, figure: OpenedFigure, limit: int | None = None) -> list[NamedPart]:
        """The deals of a figure by name, the largest first."""
        with self._hot.snapshot() as sql:
            return named_parts(sql, figure.parts, limit)

    def _midnight(self, day: date) -> datetime:
        """When a day begins in the workspace zone."""
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

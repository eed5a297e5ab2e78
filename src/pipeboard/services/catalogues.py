"""Reads for the screens on which a person sets Pipeboard up: pipelines with their stages, reasons, owners, rates."""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.stage import Pipeline, Stage
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_pipelines, read_stages
from pipeboard.storage.hot import catalogues as hot


class StageSheet(NamedTuple):
    """A stage and how many deals stand in it (closed ones included)."""

    stage: Stage
    deal_count: int


class PipelineSheet(NamedTuple):
    """A pipeline with its stages in order."""

    pipeline: Pipeline
    stages: tuple[StageSheet, ...]

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """Those in which deals are worked on."""
        return tuple(sheet.stage for sheet in self.stages if sheet.stage.is_open)

    @property
    def open_count(self) -> int:
        """How many deals are worked on."""
        return sum(sheet.deal_count for sheet in self.stages if sheet.stage.is_open)


class LostReason(NamedTuple):
    """A reason for losing and how many deals were lost for it; an excluded one stays out of the win rate."""

    id: int
    name: str
    is_excluded: bool
    deal_count: int


class OwnerSheet(NamedTuple):
    """A person, and how many open or parked deals are theirs."""

    id: int
    name: str
    login: str
    open_count: int


class Rate(NamedTuple):
    """One unit of `currency` is `rate_nano` / 10^9 of the workspace currency from a day on."""

    currency: str
    on_day: date
    rate_nano: int


class CatalogueReads(Reads):
    """Reads for the pipelines' screen, the settings' screen and their verbs."""

    def pipelines(self) -> tuple[PipelineSheet, ...]:
        """Every pipeline with its stages, in order."""
        with self._hot.snapshot() as sql:
            counts = hot.deal_counts(sql)
            stages = read_stages(sql).values()
            return tuple(
                PipelineSheet(
                    pipeline,
                    tuple(StageSheet(s, counts.get(s.id, 0)) for s in stages if s.pipeline_id == pipeline.id),
                )
                for pipeline in read_pipelines(sql)
            )

    def lost_reasons(self) -> tuple[LostReason, ...]:
        """The reasons for losing, in order."""
        with self._hot.snapshot() as sql:
            return tuple(LostReason(*row) for row in hot.lost_reasons(sql))

    def owners(self) -> tuple[OwnerSheet, ...]:
        """The people, by name."""
        with self._hot.snapshot() as sql:
            return tuple(OwnerSheet(*row) for row in hot.owners(sql))

    def rates(self) -> tuple[Rate, ...]:
        """Every rate by currency, the newest first."""
        with self._hot.snapshot() as sql:
            return tuple(Rate(*row) for row in hot.rates(sql))

    def quota_count(self) -> int:
        """How many quotas there are."""
        with self._hot.snapshot() as sql:
            return hot.quota_count(sql)

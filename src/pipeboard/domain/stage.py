"""Pipelines and their stages."""

from enum import IntEnum
from typing import NamedTuple


class StageKind(IntEnum):
    """What standing in a stage means for a deal."""

    OPEN = 0
    WON = 1
    LOST = 2
    PARKED = 3
    POST = 4


class DealStatus(IntEnum):
    """Where a deal stands, derived from the kind of its stage (a post-sale stage counts as open)."""

    OPEN = 0
    WON = 1
    LOST = 2
    PARKED = 3


def status_of(kind: StageKind) -> DealStatus:
    """The status a deal has in a stage of this kind."""
    return DealStatus.OPEN if kind == StageKind.POST else DealStatus(int(kind))


class Pipeline(NamedTuple):
    """A sequence of stages. `is_post_sale` pipelines have no win rate."""

    id: int
    name: str
    position: int
    is_post_sale: bool = False


class Stage(NamedTuple):
    """A stage of a pipeline.

    `probability` is in percent (0 to 100), `rot_days` the days without activity after which an
    open deal rots (None: never), `counts_for_velocity` marks stages whose open deals enter the velocity.
    An archived stage is only of use to the history; its deals went on in `merged_into_id`.
    """

    id: int
    pipeline_id: int
    name: str
    position: int
    kind: StageKind
    probability: int
    rot_days: int | None = None
    counts_for_velocity: bool = False
    forecast_category: str = "pipeline"
    deal_limit: int | None = None
    definition: str = ""
    exit_criteria: str = ""
    merged_into_id: int | None = None
    is_archived: bool = False

    @property
    def is_open(self) -> bool:
        """Whether deals in this stage are still being worked on."""
        return self.kind in (StageKind.OPEN, StageKind.POST)

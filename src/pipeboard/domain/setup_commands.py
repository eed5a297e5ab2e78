"""What a person can ask for about pipelines, stages, lost reasons, owners and rates; a part of `domain.commands`."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.templates import StageTemplate


class EditPipeline(NamedTuple):
    """Give a pipeline another name."""

    pipeline_id: int
    name: str


class MovePipeline(NamedTuple):
    """Put a pipeline `step` places further down (up when negative) in the list of pipelines."""

    pipeline_id: int
    step: int


class AddStage(NamedTuple):
    """Add a stage to a pipeline, behind the stage `after_id` (None: behind the last open one)."""

    pipeline_id: int
    stage: "StageTemplate"
    after_id: int | None = None


class EditStage(NamedTuple):
    """Set fields of a stage: name, kind, probability, rot_days, counts_for_velocity, forecast_category, deal_limit,
    definition, exit_criteria."""

    stage_id: int
    changes: tuple[tuple[str, Any], ...]


class MoveStage(NamedTuple):
    """Put a stage `step` places further along its pipeline (back when negative)."""

    stage_id: int
    step: int


class ArchiveStage(NamedTuple):
    """Take a stage out of its pipeline; its deals go on in the stage `into_id`."""

    stage_id: int
    into_id: int


class StageToChecklist(NamedTuple):
    """Make a stage a required criterion of the open stage before it, where its deals go on."""

    stage_id: int


class AddLostReason(NamedTuple):
    """Add a reason for losing; deals lost for an excluded one stay out of the win rate."""

    name: str
    is_excluded: bool = False


class EditLostReason(NamedTuple):
    """Rename a reason for losing, or say whether it stays out of the win rate (None: as it is)."""

    reason_id: int
    name: str | None = None
    is_excluded: bool | None = None


class MoveLostReason(NamedTuple):
    """Put a reason `step` places further down (up when negative)."""

    reason_id: int
    step: int


class ArchiveLostReason(NamedTuple):
    """Take a reason out of the list; deals lost for it keep it."""

    reason_id: int


class RenameOwner(NamedTuple):
    """Give a person another name."""

    owner_id: int
    name: str


class CreatePipeline(NamedTuple):
    """Add a pipeline with its stages."""

    name: str
    stages: "tuple[StageTemplate, ...]"
    is_post_sale: bool = False


class ArchivePipeline(NamedTuple):
    """Take a pipeline without live deals out of sight."""

    pipeline_id: int


class AddStages(NamedTuple):
    """Add open stages behind the last open stage of a pipeline (used by an import with --create-stages)."""

    pipeline_id: int
    names: tuple[str, ...]


class AddOwner(NamedTuple):
    """Add a person."""

    name: str


class ArchiveOwner(NamedTuple):
    """Take a person out of the lists; closed deals and the history keep the name.

    Open and parked deals and open tasks go to `into_id`; None leaves them where they are.
    """

    owner_id: int
    into_id: int | None = None


class SetRate(NamedTuple):
    """From `on_day` on, one unit of `currency` is worth `rate_nano` / 10^9 of the workspace currency."""

    currency: str
    rate_nano: int
    on_day: date


SetupCommand = (
    AddLostReason
    | AddOwner
    | AddStage
    | AddStages
    | ArchiveLostReason
    | ArchiveOwner
    | ArchivePipeline
    | ArchiveStage
    | CreatePipeline
    | EditLostReason
    | EditPipeline
    | EditStage
    | MoveLostReason
    | MovePipeline
    | MoveStage
    | RenameOwner
    | SetRate
    | StageToChecklist
)

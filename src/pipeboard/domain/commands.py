"""What a person can ask for. Imperative names, frozen values; `services.handlers` has one function for each.

NamedTuples rather than frozen dataclasses: creating a dataclass costs five times as much at import
(1.07 against 0.2 ms measured), and this module is on the way to the first paint.
"""

from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.activity_commands import DeleteActivity as DeleteActivity
from pipeboard.domain.activity_commands import EditActivity as EditActivity
from pipeboard.domain.activity_commands import LogActivities as LogActivities
from pipeboard.domain.activity_commands import LogActivity as LogActivity
from pipeboard.domain.import_commands import ImportDeals as ImportDeals
from pipeboard.domain.import_commands import ImportFiles as ImportFiles
from pipeboard.domain.setup_commands import AddLostReason as AddLostReason
from pipeboard.domain.setup_commands import AddOwner as AddOwner
from pipeboard.domain.setup_commands import AddStage as AddStage
from pipeboard.domain.setup_commands import AddStages as AddStages
from pipeboard.domain.setup_commands import ArchiveLostReason as ArchiveLostReason
from pipeboard.domain.setup_commands import ArchiveOwner as ArchiveOwner
from pipeboard.domain.setup_commands import ArchivePipeline as ArchivePipeline
from pipeboard.domain.setup_commands import ArchiveStage as ArchiveStage
from pipeboard.domain.setup_commands import CreatePipeline as CreatePipeline
from pipeboard.domain.setup_commands import EditLostReason as EditLostReason
from pipeboard.domain.setup_commands import EditPipeline as EditPipeline
from pipeboard.domain.setup_commands import EditStage as EditStage
from pipeboard.domain.setup_commands import MoveLostReason as MoveLostReason
from pipeboard.domain.setup_commands import MovePipeline as MovePipeline
from pipeboard.domain.setup_commands import MoveStage as MoveStage
from pipeboard.domain.setup_commands import RenameOwner as RenameOwner
from pipeboard.domain.setup_commands import SetRate as SetRate
from pipeboard.domain.setup_commands import SetupCommand
from pipeboard.domain.setup_commands import StageToChecklist as StageToChecklist
from pipeboard.domain.task_commands import HideSuggestion as HideSuggestion
from pipeboard.domain.task_commands import OrderTasks as OrderTasks
from pipeboard.domain.task_commands import SkipTask as SkipTask
from pipeboard.domain.task_commands import TakeSuggestion as TakeSuggestion

if TYPE_CHECKING:
    from pipeboard.domain.company_commands import CompanyCommand
    from pipeboard.domain.imports.records import ImportRecords
    from pipeboard.domain.imports.todos import ImportTasks
    from pipeboard.domain.product_commands import ProductCommand
    from pipeboard.domain.rule_commands import FireRule
    from pipeboard.domain.saved_views import ViewCommand
else:
    CompanyCommand = FireRule = ImportRecords = ImportTasks = ProductCommand = ViewCommand = (
        tuple  # named tuples all of them; importing them is not on the way to the first paint
    )


class Seen(NamedTuple):
    """A deal or task as the person saw it. With a `version`, a change of the same field by somebody else since
    then is told (StaleDeal) instead of overwritten; None (a script) means: whatever it is now."""

    id: int
    version: int | None = None


Deals = tuple[Seen, ...]


class CreateDeal(NamedTuple):
    """Add a deal at the top of a stage. Company and contact are names: known ones are used, others created.

    `owner` is an owner id. With `next_step` a task is added in the same action, with `first_task` one that has all a
    task may have (its deal is the new one). `more` are further fields of `EDITABLE` with their values.
    """

    title: str
    stage_id: int
    value_minor: int | None = None
    currency: str | None = None
    company: str = ""
    contact: str = ""
    owner_id: int | None = None
    tags: tuple[str, ...] = ()
    probability: int | None = None
    is_hot: bool = False
    expected_close_on: date | None = None
    product: str = ""
    source: str = ""
    notes: str = ""
    started_on: date | None = None
    next_step: str = ""
    next_kind: str = "todo"
    due_on: date | None = None
    due_time: time | None = None
    more: tuple[tuple[str, Any], ...] = ()
    first_task: "AddTask | None" = None


class MoveDeals(NamedTuple):
    """Move deals to an open stage, of the same or another pipeline; they go to the top of it in their order.

    Going on with required criteria still open is refused (CriteriaOpen) unless `is_forced`.
    """

    deals: Deals
    stage_id: int
    is_forced: bool = False


class HandOffDeals(NamedTuple):
    """Move deals to another pipeline: to its stage of the same name, else to its first one. Forced as in MoveDeals."""

    deals: Deals
    pipeline_id: int
    is_forced: bool = False


class CopyDeals(NamedTuple):
    """Copy deals into another pipeline, to the stage of the same name, else to the first one. The copies are open,
    begin today, and know what they were copied from; tasks and activities stay with the originals."""

    deals: Deals
    pipeline_id: int


class StepDeals(NamedTuple):
    """Move deals `step` open stages along their pipeline, stopping at its first and last open stage.

    Forced as in MoveDeals.
    """

    deals: Deals
    step: int
    is_forced: bool = False


class ReorderDeal(NamedTuple):
    """Put a deal directly before or after another one of the same stage."""

    deal: Seen
    other_id: int
    is_after: bool


class WinDeals(NamedTuple):
    """Close deals as won on a day. `value_minor`, when given, is the final value of the (single) deal.

    Forced as in MoveDeals.
    """

    deals: Deals
    closed_on: date
    value_minor: int | None = None
    note: str = ""
    is_forced: bool = False


class LoseDeals(NamedTuple):
    """Close deals as lost on a day, for a reason (its name; unknown names are refused)."""

    deals: Deals
    closed_on: date
    reason: str
    note: str = ""


class FlushDeals(NamedTuple):
    """Close stale open deals as lost, for the reason "Stale (flush)", which is added where it is missing."""

    deals: Deals
    closed_on: date


class HoldReview(NamedTuple):
    """Keep the record of a pipeline meeting; the next one tells what changed since `tx.now`."""

    record: str
    notes: str = ""
    pipeline_id: int | None = None


class ParkDeals(NamedTuple):
    """Put deals into the fridge until a day, for a reason."""

    deals: Deals
    wake_on: date
    reason: str


class ReopenDeals(NamedTuple):
    """Bring won, lost or parked deals back to a stage (None: the one they came from)."""

    deals: Deals
    reason: str = ""
    stage_id: int | None = None


class EditDeals(NamedTuple):
    """Set fields of deals. `changes` maps field names of `EDITABLE` to values; company and contact are names.

    The contact's own details are set on the deal's contact; `custom` takes `domain.extras.CustomChange`s.
    """

    deals: Deals
    changes: tuple[tuple[str, Any], ...]


class DeleteDeals(NamedTuple):
    """Take deals off the board. They stay in the history and can be brought back by undo."""

    deals: Deals


class TickCriterion(NamedTuple):
    """Say of a criterion of the stage in which a deal stands that the deal meets it, or that it does not."""

    deal: Seen
    text: str
    is_done: bool = True


class TickCriteria(NamedTuple):
    """The same of several criteria in one action: each with whether the deal meets it."""

    deal: Seen
    ticks: tuple[tuple[str, bool], ...]


class AnswerBant(NamedTuple):
    """Answer some of the four questions: (name, "yes", "no" or "unknown", note; None leaves the note as it is)."""

    deal: Seen
    answers: tuple[tuple[str, str, str | None], ...]


class AddTask(NamedTuple):
    """Plan a next step for a deal. Without `assignee_id` it falls to the deal's owner.

    It reminds `remind_minutes` before its time. With a `recurrence` (an RRULE) it is the first of a series.
    """

    deal_id: int
    title: str
    kind: str = "todo"
    due_on: date | None = None
    due_time: time | None = None
    assignee_id: int | None = None
    remind_minutes: int | None = None
    recurrence: str = ""


class AddTasks(NamedTuple):
    """Plan the same next step for several deals. Without `assignee_id` each falls to its deal's owner."""

    deal_ids: tuple[int, ...]
    title: str
    kind: str = "todo"
    due_on: date | None = None
    due_time: time | None = None
    assignee_id: int | None = None
    remind_minutes: int | None = None
    recurrence: str = ""


class CompleteTask(NamedTuple):
    """Tick a task off, and plan the next step in the same action when one is given."""

    task: Seen
    next_step: AddTask | None = None


class CompleteTasks(NamedTuple):
    """Tick several tasks off, and plan the same next step for the deal of each when one is given."""

    tasks: tuple[Seen, ...]
    next_step: AddTask | None = None


class EditTask(NamedTuple):
    """Set fields of a task: title, kind, due_on, due_time, snoozed_until, assignee_id, remind_minutes, recurrence.

    Another day moves this one of a series alone; a `recurrence` (an RRULE) begins a series, None ends it.
    """

    task: Seen
    changes: tuple[tuple[str, Any], ...]


class EditTasks(NamedTuple):
    """Set the same fields of several tasks; the fields of EditTask."""

    tasks: tuple[Seen, ...]
    changes: tuple[tuple[str, Any], ...]


class DismissTask(NamedTuple):
    """Drop a task without having done it."""

    task: Seen


class SetQuota(NamedTuple):
    """Set the target of a person (None: everybody) in a pipeline (None: all) for a period such as "2026-Q4".

    Either `amount_minor` of `currency` or a number of won `deals`. A target of the same kind for the same people,
    pipeline and period is changed, not added to.
    """

    period: str
    amount_minor: int | None = None
    currency: str | None = None
    deals: int | None = None
    owner_id: int | None = None
    pipeline_id: int | None = None


class DeleteQuota(NamedTuple):
    """Take a target away."""

    quota_id: int


class AddSpend(NamedTuple):
    """Note money spent on winning customers, on a day, for a source (""; for none in particular)."""

    spent_on: date
    amount_minor: int
    currency: str | None = None
    source: str = ""
    note: str = ""


class DeleteSpend(NamedTuple):
    """Take an entry of spending away."""

    spend_id: int


class Undo(NamedTuple):
    """Take back the latest own action (or the one with this id)."""

    action_id: int | None = None


class Redo(NamedTuple):
    """Do again what the latest undo took back."""


Command = (
    CreateDeal
    | MoveDeals
    | HandOffDeals
    | CopyDeals
    | StepDeals
    | ReorderDeal
    | WinDeals
    | LoseDeals
    | FlushDeals
    | HoldReview
    | ParkDeals
    | ReopenDeals
    | EditDeals
    | DeleteDeals
    | TickCriterion
    | TickCriteria
    | AnswerBant
    | AddTask
    | AddTasks
    | CompleteTask
    | CompleteTasks
    | EditTask
    | EditTasks
    | SkipTask
    | OrderTasks
    | TakeSuggestion
    | HideSuggestion
    | DismissTask
    | LogActivity
    | LogActivities
    | FireRule
    | ImportTasks
    | ImportRecords
    | ImportFiles
    | EditActivity
    | DeleteActivity
    | SetQuota
    | DeleteQuota
    | AddSpend
    | DeleteSpend
    | ImportDeals
    | ViewCommand
    | CompanyCommand
    | ProductCommand
    | Undo
    | Redo
    | SetupCommand
)

EDITABLE: dict[str, str] = {
    "title": "text",
    "company": "company",
    "contact": "contact",
    "owner_id": "owner",
    "value_minor": "money",
    "cost_minor": "money",
    "currency": "currency",
    "probability": "percent",
    "is_hot": "flag",
    "product": "text",
    "source": "text",
    "tags": "tags",
    "notes": "long text",
    "started_on": "date",
    "expected_close_on": "date",
    "closed_on": "date",
    "payment_on": "date",
    "wake_on": "date",
    "attention": "flags",
    "forecast_category": "category",
    "link": "text",
    "recurring_months": "months",
    "extra": "long text",
    "custom": "custom",
    "contact_job": "contact detail",
    "contact_email": "contact detail",
    "contact_phone": "contact detail",
}
"""The fields that `EditDeals` may set, with what kind of value each takes."""

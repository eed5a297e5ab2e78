"""What happened: facts that leave a handler only after the commit. Past tense, frozen values."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.imports.drafts import Rejection


class DealCreated(NamedTuple):
    """A deal was added."""

    deal_id: int
    stage_id: int


class DealMoved(NamedTuple):
    """A deal went from one stage to another; also on winning, losing, parking and reopening."""

    deal_id: int
    from_stage_id: int
    to_stage_id: int


class DealReordered(NamedTuple):
    """A deal changed its place within its stage."""

    deal_id: int
    stage_id: int


class DealEdited(NamedTuple):
    """Fields of a deal were set."""

    deal_id: int
    fields: tuple[str, ...]


class DealDeleted(NamedTuple):
    """A deal was taken off the board."""

    deal_id: int


class TaskAdded(NamedTuple):
    """A next step was planned."""

    task_id: int
    deal_id: int


class TaskCompleted(NamedTuple):
    """A task was done."""

    task_id: int
    deal_id: int


class TaskEdited(NamedTuple):
    """A task was changed, snoozed, reassigned or dismissed."""

    task_id: int
    deal_id: int


class ActivityLogged(NamedTuple):
    """Something that happened with the buyer was noted."""

    activity_id: int
    deal_id: int


class ActivityEdited(NamedTuple):
    """A logged activity was changed or taken away."""

    activity_id: int
    deal_id: int


class SetupChanged(NamedTuple):
    """A pipeline, stage, owner or rate changed: `entity` names which."""

    entity: str
    entity_id: int


class DealsImported(NamedTuple):
    """A file came in: how many deals are new, how many changed, how many stayed as they were.

    `elsewhere` of the known ones stand in another pipeline by now, where they were left.
    """

    import_run_id: int
    new: int
    changed: int
    unchanged: int
    elsewhere: int = 0


class RecordsImported(NamedTuple):
    """A file of companies, contacts, products, activities, tasks or targets came in; `rejected` rows could not.

    `new_owners` are people who were not known, `as_tasks` how many activities were still to be done and are tasks.
    """

    new: int
    changed: int
    unchanged: int
    rejected: "tuple[Rejection, ...]"
    new_owners: tuple[str, ...] = ()
    as_tasks: int = 0


class ActionUndone(NamedTuple):
    """An action was taken back; `skipped` names what was left because somebody changed it later (imports only)."""

    action_id: int
    deal_ids: tuple[int, ...]
    skipped: int = 0


class ActionRedone(NamedTuple):
    """An undone action was done again."""

    action_id: int
    deal_ids: tuple[int, ...]


Event = (
    DealCreated
    | DealMoved
    | DealReordered
    | DealEdited
    | DealDeleted
    | TaskAdded
    | TaskCompleted
    | TaskEdited
    | ActivityLogged
    | ActivityEdited
    | SetupChanged
    | DealsImported
    | RecordsImported
    | ActionUndone
    | ActionRedone
)


class Outcome(NamedTuple):
    """The answer to a command: what it was called, and the facts. `action_id` None: nothing had to change."""

    action_id: int | None
    label: str
    events: tuple[Event, ...]

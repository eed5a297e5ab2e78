"""The last change again, for other deals: what was done is kept, whom it was done to is exchanged."""

from typing import TYPE_CHECKING

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.targets import Target

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command, Seen


def repeated(command: "Command", targets: tuple[Target, ...]) -> "Command":
    """The same for these deals. InvalidInput says why something cannot be done again by one key."""
    deals = tuple(c.Seen(target.id, target.version) for target in targets)
    ids = tuple(target.id for target in targets)
    match command:
        case c.MoveDeals() | c.StepDeals() | c.LoseDeals() | c.ParkDeals() | c.ReopenDeals() | c.EditDeals():
            return command._replace(deals=deals)
        case c.HandOffDeals() | c.CopyDeals():
            return command._replace(deals=deals)
        case c.WinDeals():
            # The final value was that of one deal; each of the others keeps its own.
            return command._replace(deals=deals, value_minor=None)
        case c.AddTask():
            return c.AddTasks(ids, *command[1:])
        case c.AddTasks():
            return command._replace(deal_ids=ids)
        case c.LogActivity():
            return c.LogActivities(ids, *command[1:])
        case c.LogActivities():
            return command._replace(deal_ids=ids)
        case c.CompleteTask() | c.CompleteTasks():
            return c.CompleteTasks(_tasks(targets), command.next_step)
        case c.EditTask() | c.EditTasks():
            return c.EditTasks(_tasks(targets), command.changes)
    raise InvalidInput("The last change cannot be repeated by a key: do it again with its own.")


def _tasks(targets: tuple[Target, ...]) -> "tuple[Seen, ...]":
    """The next tasks of the deals that have one."""
    found = tuple(c.Seen(target.task_id) for target in targets if target.task_id is not None)
    if not found:
        raise InvalidInput("There is no open task here to do that with again; t plans one.")
    return found

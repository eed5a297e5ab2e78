"""Undo and redo."""

from pipeboard.domain.commands import Redo, Undo
from pipeboard.domain.events import ActionRedone, ActionUndone, Event
from pipeboard.storage import undoing
from pipeboard.storage.transaction import Transaction


def undo(command: Undo, tx: Transaction) -> tuple[Event, ...]:
    """Take an action back."""
    done = undoing.undo(tx, command.action_id)
    return (ActionUndone(done.action_id, done.deal_ids, done.skipped),)


def redo(_command: Redo, tx: Transaction) -> tuple[Event, ...]:
    """Do an undone action again."""
    done = undoing.redo(tx)
    return (ActionRedone(done.action_id, done.deal_ids),)

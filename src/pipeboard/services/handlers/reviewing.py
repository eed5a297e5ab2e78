"""Holding a review: its record is kept, and the next one begins where it ended."""

from pipeboard.domain.commands import HoldReview
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.text import clean
from pipeboard.storage.transaction import Transaction


def hold_review(command: HoldReview, tx: Transaction) -> tuple[Event, ...]:
    """Keep the record of a meeting."""
    tx.begin("review.held", f"Held the review of {tx.today}")
    values = {
        "pipeline_id": command.pipeline_id,
        "held_by_id": tx.actor.owner_id,
        "held_at": tx.now,
        "notes": clean(command.notes, is_multiline=True),
        "record": clean(command.record, is_multiline=True),
    }
    return (SetupChanged("review", tx.create("review", values)),)

"""What the fields of a deal are called in sentences, for history, questions and repetition alike."""

from collections.abc import Mapping
from typing import Any

_NAMES = {
    "expected_close_on": "close date",
    "payment_on": "payment date",
    "started_on": "start date",
    "closed_on": "day of closing",
    "wake_on": "day to wake up",
    "company_id": "company",
    "owner_id": "owner",
    "value_minor": "value",
    "cost_minor": "cost",
    "is_hot": "hot mark",
    "done_at": "done",
    "is_dismissed": "dropped",
    "due_on": "due day",
    "due_time": "time",
    "snoozed_until": "put off",
    "assignee_id": "who does it",
}


def field_words(field: str) -> str:
    """The name of a field as people say it: “close date”."""
    return _NAMES.get(field) or field.removesuffix("_id").removesuffix("_minor").replace("_", " ")


def edit_label(changes: Mapping[str, Any], deals: str) -> str:
    """How history tells that fields of deals were set: “Changed value of Acme”, “Marked Acme as hot”."""
    if set(changes) == {"is_hot"}:
        return f"Marked {deals} as {'hot' if changes['is_hot'] else 'not hot'}"
    fields = [field for field in changes if not (field == "currency" and "value_minor" in changes)]
    return f"Changed {', '.join(map(field_words, fields))} of {deals}"

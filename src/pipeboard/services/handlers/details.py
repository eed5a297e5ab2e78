"""What `EditDeals` sets beside a deal's own columns: its custom fields, and the details of its contact."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeboard.domain.commands import EDITABLE
from pipeboard.domain.deal import Deal
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import CustomChange, checked, with_change
from pipeboard.domain.text import clean
from pipeboard.storage.transaction import Transaction

CONTACT_COLUMNS = {"contact_job": "job_title", "contact_email": "email", "contact_phone": "phone"}
"""Field of `EDITABLE` -> column of the contact."""


def split_off(changes: dict[str, Any]) -> tuple[tuple[CustomChange, ...], dict[str, str | None]]:
    """Take custom fields and details of the contact out of the changes; the latter by column."""
    custom = tuple(checked(CustomChange(*change)) for change in changes.pop("custom", ()))
    names = [field for field in changes if EDITABLE.get(field) == "contact detail"]
    return custom, {CONTACT_COLUMNS[field]: clean(str(changes.pop(field) or "")) or None for field in names}


def with_custom(extra: str, changes: Sequence[CustomChange]) -> str:
    """The custom fields of a deal after the changes."""
    for change in changes:
        extra = with_change(extra, change)
    return extra


def set_contact(tx: Transaction, contact_ids: Mapping[int, int | None], deals: Sequence[Deal], values: Any) -> set[int]:
    """Set details of the contacts that deals have (`contact_ids` by deal); the ids of the deals they belong to."""
    for deal in deals:
        if contact_ids[deal.id] is None:
            raise InvalidInput(f"“{deal.title}” has no contact yet: name the contact first.")
    wanted = sorted({contact_id for contact_id in contact_ids.values() if contact_id is not None})
    rows = tx.rows("contact", wanted)
    changed = {i for i in wanted if i in rows and tx.change("contact", rows[i], values, kind="contact.edited")}
    return {deal_id for deal_id, contact_id in contact_ids.items() if contact_id in changed}

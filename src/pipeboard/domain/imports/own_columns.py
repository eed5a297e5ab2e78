"""The columns of our own exports besides deals: written by the export, known again by the import."""

from collections.abc import Mapping, Sequence
from typing import Final

from pipeboard.domain.imports.headers import header_key
from pipeboard.domain.imports.origin import is_sign

OWN_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "companies": ("id", "name", "website", "notes"),
    "contacts": ("id", "name", "company", "job title", "email", "phone", "notes"),
    "activities": (
        *("id", "deal id", "deal title", "company", "date", "type", "direction", "outcome", "owner", "text"),
    ),
    "tasks": (
        *("id", "deal id", "deal title", "company", "task", "type", "due date", "due time", "snoozed until"),
        *("repeats", "status", "completed at", "created", "owner"),
    ),
    "quotas": ("owner", "pipeline", "period", "target", "currency", "deals"),
}
"""By what is exported: every column, in order. The names are among those that an import knows."""


NOUNS: Final[Mapping[str, str]] = {
    "companies": "company",
    "contacts": "contact",
    "activities": "activity",
    "tasks": "task",
    "quotas": "quota",
}
"""One of each."""


def own_kind(header: Sequence[str]) -> str | None:
    """What an export of ours holds by its header, which ends with the sign of its workspace; None for any other."""
    if not any(map(is_sign, header)):
        return None
    keys = {header_key(cell) for cell in header if not is_sign(cell)}
    return next((kind for kind, columns in OWN_COLUMNS.items() if keys == set(columns)), None)

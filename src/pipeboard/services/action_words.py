"""What an action did, thing by thing and field by field, in the words people use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from pipeboard.domain.history import ChangedField, ChangedThing, Patch
from pipeboard.domain.money import number
from pipeboard.storage.hot.history import names_of
from pipeboard.storage.sql import Statements

Change = tuple[str, int, int | None, str, str, Patch]
"""Entity, id, deal with its title, kind of event, patch."""

_SILENT = frozenset(
    {"rank", "search_norm", "name_norm", "code_norm", "position", "rate_at_close_nano", "import_run_id", "deleted"}
)
_REFERENCES = {
    "stage_id": "stage",
    "pipeline_id": "pipeline",
    "owner_id": "owner",
    "closed_owner_id": "owner",
    "held_by_id": "owner",
    "assignee_id": "owner",
    "actor_id": "owner",
    "done_by_id": "owner",
    "company_id": "company",
    "contact_id": "contact",
    "product_id": "product",
    "lost_reason_id": "lost_reason",
    "closed_from_stage_id": "stage",
}
_NAMES = {
    "value_minor": "value",
    "cost_minor": "cost",
    "price_minor": "list price",
    "amount_minor": "amount",
    "expected_close_on": "expected close",
    "is_hot": "hot",
    "lost_reason_id": "lost because",
    "closed_from_stage_id": "closed from",
    "assignee_id": "who does it",
    "done_by_id": "done by",
    "rate_nano": "rate",
    "rot_days": "rotting after days",
    "deal_limit": "limit",
}
_FLAGS = ("is_hot", "is_dismissed", "is_post_sale", "counts_for_velocity", "is_excluded", "is_archived")
_STATUSES = ("open", "won", "lost", "parked")
_NANO = 1_000_000_000
_NAMED = ("company", "contact", "product")
"""Things that are told by their name although an action does not touch it."""


def things_of(sql: Statements, changes: Sequence[Change], currency: str, zone: tzinfo) -> tuple[ChangedThing, ...]:
    """The changes of an action in words. Ids become names, read once for all of them."""
    words = _Words(_referred(sql, changes), currency, zone)
    return tuple(words.thing(change) for change in changes)


def _referred(sql: Statements, changes: Iterable[Change]) -> dict[str, dict[int, str]]:
    wanted: dict[str, set[int]] = {}
    for entity, entity_id, _, _, _, patch in changes:
        if entity in _NAMED:
            wanted.setdefault(entity, set()).add(entity_id)
        for field, values in patch.items():
            if table := _REFERENCES.get(_referring(field, entity)):
                wanted.setdefault(table, set()).update(value for value in values if isinstance(value, int))
    return {table: names_of(sql, table, sorted(ids)) for table, ids in wanted.items()}


def _referring(field: str, entity: str) -> str:
    """The field that refers to the same kind of thing; what a company was merged into is a company."""
    return f"{entity}_id" if field == "merged_into_id" else field


class _Words:
    def __init__(self, names: Mapping[str, Mapping[int, str]], currency: str, zone: tzinfo) -> None:
        self._names = names
        self._currency = currency
        self._zone = zone

    def thing(self, change: Change) -> ChangedThing:
        """One thing that was touched."""
        entity, entity_id, deal_id, title, kind, patch = change
        what = entity.replace("_", " ")
        known = self._names.get(entity, {}).get(entity_id, "") if entity in _NAMED else ""
        name = title if deal_id is not None else self._own_name(patch) or known or f"{what} {entity_id}"
        verb = kind.partition(".")[2]
        if patch.get("deleted") == [0, 1]:
            verb = "deleted"
        elif patch.get("deleted") == [1, 0]:
            verb = "brought back" if not kind.endswith("created") else "created"
        heading = f"{name}: {verb}" if entity == "deal" else f"{name}: {what} {verb}"
        currency = patch.get("currency", [None, None])[1] or self._currency
        fields = tuple(
            self._field(field, old, new, str(currency), _referring(field, entity))
            for field, (old, new) in patch.items()
            if field not in _SILENT
        )
        return ChangedThing(deal_id, heading, tuple(one for one in fields if one.before != one.after))

    def _own_name(self, patch: Patch) -> str:
        return next((str(patch[field][1]) for field in ("name", "title") if field in patch and patch[field][1]), "")

    def _field(self, field: str, old: Any, new: Any, currency: str, meant: str) -> ChangedField:
        name = _NAMES.get(field, field.removesuffix("_id").removesuffix("_on").removesuffix("_at").replace("_", " "))
        return ChangedField(name, self._value(meant, old, currency), self._value(meant, new, currency))

    def _value(self, field: str, value: Any, currency: str) -> str:
        if value is None or value == "":
            return ""
        if field.endswith("_minor"):
            return f"{number(int(value), currency)} {currency}"
        if table := _REFERENCES.get(field):
            return self._names.get(table, {}).get(value, "one that is gone")
        if field in _FLAGS:
            return "yes" if value else "no"
        if field == "status":
            return _STATUSES[value] if value in range(len(_STATUSES)) else str(value)
        if field == "probability":
            return f"{value}%"
        if field == "rate_nano":
            return f"{int(value) / _NANO:g}"
        if field.endswith(("_on", "on_day")):
            return f"{date.fromisoformat(value):%-d %b %Y}"
        if field.endswith("_at"):
            return f"{datetime.fromisoformat(value).astimezone(self._zone):%-d %b %Y %H:%M}"
        return str(value)

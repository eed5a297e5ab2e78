"""Values as they stand in the history."""

import json
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def patch_value(value: Any) -> Any:
    """A column's value as it stands in an event's patch: JSON has no days and no instants."""
    kind = value.__class__
    if kind is datetime:
        return _instant_text(value)
    return value.isoformat() if kind is date or kind is time else value


@lru_cache(maxsize=16_384)
def _instant_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


def patch_json(patch: dict[str, list[Any]]) -> str:
    """A patch as compact JSON with a fixed key order, so that equal patches are equal text."""
    return _JSON(patch)

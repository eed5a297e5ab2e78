"""Decisions about a file that hold for the next one with the same header: columns, stages, the order of dates."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pipeboard.domain.imports.headers import header_key
from pipeboard.services.transfer.plans import ImportOptions


def header_hash(header: Sequence[str]) -> str:
    """A header by what its columns are called; their order and spelling do not matter."""
    keys = "\n".join(sorted(header_key(name) for name in header))
    return hashlib.sha256(keys.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def worth_remembering(options: ImportOptions) -> str:
    """What a person decided, as text; "" when all of it was found out. That stages may be made is asked each time."""
    said: dict[str, Any] = {
        "mapping": dict(options.mapping),
        "stage_map": dict(options.stage_map),
        "date_order": options.date_order,
    }
    said = {field: value for field, value in said.items() if value}
    return json.dumps(said, ensure_ascii=False, sort_keys=True) if said else ""


def with_remembered(options: ImportOptions, text: str, header: Sequence[str], stages: Sequence[str]) -> ImportOptions:
    """The options with what was decided last time, where nothing is said now.

    What does not fit any more (a column that is gone, a stage of ours that has another name) is left out.
    """
    try:
        said = json.loads(text) if text else {}
    except ValueError:
        return options
    if not isinstance(said, dict):
        return options
    keys = {header_key(name) for name in header}
    mapping = {c: f for c, f in _texts(said.get("mapping")).items() if header_key(c) in keys}
    stage_map = {theirs: ours for theirs, ours in _texts(said.get("stage_map")).items() if ours in stages}
    order = said.get("date_order")
    return options._replace(
        mapping={**mapping, **options.mapping},
        stage_map={**stage_map, **options.stage_map},
        date_order=options.date_order or (order if order in ("dmy", "mdy") else None),
    )


def _texts(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}

"""What is remembered between runs of one database: where the cursor stood, and a line that was being typed."""

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Remembered(NamedTuple):
    """Where the person was. `draft` is a line of quick add that was cut off, `recent` what the palette did last.

    `orders` are the sort orders that are not the manual one, by pipeline; `folds` tells of stages whether they are
    folded, where somebody has said so. Both have text for keys, as JSON wants it.
    """

    pipeline_id: int | None = None
    deal_id: int | None = None
    stage_id: int | None = None
    density: int | None = None
    is_pane_open: bool = False
    theme: str = ""
    draft: str = ""
    forms: dict[str, dict[str, str]] = {}
    recent: str = ""
    orders: Mapping[str, str] = {}
    folds: Mapping[str, bool] = {}


def memory_path(state_dir: Path, database: str) -> Path:
    """The file for one database; its name says nothing about it."""
    return state_dir / f"{hashlib.sha256(database.encode()).hexdigest()[:16]}.json"


def recall(path: Path) -> Remembered:
    """What was remembered; the defaults when there is nothing or it cannot be read."""
    try:
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        kinds = {
            "draft": str,
            "theme": str,
            "recent": str,
            "is_pane_open": bool,
            "orders": dict,
            "folds": dict,
            "forms": dict,
        }
        kept: dict[str, Any] = {
            name: value
            for name, value in stored.items()
            if name in Remembered._fields and isinstance(value, (kinds.get(name, int), type(None)))
        }
        return Remembered()._replace(**{**kept, "forms": _forms(kept.get("forms"))})
    except (OSError, ValueError, TypeError, AttributeError):
        return Remembered()


def _forms(stored: object) -> dict[str, dict[str, str]]:
    """Forms that were cut off; what is no text in a field is left out."""
    forms = stored.items() if isinstance(stored, dict) else ()
    return {
        str(name): {str(field): text for field, text in texts.items() if isinstance(text, str)}
        for name, texts in forms
        if isinstance(texts, dict)
    }


def remember(path: Path, what: Remembered) -> None:
    """Keep it for the next run, readable by this person alone. Not worth an error when it cannot be written."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        handle = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(what._asdict(), file)
        fresh.replace(path)

"""Stored events and activities in words: “value 10,000 to 12,000”, “Contacted to Qualified”."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeboard.domain.bant import read_bant
from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.money import number
from pipeboard.domain.stage import Stage
from pipeboard.domain.task import TimelineEntry
from pipeboard.storage.hot.deals import Happening

_SILENT = frozenset(
    {
        "rank",
        "status",
        "pipeline_id",
        "closed_from_stage_id",
        "rate_at_close_nano",
        "closed_owner_id",
        "search_norm",
        "company_id",
        "contact_id",
        "import_run_id",
    }
)
_NAMES = {
    "value_minor": "value",
    "cost_minor": "cost",
    "extra": "custom fields",
    "recurring_months": "months until it comes again",
    "expected_close_on": "close",
    "closed_on": "closed on",
    "owner_id": "owner",
    "wake_on": "wakes",
    "is_hot": "hot",
    "lost_reason_id": "reason",
}


def timeline_entries(
    happenings: Sequence[Happening],
    stages: Mapping[int, Stage],
    owners: Mapping[int, str],
    reasons: Mapping[int, str],
    info: WorkspaceInfo,
) -> tuple[TimelineEntry, ...]:
    """The happenings in words; those that change nothing a person sees are left out."""
    words = _Words(stages, owners, reasons, info.currency)
    entries = []
    for happening in happenings:
        text = words.of(happening) if happening.is_change else happening.body
        if text or not happening.is_change:
            at, kind, actor, _, _, is_change = happening[:6]
            entries.append(TimelineEntry(at, kind, actor, text, is_change, *happening[6:]))
    return tuple(entries)


class _Words:
    """Turns patches into sentences, knowing what the ids in them mean."""

    def __init__(
        self, stages: Mapping[int, Stage], owners: Mapping[int, str], reasons: Mapping[int, str], currency: str
    ) -> None:
        self._stages = stages
        self._owners = owners
        self._reasons = reasons
        self._currency = currency

    def of(self, happening: Happening) -> str:
        """The change in words."""
        entity, _, what = happening.kind.partition(".")
        patch = happening.patch
        if entity == "task":
            return self._task(what, patch)
        if what == "created":
            return "imported" if "import_run_id" in patch else "copied" if "copied_from_id" in patch else "created"
        if what == "deleted":
            return "deleted"
        parts = []
        if "stage_id" in patch:
            old, new = (self._stage(stage_id) for stage_id in patch["stage_id"])
            parts.append(f"{old} to {new}")
        parts += [
            self._field(field, old, new)
            for field, (old, new) in patch.items()
            if field not in _SILENT and field != "stage_id" and not (field == "probability" and "stage_id" in patch)
        ]
        return ", ".join(parts)

    def _task(self, what: str, patch: Mapping[str, list[Any]]) -> str:
        title = patch.get("title", ["", ""])[1]
        words = {"created": "planned", "completed": "done", "dismissed": "dropped", "edited": "task changed"}
        return f"{words.get(what, what)}: {title}" if title else f"task {words.get(what, what).removeprefix('task ')}"

    def _stage(self, stage_id: int | None) -> str:
        stage = self._stages.get(stage_id or 0)
        return stage.name if stage else "an archived stage"

    def _field(self, field: str, old: Any, new: Any) -> str:
        name = _NAMES.get(field, field.removesuffix("_on").replace("_", " "))
        if field == "criteria_done":
            return _ticks(str(old or ""), str(new or ""))
        if field == "bant":
            return f"BANT {read_bant(str(old or '')).words} to {read_bant(str(new or '')).words}"
        if field in ("notes", "extra"):
            return f"{name} edited"
        if old in (None, ""):
            return f"{name} {self._value(field, new)}"
        if new in (None, ""):
            return f"{name} {self._value(field, old)} removed"
        return f"{name} {self._value(field, old)} to {self._value(field, new)}"

    def _value(self, field: str, value: Any) -> str:
        if field.endswith("_minor"):
            return number(int(value), self._currency)
        if field == "owner_id":
            return self._owners.get(value, "somebody who left")
        if field == "lost_reason_id":
            return self._reasons.get(value, "an archived reason")
        if field.endswith("_on"):
            return f"{date.fromisoformat(value):%-d %b %Y}"
        if field == "is_hot":
            return "yes" if value else "no"
        return f"{value}%" if field == "probability" else str(value)


def _ticks(old: str, new: str) -> str:
    """What was ticked or unticked, in its own folded words."""
    before, after = old.splitlines(), new.splitlines()
    added = [tick.partition(" ")[2] for tick in after if tick not in before]
    removed = [tick.partition(" ")[2] for tick in before if tick not in after]
    parts = [f"ticked: {', '.join(added)}"] if added else []
    return ", ".join([*parts, f"tick taken off: {', '.join(removed)}"] if removed else parts)

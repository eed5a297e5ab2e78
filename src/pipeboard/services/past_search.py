"""The filter of a past board: the text and the facts of its deals as they were on that day."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pipeboard.domain.board import Overview
from pipeboard.domain.stage import Stage, StageKind, status_of
from pipeboard.services.deal_facts import FactColumns, FactSetting
from pipeboard.services.searching import SearchIndex
from pipeboard.storage.hot.as_of import Stay
from pipeboard.storage.hot.board import Haystack
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.history import names_of
from pipeboard.storage.projection import search_text
from pipeboard.storage.sql import Statements

_NAMED = {
    "owner": "owner_id",
    "company": "company_id",
    "contact": "contact_id",
    "lost_reason": "lost_reason_id",
}
"""The tables whose names a deal is filtered by, and the field that points there."""

_AS_KEPT = (
    *("title", "tags", "source", "product", "value_minor", "currency", "probability", "is_hot", "bant"),
    *("created_on", "started_on", "closed_on"),
)


class PastDeal(NamedTuple):
    """A deal on a day: where it stood, its fields as the history writes them, and what followed from them.

    `task` is its next step, `idle_on` when it last gave a sign, `changed_at` when something about it was last changed.
    """

    stay: Stay
    fields: Mapping[str, Any]
    task: Mapping[str, Any] | None
    idle_on: date
    changed_at: str | None


class PastFacts(FactColumns):
    """What terms ask about, out of the deals of a past day; nothing more is read."""

    def __init__(self, reader: Hot, rows: Mapping[int, Mapping[str, Any]], setting: FactSetting) -> None:
        super().__init__(reader, tuple(rows), setting)
        self._rows = rows

    def _read(self, names: tuple[str, ...]) -> list[Any]:
        return [(deal_id, *(row[name] for name in names)) for deal_id, row in self._rows.items()]


def past_index(
    reader: Hot,
    sql: Statements,
    overview: Overview,
    orders: Mapping[int, Sequence[int]],
    deals: Mapping[int, PastDeal],
    setting: FactSetting,
    now: datetime,
    me: str,
) -> SearchIndex:
    """The deals of a past board to be filtered like those of today; `now` is the moment that words like "eom" are
    counted from, `me` the name behind "@me"."""
    names = {
        table: names_of(sql, table, [i for one in deals.values() if (i := one.fields[field]) is not None])
        for table, field in _NAMED.items()
    }
    found: dict[int, Mapping[str, Any]] = {}
    stacks = {}
    for stage in overview.stages:
        rows = {i: _row(deals[i], stage, overview, names) for i in orders[stage.id] if i in deals}
        stacks[stage.id] = _stack(stage, rows)
        found.update(rows)
    facts = PastFacts(reader, found, setting)
    return SearchIndex(overview.pipeline.id, stacks, setting.currency, setting.rates, facts, lambda: now, me)


def _row(deal: PastDeal, stage: Stage, overview: Overview, names: Mapping[str, Mapping[int, str]]) -> Mapping[str, Any]:
    """What is stored of a deal, as the facts ask for it."""
    fields, task, stay = deal.fields, deal.task, deal.stay
    named = {table: names[table].get(fields[field], "") for table, field in _NAMED.items()}
    return {
        **{name: fields[name] for name in _AS_KEPT},
        **named,
        "reason": named["lost_reason"],
        "text": search_text(fields["title"], named["company"], named["contact"], fields["product"], fields["tags"]),
        "pipeline": overview.pipeline.name,
        "stage": stage.name,
        "stage_probability": stage.probability,
        "rot_days": stage.rot_days,
        "status": int(status_of(stage.kind)),
        "close_on": fields["expected_close_on"],
        "updated_at": deal.changed_at,
        "entered_on": stay.entered_on.isoformat(),
        "is_entry_known": stay.is_entry_known,
        "idle_on": deal.idle_on.isoformat(),
        "task_id": task["id"] if task else None,
        "task_on": (task["snoozed_until"] or task["due_on"]) if task else None,
    }


def _stack(stage: Stage, rows: Mapping[int, Mapping[str, Any]]) -> Haystack:
    """The text and the sums of a stage; won counts in full, lost not at all."""
    is_closed = stage.kind in (StageKind.WON, StageKind.LOST)
    values = [row["value_minor"] for row in rows.values()]

    def percent(row: Mapping[str, Any]) -> int:
        own = row["probability"]
        return 100 * (stage.kind == StageKind.WON) if is_closed else stage.probability if own is None else own

    return Haystack(
        array("q", rows),
        [row["text"] for row in rows.values()],
        [row["currency"] for row in rows.values()],
        bytes(value is not None for value in values),
        array("q", [value or 0 for value in values]),
        array("q", _weighted(values, map(percent, rows.values()))),
    )


def _weighted(values: Iterable[int | None], percents: Iterable[int]) -> list[int]:
    return [(value or 0) * percent for value, percent in zip(values, percents, strict=True)]

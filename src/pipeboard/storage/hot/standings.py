"""What the past of the pipeline is rebuilt from: the deals as they are, and the live changes since a moment."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from itertools import groupby
from typing import Any

from pipeboard.domain.stage import Stage
from pipeboard.domain.standing import TRACKED, Beginning, Standing, StandingChange, Trail, trail
from pipeboard.storage.hot.metrics import Scope
from pipeboard.storage.sql import Statements

_DEALS = (
    "SELECT d.id, d.created_on, d.deleted, d.stage_id, d.value_minor, d.currency, d.probability, d.expected_close_on,"
    " d.closed_on FROM deal d"
)
_OPEN = " WHERE d.deleted = 0 AND d.pipeline_id = ? AND d.status = 0"
# `||` and `+` keep SQLite to the index `event_at`: nearly every event is one of a deal and live, and only those of the
# window are to be read.
# What a deal was entered with is no change of anything: before it the deal was not there.
# A change enters when it moved the deal or touched what a standing is made of. What the kept part of an undone import
# wrote anew (`order_id`) stands in the place of the first event.
_CHANGES = (
    (
        "SELECT e.deal_id, COALESCE(e.order_id, e.id) AS place, e.at, e.kind, e.from_stage_id, e.to_stage_id, {patch}"
        " FROM event e JOIN action a ON a.id = e.action_id"
        " WHERE (e.entity || '') = 'deal' AND e.at >= ? AND +a.undoes_id IS NULL AND a.undone_by_id IS NULL"
        " AND (e.to_stage_id IS NOT NULL OR {touched}) ORDER BY e.deal_id, place, e.id"
    )
    .replace("{patch}", "CASE WHEN e.kind = 'deal.created' THEN '{}' ELSE e.patch END")
    .replace("{touched}", " OR ".join(f"e.patch LIKE '%\"{field}\"%'" for field in TRACKED))
)


def trails_since(
    sql: Statements,
    scope: Scope,
    since: datetime,
    stages: Mapping[int, Stage],
    zone: tzinfo,
    beside: Collection[int] = (),
) -> list[Trail]:
    """The trails of every deal that is open in the pipeline, was changed since a moment or is named `beside`, by id.

    Only the deals that were changed are rebuilt; the others stood then as they stand now. The filters of the scope
    look at the deals as they are now.
    """
    narrowed, params = scope.narrowed()
    changes = _changes_by_deal(sql, since)
    rows = sql.all(f"{_DEALS}{_OPEN}{narrowed}", (scope.pipeline_id, *params))
    known = {row[0] for row in rows}
    rows += _by_ids(sql, sorted({*changes, *beside}.difference(known)), narrowed, params)
    rows.sort(key=lambda row: row[0])
    day = sql.codec.day
    homes = _homes(stages)
    trails = []
    for deal_id, created_on, deleted, stage_id, value, currency, percent, close_on, closed_on in rows:
        now = Standing(not deleted, stage_id, value, currency, percent, day(close_on), day(closed_on))
        found = changes.get(deal_id)
        if found:
            began = _beginning(day(created_on), found[0], homes, zone)
            trails.append(trail(deal_id, now, found, began).since(since))
        else:
            trails.append(Trail(deal_id, now, ()))
    return trails


def _homes(stages: Mapping[int, Stage]) -> dict[int, int]:
    """For each stage the open one a deal must have come from: itself, or the first of its pipeline."""
    first: dict[int, int] = {}
    for stage in sorted(stages.values(), key=lambda stage: (stage.position, stage.id)):
        if stage.is_open:
            first.setdefault(stage.pipeline_id, stage.id)
    return {
        stage.id: stage.id if stage.is_open else first[stage.pipeline_id]
        for stage in stages.values()
        if stage.is_open or stage.pipeline_id in first
    }


def _beginning(
    created_on: date | None, first: StandingChange, homes: Mapping[int, int], zone: tzinfo
) -> Beginning | None:
    """When and where a deal began that was created before the first thing that is known of it."""
    home = homes.get(first.to_stage_id or 0)
    if created_on is None or home is None or not first.is_creation or created_on >= first.at.astimezone(zone).date():
        return None
    return Beginning(datetime.combine(created_on, time(), zone).astimezone(UTC), home)


def _by_ids(sql: Statements, ids: Sequence[int], narrowed: str, params: Sequence[object]) -> list[Any]:
    """The deals with these ids that the filters let through, in pieces."""
    rows: list[Any] = []
    for start in range(0, len(ids), 500):
        piece = ids[start : start + 500]
        marks = ",".join("?" * len(piece))
        rows += sql.all(f"{_DEALS} WHERE d.id IN ({marks}){narrowed}", (*piece, *params))
    return rows


def _changes_by_deal(sql: Statements, since: datetime) -> dict[int, list[StandingChange]]:
    instant = sql.codec.instant
    found: dict[int, list[StandingChange]] = {}
    for deal_id, rows in groupby(sql.all(_CHANGES, (since,)), key=lambda row: row[0]):
        changes: list[StandingChange] = []
        last_place = 0
        for _, place, at, kind, from_stage, to_stage, patch in rows:
            moment = instant(at)
            if moment is None or place == last_place:
                continue  # written again after a partly undone import, which was then redone
            last_place = place
            fields = {} if patch == "{}" else {name: pair[0] for name, pair in json.loads(patch).items()}
            is_creation = kind == "deal.created"
            changes.append(StandingChange(moment, from_stage, to_stage, is_creation, fields))
        if changes:
            found[deal_id] = changes
    return found

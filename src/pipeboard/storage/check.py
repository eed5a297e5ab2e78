"""Proving that the database is whole: its pages, its references, and that the history adds up to the present."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import tzinfo
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pipeboard.domain.errors import StorageFailure
from pipeboard.domain.stage import DealStatus
from pipeboard.storage.engine import Writer
from pipeboard.storage.entities import Entity, entity, entity_names, read_rows
from pipeboard.storage.failures import explained
from pipeboard.storage.gateways.catalogue import read_every_stage
from pipeboard.storage.hot.connection import connect, read_anything
from pipeboard.storage.patches import patch_value
from pipeboard.storage.projection import SUMMARY_COLUMNS, project, summaries_of, visits_of
from pipeboard.storage.sql import Statements, chunks
from pipeboard.storage.target import Target

VISIT_COLUMNS = "pipeline_id, stage_id, entered_at, entered_on, is_entry_known, left_at, left_on, dwell_days, outcome"


class Problem(NamedTuple):
    """Something that is not as it must be: `area` is file, references, history, standing, projection or undo."""

    area: str
    where: str
    text: str


@contextmanager
def _snapshot(target: Target) -> Iterator[Statements]:
    with explained(target), closing(connect(target)) as connection:
        connection.execute("BEGIN")
        yield Statements(target.dialect, connection.execute, be_lenient=lambda: read_anything(connection))


def check(target: Target) -> list[Problem]:
    """Everything that is wrong, from one moment of the database; an empty list when it is whole."""
    try:
        return _check(target)
    except StorageFailure as failure:
        if getattr(failure.__cause__, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            return [Problem("file", "pages", str(failure))]
        raise


def _check(target: Target) -> list[Problem]:
    with _snapshot(target) as sql:
        return problems_of(sql)


def problems_of(sql: Statements) -> list[Problem]:
    """Everything that is wrong as this transaction sees it."""
    problems = _file(sql)
    if problems:
        return problems  # what stands on damaged pages proves nothing
    zone = ZoneInfo(sql.value("SELECT zone FROM workspace") or "UTC")
    for name in entity_names():
        problems += _history(sql, entity(name))
    problems += _standings(sql)
    problems += _projections(sql, zone)
    return problems + _undo_links(sql)


def rebuild(target: Target) -> int:
    """Compute every projection anew from the history; how many deals there are."""
    writer = Writer(target)
    try:
        with writer.transaction() as sql:
            zone = ZoneInfo(sql.value("SELECT zone FROM workspace") or "UTC")
            ids = [row[0] for row in sql.all("SELECT id FROM deal ORDER BY id")]
            project(sql, ids, read_every_stage(sql)[1], zone)
            return len(ids)
    finally:
        writer.close()


def _file(sql: Statements) -> list[Problem]:
    if not sql.is_sqlite:
        return []  # the server guards its pages and references itself
    verdicts = [row[0] for row in sql.all("PRAGMA quick_check(20)") if row[0] != "ok"]
    broken = sql.all("PRAGMA foreign_key_check")
    return [Problem("file", "pages", verdict) for verdict in verdicts] + [
        Problem("references", f"{row[0]} {row[1]}", f"points to a row of {row[2]} that is not there") for row in broken
    ]


# -- state == fold(events) ------------------------------------------------------------------------


def _history(sql: Statements, kind: Entity) -> list[Problem]:
    problems = _orphans(sql, kind)
    ids = [row[0] for row in sql.all(f'SELECT id FROM "{kind.name}" ORDER BY id')]
    for piece in chunks(ids):
        rows = read_rows(sql, kind.name, piece)
        events: dict[int, list[Any]] = defaultdict(list)
        for row in sql.by_ids(
            "SELECT entity_id, id, kind, version, patch FROM event"
            f" WHERE entity = '{kind.name}' AND entity_id IN ({{ids}}) ORDER BY id",
            piece,
        ):
            events[row[0]].append(row)
        for row_id, row in rows.items():
            problems += _fold(kind, row, events[row_id])
    return problems


def _orphans(sql: Statements, kind: Entity) -> list[Problem]:
    """Rows that nothing tells of, and history of things that are not there."""
    untold = sql.all(
        f'SELECT x.id FROM "{kind.name}" x WHERE NOT EXISTS'
        f" (SELECT 1 FROM event e WHERE e.entity = '{kind.name}' AND e.entity_id = x.id)"
    )
    gone = sql.all(
        f'SELECT DISTINCT e.entity_id FROM event e LEFT JOIN "{kind.name}" x ON x.id = e.entity_id'
        f" WHERE e.entity = '{kind.name}' AND x.id IS NULL"
    )
    return [Problem("history", f"{kind.name} {row[0]}", "row without history") for row in untold] + [
        Problem("history", f"{kind.name} {row[0]}", "history without a row") for row in gone
    ]


def _fold(kind: Entity, row: dict[str, Any], events: Sequence[Any]) -> list[Problem]:
    """Whether the events of one thing, oldest first, add up to its row, each starting where the last one ended."""
    where = f"{kind.name} {row['id']}"
    state = {field: patch_value(kind.defaults[field]) for field in kind.fields}
    version = 0
    problems = []
    for _, event_id, what, event_version, patch in events:
        for field, (old, new) in json.loads(patch).items():
            if not what.endswith(".created") and state.get(field) != old:
                problems.append(
                    Problem("history", where, f"event {event_id} starts from {field} {old!r}, not {state.get(field)!r}")
                )
            state[field] = new
        version = max(version, event_version)
    wrong = [field for field in kind.fields if state[field] != patch_value(row[field])]
    if events and wrong:
        problems.append(Problem("history", where, f"differs from its history in {', '.join(wrong)}"))
    if events and version != row["version"]:
        problems.append(Problem("history", where, f"has version {row['version']}, its history {version}"))
    return problems


# -- what goes with the status ---------------------------------------------------------------------

_CLOSING = ("closed_on", "lost_reason_id", "rate_at_close_nano", "closed_owner_id")
_STANDINGS: dict[DealStatus, tuple[tuple[str, ...], tuple[str, ...]]] = {
    DealStatus.OPEN: ((), (*_CLOSING, "closed_from_stage_id", "wake_on")),
    DealStatus.WON: (("closed_on",), ("lost_reason_id", "wake_on")),
    DealStatus.LOST: (("closed_on",), ("wake_on",)),
    DealStatus.PARKED: (("wake_on",), _CLOSING),
}
"""The fields that a live deal of a status must have, and those it must not have."""


def _standings(sql: Statements) -> list[Problem]:
    """Deals that keep what belongs to another status, or lack what belongs to theirs."""
    problems = []
    for status, (needed, barred) in _STANDINGS.items():
        rules = [(f, "IS NULL", "has no") for f in needed] + [(f, "IS NOT NULL", "has a") for f in barred]
        wrong = " OR ".join(f"{field} {test}" for field, test, _ in rules)
        columns = ", ".join(f"{field} {test}" for field, test, _ in rules)
        for deal_id, *verdicts in sql.all(
            f"SELECT id, {columns} FROM deal WHERE deleted = 0 AND status = ? AND ({wrong}) ORDER BY id", (int(status),)
        ):
            problems += [
                Problem("standing", f"deal {deal_id}", f"is {status.name.lower()} and {words} {field}")
                for (field, _, words), is_wrong in zip(rules, verdicts, strict=True)
                if is_wrong
            ]
    return problems


# -- projections ----------------------------------------------------------------------------------


def _projections(sql: Statements, zone: tzinfo) -> list[Problem]:
    stages = read_every_stage(sql)[1]
    problems: list[Problem] = []
    places = {row[0]: (row[1], row[2]) for row in sql.all("SELECT id, stage_id, deleted FROM deal ORDER BY id")}
    for piece in chunks(list(places)):
        visits = visits_of(sql, piece, stages, zone)
        wanted = summaries_of(sql, piece, visits, stages, zone)
        stored_visits, stored = _stored_visits(sql, piece), _stored_summaries(sql, piece)
        for deal_id in piece:
            where = f"deal {deal_id}"
            stays = tuple((*v[:4], int(v[4]), *v[5:]) for v in visits.get(deal_id, ()))
            if stays != stored_visits.get(deal_id, ()):
                problems.append(Problem("projection", where, "its stays differ from its history"))
            problems += _stay_problems(where, stored_visits.get(deal_id, ()), places[deal_id])
            differing = [c for c, a, b in zip(SUMMARY_COLUMNS, wanted[deal_id], stored[deal_id], strict=True) if a != b]
            if differing:
                problems.append(Problem("projection", where, f"{', '.join(differing)} differ from its history"))
    return problems


def _stay_problems(where: str, stays: Sequence[Any], place: tuple[int, int]) -> list[Problem]:
    stage_id, is_deleted = place
    problems = []
    if any(stay[7] is not None and stay[7] < 0 for stay in stays):
        problems.append(Problem("projection", where, "a stay has a negative duration"))
    if any(before[5] != after[2] for before, after in pairwise(stays)):
        problems.append(Problem("projection", where, "a stay does not begin where the one before ended"))
    if not is_deleted and (not stays or stays[-1][1] != stage_id or stays[-1][5] is not None):
        problems.append(Problem("projection", where, "its last stay is not in the stage it stands in"))
    return problems


def _stored_visits(sql: Statements, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    day, instant = sql.codec.day, sql.codec.instant
    found: dict[int, list[Any]] = defaultdict(list)
    for r in sql.by_ids(
        f"SELECT deal_id, {VISIT_COLUMNS} FROM stage_visit WHERE deal_id IN ({{ids}}) ORDER BY id", ids
    ):
        found[r[0]].append((r[1], r[2], instant(r[3]), day(r[4]), r[5], instant(r[6]), day(r[7]), r[8], r[9]))
    return {deal_id: tuple(stays) for deal_id, stays in found.items()}


def _stored_summaries(sql: Statements, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    readers = {"_at": sql.codec.instant, "_on": sql.codec.day}
    columns = ", ".join(SUMMARY_COLUMNS)
    found = {}
    for row in sql.by_ids(f"SELECT id, {columns} FROM deal WHERE id IN ({{ids}})", ids):
        pairs = zip(SUMMARY_COLUMNS, row[1:], strict=True)
        found[row[0]] = tuple(readers[c[-3:]](v) if c[-3:] in readers else v for c, v in pairs)
    return found


# -- undo -----------------------------------------------------------------------------------------


def _undo_links(sql: Statements) -> list[Problem]:
    """Every undo and redo knows what it took back, and that knows whether it still is."""
    actions = {r[0]: r for r in sql.all("SELECT id, kind, undoes_id, undone_by_id FROM action ORDER BY id")}
    problems = []
    for action_id, kind, undoes, undone_by in actions.values():
        where = f"action {action_id}"
        if (undoes is not None) != (kind in ("undo", "redo")):
            problems.append(Problem("undo", where, f"a {kind} that takes back {undoes}"))
        if undone_by is not None and (undone_by not in actions or actions[undone_by][2] != action_id):
            problems.append(Problem("undo", where, f"marked as undone by {undone_by}, which does not say so"))
        if undoes is not None and undoes in actions:
            is_marked = actions[undoes][3] == action_id
            # An undo that was itself taken back by a redo has left its mark no longer.
            if is_marked == (undone_by is not None):
                problems.append(Problem("undo", where, f"takes back {undoes}, whose mark says otherwise"))
    return problems

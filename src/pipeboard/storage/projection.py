"""What is derived from the history and kept beside it: stays in stages, and a deal's summary columns.

`project` computes everything anew for the deals it is given, from their live events, activities and open
tasks. It is the only writer of these columns, so a rebuild gives what the running program has.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from pipeboard.domain.stage import Stage
from pipeboard.domain.text import search_key
from pipeboard.domain.visits import StageEvent, Visit, furthest_position, open_places, project_visits
from pipeboard.storage.sql import Statements, chunks

LIVE = "a.undoes_id IS NULL AND a.undone_by_id IS NULL"
"""The condition on `action a` that leaves the events that count."""

_STAGE_EVENTS = (
    "SELECT e.deal_id, COALESCE(e.order_id, e.id), e.at, a.actor_id, e.from_stage_id, e.to_stage_id, e.is_time_known"
    " FROM event e"
    f" JOIN action a ON a.id = e.action_id WHERE e.deal_id IN ({{ids}}) AND e.to_stage_id IS NOT NULL AND {LIVE}"
    " ORDER BY e.deal_id, COALESCE(e.order_id, e.id), e.id"
)
_FACTS = (
    "SELECT d.id, d.pipeline_id, d.title, d.product, d.tags,"
    " (SELECT name FROM company c WHERE c.id = d.company_id), (SELECT name FROM contact p WHERE p.id = d.contact_id),"
    " (SELECT max(at) FROM activity y WHERE y.deal_id = d.id AND y.deleted = 0),"
    " (SELECT max(done_at) FROM task t WHERE t.deal_id = d.id AND t.deleted = 0 AND t.is_dismissed = 0),"
    " (SELECT id FROM task t WHERE t.deal_id = d.id AND t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0"
    "  ORDER BY CASE WHEN t.due_on IS NULL THEN 1 ELSE 0 END, COALESCE(t.snoozed_until, t.due_on),"
    "  CASE WHEN t.position IS NULL THEN 1 ELSE 0 END, t.position,"
    "  CASE WHEN t.due_time IS NULL THEN 1 ELSE 0 END, t.due_time, t.id LIMIT 1),"
    " (SELECT max(recorded_at) FROM action a WHERE a.id ="
    "  (SELECT max(e.action_id) FROM event e WHERE e.deal_id = d.id))"
    " FROM deal d WHERE d.id IN ({ids}) ORDER BY d.id"
)
SUMMARY_COLUMNS = (
    "search_norm",
    "stage_entered_at",
    "stage_entered_on",
    "is_entry_known",
    "furthest_position",
    "last_activity_at",
    "idle_on",
    "next_task_id",
    "updated_at",
)
_UPDATE = f"UPDATE deal SET {', '.join(f'{c} = ?' for c in SUMMARY_COLUMNS)} WHERE id = ?"
INSERT_VISIT = (
    "INSERT INTO stage_visit (deal_id, pipeline_id, stage_id, entered_at, entered_on, is_entry_known, left_at,"
    " left_on, dwell_days, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Summary(NamedTuple):
    """The derived columns of a deal, in the order of the UPDATE."""

    search_norm: str
    stage_entered_at: datetime | None
    stage_entered_on: date | None
    is_entry_known: bool
    furthest_position: int | None
    last_activity_at: datetime | None
    idle_on: date | None
    next_task_id: int | None
    updated_at: datetime | None


def search_text(*parts: str | None) -> str:
    """What the filter searches: everything a person would remember a deal by, folded."""
    return search_key(" ".join(part for part in parts if part))


def summarise(
    search_norm: str,
    visits: Sequence[Visit],
    places: Mapping[int, int],
    last_sign: datetime | None,
    next_task_id: int | None,
    updated_at: datetime | None,
    zone: tzinfo,
) -> Summary:
    """The derived columns of one deal. `places` are the open places of its pipeline; `last_sign` is the latest
    activity or completed task."""
    current = visits[-1] if visits else None
    entered_on = current.entered_on if current else None
    last_on = last_sign.astimezone(zone).date() if last_sign else None
    return Summary(
        search_norm=search_norm,
        stage_entered_at=current.entered_at if current else None,
        stage_entered_on=entered_on,
        is_entry_known=current.is_entry_known if current else False,
        furthest_position=furthest_position(visits, places),
        last_activity_at=last_sign,
        idle_on=max((day for day in (entered_on, last_on) if day), default=None),
        next_task_id=next_task_id,
        updated_at=updated_at,
    )


def visit_row(deal_id: int, visit: Visit) -> tuple[Any, ...]:
    """A stay as the parameters of its INSERT."""
    return (deal_id, *visit)


def project(sql: Statements, deal_ids: Sequence[int], stages: Mapping[int, Stage], zone: tzinfo) -> None:
    """Compute the projections of these deals anew. `stages` holds archived ones too."""
    for piece in chunks(deal_ids):
        _project_piece(sql, piece, stages, zone)


def place_anew(sql: Statements, pipeline_id: int, stages: Mapping[int, Stage]) -> None:
    """Compute anew what of the projections follows from the order of a pipeline's stages, for all of its deals.

    By two statements, because a pipeline may hold a hundred thousand deals and this happens under the write lock.
    """
    places = open_places(stages, pipeline_id)
    furthest = (
        f"(SELECT max({_case('v.stage_id', places)}) FROM stage_visit v WHERE v.deal_id = deal.id)"
        if places
        else "NULL"
    )
    sql.run(f"UPDATE deal SET furthest_position = {furthest} WHERE pipeline_id = ?", (pipeline_id,))
    positions = {stage.id: stage.position for stage in stages.values() if stage.pipeline_id == pipeline_id}
    if positions:
        sql.run(
            f"UPDATE stage_visit SET outcome = CASE WHEN (SELECT {_case('n.stage_id', positions)} FROM stage_visit n"
            " WHERE n.deal_id = stage_visit.deal_id AND n.id > stage_visit.id ORDER BY n.id LIMIT 1)"
            f" > {_case('stage_visit.stage_id', positions)} THEN 'advanced' ELSE 'back' END"
            " WHERE pipeline_id = ? AND outcome IN ('advanced', 'back')",
            (pipeline_id,),
        )


def visitors(sql: Statements, stage_ids: Sequence[int]) -> list[int]:
    """The deals that ever stood in one of these stages."""
    query = "SELECT DISTINCT deal_id FROM stage_visit WHERE stage_id IN ({ids}) ORDER BY deal_id"
    return [row[0] for row in sql.by_ids(query, sorted(stage_ids))]


def _case(column: str, values: Mapping[int, int]) -> str:
    """SQL that gives each id its number; NULL for others."""
    return f"CASE {column} {' '.join(f'WHEN {int(i)} THEN {int(n)}' for i, n in sorted(values.items()))} END"


def _project_piece(sql: Statements, ids: Sequence[int], stages: Mapping[int, Stage], zone: tzinfo) -> None:
    visits = visits_of(sql, ids, stages, zone)
    sql.run(f"DELETE FROM stage_visit WHERE deal_id IN ({','.join('?' * len(ids))})", ids)
    sql.many(INSERT_VISIT, (visit_row(deal, v) for deal in ids for v in visits.get(deal, ())))
    sql.many(_UPDATE, ((*summary, deal) for deal, summary in summaries_of(sql, ids, visits, stages, zone).items()))


def visits_of(
    sql: Statements, ids: Sequence[int], stages: Mapping[int, Stage], zone: tzinfo
) -> dict[int, tuple[Visit, ...]]:
    """The stays of deals from their live stage events."""
    instant = sql.codec.instant
    events: dict[int, list[StageEvent]] = defaultdict(list)
    places: set[int] = set()
    for deal_id, place, at, actor_id, from_stage, to_stage, known in sql.by_ids(_STAGE_EVENTS, ids):
        moment = instant(at)
        if moment is None or place in places:
            continue  # written again after a partly undone import, which was then redone
        places.add(place)
        events[deal_id].append(StageEvent(moment, actor_id, from_stage, to_stage, bool(known)))
    return {deal_id: project_visits(chain, stages, zone) for deal_id, chain in events.items()}


def summaries_of(
    sql: Statements,
    ids: Sequence[int],
    visits: Mapping[int, tuple[Visit, ...]],
    stages: Mapping[int, Stage],
    zone: tzinfo,
) -> dict[int, Summary]:
    """The derived columns of deals by id."""
    instant = sql.codec.instant
    result = {}
    places: dict[int, dict[int, int]] = {}
    for row in sql.by_ids(_FACTS, ids):
        deal_id, pipeline_id, title, product, tags, company, contact, active, done, task_id, updated = row
        if pipeline_id not in places:
            places[pipeline_id] = open_places(stages, pipeline_id)
        signs = [sign for sign in (instant(active), instant(done)) if sign]
        result[deal_id] = summarise(
            search_text(title, company, contact, product, tags),
            visits.get(deal_id, ()),
            places[pipeline_id],
            max(signs, default=None),
            task_id,
            instant(updated),
            zone,
        )
    return result

"""The things a deal refers to by name: stages, owners, companies, contacts, lost reasons, rates."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pipeboard.domain.board import Owner
from pipeboard.domain.stage import Pipeline, Stage, StageKind
from pipeboard.storage.sql import Statements

STAGE_COLUMNS = (
    "id, pipeline_id, name, position, kind, probability, rot_days, counts_for_velocity,"
    " forecast_category, deal_limit, definition, exit_criteria"
)


def read_stages(sql: Statements, pipeline_id: int | None = None) -> dict[int, Stage]:
    """The live stages by id, in board order; of one pipeline or of all."""
    where = "deleted = 0" if pipeline_id is None else "deleted = 0 AND pipeline_id = ?"
    rows = sql.all(
        f"SELECT {STAGE_COLUMNS} FROM stage WHERE {where} ORDER BY pipeline_id, position, id",
        () if pipeline_id is None else (pipeline_id,),
    )
    return {row[0]: stage_of(row) for row in rows}


def read_every_stage(sql: Statements) -> tuple[dict[int, Stage], dict[int, Stage]]:
    """The live stages, and all with those that were archived: history still speaks of them."""
    rows = sql.all(f"SELECT {STAGE_COLUMNS}, merged_into_id, deleted FROM stage ORDER BY pipeline_id, position, id")
    every = {
        row[0]: stage_of(row[:-2])._replace(merged_into_id=row[-2], is_archived=True) if row[-1] else stage_of(row[:-2])
        for row in rows
    }
    return {row[0]: every[row[0]] for row in rows if not row[-1]}, every


def stage_of(row: Any) -> Stage:
    """A stage from a row of STAGE_COLUMNS."""
    return Stage._make((*row[:4], StageKind(row[4]), row[5], row[6], bool(row[7]), *row[8:], None, False))


def read_pipelines(sql: Statements) -> tuple[Pipeline, ...]:
    """The live pipelines in order."""
    rows = sql.all("SELECT id, name, position, is_post_sale FROM pipeline WHERE deleted = 0 ORDER BY position, id")
    return tuple(Pipeline(r[0], r[1], r[2], bool(r[3])) for r in rows)


def read_owners(sql: Statements) -> tuple[Owner, ...]:
    """The live owners by name."""
    rows = sql.all("SELECT id, name FROM owner WHERE deleted = 0 ORDER BY name, id")
    return tuple(Owner(*row) for row in rows)


def read_lost_reasons(sql: Statements) -> tuple[tuple[int, str, bool], ...]:
    """The live lost reasons in order: id, name, whether excluded from the win rate."""
    rows = sql.all("SELECT id, name, is_excluded FROM lost_reason WHERE deleted = 0 ORDER BY position, id")
    return tuple((r[0], r[1], bool(r[2])) for r in rows)


def ids_by_norm(sql: Statements, table: str, norms: Iterable[str]) -> dict[str, int]:
    """Live companies or contacts by normalised name; the oldest where several share one.

    The name of one that was merged into another stands for that other, so that nobody brings a duplicate back.
    """
    wanted = list(dict.fromkeys(norms))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        piece = wanted[start : start + 500]
        marks = ",".join("?" * len(piece))
        rows = sql.all(
            f"SELECT name_norm, id FROM {table} WHERE deleted = 0 AND name_norm IN ({marks}) ORDER BY id DESC",
            piece,
        )
        merged = sql.all(
            f"SELECT name_norm, merged_into_id FROM {table} WHERE deleted <> 0 AND merged_into_id IS NOT NULL"
            f" AND name_norm IN ({marks}) ORDER BY id DESC",
            piece,
        )
        for norm, into in merged:
            if (live := live_id(sql, table, into)) is not None:
                found[norm] = live
        found.update(rows)
    return found


def live_id(sql: Statements, table: str, thing_id: int) -> int | None:
    """The live company or contact that one became by merging; None when that was taken away."""
    seen: set[int] = set()
    while thing_id not in seen:
        seen.add(thing_id)
        row = sql.one(f"SELECT deleted, merged_into_id FROM {table} WHERE id = ?", (thing_id,))
        if row is None or not row[0]:
            return thing_id if row is not None else None
        if row[1] is None:
            return None
        thing_id = row[1]
    return None


def read_rates(sql: Statements, today: date) -> dict[str, int]:
    """The rate in force today by currency, in billionths of the workspace currency."""
    rows = sql.all(
        "SELECT currency, rate_nano FROM rate WHERE deleted = 0 AND on_day <= ? ORDER BY on_day, id", (today,)
    )
    return dict(rows)

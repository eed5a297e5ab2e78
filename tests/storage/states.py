"""What the tests of history compare: everything a person could see, and a short way to name deals."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from pipeboard.domain import commands as c
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import VISIT_COLUMNS
from pipeboard.storage.entities import entity, entity_names
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.projection import SUMMARY_COLUMNS
from pipeboard.storage.sql import Statements
from pipeboard.storage.target import Target

State = dict[str, list[Any]]


@contextmanager
def reading(target: Target) -> Iterator[Statements]:
    """Statements on a connection of the test's own."""
    with closing(connect(target)) as connection:
        connection.execute("BEGIN")
        yield Statements(target.dialect, connection.execute)


def live_state(workspace: Workspace) -> State:
    """Every live row with its derived columns, without what must differ: versions and times of writing."""
    state: State = {}
    with reading(workspace.target) as sql:
        for name in entity_names():
            derived = [c for c in SUMMARY_COLUMNS if c != "updated_at"] if name == "deal" else []
            columns = ", ".join(f'"{column}"' for column in ("id", *entity(name).fields, *derived))
            state[name] = sql.all(f'SELECT {columns} FROM "{name}" WHERE deleted = 0 ORDER BY id')
        state["stage_visit"] = sql.all(
            f"SELECT deal_id, {VISIT_COLUMNS} FROM stage_visit WHERE deal_id IN"
            " (SELECT id FROM deal WHERE deleted = 0) ORDER BY deal_id, entered_at, id"
        )
    return state


def deal_row(workspace: Workspace, deal_id: int) -> dict[str, Any]:
    """One deal's row."""
    fields = ("id", "version", *entity("deal").fields, *SUMMARY_COLUMNS)
    with reading(workspace.target) as sql:
        row = sql.one(f"SELECT {', '.join(fields)} FROM deal WHERE id = ?", (deal_id,))
        codec = sql.codec
    values = dict(zip(fields, row, strict=True))
    for field, value in values.items():
        if field.endswith("_on"):
            values[field] = codec.day(value)
        elif field.endswith("_at"):
            values[field] = codec.instant(value)
    return values


def count(workspace: Workspace, table: str) -> int:
    """How many rows a table has."""
    with reading(workspace.target) as sql:
        return int(sql.value(f'SELECT count(*) FROM "{table}"'))


def add(workspace: Workspace, title: str = "Acme platform", stage: int = 0, **fields: Any) -> int:
    """Add a deal in the stage of this place; its id."""
    stages = workspace.deals.stages()
    event = workspace.execute(c.CreateDeal(title, stages[stage].id, **fields)).events[0]
    deal_id: int = event.deal_id  # type: ignore[union-attr]
    return deal_id


def stage_named(workspace: Workspace, name: str) -> int:
    """The id of a stage by the beginning of its name."""
    return next(s.id for s in workspace.deals.stages() if s.name.startswith(name))


def one(deal_id: int, version: int | None = None) -> tuple[c.Seen, ...]:
    """A deal as a command names it."""
    return (c.Seen(deal_id, version),)


def words(text: object) -> str:
    """A sentence with its white space made plain."""
    return re.sub(r"\s+", " ", str(text))

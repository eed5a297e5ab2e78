"""The schema: tables as declared and as migrated, types that keep their meaning, a history that cannot be changed."""

from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Date, DateTime, Float, Integer, Numeric, SmallInteger, Text, Time
from sqlmodel import UTCDateTime

from pipeboard.services.workspace import Workspace
from pipeboard.storage import migrate
from pipeboard.storage.entities import entity, entity_names
from pipeboard.storage.fields import FIELDS
from pipeboard.storage.hot.connection import connect
from pipeboard.storage.projection import SUMMARY_COLUMNS
from pipeboard.storage.tables import Table, metadata
from pipeboard.storage.target import target_of

from .states import add

COLUMNS = [(name, column) for name, table in metadata.tables.items() for column in table.columns]


def test_migrations_give_what_the_tables_declare(database: str) -> None:
    engine = migrate._engine(target_of(database))
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, metadata) == []
    finally:
        engine.dispose()


def test_instants_are_aware_and_money_is_whole() -> None:
    for name, column in COLUMNS:
        assert not isinstance(column.type, Float | Numeric), f"{name}.{column.name} would round"
        if isinstance(column.type, DateTime | UTCDateTime):
            assert isinstance(column.type, UTCDateTime), f"{name}.{column.name} would lose its zone"
            assert column.name.endswith("_at") or column.name == "at"
        if column.name.endswith("_on"):
            assert isinstance(column.type, Date), f"{name}.{column.name} is a day"
        if column.name.endswith("_minor"):
            assert isinstance(column.type, BigInteger), f"{name}.{column.name} overflows at 21 million"


def test_every_column_says_its_type() -> None:
    """A type that sqlmodel guesses may change with its version; and nothing is deleted along with something else."""
    known = (BigInteger, Integer, SmallInteger, Text, Date, Time, UTCDateTime)
    for name, column in COLUMNS:
        assert type(column.type) in known, f"{name}.{column.name} is {column.type!r}"
        assert all(key.ondelete is None for key in column.foreign_keys)
    models = [model for model in Table.__subclasses__() if hasattr(model, "__tablename__")]
    assert len(models) == len(metadata.tables)
    for model in models:
        for field in model.model_fields.values():
            assert str(getattr(field, "sa_type", "Undefined")) != "PydanticUndefined"


def test_derived_columns_are_named_once() -> None:
    assert not {field for field, _, _ in FIELDS["deal"]} & set(SUMMARY_COLUMNS)
    assert set(entity_names()) == {n for n, t in metadata.tables.items() if "deleted" in t.columns}
    for name in entity_names():
        assert {"id", "version", "deleted"} <= {c.name for c in metadata.tables[name].columns}
        assert "version" not in entity(name).fields


@pytest.mark.parametrize("statement", ["UPDATE event SET kind = 'x'", "DELETE FROM event"])
def test_history_cannot_be_changed(workspace: Workspace, statement: str) -> None:
    add(workspace)
    with (
        closing(connect(workspace.target, is_read_only=False)) as connection,
        pytest.raises(Exception, match="append-only"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize("table", ["deal", "action", "workspace"])
def test_the_reading_side_cannot_write(workspace: Workspace, table: str) -> None:
    with closing(connect(workspace.target)) as connection, pytest.raises(Exception, match=r"readonly|read-only"):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("name", list(FIELDS))
def test_the_fields_of_the_history_are_those_of_the_tables(name: str) -> None:
    """`fields.py` is written out so that a command needs no sqlmodel; it must say what the tables say."""
    model = next(m for m in Table.__subclasses__() if m.__tablename__ == name)
    kinds = {UTCDateTime: "instant", Date: "day", Time: "clock"}
    said = [
        (
            column.name,
            next((kind for type_, kind in kinds.items() if isinstance(column.type, type_)), "plain"),
            None if model.model_fields[column.name].is_required() else model.model_fields[column.name].default,
        )
        for column in metadata.tables[name].columns
        if column.name not in {"id", "version"} | (set(SUMMARY_COLUMNS) if name == "deal" else set())
    ]
    assert list(FIELDS[name]) == said

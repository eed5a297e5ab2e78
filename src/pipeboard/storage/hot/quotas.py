"""Targets and spending by literal SQL, and the wins and open deals they are compared with."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.quota import Quota
from pipeboard.domain.spend import Spend
from pipeboard.storage.hot.metrics import OWNER
from pipeboard.storage.sql import Statements, marks

_QUOTAS = (
    "SELECT id, owner_id, pipeline_id, period, measure, amount_minor, currency, deals FROM quota"
    " WHERE deleted = 0 ORDER BY period, pipeline_id, owner_id, measure, id"
)
_SPEND = "SELECT id, spent_on, source, amount_minor, currency, note FROM spend WHERE deleted = 0"
_WINS = (
    f"SELECT d.id, {OWNER}, d.pipeline_id, d.closed_on, d.value_minor, d.currency, d.rate_at_close_nano FROM deal d"
    " WHERE d.deleted = 0 AND d.pipeline_id IN ({ids}) AND d.closed_on >= ? AND d.closed_on < ? AND d.status = 1"
    " ORDER BY d.closed_on, d.id"
)
_TO_CLOSE = (
    "SELECT id, owner_id, pipeline_id, stage_id, value_minor, currency, probability FROM deal"
    " WHERE deleted = 0 AND status = 0 AND pipeline_id IN ({ids}) AND expected_close_on >= ? AND expected_close_on < ?"
)


class WonRow(NamedTuple):
    """A won deal: the person who closed it, and its value in its own currency with the rate of its closing."""

    id: int
    owner_id: int | None
    pipeline_id: int
    closed_on: date
    value_minor: int | None
    currency: str
    rate_nano: int | None


class OpenRow(NamedTuple):
    """An open deal that is expected to close."""

    id: int
    owner_id: int | None
    pipeline_id: int
    stage_id: int
    value_minor: int | None
    currency: str
    probability: int | None


def read_quotas(sql: Statements) -> tuple[Quota, ...]:
    """Every target."""
    return tuple(Quota._make(row) for row in sql.all(_QUOTAS))


def read_spend(sql: Statements, since: date | None = None, until: date | None = None) -> tuple[Spend, ...]:
    """What was spent, the latest first; within days where they are given."""
    where, params = "", []
    for test, day in ((" AND spent_on >= ?", since), (" AND spent_on < ?", until)):
        if day is not None:
            where += test
            params.append(day)
    rows = sql.all(f"{_SPEND}{where} ORDER BY spent_on DESC, id DESC", params)
    return tuple(Spend(r[0], day, *r[2:]) for r in rows if (day := sql.codec.day(r[1])) is not None)


def wins(sql: Statements, pipeline_ids: Sequence[int], since: date, until: date) -> list[WonRow]:
    """The deals won in a period in any of the pipelines."""
    if not pipeline_ids:
        return []
    rows = sql.all(_WINS.replace("{ids}", marks(len(pipeline_ids))), (*pipeline_ids, since, until))
    return [WonRow(r[0], r[1], r[2], day, *r[4:7]) for r in rows if (day := sql.codec.day(r[3])) is not None]


def to_close(sql: Statements, pipeline_ids: Sequence[int], since: date, until: date) -> list[OpenRow]:
    """The open deals expected to close in a period."""
    if not pipeline_ids:
        return []
    rows = sql.all(_TO_CLOSE.replace("{ids}", marks(len(pipeline_ids))), (*pipeline_ids, since, until))
    return [OpenRow._make(row) for row in rows]

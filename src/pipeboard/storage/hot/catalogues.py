"""What stands in stages and what deals refer to, with how often, by literal SQL."""

from collections.abc import Sequence
from datetime import date

from pipeboard.storage.sql import Statements


def deal_counts(sql: Statements) -> dict[int, int]:
    """How many deals stand in each stage."""
    return dict(sql.all("SELECT stage_id, count(*) FROM deal WHERE deleted = 0 GROUP BY stage_id"))


def ticks(sql: Statements, deal_ids: Sequence[int]) -> list[tuple[int, str, int, int, str]]:
    """Of these live deals: id, title, stage, status, and what is ticked of the criteria."""
    query = (
        "SELECT id, title, stage_id, status, criteria_done FROM deal WHERE deleted = 0 AND id IN ({ids}) ORDER BY id"
    )
    return sql.by_ids(query, deal_ids)


def lost_reasons(sql: Statements) -> list[tuple[int, str, bool, int]]:
    """The live reasons in order: id, name, whether excluded, how many deals were lost for it."""
    rows = sql.all(
        "SELECT r.id, r.name, r.is_excluded, (SELECT count(*) FROM deal d WHERE d.lost_reason_id = r.id"
        " AND d.deleted = 0) FROM lost_reason r WHERE r.deleted = 0 ORDER BY r.position, r.id"
    )
    return [(reason_id, name, bool(excluded), count) for reason_id, name, excluded, count in rows]


def owners(sql: Statements) -> list[tuple[int, str, str, int]]:
    """The live owners by name: id, name, login, how many open or parked deals are theirs."""
    return sql.all(
        "SELECT o.id, o.name, COALESCE(o.login, ''), (SELECT count(*) FROM deal d WHERE d.owner_id = o.id"
        " AND d.deleted = 0 AND d.status IN (0, 3)) FROM owner o WHERE o.deleted = 0 ORDER BY o.name, o.id"
    )


def rates(sql: Statements) -> list[tuple[str, date, int]]:
    """Every live rate by currency, the newest first."""
    rows = sql.all(
        "SELECT currency, on_day, rate_nano FROM rate WHERE deleted = 0 ORDER BY currency, on_day DESC, id DESC"
    )
    day = sql.codec.day
    return [(currency, found, nano) for currency, on_day, nano in rows if (found := day(on_day)) is not None]


def quota_count(sql: Statements) -> int:
    """How many quotas are kept."""
    return int(sql.value("SELECT count(*) FROM quota WHERE deleted = 0"))

"""Companies and contacts with what hangs on them, by literal SQL."""

from datetime import date
from typing import Any, NamedTuple

from pipeboard.domain.companies import Kind
from pipeboard.storage.hot.deals import TASK_COLUMNS
from pipeboard.storage.sql import Statements

_ROWS = {
    Kind.COMPANY: "SELECT c.id, c.name, c.name_norm, COALESCE(c.website, ''), '' FROM company c WHERE c.deleted = 0",
    Kind.CONTACT: (
        "SELECT p.id, p.name, p.name_norm, COALESCE(p.job_title, ''), COALESCE(c.name, '') FROM contact p"
        " LEFT JOIN company c ON c.id = p.company_id WHERE p.deleted = 0"
    ),
}
_SUMS = (
    "SELECT {column}, status, currency, count(*), count(value_minor), COALESCE(sum(value_minor), 0),"
    " max(idle_on) FROM deal WHERE deleted = 0 AND {column} {which} GROUP BY {column}, status, currency"
)
_ONE = {
    Kind.COMPANY: (
        "SELECT id, version, name, NULL, '', COALESCE(website, ''), '', '', '', COALESCE(notes, '')"
        " FROM company WHERE id = ? AND deleted = 0"
    ),
    Kind.CONTACT: (
        "SELECT p.id, p.version, p.name, p.company_id, COALESCE(c.name, ''), COALESCE(c.website, ''),"
        " COALESCE(p.job_title, ''), COALESCE(p.email, ''), COALESCE(p.phone, ''), COALESCE(p.notes, '')"
        " FROM contact p LEFT JOIN company c ON c.id = p.company_id WHERE p.id = ? AND p.deleted = 0"
    ),
}
_COLUMN = {Kind.COMPANY: "company_id", Kind.CONTACT: "contact_id"}


class Sum(NamedTuple):
    """Deals of one company or contact in one state and currency."""

    thing_id: int
    status: int
    currency: str
    deals: int
    with_value: int
    minor: int
    last_on: date | None


class Happened(NamedTuple):
    """An activity or change of one of several deals, as stored."""

    at: Any
    kind: str
    actor: str
    text: str
    is_change: bool
    deal: str


def rows(sql: Statements, kind: Kind) -> list[Any]:
    """Every live one: id, name, folded name, two texts about it."""
    return sql.all(_ROWS[kind])


def sums(sql: Statements, kind: Kind, thing_id: int | None = None) -> list[Sum]:
    """Sums of live deals by state and currency, of all or of one."""
    which, params = ("IS NOT NULL", ()) if thing_id is None else ("= ?", (thing_id,))
    query = _SUMS.replace("{column}", _COLUMN[kind]).replace("{which}", which)
    return [Sum._make((*row[:5], int(row[5]), sql.codec.day(row[6]))) for row in sql.all(query, params)]


def people_counts(sql: Statements) -> dict[int, int]:
    """How many live contacts each company has."""
    return dict(sql.all("SELECT company_id, count(*) FROM contact WHERE deleted = 0 GROUP BY company_id"))


def one(sql: Statements, kind: Kind, thing_id: int) -> Any:
    """The plain fields of `Partner` from `id` to `notes`; None when it is gone."""
    return sql.one(_ONE[kind], (thing_id,))


def people(sql: Statements, company_id: int) -> list[Any]:
    """The contacts of a company as the fields of `Person`."""
    return sql.all(
        "SELECT id, version, name, COALESCE(job_title, ''), COALESCE(email, ''), COALESCE(phone, '') FROM contact"
        " WHERE company_id = ? AND deleted = 0 ORDER BY name_norm, id",
        (company_id,),
    )


def deals(sql: Statements, kind: Kind, thing_id: int, limit: int) -> list[list[Any]]:
    """The latest deals as the fields of `PartnerDeal`: open and parked ones first, then by the day they closed."""
    found = sql.all(
        "SELECT d.id, d.title, s.name, d.status, d.value_minor, d.currency, COALESCE(o.name, ''), d.closed_on,"
        " d.expected_close_on FROM deal d JOIN stage s ON s.id = d.stage_id LEFT JOIN owner o ON o.id = d.owner_id"
        f" WHERE d.{_COLUMN[kind]} = ? AND d.deleted = 0"
        " ORDER BY CASE WHEN d.status IN (0, 3) THEN 0 ELSE 1 END, d.closed_on DESC, d.id DESC LIMIT ?",
        (thing_id, limit),
    )
    day = sql.codec.day
    return [[*row[:7], day(row[7] if row[3] in (1, 2) else row[8])] for row in found]


def tasks(sql: Statements, kind: Kind, thing_id: int, limit: int) -> list[Any]:
    """Open tasks of live deals by urgency, in TASK_COLUMNS."""
    return sql.all(
        f"SELECT {TASK_COLUMNS} FROM task t JOIN deal d ON d.id = t.deal_id WHERE d.{_COLUMN[kind]} = ?"
        " AND d.deleted = 0 AND d.status IN (0, 3) AND t.deleted = 0 AND t.done_at IS NULL AND t.is_dismissed = 0"
        " ORDER BY CASE WHEN t.due_on IS NULL THEN 1 ELSE 0 END, COALESCE(t.snoozed_until, t.due_on),"
        " CASE WHEN t.due_time IS NULL THEN 1 ELSE 0 END, t.due_time, t.id LIMIT ?",
        (thing_id, limit),
    )


def happened(sql: Statements, kind: Kind, thing_id: int, limit: int) -> list[Happened]:
    """What happened with live deals, newest first: activities, and live changes of the deals and their tasks."""
    column, instant = _COLUMN[kind], sql.codec.instant
    activities = sql.all(
        "SELECT a.at, a.kind, COALESCE(o.name, ''), a.body, d.title FROM activity a JOIN deal d ON d.id = a.deal_id"
        f" LEFT JOIN owner o ON o.id = a.actor_id WHERE d.{column} = ? AND d.deleted = 0 AND a.deleted = 0"
        " ORDER BY a.at DESC LIMIT ?",
        (thing_id, limit),
    )
    events = sql.all(
        "SELECT e.at, e.kind, COALESCE(o.name, ''), e.patch, d.title FROM event e JOIN deal d ON d.id = e.deal_id"
        " JOIN action a ON a.id = e.action_id LEFT JOIN owner o ON o.id = a.actor_id"
        f" WHERE d.{column} = ? AND d.deleted = 0 AND e.entity <> 'activity' AND a.undoes_id IS NULL"
        " AND a.undone_by_id IS NULL ORDER BY e.id DESC LIMIT ?",
        (thing_id, limit),
    )
    found = [Happened(instant(at), kind_, who, text, False, deal) for at, kind_, who, text, deal in activities]
    found += [Happened(instant(at), kind_, who, text, True, deal) for at, kind_, who, text, deal in events]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def names_to_compare(sql: Statements, kind: Kind) -> list[Any]:
    """What tells duplicates: id, name, website or mail, company."""
    if kind is Kind.COMPANY:
        return sql.all("SELECT id, name, COALESCE(website, ''), NULL FROM company WHERE deleted = 0 ORDER BY id")
    return sql.all("SELECT id, name_norm, COALESCE(email, ''), company_id FROM contact WHERE deleted = 0 ORDER BY id")

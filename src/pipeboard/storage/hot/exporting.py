"""What an export says of a deal besides what a list shows."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.storage.sql import Statements

_SELECT = (
    "SELECT d.id, COALESCE(p.job_title, ''), COALESCE(p.email, ''), COALESCE(p.phone, ''), COALESCE(c.website, ''),"
    " d.cost_minor, d.recurring_months, d.probability, d.created_on, COALESCE(f.name, ''), d.close_note,"
    " d.park_reason, d.attention, d.forecast_category, d.link, d.notes, d.extra FROM deal d"
    " LEFT JOIN contact p ON p.id = d.contact_id LEFT JOIN company c ON c.id = d.company_id"
    " LEFT JOIN stage f ON f.id = d.closed_from_stage_id WHERE d.id IN ({ids})"
)


class DealRest(NamedTuple):
    """The fields of a deal that no list shows; `probability` is the deal's own."""

    id: int
    contact_job: str
    contact_email: str
    contact_phone: str
    company_website: str
    cost_minor: int | None
    recurring_months: int | None
    probability: int | None
    created_on: date | None
    closed_from: str
    close_note: str
    park_reason: str
    attention: str
    forecast_category: str | None
    link: str
    notes: str
    extra: str


def rests(sql: Statements, ids: Sequence[int]) -> dict[int, DealRest]:
    """The rest of these deals by id."""
    day = sql.codec.day
    rows = sql.by_ids(_SELECT, ids)
    return {row[0]: DealRest._make((*row[:8], day(row[8]), *row[9:])) for row in rows}

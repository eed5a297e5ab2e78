"""Customers behind won deals, by literal SQL."""

from collections.abc import Sequence

from pipeboard.domain.metrics.customers import Sale
from pipeboard.storage.sql import Statements

_SALES = "SELECT id, company_id, recurring_months FROM deal WHERE id IN ({ids})"
# Post-sale pipelines win renewals, not customers.
_FIRST = (
    "SELECT d.company_id, min(d.closed_on) FROM deal d JOIN pipeline p ON p.id = d.pipeline_id"
    " WHERE d.company_id IN ({ids}) AND d.status = 1 AND d.deleted = 0 AND p.is_post_sale = 0 GROUP BY d.company_id"
)


def read_sales(sql: Statements, deal_ids: Sequence[int]) -> dict[int, Sale]:
    """The company of each deal, in how many months its value comes again, and when the company was first won."""
    rows = sql.by_ids(_SALES, deal_ids)
    companies = sorted({row[1] for row in rows if row[1] is not None})
    first = {company: sql.codec.day(day) for company, day in sql.by_ids(_FIRST, companies)}
    return {row[0]: Sale(row[0], row[1], row[2], first.get(row[1])) for row in rows}

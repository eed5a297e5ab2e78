"""What a file says of a deal, as the values of its columns, and where it is put among the others."""

from datetime import date, timedelta
from typing import Any

from pipeboard.domain import ordering
from pipeboard.domain.deal import tag_text
from pipeboard.domain.imports.drafts import NO_DETAILS, ImportedDeal
from pipeboard.domain.stage import DealStatus, Stage, status_of
from pipeboard.services.handlers.catalogues import Catalogue as Names
from pipeboard.storage.transaction import Transaction

PARKED_DAYS = 90
"""When a parked deal wakes whose file does not say so (the fridge's default, DOMAIN.md section 5)."""


def values_of(deal: ImportedDeal, stage: Stage, catalogue: Names) -> dict[str, Any]:
    """What the file says about a deal, as column values; what it does not say is left out."""
    said: dict[str, Any] = {
        "title": deal.title,
        "company_id": catalogue.company(deal),
        "contact_id": catalogue.contact(deal),
        "owner_id": catalogue.owner(deal),
        "value_minor": deal.value_minor,
        "currency": deal.currency or None,
        "probability": deal.probability,
        "product": deal.product,
        "source": deal.source,
        "tags": tag_text(deal.tags),
        "notes": deal.note,
        "extra": "\n".join(f"{header}: {value}" for header, value in deal.extra),
        "created_on": deal.created_on or deal.started_on,
        "started_on": deal.started_on,
        "expected_close_on": deal.expected_close_on,
        "closed_on": deal.closed_on,
        "payment_on": deal.payment_on,
        "lost_reason_id": catalogue.lost_reason(deal) if deal.status == DealStatus.LOST else None,
        "closed_from_stage_id": catalogue.stage_id(deal.closed_from_name),
    }
    if (details := deal.details) is not NO_DETAILS:
        said |= {
            "cost_minor": details.cost_minor,
            "recurring_months": details.recurring_months,
            "is_hot": 1 if details.is_hot else None,
            "attention": details.attention,
            "forecast_category": details.forecast_category,
            "wake_on": details.wake_on,
            "park_reason": details.park_reason,
            "close_note": details.close_note,
            "link": details.link,
        }
    values = {field: value for field, value in said.items() if value not in (None, "")}
    values["stage_id"] = stage.id
    values["status"] = int(status_of(stage.kind))
    return values


def parking(today: date) -> dict[str, Any]:
    """Until when and why a deal is parked whose file does not tell."""
    return {"wake_on": today + timedelta(days=PARKED_DAYS), "park_reason": "Imported"}


class LastRanks:
    """Ranks at the end of stages, one after the other."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._last: dict[int, int | None] = {}

    def next(self, stage_id: int) -> int:
        """A rank behind everything that stands in a stage and everything that got one here."""
        if stage_id not in self._last:
            self._last[stage_id] = self._tx.sql.value(
                "SELECT max(rank) FROM deal WHERE stage_id = ? AND deleted = 0", (stage_id,)
            )
        rank = ordering.below(self._last[stage_id])
        self._last[stage_id] = rank
        return rank

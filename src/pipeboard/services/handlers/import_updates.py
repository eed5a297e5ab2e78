"""Bringing known deals up to date with a file: only where it says something else."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from pipeboard.domain.deal import Deal
from pipeboard.domain.extras import CustomField, custom_fields, stored
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.services.handlers.catalogues import Catalogue as Names
from pipeboard.services.handlers.closing import REOPENED, closed_values
from pipeboard.services.handlers.import_values import LastRanks, parking, values_of
from pipeboard.services.handlers.matching import Existing
from pipeboard.services.handlers.meter import Meter
from pipeboard.storage.gateways.catalogue import read_rates
from pipeboard.storage.transaction import Transaction

_PLACE = ("stage_id", "status", "probability", "closed_on", "lost_reason_id", "closed_from_stage_id", "wake_on")
"""What goes with the place of a deal, which another pipeline has of its own."""


def update_deals(
    tx: Transaction,
    deals: Sequence[ImportedDeal],
    existing: dict[int, Existing],
    stages: dict[str, Stage],
    catalogue: Names,
    meter: Meter,
    *,
    is_own: bool,
) -> int:
    """Change the known deals where the file says something else; how many changed."""
    wanted = {d.line: values_of(d, stages[d.stage_name], catalogue) for d in deals}
    for deal in deals:
        if existing[deal.line].is_elsewhere:
            wanted[deal.line] = {f: v for f, v in wanted[deal.line].items() if f not in _PLACE}
    if is_own:
        for deal in deals:
            _keep_custom(wanted[deal.line], deal, existing[deal.line])
    different = [d for d in deals if _differs(wanted[d.line], existing[d.line])]
    meter.add(len(deals) - len(different))
    current = tx.rows("deal", [existing[d.line].id for d in different])
    rates = cache(partial(read_rates, tx.sql))
    ranks = LastRanks(tx)
    changed = 0
    for deal in different:
        row = current[existing[deal.line].id]
        values, at = wanted[deal.line], None
        if values.get("status", row["status"]) != row["status"]:
            values = _standing(tx, row, values, rates) | values
        if values.get("stage_id", row["stage_id"]) != row["stage_id"]:
            values["rank"] = ranks.next(values["stage_id"])
            day = deal.closed_on or deal.stage_entered_on
            at = catalogue.midnight(day) if day else None
        changed += bool(tx.change("deal", row, values, kind="deal.imported", at=at))
        meter.add()
    tx.write_rows()  # the new deals go behind those that changed their stage
    return changed


def _keep_custom(values: dict[str, Any], deal: ImportedDeal, existing: Existing) -> None:
    """Set the custom fields that the file tells in their places; the others stay."""
    told = dict(deal.extra)
    fields = custom_fields(existing.values["extra"])
    kept = [field._replace(text=told.pop(field.name, field.text)) for field in fields]
    new = [CustomField(name, text) for name, text in told.items()]
    values["extra"] = stored((*kept, *new)) if new or kept != list(fields) else existing.values["extra"]


def _standing(
    tx: Transaction, row: dict[str, Any], values: dict[str, Any], rates: Callable[[date], Mapping[str, int]]
) -> dict[str, Any]:
    """What a deal keeps, and what it loses, when the file says that it was opened, closed or parked meanwhile."""
    if values["status"] == DealStatus.OPEN:
        return dict(REOPENED)
    said = {field: values.get(field, row[field]) for field in ("currency", "owner_id")}
    before = Deal(**{**row, "status": DealStatus(row["status"]), **said})
    closed_on = values.get("closed_on")
    kept = closed_values(before, closed_on, rates(closed_on or tx.today))
    return kept | parking(tx.today) if values["status"] == DealStatus.PARKED else kept


def _differs(values: dict[str, Any], existing: Existing) -> bool:
    return any(existing.values[field] != value for field, value in values.items())

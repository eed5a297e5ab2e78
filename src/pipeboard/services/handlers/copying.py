"""Copying deals into another pipeline, so that the work after the sale has cards of its own."""

from pipeboard.domain.commands import CopyDeals
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealCreated, Event
from pipeboard.domain.stage import DealStatus
from pipeboard.services.handlers.placing import named, pipeline_named, stage_in, top_ranks
from pipeboard.storage.transaction import Transaction

KEPT = (
    "title",
    "company_id",
    "contact_id",
    "owner_id",
    "value_minor",
    "cost_minor",
    "currency",
    "recurring_months",
    "product",
    "source",
    "tags",
    "notes",
    "extra",
    "payment_on",
    "link",
)
"""What a copy has of its original: what the deal is about, and nothing of how it went."""


def copy_deals(command: CopyDeals, tx: Transaction) -> tuple[Event, ...]:
    """Add an open deal like each of these to another pipeline; the originals stay as they are."""
    pipeline = pipeline_named(tx, command.pipeline_id)
    deals = tx.deals(command.deals)
    if here := [deal for deal in deals if deal.pipeline_id == command.pipeline_id]:
        raise InvalidInput(f"{named(here)} is in {pipeline} already; a copy goes to another pipeline.")
    tx.begin("deal.copied", f"Copied {named(deals)} to {pipeline}")
    places = [(deal, stage_in(tx, command.pipeline_id, deal)) for deal in deals]
    facts: list[Event] = []
    for stage_id in dict.fromkeys(stage.id for _, stage in places):
        into = [deal for deal, stage in places if stage.id == stage_id]
        ranks = top_ranks(tx, stage_id, len(into))
        rows = [
            {
                **{field: getattr(deal, field) for field in KEPT},
                "pipeline_id": command.pipeline_id,
                "stage_id": stage_id,
                "status": int(DealStatus.OPEN),
                "rank": rank,
                "created_at": tx.now,
                "created_on": tx.today,
                "copied_from_id": deal.id,
            }
            for deal, rank in zip(into, ranks, strict=True)
        ]
        facts += [DealCreated(deal_id, stage_id) for deal_id in tx.create_many("deal", rows)]
    return tuple(facts)

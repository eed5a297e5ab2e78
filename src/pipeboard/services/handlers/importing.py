"""Bringing the deals of a file in: matched with what is there, in one action of set-based statements."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealsImported, Event, SetupChanged
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.imports.profiles import OWN
from pipeboard.domain.products import Catalogue
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.domain.text import search_key
from pipeboard.domain.visits import StageEvent, open_places, project_visits
from pipeboard.services.handlers.catalogues import Catalogue as Names
from pipeboard.services.handlers.import_chains import chain_of, last_open
from pipeboard.services.handlers.import_updates import update_deals
from pipeboard.services.handlers.import_values import LastRanks, parking, values_of
from pipeboard.services.handlers.matching import Existing, find_existing
from pipeboard.services.handlers.meter import Meter
from pipeboard.services.handlers.setting_up import create_open_stages, create_pipeline
from pipeboard.storage.hot.products import catalogue as read_products
from pipeboard.storage.projection import INSERT_VISIT, search_text, summarise, visit_row
from pipeboard.storage.sql import chunks
from pipeboard.storage.transaction import Transaction

_AT_ONCE = 4_000


def import_deals(command: ImportDeals, tx: Transaction) -> tuple[Event, ...]:
    """Add the deals that are new, change those that the file knows better, leave the others alone."""
    parts = (command, *command.more)
    count = sum(len(part.deals) for part in parts)
    with tx.named("deals.imported", f"Imported {count:,} deal{'s' if count != 1 else ''} from {command.file_name}"):
        meter = Meter(tx, count)
        facts = [_import_part(part, tx, meter) for part in parts]
    ran = max(fact.import_run_id for fact in facts)
    counts = (sum(some) for some in zip(*((f.new, f.changed, f.unchanged, f.elsewhere) for f in facts), strict=True))
    return (DealsImported(ran, *counts),)


def _import_part(command: ImportDeals, tx: Transaction, meter: Meter) -> DealsImported:
    count = len(command.deals)
    if command.new_pipeline is not None:
        made = create_pipeline(command.new_pipeline, tx)
        pipeline_id = next(fact.entity_id for fact in made if isinstance(fact, SetupChanged))
        command = command._replace(pipeline_id=pipeline_id, new_stages=())
    if command.new_stages:
        create_open_stages(tx, command.pipeline_id, command.new_stages)
    stages = {s.name: s for s in tx.stages.values() if s.pipeline_id == command.pipeline_id}
    if missing := sorted({d.stage_name for d in command.deals} - set(stages)):
        raise InvalidInput(f"This pipeline has no stage named {', '.join(missing)}.")
    existing = find_existing(tx, command)
    products = read_products(tx.sql)
    fresh = [_spelt(d, products) for d in command.deals if d.line not in existing]
    known = [_without_kept_names(d, existing[d.line]) for d in command.deals if d.line in existing]
    known = [_spelt(d, products, existing[d.line] if command.profile == OWN else None) for d in known]
    if command.mode == "update":
        fresh = []
    said = [*fresh, *(known if command.mode != "create" else ())]
    catalogue = Names(tx, said, command.pipeline_id, is_exact=command.profile == OWN)
    changed = (
        0
        if command.mode == "create"
        else update_deals(tx, known, existing, stages, catalogue, meter, is_own=command.profile == OWN)
    )
    run_id = _note_run(tx, command, len(fresh), changed) if fresh or changed else 0
    _create(tx, command, fresh, stages, catalogue, run_id, meter)
    elsewhere = sum(one.is_elsewhere for one in existing.values())
    return DealsImported(run_id, len(fresh), changed, count - len(fresh) - changed, elsewhere)


def _without_kept_names(deal: ImportedDeal, existing: Existing) -> ImportedDeal:
    """The deal without company and contact where those it has are called the same: names are not always unique."""
    is_same = tuple(map(search_key, (deal.company, deal.contact))) == tuple(map(search_key, existing.names))
    return deal._replace(company="", contact="") if is_same else deal


def _spelt(deal: ImportedDeal, products: Catalogue, kept: Existing | None = None) -> ImportedDeal:
    """The deal with its product in the catalogue's spelling, unless it is what the `kept` deal says already."""
    if kept is not None and kept.values["product"] == deal.product:
        return deal
    name = products.spelt(deal.product)
    return deal if name == deal.product else deal._replace(product=name)


def _note_run(tx: Transaction, command: ImportDeals, new: int, changed: int) -> int:
    run_id = tx.reserve("import_run", 1)[0]
    tx.sql.run(
        "INSERT INTO import_run (id, action_id, file_name, profile, imported_at, new_count, changed_count)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run_id, tx.action(), command.file_name, command.profile, tx.now, new, changed),
    )
    return run_id


def _create(
    tx: Transaction,
    command: ImportDeals,
    deals: Sequence[ImportedDeal],
    stages: dict[str, Stage],
    catalogue: Names,
    run_id: int,
    meter: Meter,
) -> None:
    if not deals:
        return
    base_currency = tx.sql.value("SELECT currency FROM workspace")
    ranks = LastRanks(tx)
    # A piece at a time: rows, stays and history of all at once would be most of the memory of an import.
    for piece in chunks(deals, _AT_ONCE):
        _create_some(tx, command, piece, stages, catalogue, run_id, ranks, base_currency)
        tx.write_events()
        meter.add(len(piece))


def _create_some(
    tx: Transaction,
    command: ImportDeals,
    deals: Sequence[ImportedDeal],
    stages: dict[str, Stage],
    catalogue: Names,
    run_id: int,
    ranks: "LastRanks",
    base_currency: str,
) -> None:
    rows, chains = [], []
    for deal in deals:
        stage = stages[deal.stage_name]
        row = values_of(deal, stage, catalogue) | {
            "pipeline_id": command.pipeline_id,
            "rank": ranks.next(stage.id),
            "external_source": command.source if deal.external_id else None,
            "external_id": deal.external_id or None,
            "import_run_id": run_id,
        }
        row.setdefault("currency", base_currency)
        if deal.status == DealStatus.PARKED:
            row = parking(tx.today) | row
        if deal.status in (DealStatus.WON, DealStatus.LOST):
            row["closed_owner_id"] = row.get("owner_id")
        if deal.history and deal.closed_on is not None:
            row.setdefault("closed_from_stage_id", last_open(deal, stages))
        if row.get("created_on"):
            row["created_at"] = catalogue.midnight(row["created_on"])
        rows.append(row)
        chains.append(chain_of(tx, deal, row, catalogue, is_own=command.profile == OWN))
    _write(tx, deals, rows, chains, command)


def _write(
    tx: Transaction,
    deals: Sequence[ImportedDeal],
    rows: list[dict[str, Any]],
    chains: list[list[StageEvent]],
    command: ImportDeals,
) -> None:
    stages = tx.stages
    places = open_places(stages, command.pipeline_id)
    visits = [project_visits(chain, stages, tx.zone) for chain in chains]
    summaries = [
        summarise(
            search_text(deal.title, deal.company, deal.contact, deal.product, row.get("tags")),
            stays,
            places,
            None,
            None,
            tx.now,
            tx.zone,
        )
        for deal, row, stays in zip(deals, rows, visits, strict=True)
    ]
    ids = tx.create_many(
        "deal",
        rows,
        at=[chain[0].at for chain in chains],
        known=[chain[0].is_time_known for chain in chains],
        first_stages=[chain[0].to_stage_id for chain in chains],
        summaries=summaries,
    )
    tx.sql.many(INSERT_VISIT, (visit_row(i, v) for i, stays in zip(ids, visits, strict=True) for v in stays))
    for deal_id, chain in zip(ids, chains, strict=True):
        for e in chain[1:]:
            tx.stage_event((deal_id, "deal.closed", e.at, e.is_time_known, 1, e.from_stage_id, e.to_stage_id))
    # Other tools keep old next steps of deals that are over; our own export has those that are still to be done.
    alive = DealStatus if command.profile == OWN else (DealStatus.OPEN, DealStatus.PARKED)
    _plan_next_steps(tx, [(i, d) for i, d in zip(ids, deals, strict=True) if d.next_step and d.status in alive])


def _plan_next_steps(tx: Transaction, open_ones: list[tuple[int, ImportedDeal]]) -> None:
    if open_ones:
        rows = [
            {"deal_id": i, "title": d.next_step, "created_at": tx.now, "due_on": d.details.next_step_due}
            for i, d in open_ones
        ]
        tx.create_many("task", rows, deal_ids=[i for i, _ in open_ones])

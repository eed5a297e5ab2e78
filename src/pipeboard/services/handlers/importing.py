"""Bringing the deals of a file in: matched with what is there, in one action of set-based statements."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from pipeboard.domain import ordering
from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.deal import Deal, tag_text
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealsImported, Event, SetupChanged
from pipeboard.domain.extras import CustomField, custom_fields, stored
from pipeboard.domain.imports.drafts import NO_DETAILS, ImportedDeal
from pipeboard.domain.imports.profiles import OWN
from pipeboard.domain.products import Catalogue
from pipeboard.domain.stage import DealStatus, Stage, status_of
from pipeboard.domain.text import search_key
from pipeboard.domain.visits import StageEvent, open_places, project_visits
from pipeboard.services.handlers.catalogues import Catalogue as Names
from pipeboard.services.handlers.closing import REOPENED, closed_values
from pipeboard.services.handlers.matching import Existing, find_existing
from pipeboard.services.handlers.meter import Meter
from pipeboard.services.handlers.setting_up import create_open_stages, create_pipeline
from pipeboard.storage.gateways.catalogue import read_rates
from pipeboard.storage.hot.products import catalogue as read_products
from pipeboard.storage.projection import INSERT_VISIT, search_text, summarise, visit_row
from pipeboard.storage.sql import chunks
from pipeboard.storage.transaction import Transaction

_STEP = timedelta(minutes=1)
_AT_ONCE = 4_000
_PLACE = ("stage_id", "status", "probability", "closed_on", "lost_reason_id", "closed_from_stage_id", "wake_on")
"""What goes with the place of a deal, which another pipeline has of its own."""

PARKED_DAYS = 90
"""When a parked deal wakes whose file does not say so (the fridge's default, DOMAIN.md section 5)."""


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
        else _update(tx, known, existing, stages, catalogue, meter, is_own=command.profile == OWN)
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
    ranks = _LastRanks(tx)
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
    ranks: "_LastRanks",
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
            row = _parking(tx.today) | row
        if deal.status in (DealStatus.WON, DealStatus.LOST):
            row["closed_owner_id"] = row.get("owner_id")
        if deal.history and deal.closed_on is not None:
            row.setdefault("closed_from_stage_id", _last_open(deal, stages))
        if row.get("created_on"):
            row["created_at"] = catalogue.midnight(row["created_on"])
        rows.append(row)
        chains.append(_chain(tx, deal, row, catalogue, is_own=command.profile == OWN))
    _write(tx, deals, rows, chains, command)


class _LastRanks:
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


def _parking(today: date) -> dict[str, Any]:
    """Until when and why a deal is parked whose file does not tell."""
    return {"wake_on": today + timedelta(days=PARKED_DAYS), "park_reason": "Imported"}


def _chain(
    tx: Transaction, deal: ImportedDeal, row: dict[str, Any], catalogue: Names, *, is_own: bool
) -> list[StageEvent]:
    """The stage events of an imported deal: where it began and, when known, from where it was closed."""
    actor = tx.actor.owner_id
    stage_id = row["stage_id"]
    if told := _told_chain(tx, deal, catalogue):
        return _to_the_present(tx, deal, told, stage_id, catalogue)
    if deal.status in (DealStatus.WON, DealStatus.LOST) and deal.closed_on is not None:
        closed_at = catalogue.midnight((deal.stage_entered_on if is_own else None) or deal.closed_on)
        is_known = not is_own or deal.stage_entered_on is not None
        before = row.get("closed_from_stage_id")
        if before is None:
            return [StageEvent(closed_at, actor, None, stage_id, is_time_known=is_known)]
        began = catalogue.midnight(deal.started_on or deal.created_on or deal.closed_on)
        return [
            StageEvent(began, actor, None, before, is_time_known=False),
            StageEvent(max(closed_at, began), actor, before, stage_id, is_time_known=is_known),
        ]
    if deal.stage_entered_on is not None:
        return [StageEvent(catalogue.midnight(deal.stage_entered_on), actor, None, stage_id)]
    return [StageEvent(tx.now, actor, None, stage_id, is_time_known=False)]


def _last_open(deal: ImportedDeal, stages: Mapping[str, Stage]) -> int | None:
    """The last open stage that the history of a deal tells of."""
    some = (stages.get(entry.stage) for entry in reversed(deal.history))
    return next((stage.id for stage in some if stage is not None and stage.is_open), None)


def _told_chain(tx: Transaction, deal: ImportedDeal, catalogue: Names) -> list[StageEvent]:
    """The stage events that the file tells, oldest first. Those of one day are a minute apart, or they would be
    taken for one walk; a beginning without a day stands just before the first one that has one."""
    chain: list[StageEvent] = []
    for entry in deal.history:
        stage_id = catalogue.stage_id(entry.stage)
        if stage_id is None:
            continue
        at = catalogue.midnight(entry.on) if entry.on is not None else None
        if chain:
            at = max(at or chain[-1].at, chain[-1].at + _STEP)
        elif at is None:
            first = next((one.on for one in deal.history if one.on is not None), None)
            at = catalogue.midnight(first) - _STEP if first is not None else tx.now
        before = chain[-1].to_stage_id if chain else None
        chain.append(StageEvent(at, tx.actor.owner_id, before, stage_id, is_time_known=entry.on is not None))
    return chain


def _to_the_present(
    tx: Transaction, deal: ImportedDeal, chain: list[StageEvent], stage_id: int, catalogue: Names
) -> list[StageEvent]:
    """The chain on to where the deal stands now, when that is not where the history ends."""
    last = chain[-1]
    if last.to_stage_id == stage_id:
        return chain
    day = deal.closed_on if deal.status in (DealStatus.WON, DealStatus.LOST) else deal.stage_entered_on
    at = max(catalogue.midnight(day) if day is not None else tx.now, last.at + _STEP)
    return [*chain, StageEvent(at, tx.actor.owner_id, last.to_stage_id, stage_id, is_time_known=day is not None)]


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


def _update(
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
    ranks = _LastRanks(tx)
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
    return kept | _parking(tx.today) if values["status"] == DealStatus.PARKED else kept


def _differs(values: dict[str, Any], existing: Existing) -> bool:
    return any(existing.values[field] != value for field, value in values.items())

"""Adding, moving, ordering, editing and deleting deals."""

from collections.abc import Callable
from typing import Any

from pipeboard.domain import ordering
from pipeboard.domain.commands import (
    CreateDeal,
    DeleteDeals,
    EditDeals,
    HandOffDeals,
    MoveDeals,
    ReorderDeal,
    Seen,
    StepDeals,
)
from pipeboard.domain.deal import Deal, tag_list, tag_text
from pipeboard.domain.deal_words import edit_label
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealCreated, DealDeleted, DealEdited, DealMoved, DealReordered, Event, TaskAdded
from pipeboard.domain.stage import DealStatus, status_of
from pipeboard.domain.text import clean
from pipeboard.services.handlers.details import set_contact, split_off, with_custom
from pipeboard.services.handlers.fields import validated
from pipeboard.services.handlers.leaving import check_leaving
from pipeboard.services.handlers.names import company_id_of, contact_id_of
from pipeboard.services.handlers.placing import named, open_stages, pipeline_named, stage_in, top_ranks
from pipeboard.services.handlers.tasks import add_step
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def create_deal(command: CreateDeal, tx: Transaction) -> Facts:
    """Add a deal at the top of an open stage, with its next step when one was given."""
    title = clean(command.title)
    if not title:
        raise InvalidInput("A deal needs a title.")
    stage = tx.stage(command.stage_id)
    if not stage.is_open:
        raise InvalidInput(f"A new deal starts in an open stage, not in {stage.name}.")
    tx.begin("deal.created", f"Added {title}")
    more = dict(command.more)
    custom, of_contact = split_off(more)
    company_id = company_id_of(tx, command.company)
    contact_id = contact_id_of(tx, command.contact, company_id)
    currency = command.currency or tx.sql.value("SELECT currency FROM workspace")
    checked = validated(
        tx,
        {
            "value_minor": command.value_minor,
            "currency": currency,
            "probability": command.probability,
            "product": command.product,
            "source": command.source,
            "notes": command.notes,
            "tags": command.tags,
            "owner_id": command.owner_id if command.owner_id is not None else tx.actor.owner_id,
            "started_on": command.started_on,
            "expected_close_on": command.expected_close_on,
            **more,
        },
    )
    if custom:
        checked["extra"] = with_custom(checked.get("extra", ""), custom)
    deal_id = tx.create(
        "deal",
        {
            **checked,
            "pipeline_id": stage.pipeline_id,
            "stage_id": stage.id,
            "status": int(DealStatus.OPEN),
            "rank": top_ranks(tx, stage.id, 1)[0],
            "title": title,
            "company_id": company_id,
            "contact_id": contact_id,
            "is_hot": int(command.is_hot),
            "created_at": tx.now,
            "created_on": tx.today,
        },
    )
    if of_contact:
        set_contact(tx, {deal_id: contact_id}, tx.deals([Seen(deal_id)]), of_contact)
    facts: list[Event] = [DealCreated(deal_id, stage.id)]
    step = clean(command.next_step)
    if step or command.due_on:
        task_id = tx.create(
            "task",
            {
                "deal_id": deal_id,
                "title": step or "Follow up",
                "kind": command.next_kind,
                "due_on": command.due_on,
                "due_time": command.due_time if command.due_on else None,
                "assignee_id": command.owner_id if command.owner_id is not None else tx.actor.owner_id,
                "created_at": tx.now,
            },
            deal_id=deal_id,
        )
        facts.append(TaskAdded(task_id, deal_id))
    if command.first_task is not None:
        facts += add_step(command.first_task, tx, [(deal_id, command.owner_id)])
    return tuple(facts)


def move_deals(command: MoveDeals, tx: Transaction) -> Facts:
    """Put deals into an open stage. A deal's own probability is cleared: it spoke of the old stage."""
    target = tx.stage(command.stage_id)
    if not target.is_open:
        raise InvalidInput(f"Moving to {target.name} needs a closing: use won, lost or park.")
    deals = [d for d in tx.deals(command.deals, fields=("stage_id",)) if d.stage_id != target.id]
    if not deals:
        return ()
    if closed := [d for d in deals if d.status != DealStatus.OPEN]:
        raise InvalidInput(f"{named(closed)} is closed or parked; reopen it first.")
    lacking = check_leaving(tx, [(deal, target) for deal in deals], is_forced=command.is_forced)
    tx.begin("deal.moved", f"Moved {named(deals)} to {target.name}{lacking}")
    ranks = top_ranks(tx, target.id, len(deals))
    for deal, rank in zip(deals, ranks, strict=True):
        _enter(tx, deal, target.id, target.pipeline_id, rank)
    return tuple(DealMoved(d.id, d.stage_id, target.id) for d in deals)


def hand_off_deals(command: HandOffDeals, tx: Transaction) -> Facts:
    """Move each deal to the stage of another pipeline that is called as its own, else to the first one."""
    pipeline = pipeline_named(tx, command.pipeline_id)
    deals = [d for d in tx.deals(command.deals, fields=("stage_id",)) if d.pipeline_id != command.pipeline_id]
    if closed := [d for d in deals if d.status != DealStatus.OPEN]:
        raise InvalidInput(f"{named(closed)} is closed or parked; reopen it first, or copy it.")
    if not deals:
        return ()
    places = [(deal, stage_in(tx, command.pipeline_id, deal)) for deal in deals]
    lacking = check_leaving(tx, places, is_forced=command.is_forced)
    tx.begin("deal.moved", f"Moved {named(deals)} to {pipeline}{lacking}")
    for stage_id in dict.fromkeys(stage.id for _, stage in places):
        into = [deal for deal, stage in places if stage.id == stage_id]
        for deal, rank in zip(into, top_ranks(tx, stage_id, len(into)), strict=True):
            _enter(tx, deal, stage_id, command.pipeline_id, rank)
    return tuple(DealMoved(deal.id, deal.stage_id, stage.id) for deal, stage in places)


def _enter(tx: Transaction, deal: Deal, stage_id: int, pipeline_id: int, rank: int) -> None:
    status = int(status_of(tx.stages[stage_id].kind))
    tx.change_deal(
        deal,
        "deal.moved",
        stage_id=stage_id,
        pipeline_id=pipeline_id,
        status=status,
        rank=rank,
        probability=None,
    )


def step_deals(command: StepDeals, tx: Transaction) -> Facts:
    """Move each deal some open stages along its own pipeline."""
    moves: list[tuple[Deal, int]] = []
    for deal in tx.deals(command.deals, fields=("stage_id",)):
        ids = [s.id for s in open_stages(tx, deal.pipeline_id)]
        if deal.stage_id in ids:
            place = max(0, min(len(ids) - 1, ids.index(deal.stage_id) + command.step))
            if ids[place] != deal.stage_id:
                moves.append((deal, ids[place]))
    if not moves:
        return ()
    names = {stage_id for _, stage_id in moves}
    where = tx.stages[next(iter(names))].name if len(names) == 1 else f"{command.step:+d} stage"
    lacking = check_leaving(tx, [(d, tx.stages[target]) for d, target in moves], is_forced=command.is_forced)
    tx.begin("deal.moved", f"Moved {named([d for d, _ in moves])} to {where}{lacking}")
    for stage_id in names:
        into = [d for d, target in moves if target == stage_id]
        for deal, rank in zip(into, top_ranks(tx, stage_id, len(into)), strict=True):
            _enter(tx, deal, stage_id, deal.pipeline_id, rank)
    return tuple(DealMoved(d.id, d.stage_id, stage_id) for d, stage_id in moves)


def reorder_deal(command: ReorderDeal, tx: Transaction) -> Facts:
    """Put a deal next to another one of its stage."""
    (deal,) = tx.deals([command.deal])
    other = tx.rows("deal", [command.other_id]).get(command.other_id)
    if other is None or other["deleted"] or other["stage_id"] != deal.stage_id or other["id"] == deal.id:
        return ()
    tx.begin("deal.reordered", f"Reordered {deal.title}")
    rank = _rank_beside(tx, deal, other["rank"], other["id"], command.is_after)
    if rank is None:
        _number_afresh(tx, deal.stage_id)
        other_rank = tx.sql.value("SELECT rank FROM deal WHERE id = ?", (command.other_id,))
        (deal,) = tx.deals([command.deal._replace(version=None)])
        rank = _rank_beside(tx, deal, other_rank, command.other_id, command.is_after)
    if rank is None or not tx.change_deal(deal, "deal.reordered", rank=rank):
        return ()
    return (DealReordered(deal.id, deal.stage_id),)


def _rank_beside(tx: Transaction, deal: Deal, rank: int, other_id: int, is_after: bool) -> int | None:
    sign, order = (">", "ASC") if is_after else ("<", "DESC")
    next_rank = tx.sql.value(
        f"SELECT rank FROM deal WHERE stage_id = ? AND deleted = 0 AND id <> ?"
        f" AND (rank {sign} ? OR (rank = ? AND id {sign} ?)) ORDER BY rank {order}, id {order} LIMIT 1",
        (deal.stage_id, deal.id, rank, rank, other_id),
    )
    return ordering.between(rank, next_rank) if is_after else ordering.between(next_rank, rank)


def _number_afresh(tx: Transaction, stage_id: int) -> None:
    """Spread the ranks of a stage again; needed once in a long while, when a gap is used up."""
    ids = [
        r[0]
        for r in tx.sql.all("SELECT id FROM deal WHERE stage_id = ? AND deleted = 0 ORDER BY rank, id", (stage_id,))
    ]
    rows = tx.rows("deal", ids)
    for place, deal_id in enumerate(ids):
        tx.change("deal", rows[deal_id], {"rank": place * ordering.GAP}, kind="deal.reordered")
    tx.flush()


def edit_deals(command: EditDeals, tx: Transaction) -> Facts:
    """Set fields of deals, after checking every value."""
    wanted = dict(command.changes)
    deals = tx.deals(command.deals, fields=_columns(wanted))
    custom, of_contact = split_off(wanted)
    tx.begin("deal.edited", edit_label(wanted, named(deals)))
    tags = relative_tags(wanted.pop("tags")) if _is_relative(wanted.get("tags")) else None
    contact = wanted.pop("contact", None)
    values = validated(tx, wanted, subject=deals)
    if "contact" in dict(command.changes):
        companies = {values.get("company_id", deal.company_id) for deal in deals}
        values["contact_id"] = contact_id_of(tx, contact or "", companies.pop() if len(companies) == 1 else None)
    own: list[dict[str, Any]] = [{} if tags is None else {"tags": tags(deal.tags)} for deal in deals]
    if custom:
        own = [{**more, "extra": with_custom(deal.extra, custom)} for deal, more in zip(deals, own, strict=True)]
    changed = [(d.id, tx.change_deal(d, "deal.edited", **values, **more)) for d, more in zip(deals, own, strict=True)]
    contacts = {deal.id: values.get("contact_id", deal.contact_id) for deal in deals}
    with_contact = set_contact(tx, contacts, deals, of_contact) if of_contact else set()
    return tuple(DealEdited(i, fields or ("contact_id",)) for i, fields in changed if fields or i in with_contact)


def _is_relative(tags: object) -> bool:
    """Whether tags are given as changes: `+web -cold`."""
    words = tags.split() if isinstance(tags, str) else []
    return any(word[0] in "+-" and len(word) > 1 for word in words)


def relative_tags(changes: str) -> Callable[[str], str]:
    """What `+web -cold` makes of a deal's tags."""
    signed = [word if word[0] in "+-" else f"+{word}" for word in changes.split()]
    words = [(word[0], clean(word[1:]).lstrip("#")) for word in signed]
    removed = {word for sign, word in words if sign == "-"}

    def changed(tags: str) -> str:
        return tag_text([tag for tag in tag_list(tags) if tag not in removed] + [w for s, w in words if s == "+"])

    return changed


def _columns(changes: dict[str, Any]) -> tuple[str, ...]:
    names = {"company": "company_id", "contact": "contact_id"}
    # A deal that was closed meanwhile has no day on which it is expected to close.
    standing = ("status",) if "expected_close_on" in changes else ()
    return (*(names.get(field, field) for field in changes), *standing)


_WORTH_KEEPING = ("title", "stage_id", "status", "value_minor", "owner_id", "expected_close_on", "notes")


def delete_deals(command: DeleteDeals, tx: Transaction) -> Facts:
    """Take deals off the board; undo brings them back. Not one that a colleague has just worked on: that is told."""
    deals = tx.deals(command.deals, fields=_WORTH_KEEPING)
    tx.begin("deal.deleted", f"Deleted {named(deals)}")
    for deal in deals:
        tx.change_deal(deal, "deal.deleted", deleted=1)
    return tuple(DealDeleted(d.id) for d in deals)

"""Winning, losing, parking and reopening: the moves that need an answer first."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeboard.domain.commands import FlushDeals, LoseDeals, ParkDeals, ReopenDeals, WinDeals
from pipeboard.domain.deal import Deal
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import DealMoved, Event
from pipeboard.domain.hygiene import FLUSH_REASON
from pipeboard.domain.names import match_name
from pipeboard.domain.stage import DealStatus, Stage, StageKind, status_of
from pipeboard.domain.text import clean
from pipeboard.services.handlers.fields import validated
from pipeboard.services.handlers.leaving import check_leaving
from pipeboard.services.handlers.placing import came_from, named, stage_of_kind, top_ranks
from pipeboard.storage.gateways.catalogue import read_lost_reasons, read_rates
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
_FIELDS = ("stage_id", "status")
REOPENED: Mapping[str, Any] = {
    "closed_on": None,
    "lost_reason_id": None,
    "close_note": "",
    "closed_from_stage_id": None,
    "rate_at_close_nano": None,
    "closed_owner_id": None,
    "wake_on": None,
    "park_reason": "",
    "probability": None,
}
"""What a deal that is open again keeps of its closing: nothing. Every change of standing starts from here."""


def win_deals(command: WinDeals, tx: Transaction) -> Facts:
    """Close deals as won. The currency's rate of the day is kept with each from now on."""
    guarded = _FIELDS if command.value_minor is None else (*_FIELDS, "value_minor")
    deals = tx.deals(command.deals, fields=guarded)
    _check_day(tx, deals, command.closed_on)
    places = [(deal, stage_of_kind(tx, deal.pipeline_id, StageKind.WON)) for deal in deals]
    lacking = check_leaving(tx, places, is_forced=command.is_forced)
    tx.begin("deal.won", f"Won {named(deals)}{lacking}")
    extra = {} if command.value_minor is None else validated(tx, {"value_minor": command.value_minor})
    if extra and len(deals) > 1:
        raise InvalidInput("A final value can be given for one deal at a time.")
    return _close(
        tx, deals, StageKind.WON, command.closed_on, close_note=clean(command.note), lost_reason_id=None, **extra
    )


def lose_deals(command: LoseDeals, tx: Transaction) -> Facts:
    """Close deals as lost, for one of the known reasons."""
    deals = tx.deals(command.deals, fields=_FIELDS)
    _check_day(tx, deals, command.closed_on)
    reasons = read_lost_reasons(tx.sql)
    reason = reasons[match_name(command.reason, [name for _, name, _ in reasons], "lost reason")]
    tx.begin("deal.lost", f"Lost {named(deals)}: {reason[1]}")
    note = clean(command.note)
    return _close(tx, deals, StageKind.LOST, command.closed_on, close_note=note, lost_reason_id=reason[0])


def flush_deals(command: FlushDeals, tx: Transaction) -> Facts:
    """Close stale deals as lost in one action; what was closed meanwhile is left as it is."""
    deals = [deal for deal in tx.deals(command.deals, fields=_FIELDS) if deal.status == DealStatus.OPEN]
    if not deals:
        return ()
    _check_day(tx, deals, command.closed_on)
    tx.begin("deal.flushed", f"Flushed {named(deals)}: {FLUSH_REASON}")
    reasons = read_lost_reasons(tx.sql)
    reason_id = next((reason_id for reason_id, name, _ in reasons if name == FLUSH_REASON), None)
    if reason_id is None:
        reason_id = tx.create("lost_reason", {"name": FLUSH_REASON, "position": len(reasons)})
    return _close(tx, deals, StageKind.LOST, command.closed_on, lost_reason_id=reason_id)


def park_deals(command: ParkDeals, tx: Transaction) -> Facts:
    """Put deals into the fridge until a day."""
    deals = tx.deals(command.deals, fields=_FIELDS)
    if command.wake_on <= tx.today:
        raise InvalidInput(f"The day to wake up must be in the future, not {command.wake_on}.")
    reason = clean(command.reason)
    if not reason:
        raise InvalidInput("Say why the deal is parked: whoever wakes it will want to know.")
    tx.begin("deal.parked", f"Parked {named(deals)} until {command.wake_on}")
    return _close(tx, deals, StageKind.PARKED, None, wake_on=command.wake_on, park_reason=reason)


def reopen_deals(command: ReopenDeals, tx: Transaction) -> Facts:
    """Bring deals back to a stage; its probability counts again, and the clocks start anew."""
    deals = tx.deals(command.deals, fields=_FIELDS)
    if already := [d for d in deals if d.status == DealStatus.OPEN]:
        raise InvalidInput(f"{named(already)} is open already.")
    target = None if command.stage_id is None else tx.stage(command.stage_id)
    if target is not None and not target.is_open:
        raise InvalidInput(f"A deal is reopened into an open stage, not into {target.name}.")
    why = f": {clean(command.reason)}" if clean(command.reason) else ""
    tx.begin("deal.reopened", f"Reopened {named(deals)}{why}")
    places = [(deal, target or came_from(tx, deal)) for deal in deals]
    ranks = _ranks(tx, places)
    for deal, stage in places:
        _enter(tx, deal, stage, "deal.reopened", {**REOPENED, "rank": ranks[deal.id]})
    return tuple(DealMoved(deal.id, deal.stage_id, stage.id) for deal, stage in places)


def _ranks(tx: Transaction, places: list[tuple[Deal, Stage]]) -> dict[int, int]:
    """Ranks at the top of the stages that deals enter, in their order; those that stay keep theirs."""
    into: dict[int, list[Deal]] = {}
    for deal, stage in places:
        if stage.id != deal.stage_id:
            into.setdefault(stage.id, []).append(deal)
    found = {deal.id: deal.rank for deal, _ in places}
    for stage_id, entering in into.items():
        found.update(zip((d.id for d in entering), top_ranks(tx, stage_id, len(entering)), strict=True))
    return found


def _check_day(tx: Transaction, deals: list[Deal], closed_on: date) -> None:
    if closed_on > tx.today:
        raise InvalidInput(f"A deal cannot be closed in the future ({closed_on}).")
    for deal in deals:
        began = deal.started_on
        if began is not None and closed_on < began:
            raise InvalidInput(
                f"“{deal.title}” began on {began}; it cannot be closed before, on {closed_on}. Change its start first."
            )


def _close(tx: Transaction, deals: list[Deal], kind: StageKind, closed_on: date | None, **extra: Any) -> Facts:
    rates = read_rates(tx.sql, closed_on or tx.today)
    places = [(deal, stage_of_kind(tx, deal.pipeline_id, kind)) for deal in deals]
    ranks = _ranks(tx, places)
    for deal, stage in places:
        values = closed_values(deal, closed_on, rates) | {"rank": ranks[deal.id], **extra}
        if closed_on and not deal.started_on and deal.created_on and closed_on < deal.created_on:
            values["started_on"] = closed_on  # entered after the fact: it began at the latest when it ended
        _enter(tx, deal, stage, f"deal.{_PAST[kind]}", values)
    return tuple(DealMoved(deal.id, deal.stage_id, stage.id) for deal, stage in places)


def closed_values(deal: Deal, closed_on: date | None, rates: Mapping[str, int]) -> dict[str, Any]:
    """What is kept of a deal that is closed on a day or parked (None), in place of what its last closing left.

    `rates` are those of the day, in billionths of the workspace currency.
    """
    return {
        **REOPENED,
        "closed_on": closed_on,
        "closed_from_stage_id": deal.stage_id if deal.status == DealStatus.OPEN else deal.closed_from_stage_id,
        "rate_at_close_nano": rates.get(deal.currency) if closed_on else None,
        "closed_owner_id": deal.owner_id if closed_on else None,
    }


_PAST = {StageKind.WON: "won", StageKind.LOST: "lost", StageKind.PARKED: "parked"}


def _enter(tx: Transaction, deal: Deal, stage: Stage, kind: str, values: dict[str, Any]) -> None:
    values |= {"stage_id": stage.id, "status": int(status_of(stage.kind))}
    tx.change_deal(deal, kind, **values)

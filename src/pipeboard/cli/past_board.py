"""The board of a past day as plain text, and any board as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeboard.cli import output
from pipeboard.cli.plain_board import CARDS, print_view
from pipeboard.cli.session import Session
from pipeboard.cli.words import typed_day
from pipeboard.domain.board import Card, Overview
from pipeboard.domain.money import decimal_string


def print_past(session: Session, pipeline: str, as_of: str | None, text: str, *, is_json: bool) -> None:
    """Print the board of a day (None: of today), under a filter, as text or as a document with every deal."""
    workspace = session.workspace
    pipeline_id = workspace.listing.pipeline(pipeline).id if pipeline else None
    day = typed_day(as_of, session.now, "--as-of", is_past=True) if as_of is not None else workspace.as_of.today
    past = workspace.as_of.board(day, pipeline_id)
    overview, orders = past.overview, past.orders
    if text:
        found = workspace.as_of.search_index(past, me=workspace.me).filter(text, is_guessing=False)
        orders, overview = found.ids, overview._replace(totals={**overview.totals, **found.totals})
    limit = None if is_json else CARDS
    cards = {stage_id: workspace.as_of.cards(past, ids[:limit]) for stage_id, ids in orders.items()}
    if is_json:
        output.document(_document(overview, cards, day if as_of is not None else None))
    else:
        print_view(overview, cards, f"As of {day:%a} {day.day} {day:%b} {day.year}")


def _document(overview: Overview, cards: Mapping[int, Sequence[Card]], day: date | None) -> dict[str, Any]:
    """The board contract: money as decimal strings, null for what is not known."""
    currency = overview.workspace.currency
    owners = {owner.id: owner.name for owner in overview.owners}
    return {
        "schema": "pipeboard.board/1",
        "as_of": day.isoformat() if day is not None else None,
        "pipeline": overview.pipeline.name,
        "currency": currency,
        "stages": [
            {
                "stage": stage.name,
                "kind": stage.kind.name.lower(),
                "count": overview.totals[stage.id].count,
                "value": decimal_string(overview.totals[stage.id].value_minor, currency),
                "weighted": decimal_string(overview.totals[stage.id].weighted_minor, currency),
                "without_value": overview.totals[stage.id].without_value,
                "deals": [_deal(card, owners, overview.today) for card in cards[stage.id]],
            }
            for stage in overview.stages
        ],
    }


def _deal(card: Card, owners: Mapping[int, str], today: date) -> dict[str, Any]:
    return {
        "id": card.id,
        "title": card.title,
        "company": card.company or None,
        "owner": owners.get(card.owner_id) if card.owner_id is not None else None,
        "value": None if card.value_minor is None else decimal_string(card.value_minor, card.currency),
        "currency": card.currency,
        "entered_on": card.entered_on.isoformat() if card.entered_on else None,
        "days_in_stage": (today - card.entered_on).days if card.entered_on and card.is_entry_known else None,
        "expected_close_on": card.expected_close_on.isoformat() if card.expected_close_on else None,
        "closed_on": card.closed_on.isoformat() if card.closed_on else None,
        "next_task": card.task_title or None,
    }

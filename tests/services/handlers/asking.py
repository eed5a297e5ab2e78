"""Short ways to give commands and to look at what came of them."""

from typing import Any, NamedTuple

from pipeboard.domain import commands as c
from pipeboard.domain.detail import DealDetail
from pipeboard.services.workspace import Workspace


class Places(NamedTuple):
    """The stages of the b2b template by what they are."""

    lead: int
    contacted: int
    qualified: int
    proposal: int
    negotiation: int
    won: int
    lost: int
    fridge: int


def places(workspace: Workspace) -> Places:
    """The ids of the stages."""
    return Places(*(stage.id for stage in workspace.deals.stages()[:8]))


def add(workspace: Workspace, title: str = "Acme platform", **fields: Any) -> int:
    """Add a deal to the first stage; its id."""
    stage = fields.pop("stage_id", None) or places(workspace).lead
    event: Any = workspace.execute(c.CreateDeal(title, stage, **fields)).events[0]
    return int(event.deal_id)


def seen(*ids: int) -> c.Deals:
    """Deals as a script names them."""
    return tuple(c.Seen(i) for i in ids)


def titles(workspace: Workspace, stage_id: int) -> list[str]:
    """The titles of a stage in board order."""
    return [card.title for card in workspace.board.view(None, window=50).cards[stage_id]]


def detail(workspace: Workspace, deal_id: int) -> DealDetail:
    """Everything about a deal."""
    return workspace.deals.detail(deal_id)

"""The deals that an action is about: the marked ones, or the one under the cursor."""

from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.board import Card

if TYPE_CHECKING:
    from pipeboard.domain.detail import DealDetail
    from pipeboard.services.agenda import AgendaTask
    from pipeboard.services.listing import ListedDeal


class Target(NamedTuple):
    """What the actions need to know of a deal, wherever it is shown."""

    id: int
    version: int
    title: str
    stage_id: int
    value_minor: int | None
    currency: str
    is_hot: bool
    task_id: int | None
    task_title: str


def target_of_card(card: Card) -> Target:
    """A card of the board as a target."""
    return Target(
        card.id,
        card.version,
        card.title,
        card.stage_id,
        card.value_minor,
        card.currency,
        card.is_hot,
        card.task_id,
        card.task_title,
    )


def target_of_detail(detail: "DealDetail") -> Target:
    """The deal of the deal screen as a target."""
    task = next((t for t in detail.tasks if t.done_at is None), None)
    return Target(
        detail.id,
        detail.version,
        detail.title,
        detail.stage_id,
        detail.value_minor,
        detail.currency,
        detail.is_hot,
        task.id if task else None,
        task.title if task else "",
    )


def target_of_listed(deal: "ListedDeal") -> Target:
    """A deal of a list as a target, with its next task."""
    row = deal.row
    return Target(
        row.id,
        row.version,
        row.title,
        row.stage_id,
        row.value_minor,
        row.currency,
        row.is_hot,
        row.task_id,
        row.task_title,
    )


def target_of_task(task: "AgendaTask") -> Target:
    """The deal of a task as a target; the task that is meant is this one, not the deal's next."""
    return Target(
        task.deal_id,
        task.deal_version,
        task.deal,
        task.stage_id,
        task.value_minor,
        task.currency,
        task.is_hot,
        task.id,
        task.title,
    )


def named(targets: tuple[Target, ...]) -> str:
    """How a question speaks of these deals."""
    return targets[0].title if len(targets) == 1 else f"{len(targets)} deals"

"""The steps of the tour: what to do, and what tells that it was done."""

from typing import NamedTuple

FILTERED = "filtered"
METRICS = "metrics"


class TourStep(NamedTuple):
    """What to do, and what tells that it was done: the name of an event, or one of ours.

    `words` has the keys of `actions` in braces, in their order.
    """

    title: str
    words: str
    actions: tuple[str, ...]
    done_by: str


STEPS: tuple[TourStep, ...] = (
    TourStep(
        "Move a card",
        "{} moves the card under the cursor to the next stage. Arrows walk, {} takes anything back.",
        ("deal.advance", "history.undo"),
        "DealMoved",
    ),
    TourStep(
        "Add a deal",
        "Press {}, type: Acme renewal $12k #web close:eom, and Enter. The line says what it understood.",
        ("deal.add",),
        "DealCreated",
    ),
    TourStep(
        "Complete a task",
        "Stand on a card with a next step and press {}, then say what follows, or nothing. {} plans one.",
        ("task.complete", "task.add"),
        "TaskCompleted",
    ),
    TourStep(
        "Filter",
        "Press {} and type: value>10k, then Enter. {} builds a filter by choosing, {} shows all again.",
        ("view.filter", "view.filter_menu", "view.unfilter"),
        FILTERED,
    ),
    TourStep(
        "Look at the figures",
        "Press {} and then m. Enter on a figure there shows its deals; {} comes back.",
        ("go.to", "app.back"),
        METRICS,
    ),
)

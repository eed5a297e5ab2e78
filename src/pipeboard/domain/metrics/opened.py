"""Every figure opens: the deals a number is made of, by the key of the figure."""

from collections.abc import Callable, Sequence

from pipeboard.domain.errors import NotFound
from pipeboard.domain.metrics import cycle, deal_size, losses, time_in_stage, velocity
from pipeboard.domain.metrics.breakdown import DIMENSIONS, namer
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, Selection, is_without_value, select
from pipeboard.domain.metrics.funnel import reached

_SIMPLE: dict[str, Callable[[Selection], Sequence[DealFact]]] = {
    "open": lambda chosen: chosen.open,
    "weighted": lambda chosen: chosen.open,
    "won": lambda chosen: chosen.won,
    "lost": lambda chosen: chosen.lost,
    "parked": lambda chosen: chosen.parked,
    "excluded": lambda chosen: chosen.excluded,
    "created": lambda chosen: chosen.created,
    "cohort": lambda chosen: chosen.created,
    "undated": lambda chosen: chosen.undated,
    "win_rate": lambda chosen: chosen.decided,
    "win_rate_by_value": lambda chosen: deal_size.valued(chosen.decided),
    "average_won": lambda chosen: deal_size.valued(chosen.won),
    "cycle": lambda chosen: cycle.sampled(chosen.won),
    "cycle_negative": lambda chosen: cycle.negative(chosen.won),
    "lost_cycle": lambda chosen: cycle.sampled(chosen.lost),
    "without_value": lambda chosen: [deal for deal in summed(chosen) if is_without_value(deal)],
    "unconverted": lambda chosen: [deal for deal in summed(chosen) if deal.is_unconverted],
}

_VELOCITY_PARTS: dict[str, Callable[[Selection], Sequence[DealFact]]] = {
    "win_rate": lambda chosen: chosen.decided,
    "average_won_value": lambda chosen: deal_size.valued(chosen.won),
    "cycle_days": lambda chosen: cycle.sampled(chosen.won),
}

SIMPLE_KEYS = tuple(_SIMPLE)
"""The keys that need no name or stage after them; the others are `velocity`, `velocity:<part>`,
`funnel:<stage id or won>`, `time:<stage id>`, `reason:<name>`, `lost_from:<stage id or none>`,
`loss:<stage id or none>:<reason>` and `owner:`, `source:`, `product:`, `company:` with a name."""


def summed(chosen: Selection) -> list[DealFact]:
    """The deals that enter a sum of money of the report, each once."""
    seen: dict[int, DealFact] = {}
    for deals in (chosen.open, chosen.won, chosen.lost, chosen.created):
        for deal in deals:
            seen[deal.id] = deal
    return list(seen.values())


def deal_ids(given: MetricsInput, key: str) -> tuple[int, ...]:
    """The deals behind a figure, in the order they were given.

    Computed again for every call (one pass over the deals), since few figures are ever opened. Raises
    NotFound for a key that names no figure; a name without deals gives an empty tuple.
    """
    kind, _, name = key.partition(":")
    if kind == "time":
        times = time_in_stage.sampled(given.stage_times, _stage_id(given, key, name))
        return tuple(time.deal_id for time in times)
    chosen = select(given.deals, given.period)
    return tuple(deal.id for deal in _deals(given, chosen, key))


def _deals(given: MetricsInput, chosen: Selection, key: str) -> Sequence[DealFact]:
    """The deals of a figure that is not about visits of a stage."""
    if key in _SIMPLE:
        return _SIMPLE[key](chosen)
    kind, _, name = key.partition(":")
    if kind == "velocity":
        return _velocity(given, chosen, key, name)
    if kind == "funnel":
        ids = [stage.id for stage in given.stages]
        position = len(ids) if name == "won" else ids.index(_stage_id(given, key, name))
        return reached(chosen.decided, position, len(ids))
    if kind in ("reason", "lost_from", "loss"):
        return _lost(given, chosen, key)
    if kind in DIMENSIONS:
        name_of = namer(kind, given.owners)
        return [deal for deal in [*chosen.open, *chosen.decided] if name_of(deal) == name]
    raise NotFound(f"There is no figure called {key!r}.")


def _velocity(given: MetricsInput, chosen: Selection, key: str, part: str) -> Sequence[DealFact]:
    """The deals of the velocity or of one of its parts; the rates come from its own window."""
    counted = velocity.counted_open(given, chosen.open)
    if part == "open_deals":
        return counted
    trailing = select(given.deals, velocity.window_of(given))
    if not part and key == "velocity":
        return [*counted, *trailing.decided]
    if part not in _VELOCITY_PARTS:
        raise NotFound(f"There is no figure called {key!r}.")
    return _VELOCITY_PARTS[part](trailing)


def _lost(given: MetricsInput, chosen: Selection, key: str) -> Sequence[DealFact]:
    """The lost deals of a reason, of a stage, or of both."""
    kind, _, name = key.partition(":")
    if kind == "reason":
        return [deal for deal in chosen.lost if losses.reason_of(deal) == name]
    place, _, reason = name.partition(":")
    stage_id = None if place == "none" else _stage_id(given, key, place)
    stage_ids = frozenset(stage.id for stage in given.stages)
    return [
        deal
        for deal in chosen.lost
        if losses.stage_of_loss(deal, stage_ids) == stage_id
        and (kind == "lost_from" or losses.reason_of(deal) == reason)
    ]


def _stage_id(given: MetricsInput, key: str, text: str) -> int:
    """The id of an open stage of the pipeline written in a key."""
    for stage in given.stages:
        if str(stage.id) == text:
            return stage.id
    raise NotFound(f"There is no figure called {key!r}.")

"""What the rules ask for: to carry out one of them for one deal."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.rules import Rule


class FireRule(NamedTuple):
    """Carry out a rule for a deal, once for one cause (an event's id, or the day since which it is idle)."""

    rule: "Rule"
    deal_id: int
    cause: str

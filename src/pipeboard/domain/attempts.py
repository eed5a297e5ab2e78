"""When a buyer was hardly tried before a deal is given up (DOMAIN.md 64)."""

from collections.abc import Sequence

from pipeboard.domain.metrics.activities import FEW_ATTEMPTS


def warning(attempts: Sequence[int]) -> str:
    """A few words for whoever loses or parks deals with these numbers of contact attempts; "" when all were tried."""
    few = [count for count in attempts if count <= FEW_ATTEMPTS]
    if not few:
        return ""
    if len(attempts) > 1:
        return f"{len(few)} of {len(attempts)} were tried at most {FEW_ATTEMPTS} times"
    if few[0] == 0:
        return "No contact attempt logged"
    return f"Only {few[0]} contact attempt{'' if few[0] == 1 else 's'}"

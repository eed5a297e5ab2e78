"""How far the target of now is reached, for the header of the board: "Q4 68% of €120k"."""

from pipeboard.domain.money import short_money
from pipeboard.domain.periods import label
from pipeboard.domain.quota import COUNT, Attainment
from pipeboard.tui.text.bars import Quota


def target_line(reached: Attainment | None, currency: str) -> Quota | None:
    """The target in words and in fewer words; None without one."""
    if reached is None or reached.share is None:
        return None
    target = reached.target
    size = f"{target.amount:,} deals" if target.measure == COUNT else short_money(target.amount, currency)
    name = label(target.period).split(" ")[0]
    return Quota(f"{name} {reached.share:.0%} of {size}", f"{name} {reached.share:.0%}", reached.share)

"""What a filter may ask about a deal: plain facts, so that rules need no database and no clock."""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.rotting import Rot
from pipeboard.domain.stage import DealStatus


class DealFacts(NamedTuple):
    """One deal as a filter sees it on one day.

    Texts are folded (`search_key`); `tags` are separated by spaces; `text` is all that words are looked for
    in. `value_minor` is in the currency of the workspace, None without a value or a rate for it, and
    `has_value` tells those two apart; `probability` in percent is the one that counts (100 won, 0 lost). Days
    are local; `days_in_stage` and `idle_days` are None for a closed deal. `task_on` is the day of the next task
    of an open or parked deal, `is_taskless` an open deal without one, `is_close_late` an open deal whose
    expected close date is past. `score` is None where nothing is known of it.
    """

    text: str = ""
    title: str = ""
    owner: str = ""
    tags: str = ""
    stage: str = ""
    pipeline: str = ""
    status: DealStatus = DealStatus.OPEN
    value_minor: int | None = None
    has_value: bool = False
    probability: int = 0
    close_on: date | None = None
    is_close_late: bool = False
    created_on: date | None = None
    started_on: date | None = None
    closed_on: date | None = None
    updated_on: date | None = None
    days_in_stage: int | None = None
    idle_days: int | None = None
    source: str = ""
    product: str = ""
    company: str = ""
    contact: str = ""
    reason: str = ""
    is_hot: bool = False
    rot: Rot = Rot.FRESH
    task_on: date | None = None
    is_taskless: bool = True
    score: int | None = None

"""The board as values: what one read of the database gives the screen."""

from datetime import date, time
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.stage import Pipeline, Stage

if TYPE_CHECKING:
    from pipeboard.domain.scoring import ScoreRule


class Owner(NamedTuple):
    """Somebody who owns deals or does things."""

    id: int
    name: str


class Card(NamedTuple):
    """One deal as the board and the list show it.

    Money is in minor units of `currency` (None: no value entered, which is not 0). `entered_on` is the local
    day the current stage was entered; when `is_entry_known` is false it is a lower bound of the age only.
    `idle_on` is the local day of the last sign of life: stage entered, activity, note or completed task.
    `bant` is how many of the four questions are a yes ("3/4"), empty while nothing of them is answered.
    """

    id: int
    version: int
    stage_id: int
    rank: int
    title: str
    company: str
    value_minor: int | None
    currency: str
    owner_id: int | None
    probability: int | None
    is_hot: bool
    entered_on: date | None
    is_entry_known: bool
    idle_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    wake_on: date | None
    lost_reason: str
    task_id: int | None
    task_title: str
    task_on: date | None
    task_at: time | None
    bant: str = ""
    task_due_on: date | None = None

    def task_asks_on(self, today: date) -> date | None:
        """The day on which the next task asks for attention; `task_on` is the day until which it was put off, or due.

        Once that is past, a late task counts its days from the day it was due.
        """
        if self.task_on is None or self.task_on > today or self.task_due_on is None:
            return self.task_on
        return min(self.task_due_on, today)


class CurrencyTotal(NamedTuple):
    """Deals of one stage in one currency; `weighted_hundredths` is the sum of minor units x percent."""

    currency: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody calls on these
    without_value: int
    value_minor: int
    weighted_hundredths: int


class StageTotals(NamedTuple):
    """Counts and sums of one stage over all of its deals, in the workspace currency.

    `unconverted` counts deals whose currency has no rate; they are in `count` and in no sum.
    """

    stage_id: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody calls on these
    value_minor: int
    weighted_minor: int
    without_value: int = 0
    unconverted: int = 0


class WorkspaceInfo(NamedTuple):
    """What one database is about: its name, base currency, IANA zone; and the rules by which this person scores."""

    name: str
    currency: str
    zone: str
    score_rules: "tuple[ScoreRule, ...]" = ()


class Overview(NamedTuple):
    """Everything the board shows besides cards.

    `totals` is by stage id. `overdue` and `today` count open tasks. `last_event_id` is the newest change
    included, so that a later poll can ask for what came after it.
    """

    workspace: WorkspaceInfo
    pipelines: tuple[Pipeline, ...]
    pipeline: Pipeline
    stages: tuple[Stage, ...]
    owners: tuple[Owner, ...]
    totals: dict[int, StageTotals]
    overdue: int
    due_today: int
    last_event_id: int
    today: date
    me: int | None = None

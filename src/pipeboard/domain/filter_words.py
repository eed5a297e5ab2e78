"""The vocabulary of filters: keys that take a name, a day, a number or an amount, and words that stand alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from pipeboard.domain.filter_values import Term
from pipeboard.domain.rotting import Rot
from pipeboard.domain.stage import DealStatus


class Setting(NamedTuple):
    """Where and when a filter is read: local time, currency of the workspace, name of the person.

    `names` are those that a fact can have, as far as they are known: they tell a misspelt one.
    """

    now: datetime
    currency: str
    me: str
    names: Mapping[str, Sequence[str]] = {}

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()


NAMES: Final = {
    "owner": ("owner", "owner"),
    "tag": ("tags", "tag"),
    "stage": ("stage", "stage"),
    "pipeline": ("pipeline", "pipeline"),
    "source": ("source", "source"),
    "src": ("source", "source"),
    "product": ("product", "product"),
    "company": ("company", "company"),
    "contact": ("contact", "contact"),
    "reason": ("reason", "lost because"),
    "title": ("title", "title"),
}
"""Keys that take a name: the fact, and how it is told."""

DAYS: Final = {
    "close": ("close_on", "closing"),
    "created": ("created_on", "created"),
    "started": ("started_on", "started"),
    "closed": ("closed_on", "closed"),
    "updated": ("updated_on", "updated"),
    "task": ("task_on", "next task"),
}
"""Keys that take a day or a period: the fact, and how it is told."""

SPANS: Final = {"age": "days_in_stage", "days": "days_in_stage", "in-stage": "days_in_stage", "idle": "idle_days"}
"""Keys that take a number of days."""

PERCENTS: Final = {"probability": "probability", "prob": "probability", "score": "score"}
"""Keys that take a number from 0 to 100: the fact."""

STATUSES: Final = {
    "open": frozenset((DealStatus.OPEN,)),
    "won": frozenset((DealStatus.WON,)),
    "lost": frozenset((DealStatus.LOST,)),
    "parked": frozenset((DealStatus.PARKED,)),
    "closed": frozenset((DealStatus.WON, DealStatus.LOST)),
}

_ROTTING: Final = frozenset((Rot.ROTTEN, Rot.DEAD))


def _missing(field: str, words: str) -> Callable[[Setting], Term]:
    return lambda _: Term(field, "empty", None, words)


FLAGS: Final[dict[str, Callable[[Setting], Term]]] = {
    "hot": lambda _: Term("is_hot", "is", True, "hot"),
    "rotting": lambda _: Term("rot", "in", _ROTTING, "rotting"),
    "waiting": lambda _: Term("rot", "in", frozenset((Rot.WAITING,)), "silent, waiting for the next task"),
    "overdue": lambda s: Term("task_on", "<", s.today, "task overdue"),
    "today": lambda s: Term("task_on", "=", s.today, "task today"),
    "won": lambda _: Term("status", "in", STATUSES["won"], "won"),
    "lost": lambda _: Term("status", "in", STATUSES["lost"], "lost"),
    "parked": lambda _: Term("status", "in", STATUSES["parked"], "parked"),
    "no-task": lambda _: Term("is_taskless", "is", True, "no next step"),
    "no-value": lambda _: Term("has_value", "is", False, "no value"),
    "no-date": _missing("close_on", "no close date"),
    "no-close": _missing("close_on", "no close date"),
    "no-owner": _missing("owner", "no owner"),
    "no-company": _missing("company", "no company"),
    "no-contact": _missing("contact", "no contact"),
    "no-source": _missing("source", "no source"),
    "no-product": _missing("product", "no product"),
    "no-tag": _missing("tags", "no tag"),
}
"""Single words with a meaning; in quotes they are words again."""

KEYS: Final = (*NAMES, *DAYS, *SPANS, *PERCENTS, "value", "status")
"""Everything that may stand before a sign."""

EXPECTED: Final = {
    "value": "an amount is missing, like value>10k",
    "status": "open, won, lost, parked or closed",
    **dict.fromkeys(DAYS, "a day is missing, like <eom, >-30d or :none"),
    **dict.fromkeys(SPANS, "a number of days is missing, like >14"),
    **dict.fromkeys(PERCENTS, "a number from 0 to 100 is missing, like >50"),
}
"""What a key waits for while it is being typed."""

MORE: Final = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "=": ""}
"""How a comparison is told."""

"""The facts a filter asks about, read when it first asks and kept as columns beside the deals' ids."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.rotting import Rot, rot_state
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key
from pipeboard.services.money_sums import to_base
from pipeboard.services.scoring import bant_points, score_column
from pipeboard.storage.codec import Codec
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.facts import fact_rows
from pipeboard.storage.hot.products import catalogue
from pipeboard.storage.sql import Statements

if TYPE_CHECKING:
    from pipeboard.domain.scoring import ScoreRule

SCORE = "score"
"""The one fact that is made of others."""


class FactSetting(NamedTuple):
    """What facts follow from besides the deal: day, zone, base currency and its rates, the database's values."""

    today: date
    zone: tzinfo
    currency: str
    rates: Mapping[str, int]
    codec: Codec
    score_rules: "tuple[ScoreRule, ...]" = ()


def _folded(_: FactSetting, text: str | None) -> str:
    return " ".join(search_key(text or "").split())


def _same(_: FactSetting, value: Any) -> Any:
    return value


def _day(setting: FactSetting, stored: Any) -> date | None:
    return setting.codec.day(stored)


def _local_day(setting: FactSetting, stored: Any) -> date | None:
    at = setting.codec.instant(stored)
    return at.astimezone(setting.zone).date() if at is not None else None


def _value(setting: FactSetting, minor: int | None, currency: str) -> int | None:
    return None if minor is None else to_base(minor, currency, setting.currency, setting.rates)


def _is_close_late(setting: FactSetting, stored: Any, status: int) -> bool:
    on = setting.codec.day(stored)
    return on is not None and on < setting.today and status == DealStatus.OPEN


def _days_since(setting: FactSetting, stored: Any) -> int | None:
    on = setting.codec.day(stored)
    return None if on is None else max(0, (setting.today - on).days)


def _days_in_stage(setting: FactSetting, entered: Any, is_known: int, status: int) -> int | None:
    return _days_since(setting, entered) if is_known and not _is_closed(status) else None


def _idle_days(setting: FactSetting, idle: Any, entered: Any, status: int) -> int | None:
    return None if _is_closed(status) else _days_since(setting, idle or entered)


def _rot(setting: FactSetting, idle: Any, entered: Any, limit: int | None, task: Any, status: int) -> Rot:
    idle_days = _idle_days(setting, idle, entered, status)
    if status != DealStatus.OPEN or idle_days is None:
        return Rot.FRESH
    task_on = setting.codec.day(task)
    return rot_state(idle_days, limit, (task_on - setting.today).days if task_on is not None else None)


def _task_on(setting: FactSetting, task: Any, status: int) -> date | None:
    return None if _is_closed(status) else setting.codec.day(task)


def _probability(_: FactSetting, own: int | None, of_stage: int, status: int) -> int:
    if _is_closed(status):
        return 100 if status == DealStatus.WON else 0
    return of_stage if own is None else own


def _is_closed(status: int) -> bool:
    return status in (DealStatus.WON, DealStatus.LOST)


_FACTS: dict[str, tuple[tuple[str, ...], Callable[..., Any]]] = {
    **{
        name: ((name,), _folded)
        for name in ("title", "owner", "tags", "stage", "pipeline", "source", "product", "company", "contact", "reason")
    },
    "text": (("text",), _same),
    "status": (("status",), _same),
    "value_minor": (("value_minor", "currency"), _value),
    "has_value": (("value_minor",), lambda _, minor: minor is not None),
    "probability": (("probability", "stage_probability", "status"), _probability),
    "close_on": (("close_on",), _day),
    "is_close_late": (("close_on", "status"), _is_close_late),
    "created_on": (("created_on",), _day),
    "started_on": (("started_on",), _day),
    "closed_on": (("closed_on",), _day),
    "updated_on": (("updated_at",), _local_day),
    "days_in_stage": (("entered_on", "is_entry_known", "status"), _days_in_stage),
    "idle_days": (("idle_on", "entered_on", "status"), _idle_days),
    "is_hot": (("is_hot",), lambda _, is_hot: bool(is_hot)),
    "rot": (("idle_on", "entered_on", "rot_days", "task_on", "status"), _rot),
    "task_on": (("task_on", "status"), _task_on),
    "bant_points": (("bant",), lambda _, text: bant_points(text)),
    "is_taskless": (("task_id", "status"), lambda _, task_id, status: task_id is None and status == DealStatus.OPEN),
}
"""For each fact the stored columns it is made of, and how."""


class FactColumns:
    """The facts of the deals with `ids`, in their order; each is read from the database when first asked for."""

    def __init__(
        self,
        reader: Hot,
        ids: Sequence[int],
        setting: FactSetting,
        pipeline_id: int | None = None,
        *,
        sql: Statements | None = None,
    ) -> None:
        self._hot = reader
        self._sql = sql
        self._ids = ids
        self._setting = setting
        self._pipeline_id = pipeline_id
        self._columns: dict[str, Sequence[Any]] = {}

    def columns(self, fields: Collection[str]) -> Mapping[str, Sequence[Any]]:
        """The columns of (at least) these facts."""
        missing = sorted(field for field in fields if field not in self._columns and field != SCORE)
        if missing:
            names = tuple(dict.fromkeys(name for field in missing for name in _FACTS[field][0]))
            rows = {row[0]: row[1:] for row in self._read(names)}
            nothing = (None,) * len(names)
            kept = [rows.get(deal_id, nothing) for deal_id in self._ids]
            for field in missing:
                self._columns[field] = self._column(field, names, kept)
            if "product" in missing:
                self._columns["product"] = self._products([row[names.index("product")] for row in kept])
        if SCORE in fields and SCORE not in self._columns:
            self._columns[SCORE] = score_column(self.columns, self._setting, len(self._ids))
        return self._columns

    def _read(self, names: tuple[str, ...]) -> list[Any]:
        """The stored columns (of one deal alone only its own), on the connection that was given if there is one."""
        only = self._ids[0] if len(self._ids) == 1 else None
        if self._sql is not None:
            return fact_rows(self._sql, names, self._pipeline_id, only)
        with self._hot.snapshot() as sql:
            return fact_rows(sql, names, self._pipeline_id, only)

    def _products(self, texts: Sequence[str | None]) -> list[str]:
        """What a filter looks through for the product: any spelling of one of the catalogue is all of them."""
        if self._sql is not None:
            known = catalogue(self._sql)
        else:
            with self._hot.snapshot() as sql:
                known = catalogue(sql)
        folded = {text: _folded(self._setting, known.searched(text or "")) for text in set(texts)}
        return [folded[text] for text in texts]

    def _column(self, field: str, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Any]:
        """One fact of every deal, worked out once for each combination of stored values that occurs."""
        wanted, made = _FACTS[field]
        places = [names.index(name) for name in wanted]
        if len(places) == 1:
            at = places[0]
            stored: list[Any] = [(row[at],) for row in rows]
        else:
            stored = [tuple([row[at] for at in places]) for row in rows]
        known = {values: made(self._setting, *values) for values in set(stored)}
        return [known[values] for values in stored]

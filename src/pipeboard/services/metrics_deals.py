"""The deals behind a figure, with what each contributes to it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.metrics.answer import Answer
from pipeboard.domain.metrics.breakdown import namer
from pipeboard.domain.metrics.cycle import days_of
from pipeboard.domain.metrics.definitions import Definition
from pipeboard.domain.metrics.facts import DealFact
from pipeboard.domain.metrics.over_time import MONTH, decided_in_month, month_definition
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.samples import mean
from pipeboard.domain.money import divide_half_even, format_money, weighted
from pipeboard.domain.stage import DealStatus
from pipeboard.storage.hot.cards import cards_by_id
from pipeboard.storage.sql import Statements

_WORDS = {DealStatus.OPEN: "open", DealStatus.WON: "won", DealStatus.LOST: "lost", DealStatus.PARKED: "parked"}


class DealBehind(NamedTuple):
    """One deal of a figure. `value_minor` is in the base currency; None: not entered, or no rate.

    `days` is what the deal adds to a figure of days: its stay in the stage, else from start to close. `part` is what
    it adds to a figure of a page (see `Answer`), `note` what is said about it there.
    """

    id: int
    title: str
    company: str
    owner: str
    stage_id: int
    status: DealStatus
    closed_on: date | None
    lost_reason: str
    value_minor: int | None
    is_unconverted: bool
    weighted_hundredths: int | None
    days: int | None
    part: int | None = None
    note: str = ""


def ids_behind(made: Report, key: str) -> tuple[int, ...]:
    """The ids of the deals of a figure or of a month of the trend; NotFound for an unknown key."""
    if key.startswith(MONTH):
        return tuple(deal.id for deal in decided_in_month(made.given, key))
    return made.deal_ids(key)


def definition_of(made: Report, key: str) -> Definition:
    """What a figure or a month of the trend means; NotFound for an unknown key."""
    return month_definition(made.given, key) if key.startswith(MONTH) else made.definition(key)


def deals_behind(
    sql: Statements, made: Report, key: str, limit: int | None, read: Callable[[Sequence[int]], list[DealFact]]
) -> list[DealBehind]:
    """The deals of a figure in the order of `_order`, as they are called now.

    `read` gives the deals that the report had no need of: those that left a stage in the period, but were closed on
    a day long before it, or have been handed to another pipeline since.
    """
    stays = _stays(made, key)
    rows = _rows(sql, made, ids_behind(made, key), limit, read)
    return [row._replace(days=stays.get(row.id)) for row in rows] if stays else rows


def deals_of(
    sql: Statements, made: Report, found: Answer, limit: int | None, read: Callable[[Sequence[int]], list[DealFact]]
) -> list[DealBehind]:
    """The deals of an opened figure of a page, each with its part and its note."""
    rows = _rows(sql, made, found.deal_ids, limit, read)
    return [row._replace(part=found.parts.get(row.id), note=found.notes.get(row.id, "")) for row in rows]


def _rows(
    sql: Statements,
    made: Report,
    ids: Sequence[int],
    limit: int | None,
    read: Callable[[Sequence[int]], list[DealFact]],
) -> list[DealBehind]:
    """These deals in the order of `_order`."""
    given = made.given
    wanted = set(ids)
    facts = [deal for deal in given.deals if deal.id in wanted]
    if missing := wanted.difference(deal.id for deal in facts):
        facts += read(sorted(missing))
    facts.sort(key=_order)
    by_id = {deal.id: deal for deal in facts[:limit]}
    owner_of = namer("owner", given.owners)
    rows = []
    for card in cards_by_id(sql, list(by_id)):
        fact = by_id[card.id]
        rows.append(_row(fact, card.title, owner_of(fact), days_of(fact)))
    return rows


def _stays(made: Report, key: str) -> dict[int, int]:
    kind, _, stage_id = key.partition(":")
    if kind != "time":
        return {}
    return {time.deal_id: time.days for time in made.given.stage_times if str(time.stage_id) == stage_id}


def _order(deal: DealFact) -> tuple[bool, int, int, int]:
    """Closed deals by day, the latest first; then those still open by value, the largest first."""
    day = deal.closed_on.toordinal() if deal.closed_on else 0
    return (deal.status in (DealStatus.OPEN, DealStatus.PARKED), -day, -(deal.value_minor or 0), deal.id)


def _row(fact: DealFact, title: str, owner: str, days: int | None) -> DealBehind:
    return DealBehind(
        fact.id,
        title,
        fact.company,
        owner,
        fact.stage_id,
        fact.status,
        fact.closed_on,
        fact.lost_reason,
        fact.value_minor,
        fact.is_unconverted,
        fact.weighted_hundredths,
        days,
    )


def summary(rows: Sequence[DealBehind], key: str, currency: str) -> str:
    """What the deals of a figure come to: how many of each outcome and their value, and days where they count."""
    parts = []
    for status in (DealStatus.WON, DealStatus.LOST, DealStatus.OPEN, DealStatus.PARKED):
        some = [row for row in rows if row.status == status]
        if some:
            value = sum(row.value_minor or 0 for row in some)
            parts.append(f"{len(some)} {_WORDS[status]} {format_money(value, currency)}{_gaps(some)}")
    if key == "weighted":
        total = weighted(sum(row.weighted_hundredths or 0 for row in rows))
        parts.append(f"weighted {format_money(total, currency)}")
    if key in ("average_won", "velocity:average_won_value"):
        known = [row.value_minor for row in rows if row.value_minor is not None]
        if known:
            parts.append(f"mean {format_money(divide_half_even(sum(known), len(known)), currency)}")
    if key.startswith(("cycle", "lost_cycle", "time:", "velocity:cycle_days")):
        days = mean([row.days for row in rows if row.days is not None])
        parts.append("mean -" if days is None else f"mean {days:.1f} days")
    return ", ".join(parts) or "no deals"


def parts_summary(rows: Sequence[DealBehind], found: Answer, currency: str) -> str:
    """What the parts of the deals come to: the figure, or its mean."""
    parts = [row.part for row in rows if row.part is not None]
    if not found.unit or not parts:
        return ""
    total = f"{sum(parts):,} {found.unit}"
    if found.unit == "money":
        total = format_money(sum(parts), currency)
    return f"{total}, mean {sum(parts) / len(parts):.1f} {found.unit}" if found.is_mean else total


def _gaps(rows: Iterable[DealBehind]) -> str:
    """How many deals the sum leaves out."""
    empty = sum(1 for row in rows if row.value_minor is None)
    return f" ({empty} without)" if empty else ""

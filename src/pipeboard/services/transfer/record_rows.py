"""Companies, contacts, activities, tasks and targets as rows of an export, in columns that an import knows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, Final

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.own_columns import OWN_COLUMNS
from pipeboard.services.listing import DealFilter
from pipeboard.services.transfer.deal_rows import Cell, amount

if TYPE_CHECKING:
    from pipeboard.services.workspace import Workspace
    from pipeboard.storage.hot.exporting_records import ActivityRow, QuotaRow, TaskRow

KINDS: Final = tuple(OWN_COLUMNS)
"""What may be exported besides deals."""

_DAYS: Final = frozenset(("due date", "snoozed until"))
_MOMENTS: Final = frozenset(("date", "completed at", "created"))
_NUMBERS: Final = frozenset(("id", "deal id", "deals"))
_WIDTHS: Final = {"id": 7, "deal id": 7, "text": 60, "notes": 40, "name": 30, "task": 40, "deal title": 30, "email": 26}


def kind_of_column(name: str) -> str:
    """How a spreadsheet shows a column: as in `deal_rows.Column`, or moment."""
    if name in _DAYS:
        return "day"
    if name in _MOMENTS:
        return "moment"
    return "money" if name == "target" else "number" if name in _NUMBERS else "text"


def width_of_column(name: str) -> int:
    """How many characters wide a column is."""
    return _WIDTHS.get(name, 16)


def currency_of(kind: str, row: Sequence[Cell]) -> str:
    """The currency of the money in a row; "" where there is none."""
    return str(row[4] or "") if kind == "quotas" else ""


def deals_meant(workspace: "Workspace", asked: DealFilter, kind: str) -> list[int] | None:
    """The deals whose things are asked for; None for everything. Targets are of no deals."""
    if asked == DealFilter():
        return None
    if kind == "quotas":
        raise InvalidInput("Targets belong to no deals: they take no filter.")
    return [deal.row.id for deal in workspace.listing.deals(asked)]


def record_rows(workspace: "Workspace", kind: str, deal_ids: Sequence[int] | None) -> Iterator[Sequence[Cell]]:
    """One row for every thing of a kind, or only for those of these deals."""
    made: Callable[[Any, tzinfo], Sequence[Cell]] = _ROWS.get(kind, lambda row, _: row)
    return (made(row, workspace.zone) for row in workspace.listing.records(kind, deal_ids))


def _local(at: datetime | None, zone: tzinfo) -> datetime | None:
    """A moment as people here tell it, to the second."""
    return None if at is None else at.astimezone(zone).replace(microsecond=0)


def _activity(row: "ActivityRow", zone: tzinfo) -> Sequence[Cell]:
    return (*row[:4], _local(row.at, zone), *row[5:])


def _task(row: "TaskRow", zone: tzinfo) -> Sequence[Cell]:
    status = "dismissed" if row.is_dismissed else "done" if row.done_at else "open"
    at = row.due_time.isoformat("minutes") if row.due_time else ""
    days = (row.due_on, at, row.snoozed_until)
    return (*row[:6], *days, row.recurrence, status, _local(row.done_at, zone), _local(row.created_at, zone), row.owner)


def _quota(row: "QuotaRow", _: tzinfo) -> Sequence[Cell]:
    return (*row[:3], amount(row.amount_minor, row.currency or ""), row.currency, row.deals)


_ROWS: Final[dict[str, Callable[[Any, tzinfo], Sequence[Cell]]]] = {
    "activities": _activity,
    "tasks": _task,
    "quotas": _quota,
}

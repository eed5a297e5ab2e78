"""What was understood of any file, in the same few values: what to decide, what would happen, the first rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from pipeboard.domain.imports.drafts import ImportedDeal, Rejection, Skipped
from pipeboard.domain.imports.records import Record
from pipeboard.domain.imports.totals import StageTotal
from pipeboard.domain.money import format_money
from pipeboard.services.transfer.bringing import Brought
from pipeboard.services.transfer.calendar_reading import CalendarReport
from pipeboard.services.transfer.importing import ImportReport
from pipeboard.services.transfer.records import RecordsReport
from pipeboard.tui.text.deal_context import counted

_SHOWN = 8
_FORMS = {"workbook": "a workbook", "json": "JSON", "web page": "a web page"}
_DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
_ABOUT = ("company", "deal", "job_title", "owner", "at", "due_on", "email", "phone", "website", "category", "period")


class FirstRow(NamedTuple):
    """A row as a card would show it: what it is called, what is said about it, what stands at the right."""

    title: str
    about: str
    right: tuple[str, str] = ("", "")


class Preview(NamedTuple):
    """A file as far as it is understood.

    `rejected` and `skipped` have the line (0: it has none), the cell and why. `totals` has a stage, how many deals the
    file puts there, and what they are worth. `is_open` tells that it can be imported once nothing is left to decide.
    """

    holds: str
    how: str
    rows: int
    new: int
    changed: int
    unchanged: int
    doubts: tuple[str, ...] = ()
    first: tuple[FirstRow, ...] = ()
    totals: tuple[tuple[str, str, str], ...] = ()
    columns: Mapping[str, str] = {}
    kept: tuple[str, ...] = ()
    kept_as: str = "kept as text"
    unused: tuple[str, ...] = ()
    stages: Mapping[str, str] = {}
    made_stages: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    new_people: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    header: tuple[str, ...] = ()
    action_id: int | None = None
    is_open: bool = False
    is_calendar: bool = False


def preview_of(brought: Brought) -> Preview:
    """What there is to see of a file."""
    report = brought.report
    if isinstance(report, ImportReport):
        return _of_deals(report)
    return _of_records(report) if isinstance(report, RecordsReport) else _of_calendar(report)


def _of_deals(report: ImportReport) -> Preview:
    plan = report.plan
    kept = [name for name in plan.header if name.strip() and name not in plan.mapping and name not in plan.ignored]
    return Preview(
        "deals",
        f"{_form(plan.encoding, plan.delimiter)}, {plan.profile}, into {report.pipeline}",
        plan.rows,
        report.new,
        report.changed,
        report.unchanged,
        tuple(plan.doubts),
        tuple(map(first_deal, plan.deals[:_SHOWN])),
        tuple(map(_total, report.totals)),
        plan.mapping,
        tuple(kept),
        stages=plan.stages,
        made_stages=plan.unknown_stages,
        rules=(*plan.dates.items(), *plan.numbers.items()),
        new_people=plan.new_owners,
        notes=tuple(plan.warnings),
        rejected=tuple(plan.rejected),
        skipped=tuple(plan.skipped),
        header=plan.header,
        action_id=report.action_id,
        is_open=bool(plan.deals),
    )


def _of_records(report: RecordsReport) -> Preview:
    plan = report.plan
    notes = []
    if report.as_tasks:
        verb = "is still to be done and becomes a task" if report.as_tasks == 1 else "are still to be done: as tasks"
        notes.append(f"{counted(report.as_tasks, 'row')} {verb}")
    return Preview(
        plan.kind,
        f"{_form(plan.encoding, plan.delimiter)}, {plan.profile}, {plan.kind}",
        plan.rows,
        report.new,
        report.changed,
        report.unchanged,
        plan.doubts,
        tuple(map(first_record, plan.records[:_SHOWN])),
        (),
        plan.columns,
        plan.kept,
        "kept in the notes of what is new",
        plan.unused,
        rules=(*plan.dates.items(), *plan.numbers.items()),
        new_people=report.new_owners,
        notes=tuple(notes),
        rejected=report.rejected,
        skipped=plan.skipped,
        header=plan.header,
        action_id=report.action_id,
        is_open=report.new + report.changed + report.unchanged > 0,
    )


def _of_calendar(report: CalendarReport) -> Preview:
    return Preview(
        "tasks",
        "a calendar, tasks",
        report.tasks,
        report.new,
        report.changed,
        report.unchanged,
        first=tuple(FirstRow(title, about) for title, about in report.first),
        notes=report.warnings,
        rejected=tuple(Rejection(0, "", one.title, one.why) for one in report.rejected),
        action_id=report.action_id,
        is_open=report.new + report.changed + report.unchanged > 0,
        is_calendar=True,
    )


def _total(total: StageTotal) -> tuple[str, str, str]:
    """A stage, its count, and its sums."""
    worth = [format_money(minor, currency) for currency, minor in total.sums]
    worth += [f"{total.unvalued:,} without a value"] if total.unvalued else []
    return total.stage, f"{total.deals:,}", " + ".join(worth)


def _form(encoding: str, delimiter: str) -> str:
    return _FORMS.get(delimiter) or f"{encoding}, with {_DELIMITERS.get(delimiter, delimiter)}"


def first_deal(deal: ImportedDeal) -> FirstRow:
    """A deal of a file."""
    value = "" if deal.value_minor is None else format_money(deal.value_minor, deal.currency)
    about = _joined((deal.company, deal.owner, deal.closed_on or deal.expected_close_on))
    return FirstRow(deal.title, about, (deal.stage_name, value))


def first_record(record: Record) -> FirstRow:
    """Any other row of a file."""
    names = (record.text("first_name"), record.text("last_name"))
    title = record.text("name") or record.text("title") or " ".join(filter(None, names)) or record.text("email")
    title = title or record.text("owner") or record.text("body").partition("\n")[0]
    about = _joined([record.values.get(field) for field in _ABOUT if record.text(field) != title])
    amount = record.number("amount") or record.number("price")
    money = "" if amount is None else " ".join(filter(None, (f"{amount:,}", record.text("currency"))))
    return FirstRow(title, about, (record.text("kind"), money))


def _joined(parts: Sequence[str | date | datetime | time | Decimal | None]) -> str:
    """What is said about a row, in one line."""
    told = [f"{one:%-d %b %Y}" if isinstance(one, date) else str(one) for one in parts if one]
    return " · ".join(told)

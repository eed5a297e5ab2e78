"""Companies, contacts, activities, tasks and targets go out and come back: here nothing, elsewhere the same."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, places, seen
from tests.services.transfer.test_own_files import another, brought, exported, template

from pipeboard.domain import commands as c
from pipeboard.domain import company_commands as p
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.own_columns import OWN_COLUMNS, own_kind
from pipeboard.domain.imports.record_kinds import fields_of
from pipeboard.domain.imports.records import columns_of, recognised
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.transfer import formats
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.records import RecordsReport, import_records
from pipeboard.services.workspace import Workspace

__all__ = ["template"]

_FORMATS = {one.name: one for one in formats.FORMATS}


def _out(workspace: Workspace, kind: str, name: str = "csv", text: str = "") -> bytes:
    """What `pipeboard export --what KIND` writes."""
    file = io.BytesIO()
    formats.write(_FORMATS[name], workspace, DealFilter(text), file, kind)
    return file.getvalue()


def _in(workspace: Workspace, kind: str, content: bytes, name: str = "a.csv") -> RecordsReport:
    return import_records(workspace, content, kind, ImportOptions(), name=name)


def _cells(content: bytes, *, without: int = 0) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    return [row[without:-1] for row in rows]


def _filled(workspace: Workspace, clock: FixedClock) -> None:
    """A little of everything, with what is hard to bring back."""
    workspace.execute(c.SetRate("KWD", 3_000_000_000, workspace.deals.today))
    first = add(workspace, "=1+1", company="Acme", contact="John Smith", value_minor=100)
    twin = add(workspace, "=1+1", company="Nova")
    workspace.execute(p.EditCompany(c.Seen(1), (("website", "acme.com"), ("notes", '-x\n\n=y,"z"'))))
    workspace.execute(p.AddCompany("'Alone", notes="no deals"))
    workspace.execute(p.AddContact("John Smith", 1, job_title="@cto", email="j2@acme.com", phone="+48 600 1"))
    for deal, text in ((first, "<b>bold</b> & <p>more"), (twin, "'=quoted\ntwo; “three”\t4"), (twin, "'=quoted")):
        at = datetime(2026, 10, 25, 0, 30, 15, tzinfo=UTC) if deal == twin else clock.now() - timedelta(days=3)
        workspace.execute(c.LogActivity(deal, text, "call", "out", "no answer", at=at))
    today = workspace.deals.today
    workspace.execute(c.AddTask(first, "'-call", "call", today + timedelta(2), time(15, 30)))
    workspace.execute(c.AddTask(twin, "again", due_on=today + timedelta(3), recurrence="FREQ=WEEKLY;BYDAY=WE"))
    workspace.execute(c.AddTask(twin, "done"))
    workspace.execute(c.AddTask(first, "dropped", "mail", today - timedelta(3)))
    ids = {row[4]: int(row[0]) for row in _cells(_out(workspace, "tasks"))[1:]}
    workspace.execute(c.CompleteTask(c.Seen(ids["done"])))
    workspace.execute(c.DismissTask(c.Seen(ids["dropped"])))
    workspace.execute(c.EditTask(c.Seen(ids["''-call"]), (("snoozed_until", today + timedelta(5)),)))
    pipeline = workspace.listing.names().pipelines[0].id
    workspace.execute(c.SetQuota("2026-Q4", 12_345_600, "EUR"))
    workspace.execute(c.SetQuota("2026-Q4", 5_000_125, "KWD", owner_id=1, pipeline_id=pipeline))
    workspace.execute(c.SetQuota("2026-11", deals=12))


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_at_home_nothing_changes_and_elsewhere_it_is_the_same(
    workspace: Workspace, clock: FixedClock, tmp_path: Path, template: Path, open_workspace: OpenWorkspace, name: str
) -> None:
    _filled(workspace, clock)
    before = {kind: _out(workspace, kind) for kind in OWN_COLUMNS}
    assert all(len(_cells(content)) > 2 for content in before.values())
    for kind in OWN_COLUMNS:
        said = _in(workspace, kind, _out(workspace, kind, name), f"a.{name}")
        assert (said.new, said.changed, said.rejected) == (0, 0, ()), kind
        assert said.plan.profile == "pipeboard"
        assert said.plan.kept == (), kind
    assert {kind: _out(workspace, kind) for kind in OWN_COLUMNS} == before
    another(template, tmp_path / "other.db", sign="f")
    other = open_workspace(str(tmp_path / "other.db"))
    add(other, "Shifts every id")
    other.execute(c.DeleteDeals(seen(1)))
    for kind in ("companies", "contacts"):
        assert _in(other, kind, _out(workspace, kind, name), f"a.{name}").rejected == ()
    brought(other, exported(workspace).replace(b",again,", b",,").replace(b",''-call,", b",,"))
    for kind in ("activities", "tasks", "quotas"):
        assert _in(other, kind, _out(workspace, kind, name), f"a.{name}").rejected == ()
        again = _in(other, kind, _out(workspace, kind, name), f"a.{name}")
        assert (again.new, again.changed) == (0, 0), kind
    for kind, content in before.items():
        without = {"activities": 2, "tasks": 2, "quotas": 0}.get(kind, 1)
        assert sorted(_cells(_out(other, kind), without=without)) == sorted(_cells(content, without=without)), kind


def test_an_edited_cell_changes_one_thing_here(local_workspace: Workspace, clock: FixedClock) -> None:
    _filled(local_workspace, clock)
    for kind, old, new in (
        ("companies", b"acme.com", b"acme.eu"),
        ("contacts", b"j2@acme.com", b"j3@acme.com"),
        ("activities", b"three", b"four"),
        ("tasks", b",done,", b",really done,"),
        ("quotas", b"123456.00", b"5000.25"),
    ):
        content = _out(local_workspace, kind)
        assert content.count(old) >= 1
        said = _in(local_workspace, kind, content.replace(old, new, 1))
        assert (said.new, said.changed, said.rejected) == (0, 1, ()), kind


def test_a_filter_leaves_the_things_of_its_deals(local_workspace: Workspace, clock: FixedClock) -> None:
    _filled(local_workspace, clock)
    assert [row[1] for row in _cells(_out(local_workspace, "companies", text="company:nova"))] == ["name", "Nova"]
    assert len(_cells(_out(local_workspace, "contacts", text="company:nova"))) == 1
    assert {row[3] for row in _cells(_out(local_workspace, "tasks", text="company:nova"))[1:]} == {"Nova"}
    assert len(_cells(_out(local_workspace, "activities", text="company:nova"))) == 3
    with pytest.raises(InvalidInput, match="they take no filter"):
        _out(local_workspace, "quotas", text="company:nova")
    for name in ("md", "json", "ics"):
        with pytest.raises(InvalidInput, match="tasks go into csv or xlsx"):
            _out(local_workspace, "tasks", name)


def test_an_import_knows_every_column(local_workspace: Workspace) -> None:
    for kind, columns in OWN_COLUMNS.items():
        header = [*columns, local_workspace.sign()]
        assert recognised(header) == (kind, "pipeboard")
        understood = columns_of(kind, header)
        told = {header[at] for at in understood.rest}
        assert told <= {"deal title"}, kind
        assert set(understood.fields) <= set(fields_of(kind))
        assert own_kind(columns) is None, "without the sign it may be anybody's"


def test_a_workbook_has_them_on_sheets_with_real_days_and_money(local_workspace: Workspace, clock: FixedClock) -> None:
    _filled(local_workspace, clock)
    workspace = local_workspace
    add(workspace, "Yen", value_minor=900_000, currency="JPY", stage_id=places(workspace).proposal)
    add(workspace, "Dinar", value_minor=1_234_567, currency="KWD")
    file = io.BytesIO()
    formats.write(_FORMATS["xlsx"], workspace, DealFilter(), file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Deals", "Totals", "Figures", *(kind.capitalize() for kind in OWN_COLUMNS)]
    deals = book["Deals"]
    head = [cell.value for cell in deals[1]]
    money = head.index("value") + 1
    shown = {deals.cell(at, 2).value: deals.cell(at, money) for at in range(2, deals.max_row + 1)}
    assert (shown["Yen"].value, shown["Yen"].number_format) == (900_000, "#,##0")
    assert (shown["Dinar"].value, shown["Dinar"].number_format) == (1234.567, "#,##0.000")
    assert shown["=1+1"].number_format == "#,##0.00"
    assert (deals.freeze_panes, deals.auto_filter.ref) == ("C2", f"A1:{deals.cell(1, len(head) - 1).column_letter}5")
    tasks = {row[4].value: row for row in book["Tasks"].iter_rows(min_row=2)}
    assert tasks["'-call"][6].value.isoformat() == "2026-11-24T00:00:00"
    assert (tasks["'-call"][7].value, tasks["'-call"][8].value.date()) == ("15:30", date(2026, 11, 27))
    activity = book["Activities"]["E3"]
    assert (str(activity.value), activity.number_format) == ("2026-10-25 02:30:15", "yyyy-mm-dd hh:mm")
    targets = {(row[2].value, row[4].value): row[3] for row in book["Quotas"].iter_rows(min_row=2)}
    assert targets["2026-Q4", "KWD"].number_format == "#,##0.000"
    totals = list(book["Totals"].iter_rows())
    assert {row[5].number_format for row in totals if row[2].value == "JPY"} == {"#,##0"}
    every = next(row for row in totals if row[0].value == "All" and row[2].value == "EUR")
    assert [cell.value for cell in every[3:6]] == [2, 1, 1]


def test_a_text_longer_than_a_cell_says_that_it_goes_on(local_workspace: Workspace) -> None:
    deal = add(local_workspace, "Long")
    local_workspace.execute(c.LogActivity(deal, "🦊" * 20_000))
    sheet = openpyxl.load_workbook(io.BytesIO(_out(local_workspace, "activities", "xlsx")))["Activities"]
    text = str(sheet["J2"].value)
    assert text.startswith("🦊" * 16_000)
    assert (text[-1], len(text.encode("utf-16-le")) // 2) == ("…", 32_767)


class _Full(io.BytesIO):
    """A disk without room."""

    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_in_the_words_of_the_system(local_workspace: Workspace) -> None:
    add(local_workspace, "One")
    for kind in ("deals", "tasks"):
        with pytest.raises(OSError, match="No space left"):
            formats.write(_FORMATS["xlsx"], local_workspace, DealFilter(), _Full(), kind)


def test_a_sheet_that_would_lose_rows_is_refused(local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    add(local_workspace, "One")
    add(local_workspace, "Two")
    monkeypatch.setattr("pipeboard.services.transfer.workbook._MOST_ROWS", 1)
    with pytest.raises(InvalidInput, match="A sheet holds 1 rows, and there are more"):
        formats.write(_FORMATS["xlsx"], local_workspace, DealFilter(), io.BytesIO())

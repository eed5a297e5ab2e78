"""Any file on the import screen: people, tasks, a calendar, a workbook of several sheets; stopped, and taken back."""

import threading
from pathlib import Path

import openpyxl
import pytest

from pipeboard.services.transfer.bringing import Brought, ImportRequest, bring_in
from pipeboard.services.transfer.plans import Progress
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens import importing
from pipeboard.tui.screens.companies import CompaniesScreen
from pipeboard.tui.screens.importing import ImportScreen
from tests.services.handlers.asking import add
from tests.tui.driver import playing
from tests.tui.test_import_screen import _open as open_file

PEOPLE = "First Name;Last Name;E-Mail;Firma;Geburtstag\nJan;Kowalski;jan@acme.com;Acme;1.2.1980\nEva;Łoś;eva@x.com;;\n"
ACTIVITIES = (
    "Activity - ID,Activity - Done,Activity - Subject,Activity - Due date,Activity - Deal\n"
    "1,Done,Call about price,2026-11-03 15:00,Acme platform\n2,To do,Send the offer,2027-12-04,Acme platform\n"
    "3,Done,Lunch,2026-11-04,Nowhere\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VTODO\nUID:a-1\nSUMMARY:Call the lawyer\nEND:VTODO\nEND:VCALENDAR\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the person stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_people_come_in_and_are_shown_and_go_again(local_workspace: Workspace, folder: Path) -> None:
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player, "people.csv")
        assert "utf-8, with semicolons, generic, contacts" in player.text
        assert "2 rows: 2 new, 0 changed, 0 unchanged" in player.text
        assert "kept in the notes of what is new: Geburtstag" in player.text
        assert "Jan Kowalski  Acme · jan@acme.com" in player.text
        await player.press("s")
        assert "A file of contacts has no stages" in player.text
        await player.press("enter")
        assert "Imported people.csv" in player.text
        await player.press("o")
        assert isinstance(player.app.screen, CompaniesScreen)
        await player.press("escape", "u")
        assert "2 rows: 2 new" in player.text
        with local_workspace._store.hot.snapshot() as sql:
            assert sql.value("SELECT count(*) FROM contact WHERE deleted = 0") == 0


async def test_what_the_rows_are_can_be_said(local_workspace: Workspace, folder: Path) -> None:
    (folder / "odd.csv").write_text("Company;Name\nAcme;Jan\n", encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player, "odd.csv")
        assert "into B2B sales" in player.text
        await player.press("a")
        await player.type("contacts")
        await player.press("enter")
        assert "generic, contacts" in player.text
        await player.press("m")
        await player.type("company")
        await player.press("enter")
        await player.type("ignored")
        await player.press("enter", "enter")
        assert "Imported odd.csv" in player.text
        assert local_workspace.finding.find("Jan")[0].about == ""


async def test_all_their_stages_are_made_with_one_key(local_workspace: Workspace, folder: Path) -> None:
    (folder / "deals.csv").write_text("Deal name,Stage\nAcme,Dancing\nNova,Singing\n", encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player)
        assert "“Dancing”, “Singing” are no stages of this pipeline" in player.text
        await player.press("s", "n")
        assert "To decide first" not in player.text
        assert "Dancing  1  1 without a value" in player.text
        await player.press("enter")
        assert {d.row.title: d.row.stage for d in local_workspace.listing.deals()} == {
            "Acme": "Dancing",
            "Nova": "Singing",
        }


async def test_activities_that_are_to_be_done_are_tasks(local_workspace: Workspace, folder: Path) -> None:
    add(local_workspace)
    (folder / "done.csv").write_text(ACTIVITIES, encoding="utf-8")
    async with playing(local_workspace, (100, 40)) as player:
        await open_file(player, "done.csv")
        assert "3 rows: 2 new, 0 changed, 0 unchanged, 1 refused" in player.text
        assert "1 row is still to be done and becomes a task" in player.text
        assert "line 4: there is no deal 'Nowhere'" in player.text
        await player.press("enter", "r")
        assert "3,Done,Lunch" in (folder / "done-refused.csv").read_text(encoding="utf-8-sig")
        await player.press("o")
        assert "Acme platform" in player.text


async def test_loose_tasks_of_a_calendar_get_a_deal(local_workspace: Workspace, folder: Path) -> None:
    add(local_workspace)
    (folder / "todo.ics").write_text(CALENDAR, encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player, "todo.ics")
        assert "“Call the lawyer”: It names no deal" in player.text
        assert "--deal" not in player.text
        await player.press("m")
        assert "There are no columns" in player.text
        await player.press("p", "enter")
        assert "1 row: 1 new, 0 changed, 0 unchanged" in player.text
        await player.press("enter")
        assert "Imported todo.ics" in player.text
        await player.press("enter")
        assert "It is imported already" in player.text


async def test_another_sheet_of_a_workbook(local_workspace: Workspace, folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Deals"
    for row in (("Deal name", "Stage"), ("Acme", "Lead")):
        book.active.append(row)
    people = book.create_sheet("People")
    people.append(("First Name", "Last Name", "Email"))
    people.append(("Jan", "Kowalski", "jan@acme.com"))
    book.save(folder / "all.xlsx")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player, "all.xlsx")
        assert "a workbook, generic, into B2B sales" in player.text
        await player.press("w", "2")
        assert "a workbook, generic, contacts" in player.text
        assert "1 row: 1 new" in player.text


async def test_an_export_of_everything_is_told_from_deals(local_workspace: Workspace, folder: Path) -> None:
    (folder / "all.jsonl").write_text('{"schema":"pipeboard.whole/1","revision":"0001"}\n', encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player, "all.jsonl")
        assert "an export of everything, which makes a database of its own" in player.text
        await player.press("enter")
        assert "This file cannot be imported" in player.text


async def test_an_import_can_be_stopped_while_it_writes(
    local_workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "deals.csv").write_text("Deal name,Stage\nAcme,Lead\n", encoding="utf-8")
    begun, may_go_on = threading.Event(), threading.Event()

    def slowly(workspace: Workspace, asked: ImportRequest, progress: Progress) -> Brought:
        if not asked.target.is_dry_run:
            begun.set()
            assert may_go_on.wait(20)
        return bring_in(workspace, asked, progress)

    monkeypatch.setattr(importing, "_SMALL", 0)
    monkeypatch.setattr(importing, "bring_in", slowly)
    async with playing(local_workspace, (100, 30)) as player:
        await open_file(player)
        await player.pilot.press("enter")
        assert begun.wait(20)
        await player.pilot.press("enter", "escape")
        may_go_on.set()
        await player.settle()
        assert "Stopped: nothing was imported" in player.text
        assert isinstance(player.app.screen, ImportScreen)
        assert local_workspace.listing.deals() == []
        assert "1 row: 1 new" in player.text
        await player.press("enter")
        assert [deal.row.title for deal in local_workspace.listing.deals()] == ["Acme"]
        await player.press("escape")
        assert not isinstance(player.app.screen, ImportScreen)


async def test_pipelines_like_theirs_and_back_on_the_board_among_the_deals(
    local_workspace: Workspace, folder: Path
) -> None:
    text = "Deal name,Stage,Pipeline,Amount\nAcme,Talks,Partners,12\nNova,Offer,Partners,1\n"
    (folder / "deals.csv").write_text(text, encoding="utf-8")
    async with playing(local_workspace, (100, 30)) as player:
        assert "g i brings yours" in player.text
        await open_file(player)
        assert "To decide first" in player.text
        await player.press("p", "n")
        assert "into Partners (new)" in player.text
        assert "To decide first" not in player.text
        await player.press("enter", "escape")
        assert "2 deals came in or changed" in player.text
        assert "Partners" in player.text.splitlines()[0]
        assert player.cursor == "Acme"
        await player.press("u")
        assert local_workspace.listing.deals() == []


async def test_a_second_file_tells_the_stages_that_deals_went_through(local_workspace: Workspace, folder: Path) -> None:
    (folder / "deals.csv").write_text("Deal ID,Deal name,Stage\n7,Acme,Qualified\n", encoding="utf-8")
    history = "Deal ID,Stage,Entered\n7,Lead,2026-10-01\n7,Qualified,2026-10-20\n"
    (folder / "history.csv").write_text(history, encoding="utf-8")
    async with playing(local_workspace, (100, 40)) as player:
        await open_file(player)
        await player.press("h")
        await player.type("history.csv")
        await player.press("enter")
        assert "The history tells of 1 of these deals (1 in its file)." in player.text
        await player.press("enter")
        assert "Imported deals.csv" in player.text
    with local_workspace._store.hot.snapshot() as sql:
        assert sql.value("SELECT count(*) FROM stage_visit") == 2

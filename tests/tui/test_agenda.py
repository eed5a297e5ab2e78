"""The agenda: what a person reads, and a day's work done from it."""

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual import events

from pipeboard.domain import commands as c
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.templates import StageTemplate
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.actions import ACTIONS, AGENDA
from pipeboard.tui.app import PipeboardApp
from pipeboard.tui.messages import Stale
from pipeboard.tui.screens.agenda import AgendaScreen
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaTerms, groups_of
from tests.conftest import NOW, OpenWorkspace
from tests.tui.driver import Player, playing

SCREENS = Path(__file__).parent / "screens"
TODAY = date(2026, 11, 22)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def fill(workspace: Workspace, clock: FixedClock) -> None:
    """A Sunday morning: work in every group. All deals but the last three are of today."""
    now = clock.now()
    stages = {stage.name: stage.id for stage in workspace.deals.stages()}

    def deal(title: str, value: int | None, stage: str = "Lead", **fields: Any) -> int:
        amount = value * 100 if value is not None else None
        made: Any = workspace.execute(c.CreateDeal(title, stages[stage], amount, **fields)).events[0]
        return int(made.deal_id)

    def task(deal_id: int, title: str, due_on: date | None, due_time: time | None = None) -> int:
        made: Any = workspace.execute(c.AddTask(deal_id, title, "todo", due_on, due_time)).events[0]
        return int(made.task_id)

    boris: Any = workspace.execute(c.AddOwner("Boris Petrov")).events
    assert boris is not None
    clock.set(now - timedelta(days=19))
    deal("Stark retrofit", 80_000, "Proposal made", expected_close_on=day(-7), company="Stark")
    quiet = deal("Cyberdyne pilot", 35_000, "Proposal made")
    task(quiet, "Wait for their committee", day(12))
    fridge = deal("Monarch", 9_000)
    workspace.execute(c.ParkDeals((c.Seen(fridge),), day(-1), "budget frozen"))
    clock.set(now)
    initech = deal("Initech renewal", 8_500, "Contacted", company="Initech")
    task(initech, "Call about the invoice", day(-5))
    task(initech, "Send the new terms", day(8))
    acme = deal("Acme [/ EU] platform", 48_000, "Qualified", currency="USD")
    task(acme, "Send the security answers", day(0), time(15, 0))
    task(acme, "Book the site visit", day(2), time(10, 0))
    orion = deal("Сервис Орион", 6_500)
    task(orion, "Write the summary", day(0))
    late = task(orion, "Ring [bold]their\x1b[31m buyer", day(-2))
    workspace.execute(c.EditTask(c.Seen(late), (("snoozed_until", day(1)),)))
    task(deal("株式会社サクラ 導入", None), "Demo by video", day(0), time(9, 30))
    task(deal("Wonka logistics", 56_000, "Negotiation"), "Think of something", None)
    deal("Hooli trial", 2_500)


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path) -> Path:
    """The database of all tests here, made once."""
    path = tmp_path_factory.mktemp("agenda") / "filled.db"
    shutil.copyfile(_sqlite_template, path)
    clock = FixedClock(NOW)
    workspace = Workspace.open(str(path), clock, login="anna", person="Anna Nowak")
    fill(workspace, clock)
    workspace.close()
    return path


@pytest.fixture
def agenda(_filled: Path, sqlite_database: str, open_workspace: OpenWorkspace) -> Workspace:
    shutil.copyfile(_filled, sqlite_database)
    return open_workspace(sqlite_database)


def screen(player: Player) -> AgendaScreen:
    found = player.app.screen
    assert isinstance(found, AgendaScreen)
    return found


def under_cursor(player: Player) -> tuple[str, str]:
    row = screen(player).listing.selected
    return (row.title, row.deal) if row else ("", "")


def listed(player: Player) -> list[str]:
    """What asks for something; what was done is below."""
    return [row.title for row in screen(player).listing.rows if row.key.kind != "done"]


def detail(workspace: Workspace, title: str) -> DealDetail:
    return workspace.deals.detail(workspace.deals.find(title))


def open_tasks(workspace: Workspace, title: str) -> list[str]:
    return [t.title for t in detail(workspace, title).tasks if t.done_at is None and not t.is_dismissed]


async def go(player: Player, title: str) -> None:
    """Put the cursor on a row, by keys."""
    await player.press("home", *["j"] * listed(player).index(title))


async def paste(player: Player, text: str) -> None:
    """Put a text into the line that is being typed, as a terminal pastes it: quicker than key by key."""
    assert player.app.focused is not None
    player.app.focused.post_message(events.Paste(text))
    await player.pilot.pause()


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_what_a_person_reads(agenda: Workspace, size: tuple[int, int]) -> None:
    async with playing(agenda, size) as player:
        await player.press("g", "t")
        expected = (SCREENS / f"agenda-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")
        assert player.text + "\n" == expected


async def test_every_size_is_filled_exactly(agenda: Workspace) -> None:
    async with playing(agenda, (130, 40)) as player:
        await player.press("g", "t", "G")
        for width, height in ((100, 30), (60, 20), (30, 8), (200, 60)):
            await player.pilot.resize_terminal(width, height)
            await player.settle()
            strips = player.app.screen._compositor.render_strips()
            assert {strip.cell_length for strip in strips} == {width}
            assert len(strips) == height
            assert under_cursor(player)[1] in ("Cyberdyne pilot", "Stark retrofit")


async def test_the_task_of_the_row_is_completed_and_the_next_step_follows(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t")
        await go(player, "Send the new terms")
        await player.press("c")
        await paste(player, "call Bob fri 15:00")
        await player.press("enter")
        assert open_tasks(agenda, "Initech renewal") == ["Call about the invoice", "call Bob"]
        assert "Done: Send the new terms" in player.text
        await player.press("u")
        assert "Send the new terms" in open_tasks(agenda, "Initech renewal")


async def test_keys_typed_ahead_complete_one_task_after_the_other(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t")
        rows = listed(player)
        await player.press("c", "escape", "c", "escape")
        assert listed(player)[0] == rows[2]
        assert under_cursor(player)[0] == rows[2]
        assert open_tasks(agenda, "Initech renewal") == ["Send the new terms"]
        assert open_tasks(agenda, "株式会社サクラ 導入") == []


async def test_snoozed_it_stays_late_until_it_has_another_day(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "s", "2")
        assert under_cursor(player)[0] == "Demo by video"
        tomorrow = next(g for g in screen(player).listing._groups if g.name == "Tomorrow")
        row = next(row for row in tomorrow.rows if row.title == "Call about the invoice")
        assert (row.state, row.when, row.sign) == ("5 days late", "Mon 23 Nov", "waiting")
        task = detail(agenda, "Initech renewal").tasks[0]
        assert (task.due_on, task.snoozed_until) == (day(-5), day(1))
        await go(player, "Call about the invoice")
        await player.press("d")
        await paste(player, "fri")
        await player.press("enter")
        task = detail(agenda, "Initech renewal").tasks[0]
        assert (task.due_on, task.snoozed_until) == (day(5), None)


async def test_a_task_is_rescheduled_reassigned_and_reworded(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t")
        await go(player, "Book the site visit")
        await player.press("d")
        await paste(player, "27 nov 16:30")
        await player.press("enter")
        assert under_cursor(player)[0] == "Book the site visit"
        await player.press("at", "2", "e", "ctrl+u")
        await paste(player, "Book the visit")
        await player.press("enter")
        task = next(t for t in detail(agenda, "Acme").tasks if t.title == "Book the visit")
        assert (task.due_on, task.due_time) == (date(2026, 11, 27), time(16, 30))
        assert [o.name for o in player.app.owners() if o.id == task.assignee_id] == ["Boris Petrov"]
        assert detail(agenda, "Acme").owner == "Anna Nowak"
        await player.press("d", "ctrl+u", "enter")
        assert under_cursor(player)[0] == "Book the visit"
        assert [g.name for g in screen(player).listing._groups if screen(player).row() in g.rows] == ["No date"]


async def test_a_next_step_for_nobody_is_told_and_nothing_is_done(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "c")
        await paste(player, "call Bob @nobody fri")
        await player.press("enter")
        assert "nobody" in player.text
        assert "Done: Call about the invoice" in player.text, "the question stays open"
        assert "Call about the invoice" in open_tasks(agenda, "Initech renewal")
        await player.press("escape", "escape")
        assert "Call about the invoice" not in open_tasks(agenda, "Initech renewal"), "done, and nothing planned"
        await player.press("u")
        assert "Call about the invoice" in open_tasks(agenda, "Initech renewal")


async def test_dropping_asks_and_undo_brings_back(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "D", "escape")
        assert "Call about the invoice" in open_tasks(agenda, "Initech renewal")
        await player.press("D", "y")
        assert "Call about the invoice" not in open_tasks(agenda, "Initech renewal")
        assert "Call about the invoice" not in listed(player)
        await player.press("u")
        assert "Call about the invoice" in listed(player)


async def test_rows_of_deals_take_the_keys_of_the_board(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "G", "[", "[", "[")
        assert under_cursor(player)[1] == "Stark retrofit"
        await player.press("j")
        assert under_cursor(player) == ("t to plan one", "Hooli trial")
        await player.press("c")
        assert "Hooli trial has no open task" in player.text
        await player.press("d")
        await paste(player, "18 dec")
        await player.press("enter", "L")
        found = detail(agenda, "Hooli trial")
        assert (found.stage, found.expected_close_on) == ("Contacted", date(2026, 12, 18))
        await player.press("t")
        await paste(player, "call them tomorrow")
        await player.press("enter")
        assert open_tasks(agenda, "Hooli trial") == ["call them"]
        assert under_cursor(player) == ("R to bring it back", "Monarch")
        assert "1 without a next step" in player.text


async def test_a_deal_wakes_up_and_a_closed_one_leaves(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "w", "enter")
        assert detail(agenda, "Initech renewal").status == DealStatus.WON
        assert "Initech" not in "".join(row.deal for row in screen(player).listing.rows)
        await go(player, "R to bring it back")
        await player.press("R", "enter")
        assert detail(agenda, "Monarch").status == DealStatus.OPEN
        assert "Waking" not in player.text


async def test_deals_of_other_pipelines_move_in_their_own(agenda: Workspace) -> None:
    stages = tuple(StageTemplate(name, probability=percent) for name, percent in (("Plan", 10), ("Build", 50)))
    agenda.execute(c.CreatePipeline("Delivery", stages))
    plan = next(stage for stage in agenda.deals.stages() if stage.name == "Plan")
    agenda.execute(c.CreateDeal("Roll out", plan.id, next_step="send the plan", due_on=day(-9)))
    async with playing(agenda) as player:
        await player.press("g", "t")
        assert under_cursor(player) == ("send the plan", "Roll out")
        await player.press("L")
        assert player.stage_of("Roll out") == "Build"
        await player.press("enter", "H")
        assert player.stage_of("Roll out") == "Plan"


async def test_words_leave_only_what_fits(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "slash")
        await paste(player, "ACME book")
        assert listed(player) == ["Book the site visit"]
        await player.press("enter", "c", "escape")
        assert listed(player) == []
        assert "Done today 1" in player.text
        await player.press("slash")
        await paste(player, " nobody")
        await player.press("enter")
        assert "Nothing fits" in player.text
        assert open_tasks(agenda, "Acme") == ["Send the security answers"]
        await player.press("escape")
        assert len(listed(player)) > 8
        await player.press("escape")
        assert player.app.screen is player.app.board_screen()


async def test_the_cursor_stays_on_its_task_when_others_work(
    agenda: Workspace, sqlite_database: str, open_workspace: OpenWorkspace
) -> None:
    other = open_workspace(sqlite_database, "boris")
    async with playing(agenda) as player:
        await player.press("g", "t")
        await go(player, "Write the summary")
        first = next(t for t in detail(other, "Initech").tasks if t.title == "Call about the invoice")
        other.execute(c.CompleteTask(c.Seen(first.id)))
        player.app.tell_screens(Stale(is_foreign=True))
        await player.settle()
        assert under_cursor(player)[0] == "Write the summary"
        assert "Call about the invoice" not in listed(player)


async def test_only_mine(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "at", "2", "M")
        assert "Anna Nowak · Sun 22 Nov" in player.text
        assert "Call about the invoice" not in listed(player)
        assert "Demo by video" in player.text
        await player.press("M")
        assert "everybody · Sun 22 Nov" in player.text
        assert "Call about the invoice" in player.text


async def test_midnight_makes_another_agenda(agenda: Workspace, clock: FixedClock) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t")
        clock.set(clock.now() + timedelta(minutes=31))
        screen(player)._minute_passed()
        await player.settle()
        assert "in 4 h" in player.text
        clock.set(clock.now() + timedelta(days=1))
        screen(player)._minute_passed()
        await player.settle()
        assert "6 days late" in player.text
        assert "everybody · Mon 23 Nov" in player.text


async def test_there_and_back(agenda: Workspace) -> None:
    async with playing(agenda) as player:
        await player.press("g", "t", "j", "enter")
        assert "Demo by video" in player.text
        await player.press("q")
        assert under_cursor(player)[0] == "Demo by video"
        await player.press("g", "m", "colon")
        await paste(player, "agenda")
        await player.press("enter")
        assert under_cursor(player)[0] == "Demo by video"
        await player.press("g", "b")
        assert player.app.screen is player.app.board_screen()


async def test_nothing_to_do_says_what_to_press(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("g", "t", "c", "j", "G", "enter", "[", "]")
        assert "Nothing is to be done" in player.text
        assert "g b" in player.text
        assert screen(player).listing.selected is None


def test_every_key_of_the_agenda_does_something() -> None:
    for action in ACTIONS:
        if AGENDA in action.contexts:
            method = f"action_{action.action.partition('(')[0]}"
            assert hasattr(AgendaScreen, method) or hasattr(PipeboardApp, method), action.id


def named(groups: tuple[AgendaGroup, ...], title: str) -> Any:
    return next(row for group in groups for row in group.rows if row.title == title)


def test_late_days_are_told_however_many_they_are(agenda: Workspace) -> None:
    deal_id = agenda.deals.find("Hooli trial")
    agenda.execute(c.AddTask(deal_id, "Ancient", "todo", TODAY - timedelta(days=1204)))
    now = agenda.clock.now().astimezone(agenda.zone)
    row = named(groups_of(agenda.agenda.agenda(), AgendaTerms(now, "EUR")), "Ancient")
    assert (row.state, row.when) == ("1,204 days late", "Sun 6 Aug 2023")


@pytest.mark.parametrize(
    ("at", "due", "words"),
    [
        ((0, 30), time(5, 0), "in 5 h"),  # 4 h 30 on the wall clock, but one hour comes twice that night
        ((4, 1), time(5, 0), "in 59 min"),
        ((5, 0), time(5, 0), "now"),
        ((5, 1), time(5, 0), "1 min ago"),
        ((7, 0), time(5, 0), "2 h ago"),
    ],
)
def test_hours_are_those_that_pass(
    agenda: Workspace, clock: FixedClock, at: tuple[int, int], due: time, words: str
) -> None:
    now = datetime(2026, 10, 25, *at, tzinfo=ZoneInfo("Europe/Warsaw"))
    agenda.execute(c.AddTask(agenda.deals.find("Hooli trial"), "Early", "todo", date(2026, 10, 25), due))
    clock.set(now)
    row = named(groups_of(agenda.agenda.agenda(), AgendaTerms(now, "EUR")), "Early")
    assert row.when == words


def test_many_deals_are_counted_but_not_all_read(agenda: Workspace) -> None:
    whole, some = agenda.agenda.agenda(), agenda.agenda.agenda(1)
    assert (len(whole.no_next_step), whole.unplanned_count) == (2, 2)
    assert [deal.row.title for deal in some.no_next_step] == ["Stark retrofit"]
    assert (some.unplanned_count, some.suggested_count) == (2, whole.suggested_count)
    assert [s.deal_id for s in some.suggested] == [s.deal_id for s in whole.suggested][:1]

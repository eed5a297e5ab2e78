"""The agenda by day and by week, whose work it is, and suggestions taken by one key."""

from datetime import date, datetime, time, timedelta
from typing import Any

from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.services.agenda import Load
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.agenda_arranging import load_words
from pipeboard.tui.screens.agenda import AgendaScreen
from pipeboard.tui.text.agenda_days import AgendaView, arranged, span_words
from pipeboard.tui.text.agenda_rows import AgendaTerms
from tests.tui.driver import Player, playing

TODAY = date(2026, 11, 22)


def fill(workspace: Workspace, clock: FixedClock) -> None:
    """One deal with tasks around today, one that is silent for long."""
    now = clock.now()
    stage = workspace.deals.stages()[0].id
    clock.set(now - timedelta(days=20))
    workspace.execute(c.CreateDeal("Hooli", stage, 9_000_00))
    clock.set(now)
    workspace.execute(c.CreateDeal("Acme", stage))
    for title, days, at in (
        ("late", -9, None),
        ("late this week", -2, None),
        ("evening", 0, time(19)),
        ("any", 0, None),
        ("morning", 0, time(11)),
        ("friday", 5, time(9)),
    ):
        workspace.execute(c.AddTask(2, title, "todo", TODAY + timedelta(days=days), at))


def arranged_titles(workspace: Workspace, view: AgendaView, day: date) -> dict[str, list[str]]:
    now = workspace.clock.now().astimezone(workspace.zone)
    groups = arranged(workspace.agenda.agenda(), AgendaTerms(now, "EUR"), view, day)
    return {group.name: [row.title for row in group.rows] for group in groups}


def test_a_day_by_its_hours(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    assert arranged_titles(local_workspace, AgendaView.DAY, TODAY) == {
        "Late": ["late", "late this week"],
        "Any time": ["any"],
        "Morning": ["morning"],
        "Evening": ["evening"],
    }
    assert arranged_titles(local_workspace, AgendaView.DAY, date(2026, 11, 27)) == {"Morning": ["friday"]}
    assert arranged_titles(local_workspace, AgendaView.DAY, date(2026, 11, 28)) == {"Sat 28 Nov": []}


def test_a_week_by_its_days(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    week = arranged_titles(local_workspace, AgendaView.WEEK, TODAY)
    assert list(week) == [
        "Late from before",
        *(f"{d} Nov" for d in ["Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20"]),
        "Sat 21 Nov",
        "Sun 22 Nov",
    ]
    assert week["Late from before"] == ["late"]
    assert week["Fri 20 Nov"] == ["late this week"]
    assert week["Sun 22 Nov"] == ["any", "morning", "evening"]
    following = arranged_titles(local_workspace, AgendaView.WEEK, TODAY + timedelta(days=7))
    assert (len(following), following["Fri 27 Nov"]) == (7, ["friday"])
    assert span_words(AgendaView.WEEK, TODAY, TODAY) == "Mon 16 Nov to Sun 22 Nov"


def test_how_much_waits_in_words() -> None:
    anna = Load(1, "Anna", 2, 0, 3, 14)
    assert load_words([anna]) == "2 late, 3 this week, 14 open"
    assert load_words([anna, anna._replace(today=1)]) == "4 late, 1 today, 6 this week, 28 open"
    assert load_words([]) == "nothing waits"


def rows(player: Player) -> list[str]:
    screen = player.app.screen
    assert isinstance(screen, AgendaScreen)
    return [row.title for row in screen.listing.rows]


async def test_day_and_week_by_key(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        await player.press("g", "t")
        assert rows(player)[0] == "late", "what is overdue is seen from anywhere with two keys"
        await player.press("v")
        assert rows(player) == ["late", "late this week", "any", "morning", "evening"]
        await player.press("v", "right_square_bracket")
        assert "Mon 23 Nov to Sun 29 Nov" in player.text
        assert "Tue 24 Nov free" in player.text
        assert rows(player) == ["friday"]
        await player.press("c", "escape")
        assert rows(player) == []
        await player.press("v")
        assert "Suggested" in player.text


async def test_a_suggestion_is_taken_or_hidden_by_one_key(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    async with playing(local_workspace) as player:
        await player.press("g", "t", "G")
        assert "No activity for 20 days" in player.text
        assert "+ get back in touch" in player.text
        await player.press("plus")
        assert [t.title for t in local_workspace.deals.detail(1).tasks] == ["Get back in touch"]
        assert "No activity for 20 days" not in player.text
        await player.press("u", "G", "s", "2")
        assert "No activity for 20 days" not in player.text
        await player.press("u", "G", "D")
        assert local_workspace.agenda.agenda().suggested == ()
        assert local_workspace.deals.detail(1).title == "Hooli", "the deal is still there"


async def test_whose_work_with_how_much_waits(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    boris: Any = local_workspace.execute(c.AddOwner("Boris")).events[0]
    local_workspace.execute(c.EditTask(c.Seen(6), (("assignee_id", boris.entity_id),)))
    async with playing(local_workspace, settings=Settings(start="agenda", suggestions=())) as player:
        assert isinstance(player.app.screen, AgendaScreen), "the day starts here when the settings say so"
        assert "No activity for" not in player.text
        await player.press("W")
        assert "2 late, 3 today, 5 open" in player.text
        await player.press("2")
        assert rows(player)[0] == "friday"
        assert "Boris" in player.text
        await player.press("M")
        assert "friday" not in rows(player)


def test_the_hours_of_a_day_in_another_zone(sqlite_database: str, clock: FixedClock) -> None:
    """At 9:00 UTC of 22 November it is the 22nd everywhere but in Apia, where it is late in the evening."""
    for zone, day in (("America/New_York", 22), ("Asia/Kolkata", 22), ("Pacific/Apia", 22)):
        workspace = Workspace.open(sqlite_database, clock, login="anna", person="Anna", zone=zone)
        assert workspace.agenda.today == date(2026, 11, day)
        clock.set(datetime.fromisoformat("2026-11-22T11:30:00+00:00"))
        assert workspace.agenda.today == date(2026, 11, 23 if zone == "Pacific/Apia" else 22)
        clock.set(datetime.fromisoformat("2026-11-22T09:00:00+00:00"))
        workspace.close()


def done_on(workspace: Workspace, clock: FixedClock, days: int, *titles: str) -> None:
    """Tick tasks off as it would have been done so many days ago."""
    now = clock.now()
    clock.set(now - timedelta(days=days))
    for title in titles:
        made: Any = workspace.execute(c.AddTask(2, title, "todo", TODAY)).events[0]
        workspace.execute(c.CompleteTask(c.Seen(made.task_id)))
    clock.set(now)


def test_what_was_done_stands_below_its_day(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    done_on(local_workspace, clock, 0, "called", "wrote")
    done_on(local_workspace, clock, 3, "met")
    reads, now = local_workspace.agenda, clock.now().astimezone(local_workspace.zone)
    value = reads.agenda()._replace(done=reads.done(TODAY - timedelta(7)))
    terms = AgendaTerms(now, "EUR")

    def titles(view: AgendaView, day: date) -> dict[str, list[str]]:
        return {group.name: [row.title for row in group.rows] for group in arranged(value, terms, view, day)}

    assert titles(AgendaView.DAY, TODAY)["Done"] == ["called", "wrote"]
    assert titles(AgendaView.DAY, TODAY - timedelta(3)) == {"Done": ["met"]}
    week = titles(AgendaView.WEEK, TODAY)
    assert week["Thu 19 Nov"] == ["met"]
    assert next(titles for day, titles in week.items() if day.startswith("Sun"))[-2:] == ["called", "wrote"]
    assert titles(AgendaView.LIST, TODAY)["Done today"] == ["called", "wrote"]
    assert reads.done(owner_id=99) == ()
    assert [one.task.title for one in reads.done(deal_ids=frozenset({2}))] == ["called", "wrote"]
    assert reads.done(deal_ids=frozenset({1})) == ()


def test_what_is_taken_back_was_not_done(workspace: Workspace, clock: FixedClock) -> None:
    fill(workspace, clock)
    done_on(workspace, clock, 0, "called")
    assert [one.task.title for one in workspace.agenda.done()] == ["called"]
    workspace.execute(c.Undo())
    assert workspace.agenda.done() == ()


async def test_a_done_task_moves_down_and_is_counted(local_workspace: Workspace, clock: FixedClock) -> None:
    fill(local_workspace, clock)
    done_on(local_workspace, clock, 12, "long ago")
    async with playing(local_workspace) as player:
        await player.press("g", "t")
        screen = player.app.screen
        assert isinstance(screen, AgendaScreen)
        assert "done today" not in player.text
        await player.press("c", "escape")
        assert "1 done today" in player.text.splitlines()[0]
        assert [row.title for row in screen.listing.rows if row.key.kind == "done"] == ["late"]
        await player.press("v", "v", "left_square_bracket")
        assert "long ago" in player.text, "what was done is read for the days on show"
        await player.press("G", "enter")
        assert "Acme" in player.text.splitlines()[2]

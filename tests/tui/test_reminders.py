"""What has come due is told once, and together after a long sleep."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from pipeboard.config.settings import Settings
from pipeboard.domain import commands as c
from pipeboard.services.agenda import Ring
from pipeboard.services.clock import FixedClock, zone_of
from pipeboard.services.workspace import Workspace
from pipeboard.tui.reminders import reminder_lines
from tests.tui.driver import Player, playing

TODAY = date(2026, 11, 22)
HINT = "Ctrl+N completes it, puts it off or opens it"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def plan(workspace: Workspace, title: str, on: date, at: time | None, assignee_id: int | None = None) -> int:
    """A task for a deal of its own."""
    stage = workspace.deals.stages()[0]
    deal: Any = workspace.execute(c.CreateDeal(f"Deal of {title}", stage.id)).events[0]
    made: Any = workspace.execute(c.AddTask(deal.deal_id, title, "call", on, at, assignee_id)).events[0]
    return int(made.task_id)


def told(player: Player) -> list[str]:
    return [toast.message for toast in player.app._notifications]


async def look(player: Player, clock: FixedClock, at: datetime) -> list[str]:
    """Let it become a time, and what is told then."""
    clock.set(at)
    before = len(told(player))
    assert player.app.reminders is not None
    await player.app.reminders.look()
    await player.settle()
    return told(player)[before:]


async def test_a_task_rings_once_at_its_time(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "call Bob", TODAY, time(13, 0))
    async with playing(local_workspace) as player:
        assert await look(player, clock, NOON - timedelta(minutes=1)) == []
        assert await look(player, clock, NOON) == [
            "13:00  call Bob: Deal of call Bob\nCtrl+N completes it, puts it off or opens it"
        ]
        assert await look(player, clock, NOON + timedelta(minutes=1)) == []


async def test_what_came_due_during_a_sleep_is_told_together(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "[late]\x1b[5m", TODAY + timedelta(days=1), time(0, 30))
    plan(local_workspace, "first", TODAY, time(15, 0))
    plan(local_workspace, "any time", TODAY, None)
    done = plan(local_workspace, "done", TODAY, time(15, 0))
    local_workspace.execute(c.CompleteTask(c.Seen(done)))
    async with playing(local_workspace) as player:
        (words,) = await look(player, clock, NOON + timedelta(days=1))
        assert words.splitlines() == [
            "yesterday 15:00  first: Deal of first",
            "00:30  [late][5m: Deal of [late][5m",
            HINT,
        ]


async def test_a_clock_that_is_set_back_rings_nothing_again(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "call Bob", TODAY, time(13, 0))
    plan(local_workspace, "call Eve", TODAY, time(14, 0))
    async with playing(local_workspace) as player:
        assert len(await look(player, clock, NOON)) == 1
        assert await look(player, clock, NOON - timedelta(hours=2)) == []
        (words,) = await look(player, clock, NOON + timedelta(hours=1))
        assert "Eve" in words
        assert "Bob" not in words


async def test_put_off_it_rings_on_the_other_day(local_workspace: Workspace, clock: FixedClock) -> None:
    task = plan(local_workspace, "call Bob", TODAY, time(13, 0))
    local_workspace.execute(c.EditTask(c.Seen(task), (("snoozed_until", TODAY + timedelta(days=1)),)))
    async with playing(local_workspace) as player:
        assert await look(player, clock, NOON + timedelta(hours=1)) == []
        assert len(await look(player, clock, NOON + timedelta(days=1))) == 1


async def test_tasks_of_others_do_not_ring_and_it_can_be_switched_off(
    local_workspace: Workspace, clock: FixedClock
) -> None:
    local_workspace.execute(c.AddOwner("Boris"))
    (boris,) = (o.id for o in local_workspace.board.overview().owners if o.name == "Boris")
    plan(local_workspace, "his", TODAY, time(13, 0), boris)
    plan(local_workspace, "mine", TODAY, time(13, 0))
    async with playing(local_workspace) as player:
        (words,) = await look(player, clock, NOON)
        assert "mine" in words
        assert "his" not in words
    async with playing(local_workspace, settings=Settings(reminders=False)) as player:
        assert player.app.reminders is None


@pytest.mark.parametrize(
    ("zone", "on", "at", "instant"),
    [
        ("Europe/Warsaw", date(2026, 3, 29), time(2, 30), "2026-03-29T01:30:00+00:00"),  # left out: an hour later
        ("Europe/Warsaw", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),  # twice: the first time
        ("Asia/Kolkata", date(2026, 11, 22), time(9, 0), "2026-11-22T03:30:00+00:00"),
        ("Pacific/Apia", date(2026, 11, 23), time(0, 15), "2026-11-22T11:15:00+00:00"),
        ("America/New_York", date(2026, 11, 22), time(23, 59), "2026-11-23T04:59:00+00:00"),
    ],
)
def test_the_zone_of_the_workspace_says_when(
    sqlite_database: str, clock: FixedClock, zone: str, on: date, at: time, instant: str
) -> None:
    workspace = Workspace.open(sqlite_database, clock, login="anna", person="Anna", zone=zone)
    expected = datetime.fromisoformat(instant)
    clock.set(expected - timedelta(days=2))
    plan(workspace, "call Bob", on, at)
    second = timedelta(seconds=1)
    assert [r.at for r in workspace.agenda.rings(expected - second, expected)] == [expected]
    assert workspace.agenda.rings(expected, expected + timedelta(days=1)) == ()
    assert workspace.agenda.rings(expected - timedelta(days=1), expected - second) == ()
    workspace.close()


def test_of_many_only_the_latest_are_named() -> None:
    rings = [Ring(NOON + timedelta(minutes=n), n, f"task {n}", "Acme") for n in range(8)]
    zone = zone_of("Europe/Warsaw")
    lines = reminder_lines(rings, zone, NOON.astimezone(zone))
    assert lines[0] == "and 3 more before that"
    assert lines[1:3] == ["13:03  task 3: Acme", "13:04  task 4: Acme"]
    assert len(lines) == 6


async def test_what_came_due_while_the_program_was_closed(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "call Bob", TODAY, time(13, 0))
    plan(local_workspace, "call Eve", TODAY + timedelta(days=1), time(9, 0))
    clock.set(NOON + timedelta(days=1))
    async with playing(local_workspace) as player:
        (words,) = await look(player, clock, NOON + timedelta(days=1))
        assert words.splitlines()[:2] == [
            "yesterday 13:00  call Bob: Deal of call Bob",
            "09:00  call Eve: Deal of call Eve",
        ]
    async with playing(local_workspace) as player:
        assert await look(player, clock, NOON + timedelta(days=1, minutes=5)) == []


async def test_in_quiet_hours_nothing_rings_and_nothing_is_lost(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "call Bob", TODAY, time(13, 0))
    async with playing(local_workspace, settings=Settings(quiet_hours="12:30-14:00")) as player:
        assert await look(player, clock, NOON) == []
        assert len(await look(player, clock, NOON + timedelta(hours=1))) == 1


async def test_a_reminder_is_answered_from_anywhere(local_workspace: Workspace, clock: FixedClock) -> None:
    plan(local_workspace, "call Bob", TODAY, time(13, 0))
    plan(local_workspace, "call Eve", TODAY, time(13, 0))
    async with playing(local_workspace) as player:
        await look(player, clock, NOON)
        await player.press("ctrl+n", "1", "2")  # the latest of both, until Monday
        await player.press("ctrl+n", "c", "enter")
        bob, eve = (local_workspace.deals.detail(n).tasks[0] for n in (1, 2))
        assert eve.snoozed_until == TODAY + timedelta(days=1)
        assert bob.done_at is not None or local_workspace.deals.detail(1).tasks[-1].done_at is not None
        await player.press("ctrl+n")
        assert "Nothing has rung" in player.text

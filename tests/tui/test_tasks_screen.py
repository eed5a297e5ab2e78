"""The tasks of one deal with a cursor on them."""

from datetime import date, time, timedelta

import pytest

from pipeboard.domain import commands as c
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.tasks import TasksScreen
from pipeboard.tui.text.task_groups import moved
from tests.tui.driver import Player, playing

TODAY = date(2026, 11, 22)


@pytest.fixture
def acme(local_workspace: Workspace) -> Workspace:
    """A deal with six tasks, one of them done."""
    local_workspace.execute(c.CreateDeal("Acme [/ EU]", local_workspace.deals.stages()[0].id))
    for title, days, at in (
        ("late", -40, None),
        ("first", 0, time(15)),
        ("second", 0, None),
        ("weekly", 5, None),
        ("some day", None, None),
        ("was done", -50, None),
    ):
        every = "FREQ=WEEKLY" if title == "weekly" else ""
        due = TODAY + timedelta(days=days) if days is not None else None
        local_workspace.execute(c.AddTask(1, title, "todo", due, at, recurrence=every))
    local_workspace.execute(c.CompleteTask(c.Seen(6)))
    return local_workspace


def titles(player: Player) -> list[str]:
    screen = player.app.screen
    assert isinstance(screen, TasksScreen)
    return [row.title for row in screen.listing.rows]


def open_titles(workspace: Workspace) -> list[str]:
    return [task.title for task in workspace.deals.detail(1).tasks if task.done_at is None]


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_late_today_next_and_done(acme: Workspace, size: tuple[int, int]) -> None:
    async with playing(acme, size) as player:
        await player.press("tab")
        assert titles(player) == ["late", "first", "second", "weekly", "some day", "was done"]
        for words in ("Tasks of Acme [/ EU]", "Late 1", "40 days late", "Today 2", "every week", "No date 1", "Done 1"):
            assert words in player.text
        await player.press("escape")
        assert not isinstance(player.app.screen, TasksScreen)


async def test_each_task_is_worked_on_from_the_board(acme: Workspace) -> None:
    async with playing(acme) as player:
        await player.press("tab", "j", "c", "escape")
        assert "first" not in open_titles(acme)
        await player.press("s", "2")
        second = next(task for task in acme.deals.detail(1).tasks if task.title == "second")
        assert (second.snoozed_until, second.due_on) == (date(2026, 11, 23), TODAY), "put off, not moved"
        assert "second" in titles(player)
        await player.press("u", "u")
        assert titles(player)[:3] == ["late", "first", "second"]
        await player.press("G", "c")
        assert len(open_titles(acme)) == 5, "what is done is done already"


async def test_tasks_of_a_day_are_put_in_order(acme: Workspace) -> None:
    async with playing(acme) as player:
        await player.press("tab", "j", "J")
        assert titles(player)[:3] == ["late", "second", "first"]
        await player.press("K", "K")
        assert titles(player)[:3] == ["late", "first", "second"]
        assert "Tasks of one day have an order" in player.text


async def test_one_of_a_series_is_skipped_from_the_deal_screen(acme: Workspace) -> None:
    async with playing(acme) as player:
        await player.press("enter", "tab", "j", "j", "j", "D", "s")
        weekly = next(task for task in acme.deals.detail(1).tasks if task.title == "weekly")
        assert weekly.due_on == TODAY + timedelta(days=12)
        await player.press("t")
        await player.type("think")
        await player.press("enter")
        assert "think" in titles(player)


def test_a_place_further_down_or_up() -> None:
    assert moved([1, 2, 3], 2, 1) == (1, 3, 2)
    assert moved([1, 2, 3], 2, -1) == (2, 1, 3)
    assert moved([1, 2, 3], 1, -1) == (1, 2, 3)
    assert moved([1, 2, 3], 3, 1) == (1, 2, 3)

"""The screens of the pipeline meeting and of hygiene: what a person reads, and what the keys do."""

from datetime import date, timedelta
from typing import Any

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.screens.hygiene import HygieneScreen
from pipeboard.tui.screens.review import ReviewScreen
from tests.tui.driver import playing

TODAY = date(2026, 11, 22)


def _add(workspace: Workspace, title: str, stage: int = 0, **fields: Any) -> int:
    made: Any = workspace.execute(c.CreateDeal(title, workspace.deals.stages()[stage].id, **fields)).events[0]
    return int(made.deal_id)


def _fill(workspace: Workspace, clock: FixedClock) -> None:
    """Two deals nobody cared for, one that decides the target, one that is fine."""
    now = clock.now()
    clock.set(now - timedelta(days=100))
    _add(workspace, "Acme [/ EU]\x1b[31m", value_minor=900_00)
    _add(workspace, "Старый проект")
    clock.set(now)
    planned: dict[str, Any] = {"value_minor": 5_000_00, "next_step": "call", "due_on": TODAY}
    _add(workspace, "Wayne tower", 4, expected_close_on=TODAY + timedelta(days=10), **planned)
    _add(workspace, "Fine", expected_close_on=TODAY + timedelta(days=90), **planned)


async def test_hygiene_lists_each_gap_and_flushes_what_is_not_kept(
    local_workspace: Workspace, clock: FixedClock
) -> None:
    _fill(local_workspace, clock)
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("g", "s")
        assert isinstance(player.app.screen, HygieneScreen)
        text = player.text
        assert "everybody · 4 open deals, 2 stale" in text
        assert "Dead 2 · €900" in text
        assert "no activity for 100 days, limit 7" in text
        assert "Complete   Anna Nowak 50% of 4" in text
        await player.press("X")
        assert "2 deals would be closed" in player.text
        await player.press("space", "y")
        assert "Flushed Старый проект: Stale (flush)" in player.text
        assert "1 stale" in player.text
        assert player.stage_of("Старый") == "Lost"
        assert player.stage_of("Acme") == "Lead"
        await player.press("u")
        assert player.stage_of("Старый") == "Lead"


async def test_a_gap_is_mended_with_the_keys_of_the_board(local_workspace: Workspace, clock: FixedClock) -> None:
    deal_id = _add(local_workspace, "Bare", value_minor=100)
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("g", "s", "t")
        await player.type("call fri")
        await player.press("enter")
        assert [task.title for task in local_workspace.deals.detail(deal_id).tasks] == ["call"]
        assert "Without a next step" not in player.text
        assert "Without a close date 1" in player.text


async def test_the_meeting_walks_the_deals_and_ends_in_a_record(local_workspace: Workspace, clock: FixedClock) -> None:
    _fill(local_workspace, clock)
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("g", "r")
        screen = player.app.screen
        assert isinstance(screen, ReviewScreen)
        assert "0 of 3 deals · Q4 €0 won, €3.8k to come · the first review" in player.text
        await player.press("slash")
        await player.type("value>1k")
        await player.press("enter")
        assert [row.title for row in screen.listing.rows] == ["Wayne tower"]
        await player.press("escape")
        assert len(screen.listing.rows) == 3
        assert screen.listing.rows[0].title == "Wayne tower"
        await player.press("space")
        assert "looked at" in player.text
        assert screen.row() is not None
        assert (screen.row() or screen.listing.rows[0]).title.startswith("Acme")
        await player.press("t")
        await player.type("call fri")
        await player.press("enter")
        assert "2 of 3 deals" in player.text
        await player.press("u")
        assert "1 of 3 deals" in player.text, "what was taken back was not decided"
        await player.press("r")
        await player.type("ask legal")
        await player.press("enter", "ctrl+s")
        assert "2 deals not spoken of" in player.text
        await player.press("y")
        assert "The review is kept and copied" in player.text
        await player.press("enter")
        assert not isinstance(player.app.screen, ReviewScreen)
    record = local_workspace.review.review().last_record
    assert "- **Wayne tower**" in record
    assert "ask legal" in record
    assert "Not spoken of: 2 deals." in record


async def test_a_meeting_with_decisions_is_not_left_by_mistake(local_workspace: Workspace, clock: FixedClock) -> None:
    _fill(local_workspace, clock)
    async with playing(local_workspace, (60, 20)) as player:
        await player.press("g", "r", "space", "escape")
        assert "Leave without a record?" in player.text
        await player.press("escape")
        assert isinstance(player.app.screen, ReviewScreen)
        await player.press("q", "y")
        assert not isinstance(player.app.screen, ReviewScreen)


async def test_the_filter_line_says_what_it_did_not_understand(local_workspace: Workspace, clock: FixedClock) -> None:
    _fill(local_workspace, clock)
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("g", "s", "slash")
        await player.type("close<nonsense")
        assert "nonsense" in str(player.app.screen.query_one("#problem").render())
        assert player.app.screen.query_one("#problem").display


async def test_the_rows_of_the_meeting_tell_the_score_where_there_is_one(
    local_workspace: Workspace, clock: FixedClock
) -> None:
    _fill(local_workspace, clock)
    deal_id = local_workspace.deals.find("Wayne tower")
    local_workspace.execute(c.AnswerBant(c.Seen(deal_id), (("budget", "yes", None), ("need", "yes", None))))
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("g", "r")
        (row,) = [line for line in player.text.splitlines() if "Wayne tower" in line and "closes in 10 days" in line]
        assert "score 50" in row
        assert player.text.count("score 50") == 1, "and of no other deal"

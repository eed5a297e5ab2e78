"""Deals are moved by keys, stay moved, and nothing a key asked for is lost."""

import asyncio
from datetime import timedelta

from pipeboard.domain.commands import CreateDeal, Seen, StepDeals
from pipeboard.domain.events import DealCreated
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import NOW, OpenWorkspace
from tests.tui.driver import playing


def add(workspace: Workspace, *titles: str) -> list[int]:
    """Deals in the first stage; the last one on top."""
    stage = workspace.deals.stages()[0]
    outcomes = [workspace.execute(CreateDeal(title, stage.id, value_minor=100_00)) for title in titles]
    return [event.deal_id for outcome in outcomes for event in outcome.events if isinstance(event, DealCreated)]


async def test_a_card_moves_with_the_cursor_and_comes_back_by_undo(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme", "Globex")
    async with playing(local_workspace) as player:
        assert player.cursor == "Globex"
        await player.press("L")
        assert player.stage_of("Globex") == "Contacted"
        assert player.cursor == "Globex"
        assert "Moved Globex to Contacted" in player.text
        await player.press("u")
        assert player.stage_of("Globex") == "Lead"
        assert player.cursor == "Globex"
        await player.press("U")
        assert player.stage_of("Globex") == "Contacted"


async def test_every_way_to_move_one_stage(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme")
    async with playing(local_workspace) as player:
        for key, stage in (
            ("L", "Contacted"),
            ("greater_than_sign", "Qualified"),
            ("shift+right", "Proposal made"),
            ("H", "Qualified"),
            ("less_than_sign", "Contacted"),
            ("shift+left", "Lead"),
            ("H", "Lead"),
        ):
            await player.press(key)
            assert player.stage_of("Acme") == stage, key


async def test_a_burst_of_forty_keys_is_forty_actions_in_order(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme")
    before = local_workspace.changes.last_action_id()
    async with playing(local_workspace) as player:
        await player.pilot.press(*(["L"] * 4 + ["H"] * 4) * 5)
        await player.settle()
        labels = [change.label for change in local_workspace.changes.changes_since(before)]
    assert len(labels) == 40
    names = ["Contacted", "Qualified", "Proposal made", "Negotiation"]
    round_trip = [*names, *names[-2::-1], "Lead"]
    assert labels == [f"Moved Acme to {name}" for name in round_trip * 5]


async def test_a_move_that_loses_a_race_is_told_and_the_board_is_right(
    sqlite_database: str, open_workspace: OpenWorkspace
) -> None:
    anna, boris = open_workspace(sqlite_database), open_workspace(sqlite_database, "boris")
    (deal_id,) = add(anna, "Acme")
    async with playing(anna) as player:
        boris.execute(StepDeals((Seen(deal_id),), 2))
        await player.press("L")
        assert player.stage_of("Acme") == "Qualified"
        assert any("Boris" in toast.message for toast in player.app._notifications)


async def test_marked_deals_move_together_and_are_undone_together(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme", "Globex", "Initech")
    async with playing(local_workspace) as player:
        await player.press("space", "space")
        await player.press("m", "3")
        assert [player.stage_of(name) for name in ("Acme", "Globex", "Initech")] == ["Lead", "Qualified", "Qualified"]
        await player.press("u")
        assert player.stage_of("Globex") == player.stage_of("Initech") == "Lead"


async def test_cards_change_places(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme", "Globex", "Initech")
    stage = local_workspace.deals.stages()[0]

    def order() -> list[str]:
        return [card.title for card in local_workspace.board.cards(local_workspace.board.ids(stage))]

    async with playing(local_workspace) as player:
        await player.press("J")
        assert order() == ["Globex", "Initech", "Acme"]
        await player.press("shift+down")
        assert order() == ["Globex", "Acme", "Initech"]
        await player.press("K", "K", "K")
        assert order() == ["Initech", "Globex", "Acme"]
        assert player.cursor == "Initech"


async def test_a_reordered_card_moves_and_its_column_stays(local_workspace: Workspace) -> None:
    add(local_workspace, *(f"Deal {number}" for number in range(9)))
    async with playing(local_workspace, (80, 24)) as player:
        first, second = player.cursor, next(t for t in ("Deal 1", "Deal 7") if t in player.text)
        await player.press("J")
        assert player.text.index(second) < player.text.index(first), "the other card did not scroll away"
        assert " above" not in player.text


async def test_keys_that_have_nothing_to_do_say_so(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme")
    async with playing(local_workspace, (80, 24)) as player:
        for key, words in (("H", "Acme is in the first open stage"), ("F", "No filter is set"), ("9", "There are 8")):
            await player.press(key)
            assert words in player.text.splitlines()[-1]


async def test_where_g_leads_fits_and_says_what_is_below(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("g")
        assert "Settings" in player.text
        assert "First card or row" in player.text
    async with playing(local_workspace, (60, 20)) as player:
        await player.press("g")
        assert "14, more below" in player.text


async def test_everything_is_where_it_was_after_a_restart(sqlite_database: str, open_workspace: OpenWorkspace) -> None:
    first = open_workspace(sqlite_database)
    add(first, "Acme", "Globex", "Initech")
    async with playing(first) as player:
        await player.press("j", "L", "z", "i")
        assert player.cursor == "Globex"
        await player.press("q")
    async with playing(open_workspace(sqlite_database)) as player:
        assert player.cursor == "Globex"
        assert player.stage_of("Globex") == "Contacted"
        assert player.app.board_screen().board.density == 4
        assert player.app.board_screen().query_one("#pane").display
        await player.press("u")
        assert player.stage_of("Globex") == "Lead"


async def test_a_second_terminal_sees_the_change_and_keeps_its_cursor(
    sqlite_database: str, open_workspace: OpenWorkspace, clock: FixedClock
) -> None:
    anna, boris = open_workspace(sqlite_database), open_workspace(sqlite_database, "boris")
    ids = add(anna, "Acme", "Globex")
    async with playing(anna) as player:
        await player.press("j")
        assert player.cursor == "Acme"
        clock.set(NOW + timedelta(minutes=5))
        boris.execute(StepDeals((Seen(ids[1]),), 1))
        # The watcher polls in a thread of its own; give it as many turns of the loop as it takes, but no more
        # than a person would wait.
        for _ in range(200):
            await asyncio.wait_for(player.settle(), 5)
            if "Boris" in player.text:
                break
        assert "Boris: Moved Globex to Contacted" in player.text
        assert player.cursor == "Acme"


async def test_a_card_is_dragged_in_its_stage_and_to_another_and_asks_where_keys_ask(
    local_workspace: Workspace,
) -> None:
    add(local_workspace, "Acme", "Globex", "Initech")

    def order() -> list[str]:
        stage = local_workspace.deals.stages()[0]
        return [card.title for card in local_workspace.board.cards(local_workspace.board.ids(stage))]

    async with playing(local_workspace) as player:

        async def drag(*path: tuple[int, int]) -> None:
            await player.pilot.mouse_down(offset=path[0])
            for offset in path[1:]:
                await player.pilot.hover(offset=offset)
            await player.pilot.mouse_up(offset=path[-1])
            await player.settle()

        rows = player.text.splitlines()
        y = {name: next(at for at, row in enumerate(rows) if name in row) for name in order()}
        await drag((5, y["Initech"]), (5, y["Acme"] + 3))
        assert order() == ["Globex", "Acme", "Initech"]
        await drag((5, y["Initech"]), (30, y["Initech"]))
        assert player.stage_of("Globex") == "Contacted"
        x = player.text.splitlines()[2].index("Lost") + 2
        await drag((5, y["Initech"]), (x, y["Initech"]))
        assert player.stage_of("Acme") == "Lead", "the reason is asked first"
        await player.press("1")
        assert player.stage_of("Acme") == "Lost"

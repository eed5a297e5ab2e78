"""Finding deals: the live filter, the search for one, the ways between screens."""

from textual.events import Key

from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from tests.tui.driver import playing


def fill(workspace: Workspace) -> None:
    """Deals whose names need folding to be found."""
    stages = workspace.deals.stages()
    for title, company, place, value in (
        ("Żabka rollout", "Żabka", 0, 100_00),
        ("Acme [/ EU] framework", "Acme", 0, 200_00),
        ("Initech renewal", "Initech", 1, 400_00),
        ("Acme platform", "Acme", 2, None),
    ):
        workspace.execute(CreateDeal(title, stages[place].id, value_minor=value, company=company))


async def test_the_filter_follows_every_key_and_ignores_accents(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("slash", "z", "a", "b")
        assert "Żabka rollout" in player.text
        assert "Initech" not in player.text
        assert "1 of 4 deals" in player.text
        await player.press("escape")
        assert "Initech renewal" in player.text
        assert "4 deals" in player.text


async def test_a_kept_filter_stays_through_moves_and_esc_clears_it(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("slash")
        await player.type("acme eu")
        await player.press("enter")
        assert player.cursor == "Acme [/ EU] framework"
        await player.press("L")
        assert player.stage_of("Acme [/ EU] framework") == "Contacted"
        assert "Initech" not in player.text
        assert "1 of 2" in player.text
        await player.press("escape")
        assert "Initech renewal" in player.text
        assert player.cursor == "Acme [/ EU] framework"


async def test_keys_typed_at_once_with_the_slash_reach_the_filter(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        for key, character in (("slash", "/"), ("i", "i"), ("n", "n"), ("i", "i")):
            player.app.post_message(Key(key, character))
        await player.settle()
        await player.settle()
        assert "Initech renewal" in player.text
        assert "Acme platform" not in player.text


async def test_totals_under_a_filter_are_those_of_what_is_left(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("slash")
        await player.type("acme")
        assert "2 of 4 deals · €200" in player.text


async def test_any_deal_is_a_few_letters_away(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("ctrl+f")
        await player.type("renewal")
        await player.press("enter")
        assert player.cursor == "Initech renewal"


async def test_enter_shows_everything_and_the_next_deal_is_one_key_away(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("enter")
        first = player.app.screen.query_one("#facts").deal_id  # type: ignore[attr-defined]
        await player.press("right_square_bracket")
        second = player.app.screen.query_one("#facts").deal_id  # type: ignore[attr-defined]
        assert first != second
        await player.press("q")
        card = player.app.board_screen().board.selected
        assert card is not None
        assert card.id == second


async def test_stages_by_number_and_ends_by_letter(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("3")
        assert player.cursor == "Acme platform"
        await player.press("1", "G")
        assert player.cursor == "Żabka rollout"
        await player.press("g", "g")
        assert player.cursor == "Acme [/ EU] framework"

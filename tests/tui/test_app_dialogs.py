"""The questions: few keys, one save, nothing changed by Esc, nothing lost by a mistake."""

from datetime import date

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.product_commands import AddProduct
from pipeboard.domain.stage import DealStatus
from pipeboard.services.workspace import Workspace
from tests.tui.driver import Player, playing


def add(workspace: Workspace, title: str = "Acme") -> None:
    """A deal with a task in the second stage."""
    stage = workspace.deals.stages()[1]
    workspace.execute(CreateDeal(title, stage.id, value_minor=100_00, next_step="call Bob", due_on=date(2026, 11, 22)))


def detail(player: Player, title: str = "Acme") -> DealDetail:
    """The deal as it is on disk."""
    reads = player.app.workspace.deals
    return reads.detail(reads.find(title))


async def test_won_is_one_key_and_enter(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "w", "enter")
        deal = detail(player)
        assert (deal.status, deal.closed_on, deal.value_minor) == (DealStatus.WON, date(2026, 11, 22), 100_00)
        await player.press("u")
        deal = detail(player)
        assert (deal.status, deal.closed_on, deal.stage) == (DealStatus.OPEN, None, "Contacted")


async def test_escape_puts_the_card_back(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        for key in "wxb":
            await player.press("2", key, "escape")
        assert detail(player).stage == "Contacted"
        assert local_workspace.changes.last_action_id() == before


async def test_lost_with_a_reason_is_two_keys(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "x", "2")
        deal = detail(player)
        assert (deal.status, deal.lost_reason, deal.closed_from) == (DealStatus.LOST, "Competitor", "Contacted")


async def test_parked_and_brought_back_to_where_it_came_from(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "b", "1")
        deal = detail(player)
        assert deal.status == DealStatus.PARKED
        assert deal.wake_on == date(2027, 2, 20)
        await player.press("R", "enter")
        deal = detail(player)
        assert (deal.status, deal.stage, deal.wake_on) == (DealStatus.OPEN, "Contacted", None)


async def test_move_to_a_closing_stage_asks_first(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "m")
        await player.type("won")
        await player.press("enter", "enter")
        assert detail(player).status == DealStatus.WON


async def test_quick_add_says_what_it_understood_and_saves_with_enter(local_workspace: Workspace) -> None:
    async with playing(local_workspace) as player:
        await player.press("n")
        await player.type('Acme renewal $12k #web 40% close:eom next:"call Bob" due:fri !')
        assert "Mon 30 Nov 2026, in 8 days" in player.text
        assert "$12,000" in player.text
        await player.press("enter")
        assert player.cursor == "Acme renewal"
        deal = detail(player, "Acme renewal")
        assert (deal.value_minor, deal.currency, deal.probability) == (12_000_00, "USD", 40)
        assert (deal.tags, deal.is_hot, deal.expected_close_on) == ("web", True, date(2026, 11, 30))
        assert [(t.title, t.due_on, t.kind) for t in deal.tasks] == [("call Bob", date(2026, 11, 27), "call")]


async def test_quick_add_completes_products_and_tells_their_list_price(local_workspace: Workspace) -> None:
    local_workspace.execute(AddProduct("GTX Pro", price_minor=550_00))
    async with playing(local_workspace) as player:
        await player.press("n")
        await player.settle()
        await player.type("Acme product:gt")
        await player.press("tab")
        assert 'Acme product:"GTX Pro"' in player.text
        assert "product GTX Pro, list €550" in player.text
        await player.press("enter")
        assert detail(player, "Acme").product == "GTX Pro"


async def test_a_whole_line_typed_in_one_go_with_its_key_is_one_deal(local_workspace: Workspace) -> None:
    from textual.events import Key

    async with playing(local_workspace) as player:
        for character in "nInitech renewal":
            name = "space" if character == " " else character
            player.app.post_message(Key(name, character))
        player.app.post_message(Key("enter", "\r"))
        player.app.post_message(Key("L", "L"))
        await player.settle()
        await player.settle()
        assert player.stage_of("Initech renewal") == "Contacted"


async def test_one_line_sets_one_field_of_all_marked(local_workspace: Workspace) -> None:
    add(local_workspace, "Acme")
    add(local_workspace, "Globex")
    async with playing(local_workspace) as player:
        await player.press("2", "V", "dollar_sign")
        await player.type("2.5k")
        await player.press("enter")
        assert [detail(player, name).value_minor for name in ("Acme", "Globex")] == [2_500_00, 2_500_00]
        await player.press("V", "number_sign")
        await player.type("web eu")
        await player.press("enter", "escape", "2", "number_sign")
        await player.type("+big -eu")
        await player.press("enter")
        assert sorted(detail(player, name).tags for name in ("Acme", "Globex")) == ["web big", "web eu"]


async def test_the_close_date_of_a_deal_in_a_week(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "d")
        await player.type("+1w")
        await player.press("enter")
        assert detail(player).expected_close_on == date(2026, 11, 29)
        await player.press("d")
        await player.type("someday")
        await player.press("enter")
        assert detail(player).expected_close_on == date(2026, 11, 29)
        assert "someday" in player.text


async def test_a_task_is_done_and_the_next_step_asked_for(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "c")
        await player.type("send offer fri")
        await player.press("enter")
        open_ones = [t for t in detail(player).tasks if t.done_at is None]
        assert [(t.title, t.due_on, t.kind) for t in open_ones] == [("send offer", date(2026, 11, 27), "mail")]
        await player.press("s", "2")
        assert detail(player).tasks[0].snoozed_until == date(2026, 11, 23)


async def test_what_happened_is_noted_in_one_line(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "i", "a")
        await player.type("call: they compare us with Initrode")
        await player.press("enter")
        assert detail(player).timeline[0].kind == "call"
        assert "they compare us" in player.text


def marked(workspace: Workspace) -> tuple[str, ...]:
    """Three deals in the second stage, the first of which has no task."""
    workspace.execute(CreateDeal("Hooli", workspace.deals.stages()[1].id))
    add(workspace, "Globex")
    add(workspace, "Initech")
    return ("Hooli", "Globex", "Initech")


def open_tasks(player: Player, title: str) -> list[str]:
    """The titles of a deal's open tasks, the next one first."""
    return [task.title for task in detail(player, title).tasks if task.done_at is None]


async def test_one_step_is_planned_for_all_marked_and_taken_back_at_once(local_workspace: Workspace) -> None:
    titles = marked(local_workspace)
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        await player.press("2", "V", "t")
        await player.type("send offer fri")
        await player.press("enter")
        assert all("send offer" in open_tasks(player, title) for title in titles)
        assert local_workspace.changes.last_action_id() == before + 1
        assert "Planned “send offer” for 3 deals" in player.text
        await player.press("u")
        assert [open_tasks(player, title) for title in titles] == [[], ["call Bob"], ["call Bob"]]


async def test_what_happened_is_noted_for_all_marked_and_taken_back_at_once(local_workspace: Workspace) -> None:
    titles = marked(local_workspace)
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        await player.press("2", "V", "a")
        await player.type("meeting: they all came")
        await player.press("enter")
        assert [detail(player, title).timeline[0].kind for title in titles] == ["meeting"] * 3
        assert local_workspace.changes.last_action_id() == before + 1
        await player.press("u")
        assert "meeting" not in [detail(player, title).timeline[0].kind for title in titles]


async def test_the_next_tasks_of_all_marked_are_done_and_followed(local_workspace: Workspace) -> None:
    titles = marked(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "V", "c")
        assert "Done: 2 tasks of 3 deals" in player.text
        await player.type("send offer fri")
        await player.press("enter")
        assert [open_tasks(player, title) for title in titles] == [[], ["send offer"], ["send offer"]]
        await player.press("u")
        assert [open_tasks(player, title) for title in titles] == [[], ["call Bob"], ["call Bob"]]


async def test_the_next_tasks_of_all_marked_are_put_off(local_workspace: Workspace) -> None:
    titles = marked(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "V", "s")
        assert "Snooze 2 tasks of 3 deals until" in player.text
        await player.press("2", "enter")
        found = [[task.snoozed_until for task in detail(player, title).tasks] for title in titles]
        assert found == [[], [date(2026, 11, 23)], [date(2026, 11, 23)]]
        await player.press("u")
        assert [task.snoozed_until for title in titles for task in detail(player, title).tasks] == [None, None]


async def test_marked_deals_without_a_task_are_told(local_workspace: Workspace) -> None:
    for title in ("Acme", "Globex"):
        local_workspace.execute(CreateDeal(title, local_workspace.deals.stages()[1].id))
    async with playing(local_workspace) as player:
        for key in "cs":
            await player.press("2", "V", key)
            assert len(player.app.screen_stack) == 1
            assert "2 deals have no open task; t plans one." in player.text
            await player.press("escape")


async def test_notes_are_not_written_for_one_of_several(local_workspace: Workspace) -> None:
    marked(local_workspace)
    async with playing(local_workspace) as player:
        before = local_workspace.changes.last_action_id()
        await player.press("2", "V", "E")
        assert "Notes are written one deal at a time" in player.text
        assert local_workspace.changes.last_action_id() == before


async def test_delete_asks_and_undo_brings_it_back(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "D", "y")
        assert "Acme" not in player.text.split("Deleted")[0]
        await player.press("u")
        assert detail(player).stage == "Contacted"


async def test_three_quick_presses_open_one_dialog(local_workspace: Workspace) -> None:
    from textual.events import Key

    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2")
        for _ in range(3):
            player.app.post_message(Key("w", "w"))
        await player.settle()
        assert len(player.app.screen_stack) == 2


async def test_help_finds_a_key_and_runs_it(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "question_mark")
        await player.type("next stage")
        await player.press("enter")
        assert player.stage_of("Acme") == "Qualified"


async def test_the_palette_runs_any_action(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "colon")
        await player.type("hot")
        await player.press("enter")
        assert detail(player).is_hot


async def test_a_task_that_comes_again_is_done_without_a_question(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        before = len(detail(player).tasks)
        await player.press("2", "c", "escape")
        await player.press("t")
        await player.type("check in every:2w")
        assert "every 2 weeks" in player.text
        await player.press("enter", "c")
        assert "Done: check in; again Sun 6 Dec 2026" in player.text
        assert [t.due_on for t in detail(player).tasks if t.done_at is None] == [date(2026, 12, 6)]
        assert len(detail(player).tasks) == before + 2

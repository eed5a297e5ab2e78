"""The menu behind `f`: a filter built by choosing, kept under a name, shown again by its digit."""

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.saved_views import SaveView
from pipeboard.services.workspace import Workspace
from tests.tui.driver import playing


def fill(workspace: Workspace) -> None:
    stages = workspace.deals.stages()
    workspace.execute(
        CreateDeal("Acme [/ renewal", stages[0].id, company="Acme [bold", tags=("web",), value_minor=90_000_00)
    )
    workspace.execute(CreateDeal("Globex pilot", stages[1].id, tags=("web",)))
    workspace.execute(CreateDeal("Initech audit", stages[1].id, value_minor=100_00))


async def test_a_filter_is_built_kept_and_shown_again_by_its_digit(local_workspace: Workspace) -> None:
    fill(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("f", "s")
        await player.type("cont")
        await player.press("enter")
        board = player.app.board_screen()
        assert board.filter_text == "stage:Contacted"
        assert "Acme" not in player.text
        await player.press("f", "t", "enter")
        assert board.filter_text == "stage:Contacted #web"
        await player.press("f", "k")
        await player.type("web [/")
        await player.press("enter")
        assert [view.filter for view in local_workspace.filters.views()] == ["stage:Contacted #web"]
        await player.press("F")
        assert "Acme" in player.text
        await player.press("f", "1")
        assert board.filter_text == "stage:Contacted #web"
        assert "Initech" not in player.text


async def test_a_view_sorts_the_list_and_the_agenda_has_the_menu_too(local_workspace: Workspace) -> None:
    fill(local_workspace)
    local_workspace.execute(SaveView("Big", "-no-value", "value desc"))
    async with playing(local_workspace) as player:
        await player.press("g", "l", "f", "1")
        shown = player.text
        assert shown.index("Acme") < shown.index("Initech")
        assert "Globex" not in shown
        await player.press("q", "g", "t", "f", "1")
        shown = player.text
        assert "Acme" in shown
        assert "Globex" not in shown


async def test_views_are_changed_from_the_menu(local_workspace: Workspace) -> None:
    for name in ("One", "Two"):
        local_workspace.execute(SaveView(name, "hot"))
    async with playing(local_workspace) as player:
        await player.press("f", "e", "2", "u")
        assert [view.name for view in local_workspace.filters.views()] == ["Two", "One"]
        await player.press("enter", "x", "u")
        assert [view.name for view in local_workspace.filters.views()] == ["Two", "One"]

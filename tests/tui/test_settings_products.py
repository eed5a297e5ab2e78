"""The catalogue on the screen of settings: kept by its keys, merged, archived, and each taken back."""

from pipeboard.domain import commands as c
from pipeboard.domain.product_commands import AddProduct, ArchiveProduct
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.sheet import Sheet
from pipeboard.tui.widgets.sheet_list import SheetList
from tests.tui.driver import Player, playing

HOSTILE = "Gold [/ EU]"


def rows(player: Player) -> SheetList:
    return player.app.screen.query_one(SheetList)


def names(workspace: Workspace) -> list[str]:
    """The products, archived ones last."""
    return [sheet.name for sheet in workspace.catalogues.products().sheets]


def deal(workspace: Workspace, product: str) -> int:
    """A deal with this product."""
    stage = workspace.deals.stages()[0].id
    workspace.execute(c.CreateDeal(f"Deal {product}", stage, product=product))
    return max(number for number, *_ in workspace.deals.names())


async def fill(player: Player, name: str, text: str) -> None:
    """Put a text into a field of the form."""
    sheet = player.app.screen
    assert isinstance(sheet, Sheet)
    row = next(row for row in sheet.rows if row.field.name == name)
    row.line.focus()
    row.line.value = text
    await player.pilot.pause()


async def test_a_product_is_added_changed_renamed_and_archived(local_workspace: Workspace) -> None:
    async with playing(local_workspace, (100, 70)) as player:
        await player.press("g", "comma")
        assert "none: n adds one with its list price" in player.text
        rows(player).select(("products", 0))
        await player.press("enter")
        await player.press("ctrl+s")
        assert "A product needs a name." in player.text
        await fill(player, "its-name", HOSTILE)
        await fill(player, "its-price", "abc")
        await player.press("ctrl+s")
        assert "is no amount" in player.text
        await fill(player, "its-price", "550")
        await fill(player, "its-code", "G-1")
        await player.press("ctrl+s")
        (sheet,) = local_workspace.catalogues.products().sheets
        assert sheet.product[2:8] == (HOSTILE, "G-1", "", 550_00, "EUR", "")
        assert rows(player).key == ("products", sheet.id)
        assert "€550" in player.text
        mine = deal(local_workspace, "g 1")
        await player.press("e")
        await fill(player, "its-category", "Plans")
        await player.press("ctrl+s", "r")
        await player.type("Gold plan")
        await player.press("enter")
        assert "Renamed the product Gold [/ EU] to Gold plan on 1 deal" in player.text
        assert local_workspace.deals.detail(mine).product == "Gold plan"
        await player.press("u")
        assert names(local_workspace) == [HOSTILE]
        assert local_workspace.deals.detail(mine).product == HOSTILE
        await player.press("D")
        assert "archived" in player.text
        assert local_workspace.deals.known().products == ()
        await player.press("D")
        assert local_workspace.deals.known().products == (HOSTILE,)


async def test_spellings_are_merged_and_one_undo_brings_them_back(local_workspace: Workspace) -> None:
    first, other = deal(local_workspace, "GTXPro"), deal(local_workspace, "Pro [GTX")
    for name in ("GTX Pro", "GTX Professional"):
        local_workspace.execute(AddProduct(name))
    local_workspace.execute(ArchiveProduct(c.Seen(2)))
    async with playing(local_workspace, (100, 70)) as player:
        await player.press("g", "comma")
        assert "also GTXPro" in player.text
        assert "on deals, not in the catalogue" in player.text
        rows(player).select(("texts", "Pro [GTX"))
        await player.press("m")
        await player.type("gtx pro")
        await player.press("enter")
        assert [local_workspace.deals.detail(i).product for i in (first, other)] == ["GTX Pro"] * 2
        assert "Merged Pro [GTX into the product GTX Pro on 2 deals" in player.text
        await player.press("u")
        assert [local_workspace.deals.detail(i).product for i in (first, other)] == ["GTXPro", "Pro [GTX"]
        rows(player).select(("products", 1))
        await player.press("m")
        assert "write the catalogue's spelling into the deals" in player.text
        await player.type("professional")
        await player.press("enter")
        assert "Which one stays?" in player.text
        await player.press("1")
        assert names(local_workspace) == ["GTX Pro"]
        await player.press("u")
        assert names(local_workspace) == ["GTX Pro", "GTX Professional"]
        rows(player).select(("products", 1))
        await player.press("m", "enter")
        assert [local_workspace.deals.detail(i).product for i in (first, other)] == ["GTX Pro", "Pro [GTX"]


async def test_a_text_of_deals_becomes_a_product(local_workspace: Workspace) -> None:
    deal(local_workspace, "Training [/]")
    async with playing(local_workspace, (80, 40)) as player:
        await player.press("g", "comma", "G")
        assert rows(player).key == ("texts", "Training [/]")
        await player.press("m")
        assert "There is no product yet to merge it into" in player.text
        await player.press("n", "ctrl+s")
        assert names(local_workspace) == ["Training [/]"]
        assert local_workspace.catalogues.products().others == ()


async def test_what_cannot_be_done_is_said(local_workspace: Workspace) -> None:
    local_workspace.execute(AddProduct("Tin"))
    async with playing(local_workspace, (100, 70)) as player:
        await player.press("g", "comma", "m")
        assert "Products can be merged: go there first" in player.text
        rows(player).select(("products", 1))
        await player.press("m")
        assert "There is nothing to merge it with" in player.text
        await player.press("r", "enter")
        assert names(local_workspace) == ["Tin"]

"""What is copied: one deal in Markdown, several as a table that a spreadsheet takes."""

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.markdown import address
from pipeboard.services.workspace import Workspace
from pipeboard.tui.app import PipeboardApp
from tests.tui.driver import playing


async def test_one_deal_is_markdown_and_several_are_a_table(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = local_workspace.deals.stages()[0].id
    local_workspace.execute(c.CreateDeal("Acme\t[/ EU]", lead, 1_250_00, company="=Acme", next_step="call"))
    local_workspace.execute(c.CreateDeal("Globex", lead))
    copied: list[str] = []
    monkeypatch.setattr(PipeboardApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    async with playing(local_workspace) as player:
        await player.press("y")
        assert copied[-1].startswith("**Globex**")
        await player.press("V", "y")
    head, first, second = copied[-1].split("\n")
    assert head.split("\t")[:5] == ["title", "company", "contact", "stage", "value"]
    assert first.split("\t")[0] == "Globex"
    assert second.split("\t")[:6] == ["Acme [/ EU]", "'=Acme", "", "Lead", "1250.00", "EUR"]


async def test_names_are_no_markup_where_they_are_pasted(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = local_workspace.deals.stages()[0].id
    hostile = "Acme [x](http://evil) `rm` | <b>* #1"
    deal = c.CreateDeal(hostile, lead, company="<script>", contact="a_b", next_step="# call\n- [ ] pay")
    local_workspace.execute(deal)
    copied: list[str] = []
    monkeypatch.setattr(PipeboardApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    async with playing(local_workspace) as player:
        await player.press("y")
        await player.press("g", "c", "y")
    text, company = copied
    assert text.splitlines()[0] == r"**Acme \[x\](http://evil) \`rm\` \| \<b\>\* \#1**"
    assert r"\<script\> · a\_b" in text
    assert r"- [ ] \# call - \[ \] pay" in text
    assert company.startswith(r"**\<script\>**")


def test_an_address_can_be_read_and_copied() -> None:
    assert address("jan_kowalski@acme.com") == "jan_kowalski@acme.com"
    assert address("https://acme.com/a_b#top") == "https://acme.com/a_b#top"
    assert address("[x](http://evil)") == r"\[x\](http://evil)"

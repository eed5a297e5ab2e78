"""The form of a deal: told at once what is wrong, completed from what is known, one command, nothing typed lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeboard.domain.commands import AddOwner, Command, CreateDeal
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import PipeboardError, StorageFailure
from pipeboard.domain.events import Outcome
from pipeboard.domain.product_commands import AddProduct
from pipeboard.services.workspace import Workspace
from pipeboard.tui.dialogs.month import MonthDialog, stepped, weeks_of
from pipeboard.tui.dialogs.sheet import Sheet
from pipeboard.tui.memory import recall
from tests.tui.driver import Player, playing

HOSTILE = "Acme [/ EU]"


def add(workspace: Workspace, **fields: Any) -> None:
    """A deal of a hostile company."""
    stage = workspace.deals.stages()[1]
    workspace.execute(CreateDeal("Deal [bold", stage.id, company=HOSTILE, contact="Bob", **fields))


def of(player: Player, title: str) -> DealDetail:
    reads = player.app.workspace.deals
    return reads.detail(reads.find(title))


async def fill(player: Player, name: str, text: str) -> None:
    """Put a text into a field as a paste would."""
    sheet = player.app.screen
    assert isinstance(sheet, Sheet)
    row = next(row for row in sheet.rows if row.field.name == name)
    row.line.focus()
    row.line.value = text
    await player.pilot.pause()


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[PipeboardError | None], None]:
    works = Workspace.execute

    def set_failing(error: PipeboardError | None) -> None:
        def execute(workspace: Workspace, command: Command) -> Outcome:
            if error is not None:
                raise error
            return works(workspace, command)

        monkeypatch.setattr(Workspace, "execute", execute)

    return set_failing


async def test_a_new_deal_with_completed_company_picked_day_and_next_step_is_one_undo(
    local_workspace: Workspace,
) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "N", "enter")
        assert "A deal needs a title." in player.text
        await player.type("New")
        await fill(player, "company", "acme")
        assert "a new company" in player.text
        await player.press("end", "right")
        assert "a known company" in player.text
        await fill(player, "close", "fri")
        assert "Fri 27 Nov 2026, in 5 days" in player.text
        await player.press("down")
        assert isinstance(player.app.screen, MonthDialog)
        await player.press("pagedown", "l", "enter")
        await fill(player, "next", "call Bob mon 15:00")
        await fill(player, "email", "bob@acme.example")
        await fill(player, "contact", "Bob")
        await fill(player, "cost", "1k")
        await fill(player, "tags", "web src:fair")
        await fill(player, "custom", "Hobby: golf")
        await player.press("enter")
        made = of(player, "New")
        assert (made.company, made.contact_email, made.cost_minor) == (HOSTILE, "bob@acme.example", 1000_00)
        assert (made.expected_close_on, made.stage) == (date(2026, 12, 28), "Contacted")
        assert (made.tags, made.source, made.extra) == ("web", "fair", "Hobby: golf")
        assert [task.title for task in made.tasks] == ["call Bob"]
        assert player.cursor == "New"
        await player.press("u")
        assert len(local_workspace.deals.names()) == 1
        assert of(player, "Deal").contact_email == ""


async def test_what_is_wrong_is_told_in_its_field_and_nothing_is_saved(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("2", "e")
        assert "Edit Deal [bold" in player.text
        await fill(player, "cost", "abc")
        await fill(player, "title", "Other")
        await player.press("ctrl+s")
        assert "“abc” is no amount" in player.text
        assert player.app.focused is not None
        assert player.app.focused.id == "cost"
        await fill(player, "cost", "12k")
        await fill(player, "phone", "+48 22")
        await player.press("enter")
        changed = of(player, "Other")
        assert (changed.cost_minor, changed.contact_phone) == (12_000_00, "+48 22")
        await player.press("u")
        assert of(player, "Deal").contact_phone == ""


async def test_esc_asks_only_when_something_was_typed(local_workspace: Workspace) -> None:
    add(local_workspace)
    async with playing(local_workspace, (60, 20)) as player:
        await player.press("2", "e", "escape")
        assert not isinstance(player.app.screen, Sheet)
        await player.press("e", "X", "escape")
        assert "Esc again throws away" in player.text
        await player.press("escape")
        assert not isinstance(player.app.screen, Sheet)
        assert not player.app.form_drafts
        assert of(player, "Deal").title == "Deal [bold"


async def test_what_could_not_be_saved_stands_in_the_form_again(
    local_workspace: Workspace, fail: Callable[[PipeboardError | None], None]
) -> None:
    add(local_workspace)
    async with playing(local_workspace) as player:
        await player.press("2", "e")
        await fill(player, "product", "Gold [/ EU]")
        fail(StorageFailure("The disk is full."))
        await player.press("enter")
        assert "e goes on with it" in player.text
        fail(None)
        await player.press("e")
        assert "You typed this before" in player.text
        assert "Gold [/ EU]" in player.text
        await player.press("enter")
        assert of(player, "Deal").product == "Gold [/ EU]"
        await player.press("e")
        assert "You typed this before" not in player.text


async def test_a_form_survives_a_dropped_connection(local_workspace: Workspace) -> None:
    async with playing(local_workspace) as player:
        await player.press("N")
        await player.type("Half a ti")
        memory = player.app._memory
        player.app.leave(129)
        await player.pilot.pause()
    assert recall(memory).forms == {"new": {"title": "Half a ti"}}
    async with playing(local_workspace) as player:
        assert "N goes on with it" in player.text
        await player.press("N", "end")
        await player.type("tle")
        await player.press("enter")
        assert of(player, "Half a title").stage == "Lead"
        player.app.leave(0)
    assert recall(memory).forms == {}


async def test_one_field_of_many_and_tags_with_the_source(local_workspace: Workspace) -> None:
    add(local_workspace)
    add(local_workspace, tags=("old",))
    async with playing(local_workspace) as player:
        await player.press("2", "V", "e")
        assert "Change 2 deals" in player.text
        await player.type("attent")
        await player.press("enter")
        await player.type("help")
        await player.press("enter")
        await player.press("V", "number_sign")
        await player.type("+web src:fa")
        await player.press("enter")
    details = [local_workspace.deals.detail(i) for i, _, _ in local_workspace.deals.names()]
    assert [(d.attention, d.tags, d.source) for d in details] == [
        ("needs help", "web", "fa"),
        ("needs help", "old web", "fa"),
    ]


def test_months() -> None:
    assert stepped(date(2027, 1, 31), months=1) == date(2027, 2, 28)
    assert stepped(date(2026, 12, 31), days=1) == date(2027, 1, 1)
    assert stepped(date(9999, 12, 31), days=1) == date(9999, 12, 31)
    weeks = weeks_of(date(2026, 11, 22))
    assert (weeks[0][6], weeks[5][0], len(weeks)) == (date(2026, 11, 1), date(2026, 11, 30), 6)


async def test_an_empty_value_takes_the_list_price_of_the_product_by_one_key(local_workspace: Workspace) -> None:
    local_workspace.execute(AddProduct("GTX Pro [/]", "4711", price_minor=550_50))
    local_workspace.execute(AddProduct("Dollars", price_minor=9_00, currency="USD"))
    async with playing(local_workspace, (100, 40)) as player:
        await player.press("N")
        await player.type("Fresh")
        assert "is the list price" not in player.text
        await fill(player, "product", "gtx-pro")
        assert "is not in" not in player.text
        await fill(player, "product", "gtx prom")
        assert "not in the catalogue" in player.text
        await fill(player, "product", "4711")
        assert "GTX Pro [/], list €550.50" in player.text
        assert "€550.50 is the list price" in player.text
        sheet = player.app.screen
        assert isinstance(sheet, Sheet)
        row = next(row for row in sheet.rows if row.field.name == "value")
        row.line.focus()
        await player.pilot.pause()
        assert "takes it" in player.text
        assert row.text == "", "nothing is filled in by itself"
        await player.press("right")
        assert row.text == "550.50"
        await player.press("right", "X", "backspace", "enter")
        made = of(player, "Fresh")
        assert (made.value_minor, made.currency, made.product) == (550_50, "EUR", "GTX Pro [/]")
        await player.press("e")
        await fill(player, "value", "484")
        assert "€484  list €550.50, 12% below" in player.text
        await fill(player, "product", "Dollars")
        await fill(player, "value", "")
        await player.press("right", "enter")
        assert (of(player, "Fresh").value_minor, of(player, "Fresh").currency) == (9_00, "USD")


async def test_all_that_the_next_step_promises_is_kept(local_workspace: Workspace) -> None:
    local_workspace.execute(AddOwner("Boris Petrov"))
    async with playing(local_workspace, (160, 45)) as player:
        await player.press("N")
        await fill(player, "title", "Rollout")
        await fill(player, "next", "call Bob mon 15:00 !30m @boris every:2w")
        await player.press("ctrl+s")
        (task,) = local_workspace.deals.detail(local_workspace.deals.find("Rollout")).tasks
        assert (task.title, task.assignee, task.remind_minutes) == ("call Bob", "Boris Petrov", 30)
        assert task.recurrence

"""A colleague acts while a dialog is open: the right result, or a sentence that names who did what; nothing is lost."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.company_commands import MergeCompanies
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import check
from tests.tui.driver import Player, playing

Act = Callable[[Workspace], object]
DEAL = 2


def seen(workspace: Workspace, deal: int = DEAL) -> tuple[c.Seen, ...]:
    """The deal as it is now."""
    return (c.Seen(deal, workspace.deals.detail(deal).version),)


def _lose(boris: Workspace) -> None:
    reason = boris.deals.lost_reasons()[0]
    boris.execute(c.LoseDeals(seen(boris), boris.deals.today, reason[0]))


def _delete_task(boris: Workspace) -> None:
    task = boris.deals.detail(DEAL).tasks[0]
    boris.execute(c.DismissTask(c.Seen(task.id, task.version)))


def _merge(boris: Workspace) -> None:
    boris.execute(MergeCompanies(c.Seen(2), (c.Seen(1),)))


ACTS: dict[str, Act] = {
    "wins": lambda boris: boris.execute(c.WinDeals(seen(boris), boris.deals.today)),
    "loses": _lose,
    "parks": lambda boris: boris.execute(c.ParkDeals(seen(boris), date(2026, 12, 24), "later")),
    "moves": lambda boris: boris.execute(c.StepDeals(seen(boris), 1)),
    "deletes": lambda boris: boris.execute(c.DeleteDeals(seen(boris))),
    "edits": lambda boris: boris.execute(
        c.EditDeals(seen(boris), (("title", "Acme renamed"), ("value_minor", 777_00), ("notes", "by Boris")))
    ),
    "archives the stage": lambda boris: boris.execute(
        c.ArchiveStage(boris.deals.stages()[1].id, boris.deals.stages()[2].id)
    ),
    "archives the stage aimed at": lambda boris: boris.execute(
        c.ArchiveStage(boris.deals.stages()[3].id, boris.deals.stages()[2].id)
    ),
    "merges the company": _merge,
    "deletes the task": _delete_task,
    "does the task": lambda boris: boris.execute(c.CompleteTask(c.Seen(boris.deals.detail(DEAL).tasks[0].id))),
    "undoes the creation": lambda boris: boris.execute(c.Undo()),
}
"""What the colleague does to the deal under the cursor, which they have created."""


STAGE_CHANGES = ("wins", "loses", "parks", "moves", "archives the stage")
TASK_ENDS = ("deletes the task", "does the task")
GONE = ("deletes", "undoes the creation")


class Way(NamedTuple):
    """How a dialog is opened on the deal, what is typed into it, how it is answered, and which acts it cannot go with.

    With any other act it has its effect. `draft`: what is typed is there again when the key (or `again`) is pressed.
    """

    opening: tuple[str, ...]
    typed: str = ""
    answer: tuple[str, ...] = ("enter",)
    told_of: tuple[str, ...] = GONE
    is_draft: bool = False
    again: tuple[str, ...] = ()


_MOVED = (*STAGE_CHANGES, *GONE)
WAYS: dict[str, Way] = {
    "move": Way(("m",), "Proposal", told_of=(*_MOVED, "archives the stage aimed at")),
    "step": Way((), "", ("L",), told_of=_MOVED),
    "won": Way(("w",), told_of=_MOVED),
    "lost": Way(("x",), told_of=_MOVED),
    "park": Way(("b",), "+7d", told_of=_MOVED),
    "value": Way(("dollar_sign",), "5k", told_of=("edits", *GONE), is_draft=True),
    "close date": Way(("d",), "+30d", told_of=("wins", "loses", "parks", *GONE), is_draft=True),
    "owner": Way(("at",), "Anna"),
    "tags": Way(("number_sign",), "+web", is_draft=True),
    "form": Way(("e",), "Typed title", told_of=("edits", *GONE), is_draft=True),
    "quick add": Way(("n",), "Another renewal $9k", told_of=("archives the stage",), is_draft=True),
    "task": Way(("t",), "call Bob tomorrow", is_draft=True),
    "done": Way(("c",), "Write the offer fri", ("enter",), (*TASK_ENDS, *GONE), is_draft=True, again=("t",)),
    "snooze": Way(("s",), "+3d", told_of=(*TASK_ENDS, *GONE)),
    "log": Way(("a",), "call: he is away", is_draft=True),
    "delete": Way(("D",), told_of=(*_MOVED, "edits")),
    "hot": Way((), "", ("exclamation_mark",)),
    "value on the screen of the deal": Way(("enter", "dollar_sign"), "5k", told_of=("edits", *GONE), is_draft=True),
    "move on the list": Way(("g", "l", "m"), "Proposal", told_of=(*_MOVED, "archives the stage aimed at")),
    "won on the agenda": Way(("g", "t", "w"), told_of=_MOVED),
    "task in the pane of tasks": Way(("tab", "c"), "Write the offer fri", told_of=(*TASK_ENDS, *GONE)),
}

EVERY_PAIR = bool(os.environ.get("PIPEBOARD_TEST_EVERY_PAIR"))
"""Whether each dialog meets each act: without, one that it cannot go with and one that it can."""


def pairs() -> Iterator[tuple[str, str]]:
    """Which dialog meets which act."""
    for place, (name, way) in enumerate(WAYS.items()):
        others = [act for act in ACTS if act not in way.told_of]
        if EVERY_PAIR:
            yield from ((name, act) for act in ACTS)
        else:
            yield name, way.told_of[place % len(way.told_of)]
            yield name, others[place % len(others)]


@pytest.fixture
def boris(database: str, open_workspace: Callable[..., Workspace]) -> Workspace:
    """The colleague, who has made the deals."""
    boris = open_workspace(database, "boris")
    stage = boris.deals.stages()[1].id
    boris.execute(c.CreateDeal("Globex pilot", stage, value_minor=100_00, company="Globex"))
    boris.execute(c.CreateDeal("Acme renewal", stage, value_minor=200_00, company="Acme", next_step="call Ann"))
    return boris


def told(player: Player) -> str:
    """All that a person has been told."""
    return " ".join(str(toast.message) for toast in player.app._notifications)


@pytest.mark.parametrize(("name", "act"), list(pairs()))
async def test_a_colleague_acts_while_a_dialog_is_open(
    workspace: Workspace, boris: Workspace, name: str, act: str
) -> None:
    way = WAYS[name]
    async with playing(workspace, (140, 36)) as player:
        board = player.app.board_screen().board
        board.select(DEAL)
        for key in way.opening:
            await player.press(key)
        if way.typed:
            await player.type(way.typed)
        ACTS[act](boris)
        before = workspace.changes.last_action_id()
        await player.press(*way.answer)
        mine = [change.label for change in workspace.changes.changes_since(before) if change.is_mine]
        words = told(player)
        if act in way.told_of:
            assert mine == [], "it overwrote what the colleague did"
            assert "Boris" in words
        else:
            assert len(mine) == 1, words
            assert words == ""
        if act not in GONE and name not in ("quick add", "delete"):
            assert board.selected is not None
            assert board.selected.id == DEAL, "the cursor left its deal"
        if act in way.told_of and way.is_draft:
            await look_for_the_draft(player, boris, way, act)
    if act == "edits":
        deal = boris.deals.detail(DEAL)
        assert (deal.title, deal.notes) == ("Acme renamed", "by Boris")
    assert check(workspace.target) == []


async def look_for_the_draft(player: Player, boris: Workspace, way: Way, act: str) -> None:
    """What was typed is offered again; where the deal went away, as soon as it is back."""
    if act in GONE:
        boris.execute(c.Redo() if act == "undoes the creation" else c.Undo())
        await player.do("app.redraw")
    if player.app.screen is player.app.board_screen():
        player.app.board_screen().board.select(DEAL)
    await player.press(*(way.again or way.opening[-1:]))
    assert way.typed in player.text

"""A small pipeline, the screens that show it, and what each key of the registry is to do on each of them."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from pipeboard.domain.commands import AddOwner, AddTask, CreateDeal, CreatePipeline, EditDeals, Seen, WinDeals
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace
from tests.tui.driver import Player

HOME = "Globex"
"""The deal on which every key is pressed: the second of three in the second of five stages."""

ROWS = (("Lead", ("Lima", "Luna", "Lynx")), ("Contacted", ("Acme", "Globex", "Initech")),
        ("Qualified", ("Quark", "Quest", "Quill")), ("Won", ("Wayne",)))  # fmt: skip


def fill(workspace: Workspace) -> None:
    """The pipeline, another one beside it, and a second person."""
    stages = {stage.name: stage.id for stage in workspace.deals.stages()}
    workspace.execute(AddOwner("Boris Petrov"))
    for name, titles in ROWS:
        for title in reversed(titles):
            home = stages["Lead" if name == "Won" else name]
            workspace.execute(CreateDeal(title, home, value_minor=1_000_00, company=f"{title} Inc", contact="Ann Lee"))
    workspace.execute(WinDeals((Seen(workspace.deals.find("Wayne")),), date(2026, 11, 20)))
    globex = workspace.deals.find(HOME)
    workspace.execute(EditDeals((Seen(globex),), (("link", "https://globex.example"), ("tags", "web"))))
    for title, day in (("Lima", 21), ("Acme", 22), ("Globex", 22), ("Initech", 22), ("Quark", 30)):
        workspace.execute(AddTask(workspace.deals.find(title), f"Call {title}", due_on=date(2026, 11, day)))
    workspace.execute(CreatePipeline("Consulting", TEMPLATES["consulting"].stages))


# -- what a key is to do --------------------------------------------------------------------------------


class Expect(NamedTuple):
    """What is to be seen after a key: words on the screen, the deal under the cursor, a fact of the database.

    `words` stand anywhere on the screen (a question names the deal it is about); `cursor` is the title under the
    cursor; `stage` where the deal on which the key was pressed stands then; `marks` how many deals are marked; `holds`
    anything else, asked of the player.
    """

    words: str = ""
    cursor: str = ""
    stage: str = ""
    marks: int | None = None
    holds: Callable[[Player], bool] | None = None


def _order(player: Player) -> list[str]:
    """The titles of the second stage, as they are on disk."""
    board = player.app.workspace.board
    return [card.title for card in board.cards(board.ids(player.app.workspace.deals.stages(1)[1]))]


def _home(player: Player) -> Any:
    """Everything about the deal on which keys are pressed."""
    return player.app.workspace.deals.detail(player.app.workspace.deals.find(HOME))


def _shows(name: str) -> Callable[[Player], bool]:
    """Whether the screen on show is of this class."""
    return lambda player: type(player.app.screen).__name__ == name


def _pipeline(player: Player) -> str:
    """The pipeline of the screen on show."""
    return str(player.app.screen.overview.pipeline.name)  # type: ignore[attr-defined]


ANY = "any"

_LAST = {"board": Expect(cursor="Initech"), "list": Expect(cursor="Wayne"), "agenda": Expect(cursor="Quest")}

EXPECTED: dict[str, dict[str, Expect]] = {
    "cursor.left": {"board": Expect(cursor="Luna")},
    "cursor.right": {"board": Expect(cursor="Quest")},
    "cursor.down": {ANY: Expect(cursor="Initech")},
    "cursor.up": {ANY: Expect(cursor="Acme")},
    "cursor.page_down": {
        "board": Expect(cursor="Initech"),
        "list": Expect(cursor="Wayne"),
        "agenda": Expect(cursor="Quest"),
    },
    "cursor.page_up": {"board": Expect(cursor="Acme"), ANY: Expect(cursor="Lima")},
    "cursor.first": {"board": Expect(cursor="Acme"), ANY: Expect(cursor="Lima")},
    "cursor.last": {
        "board": Expect(cursor="Initech"),
        "list": Expect(cursor="Wayne"),
        "agenda": Expect(cursor="Quest"),
    },
    "stage.1": {ANY: Expect(cursor="Luna")},
    "stage.2": {ANY: Expect(cursor="Globex")},
    "stage.3": {ANY: Expect(cursor="Quest")},
    "stage.4": {ANY: Expect(holds=lambda p: p.app.board_screen().board.stage_id == 4)},
    "stage.5": {ANY: Expect(holds=lambda p: p.app.board_screen().board.stage_id == 5)},
    "stage.6": {ANY: Expect(cursor="Wayne")},
    "stage.7": {ANY: Expect(holds=lambda p: "Lost" in p.text and p.cursor == "")},
    "stage.8": {ANY: Expect(holds=lambda p: p.app.board_screen().board.is_on_folded)},
    "stage.9": {ANY: Expect("There are 8 stages", cursor="Globex")},
    "deal.find": {ANY: Expect("Go to")},
    "deal.next": {ANY: Expect("Initech Inc")},
    "deal.previous": {ANY: Expect("Acme Inc")},
    "deal.scroll_down": {ANY: Expect(holds=lambda p: "€1,000  15%" not in p.text.splitlines()[5])},
    "deal.scroll_up": {ANY: Expect("Globex Inc")},
    "deal.page_down": {ANY: Expect(holds=lambda p: "Globex Inc" not in p.text)},
    "deal.page_up": {ANY: Expect("Globex Inc")},
    "deal.half_page_down": {ANY: Expect(holds=lambda p: "Globex Inc" not in p.text)},
    "deal.half_page_up": {ANY: Expect("Globex Inc")},
    "deal.first_line": {ANY: Expect("Globex Inc")},
    "deal.last_line": {ANY: Expect(holds=lambda p: "Globex Inc" not in p.text)},
    "deal.back": {ANY: Expect(holds=_shows("BoardScreen"))},
    "deal.advance": {ANY: Expect("Moved Globex to Qualified", stage="Qualified")},
    "deal.retreat": {ANY: Expect("Moved Globex to Lead", stage="Lead")},
    "deal.lower": {ANY: Expect("Reordered Globex", holds=lambda p: _order(p) == ["Acme", "Initech", "Globex"])},
    "deal.raise": {ANY: Expect("Reordered Globex", holds=lambda p: _order(p) == ["Globex", "Acme", "Initech"])},
    "deal.move_to": {ANY: Expect("Move Globex to")},
    "deal.copy_to": {ANY: Expect("Copy Globex to")},
    "deal.win": {ANY: Expect("Won: Globex")},
    "deal.lose": {ANY: Expect("Lost: Globex")},
    "deal.park": {ANY: Expect("Park: Globex")},
    "deal.reopen": {ANY: Expect("Globex is open already")},
    "deal.add": {ANY: Expect("New deal")},
    "deal.open": {ANY: Expect("Globex Inc · Ann Lee", holds=_shows("DealDesk"))},
    "deal.value": {ANY: Expect("Value of Globex  1,000")},
    "deal.owner": {ANY: Expect("Owner of Globex")},
    "deal.tags": {ANY: Expect("Tags of Globex  web")},
    "deal.probability": {ANY: Expect("Probability of Globex")},
    "deal.hot": {ANY: Expect("Marked Globex as hot", holds=lambda p: _home(p).is_hot)},
    "deal.close_date": {ANY: Expect("Expected close date of Globex")},
    "deal.criteria": {ANY: Expect("To leave Contacted: Globex")},
    "deal.bant": {ANY: Expect("BANT of Globex")},
    "deal.edit": {ANY: Expect("Edit Globex")},
    "deal.notes": {ANY: Expect("Changed notes of Globex", holds=lambda p: _home(p).notes == "Written outside")},
    "deal.delete": {ANY: Expect("Delete Globex?")},
    "deal.copy": {ANY: Expect("Copied Globex", holds=lambda p: "Globex" in p.app.clipboard)},
    "deal.reach": {ANY: Expect("Copied https://globex.example")},
    "task.add": {ANY: Expect("Next step for Globex")},
    "task.complete": {ANY: Expect("Done: Call Globex")},
    "task.snooze": {ANY: Expect("Snooze “Call Globex” until")},
    "activity.log": {ANY: Expect("What happened with Globex")},
    "mark.toggle": {ANY: Expect("1 marked", cursor="Initech", marks=1)},
    "mark.range": {ANY: Expect("→Globex", marks=1), "list": Expect("→ Globex", marks=1)},
    "mark.all": {"board": Expect("3 marked", marks=3), "list": Expect("10 marked", marks=10)},
    "mark.clear": {"board": Expect(cursor="Globex", marks=0), "list": Expect(holds=_shows("BoardScreen"))},
    "change.repeat": {ANY: Expect("Again: mark as hot (Globex)")},
    "view.filter": {ANY: Expect("find words, @anna")},
    "view.filter_menu": {ANY: Expect("a view, a field, or letters of it")},
    "view.unfilter": {ANY: Expect(holds=lambda p: "Quark" in p.text)},
    "view.pane": {
        "board": Expect("10:00  · planned: Call Globex"),
        "agenda": Expect(holds=lambda p: "To leave Contacted" not in p.text),
        ANY: Expect("Globex Inc · Ann Lee"),
    },
    "view.density": {ANY: Expect("no close date", holds=lambda p: p.app.board_screen().board.density == 4)},
    "view.fold": {ANY: Expect("Contacted is folded: Z shows its cards again")},
    "view.pipeline": {ANY: Expect("Pipeline", holds=_shows("Choose"))},
    "view.previous": {ANY: Expect("Consulting", holds=lambda p: _pipeline(p) == "Consulting")},
    "view.next": {ANY: Expect("Consulting", holds=lambda p: _pipeline(p) == "Consulting")},
    "list.sort": {ANY: Expect("Sort by")},
    "board.sort": {ANY: Expect("Sort by")},
    "agenda.next_group": {ANY: Expect(cursor="Quark")},
    "agenda.previous_group": {ANY: Expect(cursor="Acme")},
    "agenda.reschedule": {ANY: Expect("“Call Globex” is due")},
    "agenda.assign": {ANY: Expect("Who does “Call Globex”?")},
    "agenda.rename": {ANY: Expect("What is to be done; d sets the day.")},
    "agenda.dismiss": {ANY: Expect("Drop “Call Globex”?")},
    "agenda.mine": {ANY: Expect("Only what is yours")},
    "agenda.back": {ANY: Expect(holds=_shows("BoardScreen"))},
    "history.undo": {ANY: Expect("Undid: ")},
    "history.redo": {ANY: Expect("Redid: ")},
    "go.to": {ANY: Expect("Go to", holds=_shows("Choose"))},
    "app.help": {ANY: Expect("Keys")},
    "app.palette": {ANY: Expect("│  Do ")},
}

ELSEWHERE = {
    "app.suspend": "tests/tui/pty",
    "app.back": "tests/tui/test_app_leaving.py",
    "app.quit": "tests/tui/test_app_leaving.py",
    "app.redraw": "tests/tui/test_app_depth.py",
    "reminder.answer": "tests/tui/test_reminders.py",
}
"""Keys of every screen that are pressed by other tests: they leave the screen, or nothing is to be seen of them."""

"""A small pipeline in memory and an application with nothing but the board on it."""

from datetime import date, time, timedelta
from typing import Any

from textual.app import App, ComposeResult
from textual.message import Message

from pipeboard.domain.board import Card, Overview, Owner, StageTotals, WorkspaceInfo
from pipeboard.domain.stage import Pipeline, Stage, StageKind
from pipeboard.tui.text.bars import FootLine, KeyHint, Quota, TopLine
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import ANSI_NAME, DARK_NAME, THEMES, semantic_variables
from pipeboard.tui.widgets.board import Board
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.top_bar import TopBar

TODAY = date(2026, 11, 22)

LEAD = Stage(1, 1, "Lead", 0, StageKind.OPEN, 5, 14)
CONTACTED = Stage(2, 1, "Contacted", 1, StageKind.OPEN, 15, 7)
QUALIFIED = Stage(3, 1, "Qualified", 2, StageKind.OPEN, 35, 10)
PROPOSAL = Stage(4, 1, "Proposal made", 3, StageKind.OPEN, 55, 14)
NEGOTIATION = Stage(5, 1, "Negotiation", 4, StageKind.OPEN, 75, 14)
FRIDGE = Stage(8, 1, "Fridge", 5, StageKind.PARKED, 0)
WON = Stage(6, 1, "Won", 6, StageKind.WON, 100)
LOST = Stage(7, 1, "Lost", 7, StageKind.LOST, 0)
STAGES = (LEAD, CONTACTED, QUALIFIED, PROPOSAL, NEGOTIATION, FRIDGE, WON, LOST)


def make_card(deal_id: int, stage: Stage, title: str = "Globex pilot", **fields: Any) -> Card:
    """A deal of three days without a next step, with the given fields changed."""
    entered = TODAY - timedelta(days=3)
    card = Card(
        id=deal_id,
        version=1,
        stage_id=stage.id,
        rank=deal_id,
        title=title,
        company="Globex",
        value_minor=12_000_00,
        currency="EUR",
        owner_id=1,
        probability=None,
        is_hot=False,
        entered_on=entered,
        is_entry_known=True,
        idle_on=entered,
        expected_close_on=None,
        closed_on=None,
        wake_on=None,
        lost_reason="",
        task_id=None,
        task_title="",
        task_on=None,
        task_at=None,
    )
    return card._replace(**fields)


def task(title: str, in_days: int, at: time | None = None) -> dict[str, Any]:
    """The fields of a next task."""
    return {"task_id": 1, "task_title": title, "task_on": TODAY + timedelta(days=in_days), "task_at": at}


def since(days: int) -> dict[str, Any]:
    """The fields of a deal that entered its stage so many days ago and was silent since."""
    return {"entered_on": TODAY - timedelta(days=days), "idle_on": TODAY - timedelta(days=days)}


def pipeline_cards() -> list[Card]:
    """The deals of the board in the pictures of the specification."""
    return [
        make_card(1, LEAD, **task("Call", 5)),
        make_card(2, LEAD, "Acme [/ EU] framework", company="Acme", value_minor=9_400_00, **task("Mail it", 9)),
        make_card(3, LEAD, "株式会社サクラ 導入", company="サクラ", value_minor=8_000_00, **task("Demo", 11)),
        make_card(4, LEAD, "Сервис Орион", company="Орион", value_minor=6_500_00, **task("Invoice", -2)),
        make_card(5, LEAD, "Hooli trial", company="Hooli", value_minor=2_500_00),
        make_card(
            6, CONTACTED, "Initech renewal", company="Initech", value_minor=8_500_00, **task("Call", -5)
        )._replace(**since(9)),
        make_card(7, CONTACTED, "Vandelay imports", company="Vandelay", **task("Show the board", 0, time(15))),
        make_card(8, CONTACTED, "Żabka rollout", company="Żabka", **task("Mail", 6)),
        make_card(9, CONTACTED, "Pied Piper seats", company="Pied Piper", is_hot=True, **task("Call", 1)),
        make_card(10, QUALIFIED, "Umbrella EU", company="Umbrella", value_minor=30_000_00),
        make_card(11, QUALIFIED, "Acme platform", company="Acme", value_minor=48_000_00, **task("Answers", 0)),
        make_card(12, QUALIFIED, "Tyrell replicant audit", company="Tyrell", is_entry_known=False)._replace(
            **task("Meet", 8)
        ),
        make_card(13, PROPOSAL, "Stark retrofit", company="Stark", value_minor=80_000_00, **since(19)),
        make_card(14, PROPOSAL, "Cyberdyne pilot", company="Cyberdyne", **task("Board", 12))._replace(**since(15)),
        make_card(15, WON, "Wayne audit", company="Wayne", closed_on=TODAY - timedelta(4)),
        make_card(16, LOST, "Massive Dynamic", company="Massive", closed_on=TODAY - timedelta(10))._replace(
            lost_reason="Price"
        ),
        make_card(17, FRIDGE, "Monarch", company="", value_minor=None, wake_on=TODAY + timedelta(12)),
    ]


class MemorySource:
    """A card source over lists; `loaded` limits which places have their rows, as a lazy source would."""

    def __init__(self, cards: list[Card]) -> None:
        self.cards: dict[int, list[Card]] = {}
        for card in cards:
            self.cards.setdefault(card.stage_id, []).append(card)
        self.loaded: dict[int, range] = {}

    def count(self, stage_id: int) -> int:
        return len(self.cards.get(stage_id, ()))

    def card(self, stage_id: int, index: int) -> Card | None:
        cards = self.cards.get(stage_id, [])
        is_loaded = index in self.loaded.get(stage_id, range(len(cards)))
        return cards[index] if is_loaded and 0 <= index < len(cards) else None

    def index_of(self, stage_id: int, deal_id: int) -> int | None:
        ids = [card.id for card in self.cards.get(stage_id, ())]
        return ids.index(deal_id) if deal_id in ids else None


def overview_of(source: MemorySource, owners: tuple[str, ...] = ("Anna Nowak",)) -> Overview:
    """The figures of a source; every stage is summed over the deals the source has."""
    totals = {}
    for stage in STAGES:
        cards = source.cards.get(stage.id, [])
        value = sum(card.value_minor or 0 for card in cards)
        missing = sum(card.value_minor is None for card in cards)
        weighted = value * stage.probability // 100
        totals[stage.id] = StageTotals(stage.id, len(cards), value, weighted, missing)
    pipeline = Pipeline(1, "B2B sales", 0)
    people = tuple(Owner(place, name) for place, name in enumerate(owners, 1))
    workspace = WorkspaceInfo("Test", "EUR", "UTC")
    return Overview(workspace, (pipeline,), pipeline, STAGES, people, totals, 2, 3, 0, TODAY)


class BoardApp(App[None]):
    """The board between its header and its footer."""

    CSS = "Screen { background: $background; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, source: MemorySource, *, glyphs: Glyphs = UNICODE, theme: str = DARK_NAME) -> None:
        # Textual chooses its NO_COLOR filter while it is constructed, before the theme is known.
        super().__init__(ansi_color=True if theme == ANSI_NAME else None)
        self.source = source
        self.glyphs = glyphs
        self.told: list[Message] = []
        for one in THEMES:
            self.register_theme(one)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return semantic_variables(self.current_theme)

    def compose(self) -> ComposeResult:
        yield TopBar(glyphs=self.glyphs)
        yield Board(glyphs=self.glyphs)
        yield FootBar(glyphs=self.glyphs)

    def on_mount(self) -> None:
        self.board.focus()
        self.fill()

    def fill(self) -> None:
        """Show the first values."""
        self.board.show(overview_of(self.source), self.source, clogged=frozenset({PROPOSAL.id}))
        summary = "17 deals · €251k · w €104k"
        quota = Quota("Q4 €82k of €120k", "Q4 68%", 0.68)
        self.query_one(TopBar).show(TopLine("B2B sales", summary, "", 2, 3, quota))
        keys = (
            KeyHint("H L", "move", 2),
            KeyHint("n", "new", 3),
            KeyHint("w", "won", 6),
            KeyHint("x", "lost", 6),
            KeyHint("/", "find", 4),
            KeyHint("g", "go", 5),
            KeyHint("?", "help", 0),
            KeyHint("q", "quit", 0),
        )
        undo = KeyHint("u", "undo")
        self.query_one(FootBar).show(FootLine("Moved to Qualified", "won", undo, keys))

    @property
    def board(self) -> Board:
        """The board."""
        return self.query_one(Board)

    def on_board_card_highlighted(self, message: Board.CardHighlighted) -> None:
        self.told.append(message)

    def on_board_card_selected(self, message: Board.CardSelected) -> None:
        self.told.append(message)

    def on_board_window_needed(self, message: Board.WindowNeeded) -> None:
        self.told.append(message)

    def on_board_card_reordered(self, message: Board.CardReordered) -> None:
        self.told.append(message)

    def on_board_card_dropped(self, message: Board.CardDropped) -> None:
        self.told.append(message)


def screen_rows(app: App[Any]) -> list[str]:
    """What a person reads on the screen, row by row, without the air at the end."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]

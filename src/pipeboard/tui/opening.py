"""The other screens: how each is made and what it is given. Only the application opens them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from pipeboard.domain.board import Overview
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import Stage
from pipeboard.tui.dialogs.choose import Choice, Choose

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def open_deal(
    app: "PipeboardApp",
    deal_id: int,
    neighbours: Callable[[int, int], int | None],
    came_back: Callable[[int | None], None],
) -> None:
    """Show a deal on a screen of its own."""
    from pipeboard.tui.deal_desk import DealDesk

    stages: list[Stage] = []
    # Two of these screens may be open, one above the other, and are read again at the same moment.
    name = f"deal-screen-{len(app.screen_stack)}"

    async def load(wanted: int) -> DealDetail:
        deals = app.workspace.deals
        detail = await app.read(name, lambda: deals.detail(wanted))
        # Not those of the board: the deal may stand in another pipeline.
        stages[:] = await app.read(f"{name}-stages", lambda: deals.stages(detail.pipeline_id))
        return detail

    app.ask(DealDesk(app, deal_id, load, neighbours, lambda: tuple(stages)), came_back)


def ask_where_to(
    app: "PipeboardApp",
    overview: Overview,
    *,
    first: Callable[[], None],
    open_deal: Callable[[object], None],
) -> None:
    """The screens by letter."""

    def answered(choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.value == "first":
            first()
        elif choice.value == "board":
            show_board(app)
        elif choice.value == "list":
            show_list(app)
        elif choice.value == "agenda":
            show_agenda(app)
        elif choice.value == "metrics":
            show_metrics(app, overview, open_deal)

    choices = [
        Choice("board", "Board", "", "b"),
        Choice("list", "List", "the same deals as a table", "l"),
        Choice("agenda", "Agenda", "the day's work of all deals", "t"),
        Choice("metrics", "Metrics", "win rate, velocity, funnel", "m"),
        Choice("first", "First card", "", "g"),
    ]
    app.ask(Choose("Go to", choices, is_filtered=False), answered)


def show_board(app: "PipeboardApp") -> None:
    """The board, from whatever is above it."""
    for _ in app.screen_stack[1:]:
        app.pop_screen()


def _close_above(app: "PipeboardApp", kind: type[Screen[Any]]) -> bool:
    """Close what is above a screen of this kind; whether there is one."""
    places = [at for at, screen in enumerate(app.screen_stack) if isinstance(screen, kind)]
    for _ in app.screen_stack[places[0] + 1 :] if places else ():
        app.pop_screen()
    return bool(places)


def show_list(app: "PipeboardApp") -> None:
    """The list; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.list import ListScreen

    if not _close_above(app, ListScreen):
        board = app.board_screen()
        app.ask(
            ListScreen(board.overview, board.filter_text, board.board.selected.id if board.board.selected else None),
            lambda _: None,
        )


def show_agenda(app: "PipeboardApp") -> None:
    """The agenda; what is above it is closed where it is open already."""
    from pipeboard.tui.screens.agenda import AgendaScreen

    if not _close_above(app, AgendaScreen):
        app.ask(AgendaScreen(), lambda _: None)


def show_metrics(app: "PipeboardApp", overview: Overview, open_deal: Callable[[object], None]) -> None:
    """The metrics screen; what is above it is closed where it is open already."""
    from pipeboard.tui.metrics_source import MetricsSource
    from pipeboard.tui.screens.metrics import MetricsScreen

    if not _close_above(app, MetricsScreen):
        source = MetricsSource(app.read, lambda: app.workspace.metrics)
        app.ask(MetricsScreen(source, overview, glyphs=app.glyphs), open_deal)

"""The screen of one deal: everything about it, and its neighbours one key away."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, TopLine
from pipeboard.tui.text.deal_context import DealKeys
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Palette, Tones
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.side_pane import Part, SidePane
from pipeboard.tui.widgets.top_bar import TopBar

TWO_COLUMNS = 110
"""The least width, in cells, at which what happened stands beside the fields."""

_KEYS = (KeyHint("[ ]", "other deal", 2), KeyHint("j k", "scroll", 3), KeyHint("q", "back", ALWAYS))
_GONE = (("]", "goes to the next deal"), ("q", "goes back"))

Load = Callable[[int], Awaitable[DealDetail]]
Neighbours = Callable[[int, int], int | None]


class FactsPane(SidePane):
    """The deal on the ground of the screen instead of on a surface."""

    def tones_of(self, palette: Palette) -> Tones:
        return palette.normal


class DealScreen(Screen[int | None]):
    """One deal in full. It is dismissed with the id of the deal it ended on.

    `load` reads a deal (a PipeboardError is told in its own words); `neighbours` gives the id of the deal so
    many places on from another in the list one came from, or None at its end; `now` is the present, aware
    and in the zone of the workspace. `detail` is the deal on show, None while another one is being read.
    """

    CSS_PATH = "deal.tcss"
    BINDINGS = [
        Binding("]", "neighbour(1)", "next deal", id="deal.next"),
        Binding("[", "neighbour(-1)", "previous deal", id="deal.previous"),
        Binding("j,down", "scroll_lines(1)", "down", id="deal.scroll_down", show=False),
        Binding("k,up", "scroll_lines(-1)", "up", id="deal.scroll_up", show=False),
        Binding("pagedown", "page(1)", "page down", id="deal.page_down", show=False),
        Binding("pageup", "page(-1)", "page up", id="deal.page_up", show=False),
        Binding("ctrl+d", "page(0.5)", "half a page down", id="deal.half_page_down", show=False),
        Binding("ctrl+u", "page(-0.5)", "half a page up", id="deal.half_page_up", show=False),
        Binding("home", "scroll_lines(-1_000_000_000)", "first line", id="deal.first_line", show=False),
        Binding("end,G", "scroll_lines(1_000_000_000)", "last line", id="deal.last_line", show=False),
        Binding("q,escape", "back", "back", id="deal.back"),
    ]

    def __init__(
        self,
        deal_id: int,
        load: Load,
        neighbours: Neighbours,
        *,
        now: Callable[[], datetime],
        keys: DealKeys = DealKeys(),  # noqa: B008 - a frozen value
        glyphs: Glyphs = UNICODE,
    ) -> None:
        super().__init__()
        self._deal_id = deal_id
        self._load = load
        self._neighbours = neighbours
        self._clock = now
        self._deal_keys = keys
        self._glyphs = glyphs
        self._is_gone = False
        self.detail: DealDetail | None = None

    @property
    def selected_ids(self) -> tuple[int, ...]:
        """The deal that actions are about; none while the one asked for is not there."""
        return () if self._is_gone else (self._deal_id,)

    def compose(self) -> ComposeResult:
        """The header, one or two columns, the footer."""
        yield TopBar(glyphs=self._glyphs)
        with Horizontal(id="columns"):
            yield FactsPane(is_whole=True, keys=self._deal_keys, glyphs=self._glyphs, id="facts")
            yield SidePane(part=Part.STORY, is_whole=True, keys=self._deal_keys, glyphs=self._glyphs, id="story")
        yield FootBar(glyphs=self._glyphs)

    def on_mount(self) -> None:
        self.query_one(TopBar).show(TopLine("Deal"))
        self.say(FootLine())
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        is_wide = event.size.width >= TWO_COLUMNS
        self.set_class(is_wide, "-wide")
        self.query_one("#facts", SidePane).show_part(Part.FACTS if is_wide else Part.ALL)

    def say(self, line: FootLine) -> None:
        """Show in the footer what happened; the keys of this screen stay beside it."""
        self.query_one(FootBar).show(line._replace(keys=line.keys or _KEYS))

    def reload(self) -> None:
        """Read the deal again; the scroll position stays."""
        self.run_worker(self._show(self._deal_id), group="deal", exclusive=True)

    async def _show(self, deal_id: int) -> None:
        """Read a deal and show it, or say why that cannot be."""
        try:
            detail = await self._load(deal_id)
        except PipeboardError as error:
            self.detail, self._is_gone = None, True
            self.query_one(TopBar).show(TopLine("Deal"))
            self._show_on_panes(None, str(error))
            return
        self.detail, self._is_gone = detail, False
        self.query_one(TopBar).show(TopLine("Deal", f"{detail.pipeline} {self._glyphs.dot} {detail.stage}"))
        self._show_on_panes(detail)

    def _show_on_panes(self, detail: DealDetail | None, why: str = "") -> None:
        """Give both columns a value."""
        for pane in self.query(SidePane):
            pane.show(detail, self._clock(), title=why, hints=_GONE)

    # Actions

    def action_neighbour(self, step: int) -> None:
        """Go to the next or previous deal of the list."""
        deal_id = self._neighbours(self._deal_id, step)
        if deal_id is None:
            self.say(FootLine(f"That was the {'last' if step > 0 else 'first'} deal", "muted"))
            return
        # Until the next deal is read nothing is on show that a key could be meant for.
        self._deal_id, self.detail = deal_id, None
        self.say(FootLine())
        self.reload()

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll both columns, each as far as it goes."""
        for pane in self.query(SidePane):
            pane.scroll_by(lines)

    def action_page(self, pages: float) -> None:
        """Scroll both columns by screens."""
        for pane in self.query(SidePane):
            pane.scroll_pages(pages)

    def action_back(self) -> None:
        """Leave; the caller puts its cursor on the deal this ended on."""
        self.dismiss(self._deal_id)

"""The screen of one deal: everything about it, and its neighbours one key away."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.screen import Screen

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.actions import DEAL
from pipeboard.tui.bindings import first_key, first_keys
from pipeboard.tui.runner import Superseded
from pipeboard.tui.text.bars import ALWAYS, FootLine, KeyHint, TopLine
from pipeboard.tui.text.deal_context import DealKeys
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Palette, Tones
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.side_pane import Part, SidePane
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

TWO_COLUMNS = 110
"""The least width, in cells, at which what happened stands beside the fields."""

_HINTS = (
    (("task.complete",), "done", 2),
    (("task.add",), "task", 2),
    (("task.snooze",), "snooze", 5),
    (("activity.log",), "log", 3),
    (("deal.edit",), "edit", 3),
    (("deal.retreat", "deal.advance"), "move", 4),
    (("deal.win",), "won", 6),
    (("deal.lose",), "lost", 6),
    (("deal.previous", "deal.next"), "other deal", 1),
    (("app.help",), "help", ALWAYS),
    (("app.back",), "back", ALWAYS),
)
"""Actions whose keys the footer shows, the label and the priority of each."""

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

    CONTEXT = DEAL
    CSS_PATH = "deal.tcss"

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

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
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(DEAL))])
        self.query_one(TopBar).show(TopLine("Deal"))
        self.say(FootLine())
        self.reload()

    def on_resize(self, event: events.Resize) -> None:
        is_wide = event.size.width >= TWO_COLUMNS
        self.set_class(is_wide, "-wide")
        self.query_one("#facts", SidePane).show_part(Part.FACTS if is_wide else Part.ALL)

    def say(self, line: FootLine) -> None:
        """Show in the footer what happened; the keys of this screen stay beside it."""
        self.query_one(FootBar).show(line._replace(keys=line.keys or self._keys()))

    def _keys(self) -> tuple[KeyHint, ...]:
        actions = self.app.actions
        hints = (KeyHint(first_keys(actions, *ids), label, priority) for ids, label, priority in _HINTS)
        return tuple(hint for hint in hints if hint.key)

    def reload(self) -> None:
        """Read the deal again; the scroll position stays."""
        self.app.run_guarded(self._show(self._deal_id), "deal", on=self)

    async def _show(self, deal_id: int) -> None:
        """Read a deal and show it, or say why that cannot be."""
        try:
            detail = await self._load(deal_id)
        except Superseded:
            return
        except PipeboardError as error:
            if deal_id != self._deal_id:
                return
            self.detail, self._is_gone = None, True
            self.query_one(TopBar).show(TopLine("Deal"))
            self._show_on_panes(None, str(error))
            return
        if deal_id != self._deal_id:
            return
        self.detail, self._is_gone = detail, False
        self.query_one(TopBar).show(TopLine("Deal", f"{detail.pipeline} {self._glyphs.dot} {detail.stage}"))
        self._show_on_panes(detail)

    def _show_on_panes(self, detail: DealDetail | None, why: str = "") -> None:
        """Give both columns a value."""
        keys = self.app.actions
        hints = (
            (first_key(keys, "deal.next"), "goes to the next deal"),
            (first_key(keys, "app.back"), "goes back"),
        )
        for pane in self.query(SidePane):
            pane.show(detail, self._clock(), title=why, hints=hints)

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

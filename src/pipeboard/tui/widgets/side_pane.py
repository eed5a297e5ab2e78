"""The deal under the cursor, beside the board, and the same lines on the deal's own screen."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from textual.strip import Strip

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.timeline import ALL
from pipeboard.tui.text.deal_context import IN_PANE, WHOLE, DealContext, DealKeys
from pipeboard.tui.text.deal_lines import deal_strips, empty_strips, facts_strips, story_strips
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines

NO_DEAL = "No deal here"
EMPTY_HINTS = (("n", "adds a deal"), ("h l", "go to another stage"), ("i", "hides this pane"))
"""The keys that help where there is no deal, with what they do."""


class Part(Enum):
    """Which of a deal's lines a pane shows."""

    ALL = "all"
    FACTS = "facts"
    STORY = "story"


class SidePane(ScrolledLines):
    """Everything about one deal, scrolled by itself. It takes no focus and asks for nothing.

    `is_whole` shows the longest texts and lists in full and adds what a board around the pane would say.
    """

    DEFAULT_CSS = "SidePane { background: $surface; }"

    def __init__(
        self,
        *,
        part: Part = Part.ALL,
        is_whole: bool = False,
        keys: DealKeys = DealKeys(),  # noqa: B008 - a frozen value
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self.part = part
        self.is_whole = is_whole
        self.keys = keys
        self._detail: DealDetail | None = None
        self._now: datetime | None = None
        self._title = ""
        self._hints: Sequence[tuple[str, str]] = ()
        self._shown = ALL

    @property
    def deal_id(self) -> int | None:
        """The deal on show."""
        return self._detail.id if self._detail is not None else None

    def show(
        self,
        detail: DealDetail | None,
        now: datetime,
        *,
        title: str = NO_DEAL,
        hints: Sequence[tuple[str, str]] = EMPTY_HINTS,
    ) -> None:
        """Take a new value; `now` is aware and in the zone of the workspace.

        The same deal keeps its scroll position, another one is shown from its top. Without a deal `title`
        says why and `hints` are the keys that help, with what they do.
        """
        is_same = detail is not None and detail.id == self.deal_id
        self._detail, self._now, self._title, self._hints = detail, now, title, hints
        self.update_lines(from_top=not is_same)

    def show_part(self, part: Part) -> None:
        """Show other lines of the same deal."""
        if part is not self.part:
            self.part = part
            self.update_lines(from_top=True)

    def show_kind(self, kind: str) -> None:
        """Narrow the timeline to one kind of entries, and show where it begins."""
        self._shown = kind
        self.update_lines()
        head = next((n for n, line in enumerate(self._content) if line.text.startswith("Timeline")), None)
        if head is not None:
            self.scroll_by(head - self.top)

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        if self._now is None:
            return []
        limits = WHOLE if self.is_whole else IN_PANE
        context = DealContext(width, self._now, tones, self.glyphs, limits, self.keys, self.is_whole, shown=self._shown)
        if self._detail is None:
            return empty_strips(self._title, self._hints, context) if self.part is not Part.STORY else []
        if self.part is Part.FACTS:
            return facts_strips(self._detail, context)
        return story_strips(self._detail, context) if self.part is Part.STORY else deal_strips(self._detail, context)

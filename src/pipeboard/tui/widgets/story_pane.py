"""The side pane of the pipeline meeting: what happened since the last one comes first."""

from datetime import datetime

from textual.strip import Strip

from pipeboard.tui.text.deal_context import IN_PANE, DealContext
from pipeboard.tui.text.story_lines import story_since_strips
from pipeboard.tui.theme import Tones
from pipeboard.tui.widgets.side_pane import SidePane


class StoryPane(SidePane):
    """A deal with its story since `since` on top."""

    since: datetime | None = None

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        strips = super().draw(width, tones)
        if self._detail is None or self._now is None:
            return strips
        context = DealContext(width, self._now, tones, self.glyphs, IN_PANE, self.keys)
        return [*story_since_strips(self._detail, self.since, context), *strips]

"""What to press next, above the footer."""

from collections.abc import Callable, Sequence

from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.text.wrapping import wrapped
from pipeboard.tui.theme import palette_of
from pipeboard.tui.tour_steps import TourStep

_END = ("That was the tour", "{} lists every key, {} finds everything by name. Now it is yours.")


class TourPanel(Widget):
    """One step at a time; it goes on when it is told that the step was done. `key` names the key of an action."""

    DEFAULT_CSS = "TourPanel { height: 3; width: 1fr; background: $surface; }"
    ALLOW_SELECT = False

    def __init__(
        self,
        steps: Sequence[TourStep],
        key: Callable[[str], str],
        *,
        glyphs: Glyphs = UNICODE,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._steps = steps
        self._key = key
        self._glyphs = glyphs
        self._place = 0

    @property
    def place(self) -> int:
        """The step that is to be done, from 0; as many as there are at the end."""
        return self._place

    def notice(self, happened: str) -> None:
        """Go on when this is what the step asks for."""
        if self._place < len(self._steps) and self._steps[self._place].done_by == happened:
            self._place += 1
            self.refresh()

    def words(self) -> tuple[str, str, str]:
        """Which step it is, its name, and what to press, with the person's own keys."""
        if self._place >= len(self._steps):
            keys = [self._key(action_id) for action_id in ("app.help", "app.palette")]
            return "", _END[0], _END[1].format(*keys)
        step = self._steps[self._place]
        keys = [self._key(action_id) or "(no key)" for action_id in step.actions]
        return f"Tour {self._place + 1} of {len(self._steps)}  ", step.title, step.words.format(*keys)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The step, and below it what to press in at most two lines."""
        tones, width = palette_of(self.app).surface, self.size.width
        count, title, words = self.words()
        leave = self._key("mark.clear")
        if y == 0:
            left = [Part(f" {count}", tones.accent), Part(title, tones.strong)]
            return justified(left, [Part(f"{leave} leaves the tour ", tones.faint)], width, tones.text)
        lines = list(wrapped(words, max(1, width - 2)))
        line = lines[y - 1] if y <= len(lines) else ""
        return justified([Part(f" {line}", tones.text)], [], width, tones.text, self._glyphs.ellipsis)

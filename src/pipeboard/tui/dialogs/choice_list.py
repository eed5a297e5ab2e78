"""A list to pick from, drawn line by line: ten thousand choices cost as much as ten."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.layouts import latin_of
from pipeboard.tui.text.cells import cut, drawable, fit, width_of
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import palette_of

_KEYS = "1234567890abcdefgimnoprstuvwxyz"
"""Without h, j, k, l and q, which move and leave everywhere."""

_LABEL_CELLS = 24


class Choice(NamedTuple):
    """Something to pick: what it stands for (hashable), its words, a hint on the right, the key that picks it."""

    value: object
    label: str
    hint: str = ""
    key: str = ""


def with_keys(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices with a digit or letter each, as far as these go; a key that is there already stays."""
    taken = {choice.key for choice in choices}
    free = (key for key in _KEYS if key not in taken)
    return tuple(choice if choice.key else choice._replace(key=next(free, "")) for choice in choices)


class ChoiceList(Widget, can_focus=True):
    """Choices with a cursor (none when it is -1). Whoever mounts it sets its height, so that nothing jumps.

    Hints stand at the right edge, or left-aligned beside the labels with `is_hint_beside`.
    """

    DEFAULT_CSS = "ChoiceList { width: 1fr; height: auto; }"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "pick", show=False),
    ]

    class Picked(Message):
        """A choice was picked by Enter, or by its key or a click (`is_direct`)."""

        def __init__(self, choice: Choice, *, is_direct: bool) -> None:
            super().__init__()
            self.choice = choice
            self.is_direct = is_direct

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        *,
        cursor: int = 0,
        is_hint_beside: bool = False,
        glyphs: Glyphs = UNICODE,
    ) -> None:
        super().__init__()
        self._choices = choices
        self._cursor = cursor
        self._top = 0
        self._glyphs = glyphs
        self._has_keys = any(choice.key for choice in choices)
        self._label_cells = max((width_of(drawable(choice.label)) for choice in choices), default=0)
        self._label_cells = min(self._label_cells, _LABEL_CELLS) if is_hint_beside else 0

    # What it is told

    def show(self, choices: Sequence[Choice], *, cursor: int = 0) -> None:
        """Take other choices and stand on one of them."""
        self._choices = choices
        self._has_keys = self._has_keys or any(choice.key for choice in choices[:200])
        self._top = 0
        self._stand(cursor)
        self.refresh()

    def stand_on(self, choice: Choice) -> None:
        """Put the cursor on one of the choices."""
        if choice in self._choices:
            self._stand(self._choices.index(choice))

    @property
    def choice(self) -> Choice | None:
        """The choice the cursor is on; None when there is none."""
        return self._choices[self._cursor] if 0 <= self._cursor < len(self._choices) else None

    def choice_of(self, event: events.Key) -> Choice | None:
        """The choice that a key picks at once."""
        key = event.character
        if not key:
            return None
        found = next((choice for choice in self._choices if choice.key == key), None)
        layouts = getattr(getattr(self.app, "settings", None), "layouts", ())
        if found is None and layouts:
            latin = latin_of(key, layouts)
            found = next((choice for choice in self._choices if choice.key == latin), None)
        return found

    def pick(self, choice: Choice | None, *, is_direct: bool = True) -> None:
        """Report a choice as picked."""
        if choice is not None:
            self.post_message(self.Picked(choice, is_direct=is_direct))

    # Moving

    def action_move(self, step: int) -> None:
        """Go up or down, round at the ends."""
        if self._choices:
            self._stand((self._cursor + step) % len(self._choices))

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        self._stand(self._cursor + step * max(1, self.size.height - 1))

    def action_edge(self, step: int) -> None:
        """Go to the first or last choice."""
        self._stand(0 if step < 0 else len(self._choices) - 1)

    def action_pick(self) -> None:
        """Pick the choice under the cursor."""
        self.pick(self.choice, is_direct=False)

    def _stand(self, place: int) -> None:
        """Put the cursor on a place and scroll as little as shows it."""
        rows = max(1, self.size.height)
        self._cursor = max(0, min(place, len(self._choices) - 1))
        self._top = max(self._cursor - rows + 1, min(self._top, self._cursor))
        self.refresh()

    # Events

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self) -> None:
        if self._cursor >= 0:
            self._stand(self._cursor)

    def on_key(self, event: events.Key) -> None:
        choice = self.choice_of(event)
        if choice is not None:
            event.stop()
            event.prevent_default()
            self.pick(choice)

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y
        if place < len(self._choices):
            self._stand(place)
            self.pick(self.choice)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, rows: int) -> None:
        """Show other choices without moving the cursor."""
        self._top = max(0, min(self._top + rows, len(self._choices) - self.size.height))
        self.refresh()

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    # Drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many rows as there were choices at first."""
        return len(self._choices)

    def render_line(self, y: int) -> Strip:
        """One choice; the cursor as a bar, a bold label and a lighter ground."""
        palette = palette_of(self.app)
        place, width = self._top + y, self.size.width
        if place >= len(self._choices):
            return blank(width, palette.surface.text)
        choice = self._choices[place]
        is_here = place == self._cursor
        tones = palette.selected if is_here else palette.surface
        bar = Part(self._glyphs.cursor if is_here else " ", tones.accent)
        key = [Part(fit(choice.key, 2), tones.text if is_here else tones.accent)] if self._has_keys else []
        words = fit(choice.label, self._label_cells) + "  " if self._label_cells else drawable(choice.label)
        label = Part(words, tones.strong if is_here else tones.text)
        if not choice.hint:
            return justified([bar, *key, label], [], width, tones.text, self._glyphs.ellipsis)
        if self._label_cells:
            left = [bar, *key, label, Part(drawable(choice.hint), tones.muted)]
            return justified(left, [], width, tones.text, self._glyphs.ellipsis)
        # The label has the room first, but leaves a third of the row to a long hint.
        room = max(width // 3, width - width_of(words) - 5)
        hint = [Part(cut(choice.hint, room, self._glyphs.ellipsis) + " ", tones.muted)]
        return justified([bar, *key, label], hint, width, tones.text, self._glyphs.ellipsis)

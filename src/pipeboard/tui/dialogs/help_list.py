"""The help as a list with a cursor, in two columns where there is room."""

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.dialogs.help_lines import HelpEntry, HelpLine, columns_of, grouped_lines
from pipeboard.tui.text.cells import drawable, fit, width_of
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.theme import palette_of

_WIDE = 110
_GAP = 3
_KEYS_CELLS = 20
_LABEL_CELLS = 26


class HelpList(Widget):
    """Entries under their groups, or as one list while something is searched. The dialog moves the cursor."""

    DEFAULT_CSS = "HelpList { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    class Clicked(Message):
        """An entry was clicked."""

        def __init__(self, entry: HelpEntry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._entries: Sequence[HelpEntry] = ()
        self._is_grouped = True
        self._columns: list[list[HelpLine]] = [[]]
        self._keys_cells = self._label_cells = 0
        self._cursor = 0
        self._top = 0

    def show(self, entries: Sequence[HelpEntry], *, is_grouped: bool) -> None:
        """Take other entries and stand on the first."""
        self._entries = entries
        self._is_grouped = is_grouped
        self._cursor = self._top = 0
        self._keys_cells = min(_KEYS_CELLS, max((width_of(drawable(entry.keys)) for entry in entries), default=0))
        self._label_cells = min(_LABEL_CELLS, max((width_of(drawable(entry.label)) for entry in entries), default=0))
        self._lay_out()

    @property
    def entry(self) -> HelpEntry | None:
        """The entry under the cursor."""
        return self._entries[self._cursor] if self._entries else None

    def move(self, step: int) -> None:
        """Go up or down by so many entries, stopping at the ends."""
        self._cursor = max(0, min(self._cursor + step, len(self._entries) - 1))
        self._scroll_to_cursor()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self) -> None:
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        column = min(event.x // (self._column_width + _GAP), len(self._columns) - 1)
        line = self._line(column, event.y)
        if line.place is not None:
            self.post_message(self.Clicked(self._entries[line.place]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    # Layout

    def rows_at(self, width: int) -> int:
        """The rows that all entries take in a list of this width."""
        return max(len(column) for column in columns_of(grouped_lines(self._entries), 2 if width >= _WIDE else 1))

    @property
    def _column_width(self) -> int:
        """The cells of one column."""
        return (self.size.width - _GAP * (len(self._columns) - 1)) // len(self._columns)

    def _lay_out(self) -> None:
        """Deal the entries into columns for the present width."""
        if self._is_grouped:
            count = 2 if self.size.width >= _WIDE else 1
            self._columns = columns_of(grouped_lines(self._entries), count)
        else:
            self._columns = [[HelpLine(place=place) for place in range(len(self._entries))]]
        self._scroll_to_cursor()

    def _line(self, column: int, y: int) -> HelpLine:
        """The line of a column at a row of the widget."""
        lines = self._columns[column]
        row = self._top + y
        return lines[row] if 0 <= row < len(lines) else HelpLine()

    def _scroll(self, rows: int) -> None:
        """Show other lines without moving the cursor."""
        longest = max(len(column) for column in self._columns)
        self._top = max(0, min(self._top + rows, longest - self.size.height))
        self.refresh()

    def _scroll_to_cursor(self) -> None:
        """Scroll as little as shows the cursor, with the heading above the first entry of a group."""
        here = HelpLine(place=self._cursor)
        row = next((column.index(here) for column in self._columns if here in column), 0)
        first = row - 1 if self._is_grouped and row == 1 else row
        self._top = max(row - max(1, self.size.height) + 1, min(self._top, first))
        self._scroll(0)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of each column."""
        surface = palette_of(self.app).surface.text
        strips = []
        for column in range(len(self._columns)):
            if column:
                strips.append(blank(_GAP, surface))
            strips.append(self._draw(self._line(column, y), self._column_width))
        return Strip.join(strips).adjust_cell_length(self.size.width, surface)

    def _draw(self, line: HelpLine, width: int) -> Strip:
        """One heading or entry."""
        palette = palette_of(self.app)
        if line.place is None:
            return justified(
                [Part(f" {drawable(line.heading)}", palette.surface.strong)], [], width, palette.surface.text
            )
        entry = self._entries[line.place]
        is_here = line.place == self._cursor
        tones = palette.selected if is_here else palette.surface
        mark = self._glyphs.ellipsis
        left = [
            Part(self._glyphs.cursor if is_here else " ", tones.accent),
            Part(fit(entry.keys, self._keys_cells, mark) + "  ", tones.text if is_here else tones.accent),
            Part(fit(entry.label, self._label_cells, mark) + "  ", tones.strong if is_here else tones.text),
            Part(drawable(entry.help), tones.muted),
        ]
        return justified(left, [], width, tones.text, mark)

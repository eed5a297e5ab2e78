"""The list of the agenda: groups of rows with a cursor that stays on its task."""

from collections.abc import Sequence
from itertools import chain

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.tui.text.agenda_lines import Columns, columns_for, empty_strips, heading_strip, row_strip
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow, RowKey
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.grouped_rows import GroupedRows
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import Palette, palette_of
from pipeboard.tui.widgets.row_regions import row_regions
from pipeboard.tui.widgets.scrolled_lines import LineWindow

_WHEEL_LINES = 2


class AgendaList(Widget, can_focus=True):
    """Draws groups and scrolls so that the row under the cursor is seen. Only visible lines cost anything.

    The cursor is on a task or deal, not on a place: it follows its row. Where that is gone, it is on the row
    that came after it.
    """

    DEFAULT_CSS = "AgendaList { width: 1fr; height: 1fr; }"
    ALLOW_SELECT = False

    class RowHighlighted(Message):
        """The cursor is on another row, or the rows are others; None when there is no row."""

        def __init__(self, row: AgendaRow | None) -> None:
            super().__init__()
            self.row = row

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, AgendaList.RowHighlighted)

    class RowSelected(Message):
        """A row was opened with the mouse."""

        def __init__(self, row: AgendaRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(id=id)
        self.glyphs = glyphs
        self._groups: tuple[AgendaGroup, ...] = ()
        self._all_groups: tuple[AgendaGroup, ...] = ()
        self._rows = GroupedRows()
        self._place = 0
        self._top = 0
        self._words = ""
        self._hints: Sequence[tuple[str, str]] = ()
        self._columns: Columns | None = None
        self._drawn: dict[int, Strip] = {}

    # What it is told

    def show(
        self,
        groups: tuple[AgendaGroup, ...],
        *,
        of: tuple[AgendaGroup, ...] = (),
        words: str = "",
        hints: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Take new rows; `words` and `hints` (keys with what they do) stand there when there is none.

        `of` is what the rows were filtered out of: the columns stay where they are with it.
        """
        old, place = self._rows, self._place
        self._groups, self._all_groups, self._words, self._hints = groups, of or groups, words, hints
        self._rows = GroupedRows(groups)
        self._columns = None
        self._place = self._found_again(old, place)
        self._reveal()
        self._reconcile()
        self.post_message(self.RowHighlighted(self.selected))

    def _found_again(self, old: GroupedRows, place: int) -> int:
        """Where the row at a place of the old rows is now; else the nearest one after it, or before it."""
        near = chain(range(place, len(old)), range(place - 1, -1, -1))
        places = (self._rows.place_of(old.key_at(at)) for at in near) if self._rows else ()
        return next((found for found in places if found is not None), 0)

    @property
    def rows(self) -> GroupedRows:
        """All rows in their order."""
        return self._rows

    @property
    def selected(self) -> AgendaRow | None:
        """The row under the cursor."""
        return self._rows[self._place] if self._rows else None

    @property
    def key(self) -> RowKey | None:
        """What the cursor is on."""
        return self.selected.key if self.selected is not None else None

    # Walking

    def move(self, step: int) -> None:
        """Go down (up when negative), as far as there are rows."""
        self._go(self._place + step)

    def page(self, step: int) -> None:
        """Go a screen down or up."""
        if not self._rows:
            return
        line = self._rows.line_of(self._place) + step * max(1, self.window.rows - 2)
        self._go(self._rows.place_from(line if step > 0 else line + 1))

    def edge(self, side: int) -> None:
        """Go to the first (-1) or last (1) row."""
        self._go(0 if side < 0 else len(self._rows) - 1)

    def group(self, step: int) -> None:
        """Go to the first row of the next or previous group; back goes to the first of its own group before."""
        starts = self._rows.starts
        if step > 0:
            self._go(next((at for at in starts if at > self._place), self._place))
        else:
            self._go(next((at for at in reversed(starts) if at < self._place), 0))

    def select(self, deal_id: int) -> None:
        """Go to the first row of a deal, unless the cursor is on one of its rows already."""
        here = self.selected
        if here is None or here.deal_id != deal_id:
            found = self._rows.place_of_deal(deal_id)
            self._go(self._place if found is None else found)

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self._rows) - 1))
        if place != self._place and self._rows:
            self._place = place
            self._reveal()
            self._reconcile()
            self.post_message(self.RowHighlighted(self.selected))

    # What is visible

    @property
    def window(self) -> LineWindow:
        """The visible part of the lines."""
        return LineWindow(self._rows.lines, max(1, self.size.height), self._top)

    def _reveal(self) -> None:
        """Scroll as little as shows the row, with the name of its group when it is the first one in it."""
        if not self._rows:
            self._top = 0
            return
        line, rows = self._rows.line_of(self._place), self.window.rows
        first = line - 2 if self._rows.line_at(line - 1).group is not None else line - 1
        if line + 1 >= self._top + rows:
            self._top = min(line + 2, self._rows.lines) - rows
        self._top = max(0, min(self._top, first if rows > 3 else line))

    def scroll_lines(self, lines: int) -> None:
        """Scroll without the cursor (the wheel)."""
        top = self.window.moved(lines)
        if top != self._top:
            self._top = top
            self._reconcile()

    # Drawing

    def _reconcile(self) -> None:
        """Compare every visible line with what stands on the screen, and repaint those that changed."""
        if not self.is_mounted or not self.size.width:
            return
        old, self._drawn = self._drawn, {}
        palette = palette_of(self.app)
        changed = []
        for y in range(self.size.height):
            strip = self._drawn[y] = self._line(y, palette)
            if strip != old.get(y):
                changed.append(y)
        if changed:
            self.refresh(*row_regions(changed, self.size.width))

    def _line(self, y: int, palette: Palette) -> Strip:
        width, tones = self.size.width, palette.normal
        if not self._rows:
            strips = [blank(width, tones.text), *empty_strips(self._words, self._hints, width, tones, self.glyphs)]
            return strips[y] if self._words and y < len(strips) else blank(width, tones.text)
        at = self._top + y
        line = self._rows.line_at(at)
        if line.group is not None:
            strip = heading_strip(line.group, width, tones, self.glyphs)
        elif line.row is not None:
            is_selected = line.row == self._place
            row, columns = self._rows[line.row], self._columns_now()
            strip = row_strip(row, columns, width, palette, self.glyphs, is_selected=is_selected)
        else:
            strip = blank(width, tones.text)
        return self._with_thumb(strip, y, palette)

    def _columns_now(self) -> Columns:
        """The columns for the present width, computed once for all rows."""
        if self._columns is None:
            self._columns = columns_for(self._all_groups, self.size.width)
        return self._columns

    def _with_thumb(self, strip: Strip, y: int, palette: Palette) -> Strip:
        if not self.window.is_thumb(y):
            return strip
        style = Style(color=palette.thumb.color, bgcolor=palette.normal.text.bgcolor)
        return Strip([*strip.crop(0, self.size.width - 1), Segment(self.glyphs.separator, style)], self.size.width)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, _event: events.Resize) -> None:
        self._drawn.clear()
        self._columns = None
        self._top = self.window.moved(0)
        self._reveal()
        self._reconcile()

    def _theme_changed(self, _theme: Theme) -> None:
        self._reconcile()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for, out of a memory of what is visible."""
        palette = palette_of(self.app)
        strips = []
        for y in crop.line_range:
            strip = self._drawn.get(y)
            if strip is None or strip.cell_length != self.size.width:
                strip = self._drawn[y] = self._line(y, palette)
            strips.append(strip.crop(*crop.column_span))
        return strips

    def render_line(self, y: int) -> Strip:
        """One line (Textual asks line by line only in its own caches)."""
        return self.render_lines(Region(0, y, self.size.width, 1))[0]

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        at = self._top + event.y
        place = self._rows.line_at(at).row
        if place is None:
            return
        if place == self._place or event.chain > 1:
            self.post_message(self.RowSelected(self._rows[place]))
        self._go(place)

"""One stage of the board, drawn line by line: the cost of a key does not depend on the number of deals."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pipeboard.domain.board import Card
from pipeboard.tui.text.cards import DEFAULT_DENSITY, CardContext, card_strips
from pipeboard.tui.text.column_geometry import HEADER, ColumnGeometry
from pipeboard.tui.text.folded_stage import FOLDED_LINES, folded_strips
from pipeboard.tui.text.stage_header import HEADER_LINES, StageHead, header_strips
from pipeboard.tui.text.strips import blank
from pipeboard.tui.widgets.card_source import CardSource

_CACHED_CARDS = 1024


class ColumnView(NamedTuple):
    """Everything a column draws besides its cursor and its scroll position.

    `context.width` is one cell less than the column: the last one is the line between stages.
    """

    head: StageHead
    source: CardSource
    context: CardContext
    marked: frozenset[int]
    is_last: bool
    anchor: int | None = None


class StageColumn(Widget):
    """A stage with its cards. It takes no focus: the board owns the cursor and tells the column."""

    DEFAULT_CSS = "StageColumn { height: 1fr; width: 26; }"
    ALLOW_SELECT = False

    class Pressed(Message):
        """The mouse went down on a card, or on the stage (`index` is HEADER)."""

        def __init__(self, column: "StageColumn", index: int, *, is_double: bool) -> None:
            super().__init__()
            self.column = column
            self.index = index
            self.is_double = is_double

    class Dragged(Message):
        """A card is being dragged; `screen_x` is where the pointer is, `y` its row within the columns."""

        def __init__(self, deal_id: int, screen_x: int, y: int) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.screen_x = screen_x
            self.y = y

    class Dropped(Dragged):
        """A dragged card was let go."""

    class Scrolled(Message):
        """The wheel showed other cards."""

        def __init__(self, column: "StageColumn") -> None:
            super().__init__()
            self.column = column

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: ColumnView | None = None
        self.top = 0
        self.cursor: int | None = None
        self._is_target = False
        self._held: int | None = None
        self._is_dragging = False
        self._gap: int | None = None
        self._lines: dict[int, Strip] = {}
        self._fitted = Size()
        self._drawn_from: tuple[object, ...] = ()
        self._cards: OrderedDict[tuple[Card, bool, bool, bool], tuple[Strip, ...]] = OrderedDict()

    # What the board tells

    @property
    def stage_id(self) -> int:
        """The stage on show (0 before the first one)."""
        return self.view.head.stage.id if self.view else 0

    @property
    def is_folded(self) -> bool:
        """Whether it is a slim column without cards."""
        return self.view is not None and self.view.head.is_folded

    @property
    def count(self) -> int:
        """How many cards there are to show: those that the filter leaves; none in a slim column."""
        return self.view.source.count(self.view.head.stage.id) if self.view and not self.is_folded else 0

    def show(self, view: ColumnView, *, top: int, cursor: int | None, is_followed: bool = True) -> None:
        """Take a new value; only the lines that differ are painted again.

        `is_followed` scrolls to the cursor; without it a column that the wheel moved away stays there.
        """
        if self.view is None or view.context != self.view.context:
            self._cards.clear()
        self.view = view
        self.cursor = HEADER if self.is_folded and cursor is not None else cursor
        self.top = self.geometry.clamped(top)
        if is_followed and self.cursor is not None and self.cursor >= 0:
            self._scroll_to_show(self.cursor)
        self.reconcile()

    def set_cursor(self, index: int | None) -> None:
        """Move the cursor here (HEADER for the stage itself) or take it away (None)."""
        old = self.cursor
        if self.is_folded and index is not None:
            index = HEADER
        if index == old:
            return
        self.cursor = index
        if index is not None and index >= 0 and self._scroll_to_show(index):
            self.reconcile()
        else:
            self._repaint(self.region_of(place) for place in (old, index) if place is not None)

    def set_target(self, is_target: bool) -> None:
        """Light the head while a card is dragged over the column."""
        if is_target != self._is_target:
            self._is_target = is_target
            self._repaint([self.region_of(HEADER)])

    def set_gap(self, gap: int | None) -> None:
        """Show between which cards a dragged one would go: above the one at this place; None shows nothing."""
        if gap != self._gap:
            rows = {self.geometry.gap_y(one) for one in (self._gap, gap) if one is not None}
            self._gap = gap
            self._repaint(Region(0, y, max(0, self.size.width - 1), 1) for y in rows)

    def gap_at(self, y: int) -> int:
        """Between which cards a row of the widget is."""
        return self.geometry.gap_at(y)

    def let_go(self) -> bool:
        """Hold no card any more, without dropping it; whether one was being dragged."""
        was_dragging, self._held, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            self.release_mouse()
        return was_dragging

    def reconcile(self) -> None:
        """Draw every line again and repaint those that changed; nothing is drawn where nothing can have changed."""
        width, height = self.size
        if not self.view or not width:
            self._lines.clear()
            self.refresh()
            return
        geometry = self.geometry
        drawn_from, self._drawn_from = self._drawn_from, self._everything_drawn(self.view, geometry)
        if len(self._lines) == height and self._drawn_from == drawn_from:
            return
        old, self._lines = self._lines, {}
        if len(old) < height:
            self.refresh()
            return
        changed = []
        for y in range(height):
            strip = self._lines[y] = self.draw_line(y, geometry, width)
            if strip != old.get(y):
                changed.append(y)
        if changed:
            self.refresh(*_runs(changed, width))

    def _everything_drawn(self, view: ColumnView, geometry: ColumnGeometry) -> tuple[object, ...]:
        """All that the lines are drawn from: where this is the same, the lines are."""
        places = range(geometry.top, min(geometry.cards, geometry.top + geometry.capacity))
        cards = tuple(view.source.card(view.head.stage.id, place) for place in places)
        marked = tuple(card.id in view.marked for card in cards if card is not None)
        look = (view.head, view.context, view.is_last, view.anchor, self._is_target, self._gap)
        return (geometry, self.cursor, cards, marked, look)

    # Geometry

    @property
    def geometry(self) -> ColumnGeometry:
        """Where everything is now."""
        density = self.view.context.density if self.view else DEFAULT_DENSITY
        return ColumnGeometry(self.size.height, density, self.count, self.top)

    @property
    def capacity(self) -> int:
        """How many whole cards fit; at least one."""
        return self.geometry.capacity

    @property
    def below(self) -> int:
        """How many cards are below the last visible one."""
        return self.geometry.below

    def region_of(self, place: int) -> Region:
        """Where a card (or the head, for HEADER) is drawn inside the widget; empty when out of sight."""
        rows = self.geometry.rows(place)
        if self.is_folded and rows:
            rows = range(rows.start, min(self.size.height, rows.start + FOLDED_LINES))
        return Region(0, rows.start, max(0, self.size.width - 1), len(rows)) if rows else Region()

    def _scroll_to_show(self, index: int) -> bool:
        """Scroll as little as makes the card visible; whether anything moved."""
        old = self.top
        self.top = self.geometry.showing(index)
        return self.top != old

    # Drawing

    def _repaint(self, regions: Iterable[Region]) -> None:
        """Forget and repaint the lines of some regions."""
        wanted = [region for region in regions if region]
        for region in wanted:
            for y in region.line_range:
                self._lines.pop(y, None)
        if wanted:
            self.refresh(*wanted)

    def _fit(self) -> None:
        """Forget what was drawn for another size; as many cards as fit into this one are shown."""
        if self._fitted == self.size:
            return
        self._fitted = self.size
        self._lines.clear()
        if self.view:
            self.top = self.geometry.clamped(self.top)
            if self.cursor is not None and self.cursor >= 0:
                self._scroll_to_show(self.cursor)

    def on_resize(self, _event: events.Resize) -> None:
        self._fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for, out of a memory that holds the viewport: Textual asks for all of them at
        every change of any of them."""
        self._fit()
        lines, width, geometry = self._lines, self.size.width, self.geometry
        strips = []
        for y in crop.line_range:
            strip = lines.get(y)
            if strip is None:
                strip = lines[y] = self.draw_line(y, geometry, width)
            strips.append(strip)
        if crop.column_span == (0, width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One line (Textual asks line by line only in its own caches)."""
        return self.draw_line(y, self.geometry, self.size.width)

    def draw_line(self, y: int, geometry: ColumnGeometry, width: int) -> Strip:
        """One line: the head, a line of a card, or nothing; then the line between stages.

        The size of a widget is dear to ask for, so whoever draws many lines asks once for all of them.
        """
        view = self.view
        if view is None or width < 2:
            return Strip.blank(width)
        ground = view.context.palette.normal.text
        if y < geometry.head_y:
            return blank(width, ground)
        if self._gap is not None and y == geometry.gap_y(self._gap):
            return self._gap_line(view, width)
        row = y - geometry.head_y
        if view.head.is_folded:
            return self._folded_line(view, row, width)
        strip = self._head_line(view, row) if row < HEADER_LINES else self._card_line(view, geometry.place_at(y))
        if strip.cell_length != width - 1:
            strip = strip.adjust_cell_length(width - 1, ground)
        return Strip([*strip, self._separator(view, is_thumb=geometry.is_thumb(y))], width)

    def _folded_line(self, view: ColumnView, row: int, width: int) -> Strip:
        """A line of a slim column."""
        context, is_lit = view.context, self.cursor == HEADER or self._is_target
        lines = folded_strips(view.head, context.width, context.palette, context.glyphs, is_cursor=is_lit)
        ground = context.palette.normal.text
        strip = lines[row] if row < len(lines) else blank(context.width, ground)
        return Strip([*strip.adjust_cell_length(context.width, ground), self._separator(view, is_thumb=False)], width)

    def _gap_line(self, view: ColumnView, width: int) -> Strip:
        """The line that shows where a dragged card would go."""
        tones, bar = view.context.palette.normal, view.context.glyphs.bar
        line = Segment(" " + bar * (width - 3) + " ", tones.accent)
        return Strip([line, self._separator(view, is_thumb=False)], width)

    def _head_line(self, view: ColumnView, row: int) -> Strip:
        """A line of the head."""
        is_lit = self.cursor == HEADER or self._is_target
        context = view.context
        return header_strips(view.head, context.width, context.palette, context.glyphs, is_cursor=is_lit)[row]

    def _card_line(self, view: ColumnView, place: tuple[int, int] | None) -> Strip:
        """A line of a card, or an empty one between and below the cards and for a card not yet loaded."""
        if place is not None:
            index, line = place
            card = view.source.card(view.head.stage.id, index)
            if card is not None:
                return self._card_strips(view, card, index == self.cursor)[line]
        return blank(view.context.width, view.context.palette.normal.text)

    def _card_strips(self, view: ColumnView, card: Card, is_selected: bool) -> tuple[Strip, ...]:
        """The lines of a card, kept by its whole value: what changed can never be drawn from memory."""
        key = (card, is_selected, card.id in view.marked, card.id == view.anchor)
        strips = self._cards.get(key)
        if strips is None:
            strips = card_strips(card, view.context, is_selected=is_selected, is_marked=key[2], is_anchor=key[3])
            self._cards[key] = strips
            if len(self._cards) > _CACHED_CARDS:
                self._cards.popitem(last=False)
        else:
            self._cards.move_to_end(key)
        return strips

    def _separator(self, view: ColumnView, *, is_thumb: bool) -> Segment:
        """The thin line between stages; where there is more to see its brighter part is the scroll bar."""
        palette, glyphs = view.context.palette, view.context.glyphs
        if is_thumb:
            return Segment(glyphs.separator, palette.thumb)
        return Segment(" " if view.is_last else glyphs.separator, palette.line)

    # The mouse: where it is, is arithmetic

    def _place_at(self, y: int) -> int | None:
        """The card under a row of the widget, HEADER for the head, None for empty ground."""
        geometry = self.geometry
        if y < geometry.body_y or self.is_folded:
            return HEADER
        found = geometry.place_at(y)
        return found[0] if found else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        place = self._place_at(event.y)
        if event.button != 1 or place is None or self.view is None:
            return
        card = self.view.source.card(self.stage_id, place) if place >= 0 else None
        self._held = card.id if card else None
        self._is_dragging = False
        if card:
            self.capture_mouse()
        self.post_message(self.Pressed(self, place, is_double=False))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._held is None:
            return
        if not self._is_dragging:
            held = self.view.source.index_of(self.stage_id, self._held) if self.view else None
            is_outside = not 0 <= event.x < self.size.width
            self._is_dragging = is_outside or held is None or event.y not in self.geometry.rows(held)
        if self._is_dragging:
            self.post_message(self.Dragged(self._held, event.screen_x, event.y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        held, self._held = self._held, None
        if held is None:
            return
        self.release_mouse()
        if self._is_dragging:
            self._is_dragging = False
            self.post_message(self.Dropped(held, event.screen_x, event.y))

    def on_click(self, event: events.Click) -> None:
        place = self._place_at(event.y)
        if event.chain == 2 and place is not None and (place >= 0 or self.is_folded):
            self.post_message(self.Pressed(self, place, is_double=True))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._wheel(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._wheel(-1)

    def _wheel(self, step: int) -> None:
        """Show other cards; the cursor stays on its deal."""
        old = self.top
        self.top = self.geometry.clamped(self.top + step)
        if self.top != old:
            self.reconcile()
            self.post_message(self.Scrolled(self))


def _runs(rows: list[int], width: int) -> list[Region]:
    """Ascending rows as regions of neighbours."""
    regions: list[Region] = []
    for y in rows:
        if regions and regions[-1].bottom == y:
            last = regions[-1]
            regions[-1] = Region(0, last.y, width, last.height + 1)
        else:
            regions.append(Region(0, y, width, 1))
    return regions

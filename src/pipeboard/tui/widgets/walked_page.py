"""A page of figures with a cursor that walks them; what is on it is drawn by whoever shows it."""

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from pipeboard.tui.text.figure_page import FigurePage
from pipeboard.tui.text.figure_sheet import Figure, nearest
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import Palette, Tones, palette_of
from pipeboard.tui.widgets.scrolled_lines import MARGIN, ScrolledLines

Draw = Callable[[int, int], FigurePage]
"""Draws a page of a width; the second number is how many of its rows are visible at once."""

_ABOVE = 1
_TOP_ROWS = 4
"""Figures so far up are shown with the very top of the page."""


class WalkedPage(ScrolledLines):
    """Draws a `FigurePage` and scrolls so that the figure under the cursor is seen.

    The cursor stays on its figure when other values come; where that is gone, on the first one.
    """

    class FigureHighlighted(Message):
        """The cursor is on another figure, or its values changed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, WalkedPage.FigureHighlighted)

    class FigureSelected(Message):
        """A figure was opened with the mouse."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, first: str, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._key = first
        self._draw: Draw | None = None
        self._page: FigurePage | None = None

    # What it is told

    def show(self, draw: Draw) -> None:
        """Take new values: what draws them."""
        self._draw, self._page = draw, None
        self.update_lines()
        self._tell()

    @property
    def key(self) -> str:
        """The figure under the cursor."""
        return self._key

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures on the page, in the order they were drawn."""
        return tuple(figure.key for figure in self._figures)

    @property
    def _figures(self) -> list[Figure]:
        return self._page.figures if self._page is not None else []

    def walk(self, dx: int, dy: int) -> None:
        """Go to the nearest figure in a direction; where there is none, scroll as far as there is something to see."""
        here = self._here()
        if here is None:
            return
        found = nearest(self._figures, here, dx, dy)
        if found is None:
            self.scroll_by(4 * dy)
        else:
            self._stand(found)

    def page(self, pages: int) -> None:
        """Scroll by a screen and take the cursor along."""
        self.scroll_pages(pages)
        here, window = self._here(), self.window
        bottom = window.top + window.rows
        seen = [f for f in self._figures if window.top <= f.region.y and f.region.bottom <= bottom]
        if here is not None and seen and here not in seen:
            self._stand(min(seen, key=lambda f: (f.region.y * pages, f.region.x)))

    def edge(self, side: int) -> None:
        """Go to the first (-1) or last (1) figure."""
        ordered = sorted(self._figures, key=lambda figure: (figure.region.y, figure.region.x))
        if ordered:
            self._stand(ordered[0 if side < 0 else -1])

    def _here(self) -> Figure | None:
        figures = self._figures
        return next((figure for figure in figures if figure.key == self._key), figures[0] if figures else None)

    def _stand(self, figure: Figure) -> None:
        self._key = figure.key
        self.update_lines()
        self._reveal(figure)
        self._tell()

    def _reveal(self, figure: Figure) -> None:
        """Scroll as little as shows the figure with a line of air."""
        window, region = self.window, figure.region
        top = region.y - _ABOVE if region.y > _TOP_ROWS else 0
        if top < window.top:
            self.scroll_by(top - window.top)
        elif region.bottom + _ABOVE > window.top + window.rows:
            self.scroll_by(region.bottom + _ABOVE - window.top - window.rows)

    def _tell(self) -> None:
        here = self._here()
        if here is not None:
            self._key = here.key
            self.post_message(self.FigureHighlighted(here.key))

    # Drawing

    def tones_of(self, palette: Palette) -> Tones:
        return palette.normal

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        """The page; it is drawn again only for other values or another size."""
        if self._draw is None:
            return super().draw(width, tones)
        if self._page is None or self._page.canvas.width != width:
            self._page = self._draw(width, self.size.height - 1)
        here = self._here()
        strips = self._page.canvas.strips(palette_of(self.app), self.glyphs, here.region if here else None)
        # The margin takes the style of the first segment: it must not be lit with a figure that begins there.
        return [Strip([Segment("", tones.text), *strip], width) for strip in strips]

    def on_resize(self, event: events.Resize) -> None:
        self._page = None
        super().on_resize(event)
        here = self._here()
        if here is not None:
            self._reveal(here)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        figure = self._figure_at(event.offset)
        if figure is None:
            return
        is_again = figure.key == self._key
        self._stand(figure)
        if is_again or event.chain > 1:
            self.post_message(self.FigureSelected(figure.key))

    def _figure_at(self, offset: Offset) -> Figure | None:
        place = (offset.x - MARGIN, offset.y - 1 + self.top)
        return next((figure for figure in self._figures if figure.region.contains(*place)), None)

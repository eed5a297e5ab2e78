"""The figures with a cursor that walks them."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip

from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import BusinessPage, Page, StagePage, TeamPage
from pipeboard.tui.text.figure_layout import lay_out
from pipeboard.tui.text.figure_sheet import Figure, Sheet, nearest
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.strips import Part, justified
from pipeboard.tui.theme import Palette, Tones, palette_of
from pipeboard.tui.widgets.scrolled_lines import MARGIN, ScrolledLines

_ABOVE = 1

TABS = ("Overview", "Stages", "Wins", "Team")
"""The names of the pages, in the order of `pages.PAGES`."""


def _tab_of(page: Page | None) -> int:
    """The place of a page among `TABS`."""
    kinds = (StagePage, BusinessPage, TeamPage)
    return next((at for at, kind in enumerate(kinds, 1) if isinstance(page, kind)), 0)


class Figures(ScrolledLines):
    """Draws a `MetricsView` and scrolls so that the figure under the cursor is seen.

    The cursor stays on its figure when other values come; where that is gone, on the first one.
    """

    class FigureHighlighted(Message):
        """The cursor is on another figure, or its values changed."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

        def can_replace(self, message: Message) -> bool:
            """Only the latest position matters to a listener."""
            return isinstance(message, Figures.FigureHighlighted)

    class PageSelected(Message):
        """The name of a page was clicked; `place` counts from 0."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class FigureSelected(Message):
        """A figure was opened with the mouse."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:
        super().__init__(glyphs=glyphs, id=id)
        self._view: MetricsView | None = None
        self._page: Page | None = None
        self._is_compared = True
        self._key = "win_rate"
        self._standing: dict[int, tuple[str, int]] = {}
        self._sheet: Sheet | None = None

    # What it is told

    def show(self, view: MetricsView, *, is_compared: bool, page: Page | None = None) -> None:
        """Take new values, of a page or (None) of the overview."""
        if type(page) is not type(self._page):
            self._standing[_tab_of(self._page)] = (self._key, self._top)
            self._key, self._top = self._standing.get(_tab_of(page), ("", 0))
        self._view, self._is_compared, self._page = view, is_compared, page
        self._sheet = None
        self.update_lines()
        self._tell()

    @property
    def key(self) -> str:
        """The figure under the cursor."""
        return self._key

    def walk(self, dx: int, dy: int) -> None:
        """Go to the nearest figure in a direction; where there is none, scroll as far as there is something to see."""
        sheet, here = self._sheet, self._here()
        if sheet is None or here is None:
            return
        found = nearest(sheet.figures, here, dx, dy)
        if found is None:
            self.scroll_by(4 * dy)
        else:
            self._stand(found)

    def page(self, pages: int) -> None:
        """Scroll by a screen and take the cursor along."""
        self.scroll_pages(pages)
        sheet, here = self._sheet, self._here()
        if sheet is None or here is None:
            return
        window = self.window
        seen = [f for f in sheet.figures if window.top <= f.region.y and f.region.bottom <= window.top + window.rows]
        if seen and here not in seen:
            self._stand(min(seen, key=lambda f: (f.region.y, f.region.x) if pages > 0 else (-f.region.y, f.region.x)))

    def edge(self, side: int) -> None:
        """Go to the first (-1) or last (1) figure."""
        if self._sheet is not None and self._sheet.figures:
            ordered = sorted(self._sheet.figures, key=lambda f: (f.region.y, f.region.x))
            self._stand(ordered[0 if side < 0 else -1])

    def _here(self) -> Figure | None:
        figures = self._sheet.figures if self._sheet else []
        return next((figure for figure in figures if figure.key == self._key), figures[0] if figures else None)

    def _stand(self, figure: Figure) -> None:
        self._key = figure.key
        self.update_lines()
        self._reveal(figure)
        self._tell()

    def _reveal(self, figure: Figure) -> None:
        """Scroll as little as shows the figure with a line of air; to the very top for the first ones."""
        window, region = self.window, figure.region
        top = region.y - _ABOVE if region.y > 4 else 0
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
        """The sheet; it is laid out again only for other values or another size."""
        if self._view is None:
            return super().draw(width, tones)
        sheet = self._sheet
        if sheet is None or sheet.canvas.width != width:
            sheet = lay_out(
                self._view, width, self.size.height - 1, self.glyphs, is_compared=self._is_compared, page=self._page
            )
            self._sheet = sheet
        here = self._here()
        strips = sheet.canvas.strips(palette_of(self.app), self.glyphs, here.region if here else None)
        # The margin takes the style of the first segment: it must not be lit with a figure that begins there.
        return [Strip([Segment("", tones.text), *strip], width) for strip in strips]

    def _line(self, y: int, tones: Tones, palette: Palette) -> Strip:
        """The names of the pages stand in the first row, above what scrolls."""
        if y or self._view is None:
            return super()._line(y, tones, palette)
        parts = []
        for at, name in enumerate(TABS):
            is_here = at == _tab_of(self._page)
            parts.append(Part("  " if at == 0 else "   ", tones.text))
            parts.append(Part(f"{at + 1} ", tones.accent if is_here else tones.faint))
            parts.append(Part(name, tones.strong + Style(underline=True) if is_here else tones.muted))
        parts.append(Part(" ", tones.text))  # what is empty takes the style before it, and must not be underlined
        return justified(parts, [], self.size.width, tones.text, self.glyphs.ellipsis)

    def on_resize(self, event: events.Resize) -> None:
        self._sheet = None
        super().on_resize(event)
        here = self._here()
        if here is not None:
            self._reveal(here)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        if event.offset.y == 0:
            self._tab_clicked(event.offset.x)
            return
        figure = self._figure_at(event.offset)
        if figure is None:
            return
        is_again = figure.key == self._key
        self._stand(figure)
        if is_again or event.chain > 1:
            self.post_message(self.FigureSelected(figure.key))

    def _tab_clicked(self, x: int) -> None:
        left = 2
        for at, name in enumerate(TABS):
            right = left + len(name) + 2
            if left <= x < right:
                self.post_message(self.PageSelected(at))
            left = right + 3

    def _figure_at(self, offset: Offset) -> Figure | None:
        place = (offset.x - MARGIN, offset.y - 1 + self.top)
        figures = self._sheet.figures if self._sheet else []
        return next((figure for figure in figures if figure.region.contains(*place)), None)

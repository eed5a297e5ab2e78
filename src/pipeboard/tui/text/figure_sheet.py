"""The sheet of figures: what the blocks are drawn on, and which regions of it can be walked and opened."""

from typing import NamedTuple

from textual.geometry import Region

from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import Page
from pipeboard.tui.text.canvas import Canvas
from pipeboard.tui.text.glyphs import Glyphs


class Figure(NamedTuple):
    """A figure the cursor can stand on: its key (see `metrics.opened`) and where it is on the sheet."""

    key: str
    region: Region


class Sheet:
    """A canvas with the figures on it, and what the blocks draw from."""

    def __init__(
        self, view: MetricsView, width: int, glyphs: Glyphs, *, is_compared: bool, page: Page | None = None
    ) -> None:
        self.view = view
        self.page = page
        self.report = view.report
        self.currency = view.report.given.currency
        self.canvas = Canvas(width)
        self.glyphs = glyphs
        self.is_compared = is_compared and view.report.previous is not None
        self.figures: list[Figure] = []

    def figure(self, key: str, x: int, y: int, width: int, height: int = 1) -> None:
        """Make a region walkable. Its first column is for the cursor, so `x` is one cell before the text."""
        self.figures.append(Figure(key, Region(x, y, width, height)))

    def heading(self, x: int, y: int, text: str, beside: str = "", room: int = 0) -> None:
        """The title of a block, with what it is about beside it."""
        after = self.canvas.put(x, y, text, is_bold=True)
        if beside:
            self.canvas.put(after + 2, y, beside, "faint", room=max(0, room - (after + 2 - x)) if room else 0)


class Place(NamedTuple):
    """Where a block stands: its left text cell, its first row, its width in cells."""

    x: int
    y: int
    width: int


def nearest(figures: list[Figure], here: Figure, dx: int, dy: int) -> Figure | None:
    """The figure one step away in a direction; None at the edge.

    Rows that overlap are neighbours sideways, columns that overlap up and down; without any overlap the
    closest one in that direction is taken, so that no figure is out of reach.
    """
    best: tuple[int, int, int] | None = None
    found = None
    for other in figures:
        ahead, aside = _distance(here.region, other.region, dx, dy)
        if ahead <= 0:
            continue
        rank = (ahead + 4 * aside if dy else ahead + 12 * aside, aside, ahead)
        if best is None or rank < best:
            best, found = rank, other
    return found


def _distance(here: Region, other: Region, dx: int, dy: int) -> tuple[int, int]:
    """How far ahead in the direction, and how far aside across it; 0 or less ahead is the wrong way."""
    if dx:
        ahead = other.x - here.right + 1 if dx > 0 else here.x - other.right + 1
        aside = max(0, other.y - here.bottom + 1, here.y - other.bottom + 1)
        return ahead, aside
    ahead = other.y - here.bottom + 1 if dy > 0 else here.y - other.bottom + 1
    aside = max(0, other.x - here.right + 1, here.x - other.right + 1)
    return ahead, aside

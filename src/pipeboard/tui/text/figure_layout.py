"""Where the blocks of the metrics screen stand: two columns where there is room, else one below the other."""

from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import BusinessPage, Page, StagePage
from pipeboard.tui.text.figure_funnel import draw_funnel, draw_trend
from pipeboard.tui.text.figure_headline import draw_headline
from pipeboard.tui.text.figure_sheet import Place, Sheet
from pipeboard.tui.text.figure_tables import draw_bars, draw_losses, draw_owners, draw_velocity
from pipeboard.tui.text.glyphs import Glyphs

TWO_COLUMNS = 126
"""From so many cells on, the tables stand right of the pictures."""

_WIDEST_BLOCK = 96
_AIRY = 30
"""From so many visible rows on, a blank one stands below the names of the pages."""


def lay_out(
    view: MetricsView, width: int, height: int, glyphs: Glyphs, *, is_compared: bool, page: Page | None = None
) -> Sheet:
    """All figures of a page (None: the overview) on a sheet of this width; `height` rows of it are visible at once."""
    sheet = Sheet(view, width, glyphs, is_compared=is_compared, page=page)
    first = 1 if height >= _AIRY else 0
    if page is not None:
        _page(sheet, page, first)
        return sheet
    after = draw_headline(sheet, first)
    if width >= TWO_COLUMNS:
        _columns(sheet, after + 1, height)
    else:
        _one_below_the_other(sheet, after + 1)
    return sheet


def _page(sheet: Sheet, page: Page, first: int) -> None:
    """The blocks of a page from a row on: in two columns where there is room, else one below the other."""
    from pipeboard.tui.text import figure_business, figure_stages, figure_team

    if isinstance(page, StagePage):
        blocks = figure_stages.blocks(sheet, page)
    elif isinstance(page, BusinessPage):
        blocks = figure_business.blocks(sheet, page)
    else:
        blocks = figure_team.blocks(sheet, page)
    width = sheet.canvas.width
    if width < TWO_COLUMNS:
        after = first
        for draw in (*blocks[0], *blocks[1]):
            after = draw(Place(1, after, min(_WIDEST_BLOCK, width - 2))) + 1
        return
    left = (width - 8) * 52 // 100
    places = (Place(1, first, left), Place(left + 7, first, width - left - 8))
    for place, column in zip(places, blocks, strict=True):
        after = first
        for draw in column:
            after = draw(place._replace(y=after)) + 1


def _columns(sheet: Sheet, y: int, height: int) -> None:
    width = sheet.canvas.width
    left = (width - 10) * 52 // 100
    stages = len(sheet.report.funnel.rows)
    # What the funnel, its note, the trend and the air between them need with a blank row between stages.
    is_roomy = y + 2 * stages + 3 + 12 <= height
    after = draw_funnel(sheet, Place(1, y, left), 2 if is_roomy else 1)
    after = draw_trend(sheet, Place(1, after + 1, left))
    draw_bars(sheet, Place(1, after + 1, left), "company", "Companies")
    x = left + 10
    room = width - x - 1
    after = draw_velocity(sheet, Place(x, y, room))
    after = draw_losses(sheet, Place(x, after + 1, room))
    after = draw_owners(sheet, Place(x, after + 1, room))
    half = (room - 4) // 2
    draw_bars(sheet, Place(x, after + 1, half), "source", "Sources")
    draw_bars(sheet, Place(x + half + 4, after + 1, half), "product", "Products")


def _one_below_the_other(sheet: Sheet, y: int) -> None:
    width = min(_WIDEST_BLOCK, sheet.canvas.width - 2)
    after = draw_funnel(sheet, Place(1, y, width), 1)
    after = draw_velocity(sheet, Place(1, after + 1, width))
    after = draw_owners(sheet, Place(1, after + 1, width))
    after = draw_losses(sheet, Place(1, after + 1, width))
    after = draw_trend(sheet, Place(1, after + 1, width))
    for kind, title in (("source", "Sources"), ("product", "Products"), ("company", "Companies")):
        after = draw_bars(sheet, Place(1, after + 1, width), kind, title)

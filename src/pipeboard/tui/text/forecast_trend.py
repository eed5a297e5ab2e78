"""How the forecast of the period stood at the beginning of the last weeks."""

from collections.abc import Sequence

from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.forecast.trend import TrendPoint
from pipeboard.domain.periods import day_label, label
from pipeboard.tui.text.figure_page import FigurePage
from pipeboard.tui.text.figure_sheet import Place

_MONEY = 11
_NAME = 10


def draw_trend(page: FigurePage, made: Forecast, trend: Sequence[TrendPoint], place: Place) -> int:
    """A bar for each week with its values; the row after them. Nothing before they are read."""
    x, y, width = place
    if not trend:
        return y - 1
    end = x + width
    ends = [end - 2 * _MONEY, end - _MONEY, end]
    page.heading(x, y, f"{label(made.given.period)} as it stood", "on Mondays", width - 3 * _MONEY)
    page.heads(ends, y, ("expected", "won", "best case"))
    most = max([1, *(point.best_minor for point in trend)])
    room = max(3, width - _NAME - 3 * _MONEY - 1)
    for at, point in enumerate(trend, y + 1):
        page.figure(f"trend:{point.on}", x - 1, at, width + 1)
        page.canvas.put(x, at, day_label(point.on, has_year=False))
        page.layers(x + _NAME, at, (point.won_minor, point.expected_minor, point.best_minor), room / most)
        page.canvas.right(ends[0], at, page.money(point.expected_minor, _MONEY - 1), is_bold=True)
        page.canvas.right(ends[1], at, page.money(point.won_minor, _MONEY - 1), "won" if point.won_minor else "faint")
        page.canvas.right(ends[2], at, page.money(point.best_minor, _MONEY - 1), "muted")
    return y + 1 + len(trend)

"""A month to pick a day from, by the arrows or by h j k l."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pipeboard.domain.dates import describe_day
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.echo import EchoLines, told
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import palette_of

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_CELLS = 4
_ROWS = 8
_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 31)


def stepped(day: date, *, days: int = 0, months: int = 0) -> date:
    """A day so many days and months on, within the years that can be written; the 31st may become the 30th."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    if not _FIRST.year <= year <= _LAST.year:
        return day
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    try:
        return max(_FIRST, moved + timedelta(days=days))
    except OverflowError:
        return day


def weeks_of(day: date) -> list[list[date | None]]:
    """The weeks of a day's month from Monday on, None where another month is; always six."""
    first = day.replace(day=1)
    count = monthrange(day.year, day.month)[1]
    cells: list[date | None] = [None] * first.weekday()
    cells += [first + timedelta(days=n) for n in range(count)]
    cells += [None] * (42 - len(cells))
    return [cells[start : start + 7] for start in range(0, 42, 7)]


class MonthGrid(Widget, can_focus=True):
    """Draws a month with a cursor on a day; today is underlined."""

    DEFAULT_CSS = f"MonthGrid {{ width: {7 * _CELLS}; height: {_ROWS}; }}"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l", "step(1)", show=False),
        Binding("up,k", "step(-7)", show=False),
        Binding("down,j", "step(7)", show=False),
        Binding("pageup,less_than_sign", "month(-1)", show=False),
        Binding("pagedown,greater_than_sign", "month(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("t", "today", show=False),
        Binding("enter,space", "pick", show=False),
    ]

    class Moved(Message):
        """The cursor is on another day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Picked(Message):
        """A day was picked."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = day
        self._today = today

    def action_step(self, days: int) -> None:
        """Go by days."""
        self._go(stepped(self.day, days=days))

    def action_month(self, months: int) -> None:
        """Go by months."""
        self._go(stepped(self.day, months=months))

    def action_edge(self, is_end: int) -> None:
        """Go to the first or last day of the month."""
        self._go(self.day.replace(day=monthrange(self.day.year, self.day.month)[1] if is_end else 1))

    def action_today(self) -> None:
        """Go to today."""
        self._go(self._today)

    def action_pick(self) -> None:
        """Take the day under the cursor."""
        self.post_message(self.Picked(self.day))

    def _go(self, day: date) -> None:
        self.day = day
        self.refresh()
        self.post_message(self.Moved(day))

    def on_click(self, event: events.Click) -> None:
        row = event.y - 2
        weeks = weeks_of(self.day)
        if 0 <= row < len(weeks) and event.x // _CELLS < 7:
            day = weeks[row][event.x // _CELLS]
            if day is not None:
                self._go(day)
                self.action_pick()

    def render_line(self, y: int) -> Strip:
        """The name of the month, the weekdays, or a week."""
        palette = palette_of(self.app)
        tones, width = palette.surface, self.size.width
        if y == 0:
            return Strip([Segment(f"{self.day:%B} {self.day.year}".center(7 * _CELLS), tones.strong)], 7 * _CELLS)
        if y == 1:
            return Strip([Segment("".join(f"{name:>3} " for name in _WEEKDAYS), tones.faint)], 7 * _CELLS)
        if y >= _ROWS:
            return blank(width, tones.text)
        segments = []
        for at, day in enumerate(weeks_of(self.day)[y - 2]):
            if day is None:
                segments.append(Segment(" " * _CELLS, tones.text))
                continue
            is_here = day == self.day
            style = palette.selected.strong if is_here else (tones.muted if at > 4 else tones.text)
            if day == self._today:
                style = style + Style(underline=True)
            edges = "[]" if is_here else "  "
            segments.append(Segment(f"{edges[0]}{day.day:>2}{edges[1]}", style))
        return Strip(segments, 7 * _CELLS)


class MonthDialog(Dialog[date]):
    """Answers with the picked day."""

    DEFAULT_CSS = """
    MonthDialog > .panel { width: 52; }
    MonthDialog MonthGrid { margin: 0 10; }
    MonthDialog EchoLines { margin: 0 1; }
    """
    KEYS = (KeyHint("PgUp PgDn", "month", 5), KeyHint("Enter", "pick", 0), KeyHint("Esc", "cancel", 0))

    def __init__(self, title: str, day: date, today: date) -> None:
        super().__init__(title)
        self._day = day
        self._today = today

    def body(self) -> Iterable[Widget]:
        yield MonthGrid(self._day, self._today)
        yield EchoLines(least=1, most=1)

    def on_mount(self) -> None:
        self.query_one(MonthGrid).focus()
        self._tell(self._day)

    def _tell(self, day: date) -> None:
        self.query_one(EchoLines).show(told(describe_day(day, self._today), "soon"))

    def on_month_grid_moved(self, message: MonthGrid.Moved) -> None:
        """Say how far the day is."""
        self._tell(message.day)

    def on_month_grid_picked(self, message: MonthGrid.Picked) -> None:
        """Answer."""
        self.dismiss(message.day)

"""What was understood of typed text, told back in words and tones."""

from collections.abc import Callable
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.text.cells import cut, drawable, width_of
from pipeboard.tui.text.strips import blank
from pipeboard.tui.theme import Tones, palette_of


class EchoPart(NamedTuple):
    """A run of words; `tone` is the name of a field of `theme.Tones`."""

    text: str
    tone: str = "muted"


EchoLine = tuple[EchoPart, ...]


class Echo(NamedTuple):
    """What a text means, in lines of parts. `is_ok` is False when the text cannot be used as it is."""

    lines: tuple[EchoLine, ...] = ()
    is_ok: bool = True


Describe = Callable[[str], Echo]
"""Says what a text means; may raise PipeboardError, whose sentence is then shown."""


def told(text: str, tone: str = "muted") -> Echo:
    """One line in one tone."""
    return Echo(((EchoPart(text, tone),),)) if text else Echo()


def problem(text: str, tone: str = "muted") -> Echo:
    """A sentence about why a text cannot be used."""
    return Echo(((EchoPart(text, tone),),), is_ok=False)


def echo_of(describe: Describe | None, text: str) -> Echo:
    """What `describe` says of the text; an expected error becomes a problem."""
    if describe is None:
        return Echo()
    try:
        return describe(text)
    except PipeboardError as error:
        return problem(str(error))


class EchoLines(Widget):
    """An echo on the surface of a dialog, wrapped at words; as tall as it needs within `least` and `most` rows."""

    DEFAULT_CSS = "EchoLines { width: 1fr; height: 1; }"
    ALLOW_SELECT = False

    def __init__(self, *, least: int = 0, most: int = 4, id: str | None = None) -> None:
        super().__init__(id=id)
        self._least = least
        self._most = most
        self._echo = Echo()
        self._lines: list[EchoLine] = []
        self.styles.height = least

    @property
    def echo(self) -> Echo:
        """What is on show."""
        return self._echo

    def show(self, echo: Echo) -> None:
        """Take a new value."""
        if echo != self._echo:
            self._echo = echo
            self._wrap()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self) -> None:
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """One wrapped line."""
        tones = palette_of(self.app).surface
        width = self.size.width
        if y >= len(self._lines):
            return blank(width, tones.text)
        segments = [Segment(part.text, _style(tones, part.tone)) for part in self._lines[y]]
        return Strip(segments).adjust_cell_length(width, tones.text)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def _wrap(self) -> None:
        """Lay the parts out for the present width."""
        # Before the first layout the width is 0 and the screen's is the best guess.
        width = self.size.width or max(1, self.screen.size.width - 6) if self.is_mounted else 0
        if not width:
            return
        lines = [wrapped for line in self._echo.lines for wrapped in wrap_parts(line, width)]
        if len(lines) > self._most:
            lines = [*lines[: self._most - 1], _cut_line(lines[self._most - 1 :], width)]
        self._lines = lines
        height = max(self._least, len(lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh(Region(0, 0, self.size.width, max(1, self.size.height)))


def _style(tones: Tones, tone: str) -> Style:
    """The style of a tone by its name."""
    style: Style = getattr(tones, tone)
    return style


def wrap_parts(line: EchoLine, width: int) -> list[EchoLine]:
    """A line broken at spaces into lines of at most `width` cells; a longer word is cut."""
    words = [(word, part.tone) for part in line for word in _pieces(drawable(part.text))]
    lines: list[EchoLine] = []
    current: list[EchoPart] = []
    used = 0
    for word, tone in words:
        cells = width_of(word)
        if used and used + width_of(word.rstrip()) > width:
            lines.append(tuple(current))
            current, used, word = [], 0, word.lstrip()
            cells = width_of(word)
        if not word:
            continue
        if cells > width:
            word = cut(word, width)
            cells = width_of(word)
        if current and current[-1].tone == tone:
            current[-1] = EchoPart(current[-1].text + word, tone)
        else:
            current.append(EchoPart(word, tone))
        used += cells
    if current:
        lines.append(tuple(current))
    return lines


def _pieces(text: str) -> list[str]:
    """Words, each with the space that follows it, so that joining them gives the text again."""
    *words, last = text.split(" ")
    return [*(f"{word} " for word in words), last]


def _cut_line(rest: list[EchoLine], width: int) -> EchoLine:
    """What did not fit, as one line that ends in a mark."""
    text = " ".join("".join(part.text for part in line).strip() for line in rest)
    return (EchoPart(cut(text + " …", width), rest[0][0].tone),)

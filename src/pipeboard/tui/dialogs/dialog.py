"""What all dialogs share: a quiet panel over the board, a title, Esc, and a line of the keys that work."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.text.safe import safe
from pipeboard.tui.widgets.foot_bar import FootBar

Answer = TypeVar("Answer")

ROOMY_ROWS = 24
"""Rows of the screen from which dialogs have blank rows between their parts."""


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A panel that asks for one thing and is dismissed with the answer, or with None by Esc. It writes nothing.

    The signs are those of the application when it has a `glyphs` attribute.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .panel {
            width: 66;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border: round $line;
            padding: 0 1;
        }
        & > .-ascii { border: ascii $line; }
        .title {
            height: 1;
            padding: 0 1;
            text-style: bold;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        &.-roomy ChoiceList, &.-roomy > .panel > FootBar { margin-top: 1; }
        LineInput { margin: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    VERTICAL_BREAKPOINTS = [(0, "-tight"), (ROOMY_ROWS, "-roomy")]

    KEYS: ClassVar[tuple[KeyHint, ...]] = (KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        # Inline, because an application's style sheet for `Screen` would win over DEFAULT_CSS and hide the board.
        if self.is_over_board:
            self.styles.background = "transparent"

    @property
    def is_over_board(self) -> bool:
        """Whether what is below stays visible around the panel."""
        return True

    @property
    def glyphs(self) -> Glyphs:
        """The set of signs of the application."""
        glyphs = getattr(self.app, "glyphs", UNICODE)
        return glyphs if isinstance(glyphs, Glyphs) else UNICODE

    def compose(self) -> ComposeResult:
        with self.panel():
            yield Static(safe(self._heading), classes="title")
            yield from self.body()
            yield FootBar(glyphs=self.glyphs)

    def panel(self) -> Vertical:
        """The container of everything on show."""
        return Vertical(classes="panel" if self.glyphs.ellipsis == UNICODE.ellipsis else "panel -ascii")

    def body(self) -> Iterable[Widget]:
        """What stands between the title and the keys."""
        return ()

    def on_mount(self) -> None:
        self.tell("")

    def tell(self, text: str, tone: str = "muted") -> None:
        """Say something short left of the keys."""
        self.query_one(FootBar).show(FootLine(text, tone, None, self.KEYS))

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer, once: a second key that arrives together with the first finds the dialog answered."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        return super().dismiss(result)

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

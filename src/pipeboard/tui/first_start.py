"""The three questions of a first start, in a program of their own: there is no board to show yet."""

from collections.abc import Sequence

from textual.app import App
from textual.screen import Screen

from pipeboard.config.settings import Settings
from pipeboard.tui import theme
from pipeboard.tui.dialogs.first_run import FirstRun, FirstRunAnswer
from pipeboard.tui.text.glyphs import ASCII, UNICODE
from pipeboard.tui.theme import look_of


class FirstStart(App[FirstRunAnswer | None]):
    """Asks, and returns the answers; None when the person left."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"

    def __init__(
        self,
        settings: Settings,
        templates: Sequence[tuple[str, str, str]],
        *,
        currency: str,
        zone: str,
        database: str,
    ) -> None:
        look = look_of(settings.theme)
        super().__init__(ansi_color=look == theme.ANSI_NAME)
        self.glyphs = ASCII if settings.glyphs == "ascii" else UNICODE
        self._question = FirstRun(templates, currency=currency, zone=zone, database=database)
        for one in theme.THEMES:
            self.register_theme(one)
        self.theme = look

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our semantic colours, for themes that do not know them."""
        return theme.semantic_variables(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """Nothing: the questions stand above it."""
        return Screen()

    def on_mount(self) -> None:
        """Ask."""
        from pipeboard.tui.signals import leave_on_signals

        leave_on_signals(lambda code: self.exit(return_code=code))
        self.push_screen(self._question, self.exit)


def ask_setup(
    settings: Settings, templates: Sequence[tuple[str, str, str]], *, currency: str, zone: str, database: str
) -> FirstRunAnswer | None:
    """Ask the three questions; None when the person left without an answer."""
    return FirstStart(settings, templates, currency=currency, zone=zone, database=database).run()

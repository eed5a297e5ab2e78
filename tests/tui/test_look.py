"""The look: signs for ascii terminals, and words that can be read in both themes."""

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.theme import Theme

from pipeboard.tui.plain_signs import _SIGNS, in_ascii, plain
from pipeboard.tui.text.glyphs import UNICODE
from pipeboard.tui.theme import DARK, LIGHT
from tests.tui.test_theme import ratio


def test_every_sign_of_ours_has_one_in_ascii_of_its_width() -> None:
    for sign, ours in _SIGNS.items():
        assert ours.isascii()
        assert cell_len(sign) == cell_len(ours) == 1, sign
    assert all(plain(sign).isascii() for sign in UNICODE)


def test_what_customers_are_called_stays() -> None:
    written: list[str] = []

    class Fake:
        def write(self, data: str) -> None:
            written.append(data)

    in_ascii(Fake)().write("\x1b[1m▲ Żabka · €12k\x1b[0m → ←…")
    assert written == ["\x1b[1m! Żabka - E12k\x1b[0m > <."]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_what_has_a_meaning_can_be_read(theme: Theme, ground: str) -> None:
    """4.5 to 1, what WCAG 2.1 asks of text, on the ground of the screen and on that of panes and bars."""
    behind = Color.parse(getattr(theme, ground))
    for name in ("deal-rotting", "deal-won", "deal-lost", "task-overdue", "task-soon", "waiting", "muted"):
        assert ratio(Color.parse(theme.variables[name]), behind) >= 4.5, name
    for colour in (theme.foreground, theme.primary):
        assert ratio(Color.parse(colour or ""), behind) >= 4.5, colour

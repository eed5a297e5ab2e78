"""The themes: which one a terminal gets, and that every colour survives 256 colours."""

import pytest
from rich.color import Color as RichColor
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from pipeboard.tui.theme import (
    ANSI,
    ANSI_NAME,
    DARK,
    DARK_NAME,
    LIGHT,
    LIGHT_NAME,
    Tones,
    build_palette,
    palette_of,
    pick_theme,
    semantic_variables,
    xterm_number,
)

from .board_harness import BoardApp, MemorySource


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"TERM": "xterm-256color"}, DARK_NAME),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, DARK_NAME),
        ({"TERM": "xterm-kitty"}, DARK_NAME),
        ({"TERM": "xterm"}, ANSI_NAME),
        ({"TERM": "linux"}, ANSI_NAME),
        ({"TERM": "xterm-16color"}, ANSI_NAME),
        ({}, ANSI_NAME),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, ANSI_NAME),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, DARK_NAME),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, LIGHT_NAME),
        ({"TERM": "rxvt-256color", "COLORFGBG": "0;default;15"}, LIGHT_NAME),
        ({"TERM": "xterm-256color", "COLORFGBG": "15;0"}, DARK_NAME),
    ],
)
def test_the_terminal_decides(environ: dict[str, str], name: str) -> None:
    assert pick_theme(environ) == name


def colours(theme: Theme) -> dict[str, str]:
    """Every colour a theme declares."""
    own = {name: getattr(theme, name) for name in ("primary", "foreground", "background", "surface", "panel")}
    named = {name: value for name, value in theme.variables.items() if value.startswith(("#", "ansi_"))}
    return {**own, **named}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_colour_is_one_of_the_256(theme: Theme) -> None:
    for name, value in colours(theme).items():
        colour = Color.parse(value)
        number = xterm_number(*colour.rgb)
        assert number is not None, name
        assert RichColor.from_ansi(number).get_truecolor() == colour.rich_color.get_truecolor()


def test_the_ansi_theme_has_only_the_colours_of_the_terminal() -> None:
    assert all(value.startswith("ansi_") for value in colours(ANSI).values())


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_what_is_written_can_be_read(theme: Theme) -> None:
    selection = Color.parse(theme.variables["selection"])
    background = Color.parse(theme.background or "")
    readable = {"foreground": 7.0, "muted": 4.5, "deal-rotting": 4.5, "deal-lost": 4.5, "deal-won": 4.0}
    for name, contrast in {**readable, "task-soon": 4.5, "waiting": 4.0, "primary": 4.5}.items():
        value = theme.variables.get(name) or getattr(theme, name)
        assert ratio(Color.parse(value), background) >= contrast, name
    assert ratio(Color.parse(theme.foreground or ""), selection) >= 7.0


def ratio(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.1 (1 to 21)."""

    def luminance(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [*BUILTIN_THEMES.values(), DARK, LIGHT, ANSI], ids=lambda theme: theme.name)
def test_every_theme_has_every_meaning(theme: Theme) -> None:
    variables = semantic_variables(theme)
    wanted = {name for name in DARK.variables if name.startswith(("deal-", "task-"))}
    for name in {*wanted, "waiting", "muted", "faint", "line", "selection", "faint-selected"}:
        Color.parse(variables[name])


def test_the_selection_of_the_ansi_theme_is_one_inverted_block() -> None:
    variables = {**ANSI.variables, **dict.fromkeys(("foreground", "background", "surface"), "ansi_default")}
    palette = build_palette("ansi", {**variables, "primary": "ansi_bright_blue"}, is_ansi=True)
    inverted = Tones(*palette.selected)._replace(accent=palette.selected.text)
    assert all(style.reverse and style.color is None for style in inverted)
    assert not any(style.reverse for style in palette.normal)


async def test_the_palette_follows_any_theme_of_textual() -> None:
    app = BoardApp(MemorySource([]))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = "nord"
        await pilot.pause()
        palette = palette_of(app)
        assert palette.name == "nord"
        assert palette.normal.won.color == Color.parse(BUILTIN_THEMES["nord"].success or "").rich_color
        assert palette_of(app) is palette

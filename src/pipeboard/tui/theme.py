"""The colours: our themes with their semantic variables, and the rich styles the line drawing needs.

Every colour of the dark and the light theme is one of the 256 of xterm, so a terminal to which SSH did not
forward COLORTERM shows the same picture. The ansi theme uses the 16 colours of the terminal and marks the
selection by inverting it, which is visible without any colour at all.
"""

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

DARK_NAME = "pipeboard-dark"
LIGHT_NAME = "pipeboard-light"
ANSI_NAME = "pipeboard-ansi"

_FULL_COLOUR_TERMS = ("256color", "kitty")
_LIGHT_BACKGROUNDS = ("7", "15")


def _chrome(text: str, accent: str, background: str, line: str, selection: str) -> dict[str, str]:
    """Variables of Textual's own widgets, so that inputs and lists look like the rest."""
    return {
        "block-cursor-foreground": text,
        "block-cursor-background": selection,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": text,
        "block-cursor-blurred-background": selection,
        "border": accent,
        "border-blurred": line,
        "footer-key-foreground": accent,
        "input-cursor-foreground": background,
        "input-cursor-background": text,
        "scrollbar": line,
        "scrollbar-hover": accent,
        "scrollbar-active": accent,
        "scrollbar-background": background,
        "scrollbar-background-hover": background,
        "scrollbar-background-active": background,
        "scrollbar-corner-color": background,
    }


DARK = Theme(
    name=DARK_NAME,
    dark=True,
    primary="#87afff",
    secondary="#87d7d7",
    accent="#87afff",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    success="#87d787",
    warning="#ffaf5f",
    error="#ff8787",
    variables={
        "deal-rotting": "#ffaf5f",
        "deal-won": "#87d787",
        "deal-lost": "#ff8787",
        "task-overdue": "#ff8787",
        "task-soon": "#d7d787",
        "waiting": "#87d7d7",
        "muted": "#8a8a8a",
        "faint": "#585858",
        "line": "#303030",
        "selection": "#303030",
        "faint-selected": "#6c6c6c",
        **_chrome("#d0d0d0", "#87afff", "#121212", "#303030", "#303030"),
    },
)

LIGHT = Theme(
    name=LIGHT_NAME,
    dark=False,
    primary="#005fd7",
    secondary="#005f5f",
    accent="#005fd7",
    foreground="#303030",
    background="#ffffff",
    surface="#eeeeee",
    panel="#e4e4e4",
    success="#005f00",
    warning="#875f00",
    error="#d70000",
    variables={
        "deal-rotting": "#875f00",
        "deal-won": "#005f00",
        "deal-lost": "#d70000",
        "task-overdue": "#d70000",
        "task-soon": "#5f5f00",
        "waiting": "#005f5f",
        "muted": "#6c6c6c",
        "faint": "#9e9e9e",
        "line": "#dadada",
        "selection": "#dadada",
        "faint-selected": "#808080",
        **_chrome("#303030", "#005fd7", "#ffffff", "#dadada", "#dadada"),
    },
)

ANSI = Theme(
    name=ANSI_NAME,
    ansi=True,
    dark=True,
    primary="ansi_bright_blue",
    secondary="ansi_cyan",
    accent="ansi_bright_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "deal-rotting": "ansi_yellow",
        "deal-won": "ansi_green",
        "deal-lost": "ansi_red",
        "task-overdue": "ansi_red",
        "task-soon": "ansi_yellow",
        "waiting": "ansi_cyan",
        "muted": "ansi_bright_black",
        "faint": "ansi_bright_black",
        "line": "ansi_bright_black",
        "selection": "ansi_blue",
        "faint-selected": "ansi_default",
        **_chrome("ansi_default", "ansi_bright_blue", "ansi_default", "ansi_bright_black", "ansi_blue"),
        # Textual's own style sheets ask for these under a theme of native colours.
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_white",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-selection-background": "ansi_bright_blue",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_bright_blue",
        "screen-selection-foreground": "ansi_black",
    },
)

THEMES = (DARK, LIGHT, ANSI)


def pick_theme(environ: Mapping[str, str]) -> str:
    """The theme that suits the terminal: its name, one of ours.

    NO_COLOR and terminals that announce fewer than 256 colours get the ansi theme (the same rule by which
    rich decides how to write colours); COLORFGBG with a light background gives the light one.
    """
    if environ.get("NO_COLOR"):
        return ANSI_NAME
    is_truecolor = environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit")
    if not is_truecolor and environ.get("TERM", "").rpartition("-")[2].lower() not in _FULL_COLOUR_TERMS:
        return ANSI_NAME
    background = environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT_NAME if background in _LIGHT_BACKGROUNDS else DARK_NAME


def look_of(wished: str) -> str:
    """The theme of this name, or the one that suits the terminal."""
    known = {one.name for one in THEMES} | set(BUILTIN_THEMES)
    return wished if wished in known else pick_theme(os.environ)


def semantic_variables(theme: Theme) -> dict[str, str]:
    """Our semantic variables for any theme: its own where it has them, else mixed from its base colours.

    The application returns this from `get_theme_variable_defaults`, so that style sheets may use
    `$deal-won` and the like under Textual's own themes too.
    """
    if theme.ansi:
        return {**ANSI.variables, **theme.variables}
    base = DARK if theme.dark else LIGHT
    if theme.background is None or theme.foreground is None:
        return {**base.variables, **theme.variables}
    background, text = Color.parse(theme.background), Color.parse(theme.foreground)

    def mixed(share: float) -> str:
        return background.blend(text, share).hex6

    warning = theme.warning or base.variables["deal-rotting"]
    won = theme.success or base.variables["deal-won"]
    lost = theme.error or base.variables["deal-lost"]
    own = {
        "deal-rotting": warning,
        "deal-won": won,
        "deal-lost": lost,
        "task-overdue": lost,
        "task-soon": warning,
        "waiting": theme.secondary or theme.primary,
        "muted": mixed(0.62),
        "faint": mixed(0.4),
        "line": mixed(0.18),
        "selection": mixed(0.18),
        "faint-selected": mixed(0.5),
    }
    return {**own, **theme.variables}


class Tones(NamedTuple):
    """One style per meaning, all over the same background."""

    text: Style
    strong: Style
    muted: Style
    faint: Style
    accent: Style
    won: Style
    lost: Style
    overdue: Style
    soon: Style
    rotting: Style
    waiting: Style


class Palette(NamedTuple):
    """Everything the strips are drawn with, built once per theme."""

    name: str
    normal: Tones
    selected: Tones
    surface: Tones
    line: Style
    thumb: Style


def build_palette(name: str, variables: Mapping[str, str], *, is_ansi: bool) -> Palette:
    """The styles for resolved theme variables (all values are colours, see `semantic_variables`)."""
    normal = _tones(variables, "background", "faint")
    if is_ansi:
        selected = _inverted(normal)
    else:
        selected = _tones(variables, "selection", "faint-selected")
    background = _rich(variables, "background")
    return Palette(
        name=name,
        normal=normal,
        selected=selected,
        surface=_tones(variables, "surface", "faint"),
        line=Style.from_color(_rich(variables, "line"), background),
        thumb=Style.from_color(_rich(variables, "muted"), background),
    )


def palette_of(app: App[Any]) -> Palette:
    """The palette of the application's current theme, through its line filters.

    Widgets that draw their own lines bypass Textual's filters, so NO_COLOR is honoured here: no colour at
    all with an ansi theme, greys with the others.
    """
    theme = app.current_theme
    variables = {**app.theme_variables, **semantic_variables(theme)}
    wanted = ("foreground", "background", "surface", "primary", *_SEMANTIC)
    palette = _cached_palette(theme.name, tuple((key, variables[key]) for key in wanted), app.native_ansi_color)
    if not app.no_color:
        return palette
    if app.native_ansi_color:
        return _mapped(palette, lambda style: style.without_color)
    filters = app.get_line_filters()
    background = Color.parse(variables["background"])

    def filtered(style: Style) -> Style:
        segments = [Segment("x", style)]
        for line_filter in filters:
            segments = line_filter.apply(segments, background)
        return segments[0].style or style

    return _mapped(palette, filtered)


_SEMANTIC = tuple(key for key in DARK.variables if key not in _chrome("", "", "", "", ""))


@lru_cache(maxsize=8)
def _cached_palette(name: str, variables: tuple[tuple[str, str], ...], is_ansi: bool) -> Palette:
    """One palette per theme and set of colours."""
    return build_palette(name, dict(variables), is_ansi=is_ansi)


def xterm_number(red: int, green: int, blue: int) -> int | None:
    """The number (16 to 255) of a colour in xterm's palette, or None for a colour that is not in it."""
    if red == green == blue and red % 10 == 8 and red <= 238:
        return 232 + red // 10
    if {red, green, blue} <= set(_CUBE):
        return 16 + 36 * _CUBE.index(red) + 6 * _CUBE.index(green) + _CUBE.index(blue)
    return None


_CUBE = (0, 95, 135, 175, 215, 255)


def _rich(variables: Mapping[str, str], name: str) -> RichColor:
    """The rich colour of a variable; one of xterm's is written by its number.

    That takes a third fewer bytes than its three parts, and is exact where rich, choosing the nearest grey
    for a terminal without truecolor, is one step off (#d0d0d0 becomes #c6c6c6).
    """
    colour = Color.parse(variables[name])
    number = None if colour.ansi is not None else xterm_number(*colour.rgb)
    return colour.rich_color if number is None else RichColor.from_ansi(number)


def _tones(variables: Mapping[str, str], background: str, faint: str) -> Tones:
    """Every meaning over the background variable; `faint` names the variable readable on it."""
    behind = _rich(variables, background)

    def over(name: str, *, bold: bool | None = None) -> Style:
        return Style(color=_rich(variables, name), bgcolor=behind, bold=bold)

    return Tones(
        text=over("foreground"),
        strong=over("foreground", bold=True),
        muted=over("muted"),
        faint=over(faint),
        accent=over("primary"),
        won=over("deal-won"),
        lost=over("deal-lost"),
        overdue=over("task-overdue"),
        soon=over("task-soon"),
        rotting=over("deal-rotting"),
        waiting=over("waiting"),
    )


def _inverted(normal: Tones) -> Tones:
    """A selection without colours: one solid inverted block beside a coloured cursor bar."""
    plain = Style(reverse=True)
    tones = Tones(*(plain for _ in normal))
    return tones._replace(strong=Style(reverse=True, bold=True), accent=normal.accent + Style(bold=True))


def _mapped(palette: Palette, change: Callable[[Style], Style]) -> Palette:
    """The palette with every style changed."""
    return Palette(
        palette.name,
        Tones(*map(change, palette.normal)),
        Tones(*map(change, palette.selected)),
        Tones(*map(change, palette.surface)),
        change(palette.line),
        change(palette.thumb),
    )

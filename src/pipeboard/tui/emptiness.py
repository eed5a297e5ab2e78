"""What the board and the list say when there is nothing on them: why, and the keys that help."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pipeboard.tui.bindings import first_key
from pipeboard.tui.widgets.empty_hints import show_emptiness

if TYPE_CHECKING:
    from textual.screen import Screen

    from pipeboard.tui.app import PipeboardApp

Hints = tuple[tuple[str, str], ...]

NO_DEALS = "No deals here yet"


def first_steps(key: Callable[[str], str]) -> Hints:
    """What to press in a pipeline without a deal; `key` gives an action's first key."""
    go = key("go.to")
    return (
        (key("deal.add"), "adds one in a line: Big renewal $12k @anna #web close:eom"),
        (f"{go} i", "brings deals in: a spreadsheet, or the file of another tool"),
        (f"{go} p", "other stages: templates, your own, or three questions"),
        (f"{go} ,", "lost reasons, owners, rates, colours"),
        (key("app.help"), "all keys of the screen"),
        ("", "`pipeboard demo` shows a filled board"),
    )


def nothing_fits(filter_text: str, key: Callable[[str], str]) -> tuple[str, Hints]:
    """What to press where a filter leaves nothing."""
    clear = key("view.unfilter")
    return f"No deal fits “{filter_text}”", (
        (key("view.filter"), "changes the filter"),
        (clear, "shows all deals again"),
    )


def show_empty(screen: "Screen[Any]", app: "PipeboardApp", *, is_empty: bool, filter_text: str, top: int) -> None:
    """Say on a screen why it shows no deal and what to press, or take that away when it shows some."""

    def key(action_id: str) -> str:
        return first_key(app.actions, action_id)

    title, hints = nothing_fits(filter_text, key) if filter_text else (NO_DEALS, first_steps(key))
    show_emptiness(screen.query_one("#middle"), title if is_empty else "", hints, top=top, glyphs=app.glyphs)

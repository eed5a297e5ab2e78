"""Opening the line of the filter on a screen: the board, the list and the agenda ask the same way."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.filtering import Describe


def open_filter_line(app: "PipeboardApp", screen: "Screen[Any]", text: str, describe: "Describe | None" = None) -> None:
    """Show the line above the footer with `text` in it; the keys typed meanwhile are kept for it."""
    from pipeboard.tui.widgets.filter_bar import FilterBar

    bars = screen.query(FilterBar)
    bar = bars.first() if bars else FilterBar(text, describe=describe, id="filter")
    if bars:
        bar.open(text)
    else:
        screen.mount(bar, before="#foot")
    app.keep_keys_for(bar)

"""The board of a past day together with what its filter leaves."""

from typing import TYPE_CHECKING, NamedTuple

from pipeboard.services.as_of import AsOfBoard
from pipeboard.services.searching import Filtered, SearchIndex

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class PastView(NamedTuple):
    """A pipeline on a day and, under a filter, what it leaves; `search` answers the next filter of the same day."""

    board: AsOfBoard
    filtered: Filtered | None = None
    search: SearchIndex | None = None


async def filtered_view(app: "PipeboardApp", view: PastView, text: str) -> PastView:
    """The same day under another filter; "" shows everything."""
    if not text:
        return view._replace(filtered=None)
    index = view.search
    if index is None:
        reads, me = app.workspace.as_of, app.workspace.me
        index = await app.read("past-index", lambda: reads.search_index(view.board, me=me))
    filtered = await app.read("past-filter", lambda: index.filter(text))
    return PastView(view.board, filtered, index)

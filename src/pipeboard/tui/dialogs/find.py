"""Pick one of very many by a few letters: what was used last until something is typed, then what a search finds."""

from collections.abc import Sequence

from pipeboard.tui.dialogs.choose import Choice, Choose, More


class Find(Choose):
    """A choice whose order is that of the search: nothing at hand goes before what fits better."""

    DEFAULT_CSS = "Find > .panel { width: 80; }"

    def __init__(self, title: str, recent: Sequence[Choice], *, more: More) -> None:
        super().__init__(title, recent, placeholder="a few letters of a name", more=more)

    def _at_hand(self, typed: str) -> list[Choice]:
        return [] if typed else list(self._all)

    def _count(self) -> None:
        """How many fit is of no use among a hundred thousand; only that nothing does."""
        self.tell("nothing fits" if self._typed and not self._shown and not self._is_searching else "")

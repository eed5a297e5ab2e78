"""Pick one of many: by its key, by typing some of its letters, or with the arrows."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import search_key
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList, with_keys
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.dialogs.matching import ranked
from pipeboard.tui.text.bars import KeyHint

__all__ = ["Choice", "Choose", "with_keys"]

More = Callable[[str], Awaitable[Sequence[Choice]]]
"""Finds further choices for a typed text, for instance in the database."""

_MOST_ROWS = 16
_ROWS_AROUND = 8
_LEAST_ROWS_OF_SEARCH = 8


class Choose(Dialog[Choice]):
    """Answers with the picked choice. The panel keeps its height while the list is filtered.

    While nothing is typed, a choice's key picks it. With `more`, choices found by a search come after those
    at hand; Enter waits for them when nothing at hand fits. `cursor` is the place it starts on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "move(-1)", show=False),
        Binding("down,tab", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]
    KEYS = (KeyHint("Enter", "pick", 0), KeyHint("Esc", "cancel", 0))

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        placeholder: str = "type to filter",
        is_filtered: bool = True,
        more: More | None = None,
        cursor: int = 0,
    ) -> None:
        super().__init__(title)
        self._all = choices
        self._placeholder = placeholder
        self._is_filtered = is_filtered
        self._more = more
        self._start = cursor
        self._search_keys: list[str] | None = None
        self._typed = ""
        self._shown = len(choices)
        self._rows = _MOST_ROWS
        self._is_searching = False
        self._is_enter_waiting = False

    def body(self) -> Iterable[Widget]:
        if self._is_filtered:
            yield LineInput(placeholder=self._placeholder, before_key=self._picked_by_key)
        yield ChoiceList(self._all, cursor=self._start, glyphs=self.glyphs)

    def on_mount(self) -> None:
        self._list.can_focus = not self._is_filtered
        self._fit_height(self.app.size.height)
        if self._is_filtered:
            self.query_one(LineInput).focus()
        else:
            self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_height(event.size.height)

    @property
    def _list(self) -> ChoiceList:
        """The list."""
        return self.query_one(ChoiceList)

    def _fit_height(self, screen_height: int) -> None:
        """As tall as all choices, within what the screen has."""
        wanted = max(len(self._all), _LEAST_ROWS_OF_SEARCH if self._more else 1)
        self._rows = max(1, min(wanted, _MOST_ROWS, screen_height - _ROWS_AROUND))
        self._list.styles.height = self._rows
        self._count()

    # Keys

    def action_move(self, step: int) -> None:
        """Go up or down in the list."""
        self._filter()
        self._list.action_move(step)

    def action_page(self, step: int) -> None:
        """Go a page up or down in the list."""
        self._filter()
        self._list.action_page(step)

    @on(Input.Changed)
    def _text_changed(self) -> None:
        self._filter()

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        self._filter()
        self._is_enter_waiting = self._list.choice is None and self._is_searching
        self._list.action_pick()

    @on(ChoiceList.Picked)
    def _choice_picked(self, message: ChoiceList.Picked) -> None:
        self.dismiss(message.choice)

    def _picked_by_key(self, event: events.Key) -> bool:
        """Pick by key while nothing is typed."""
        if self.query_one(LineInput).value:
            return False
        choice = self._list.choice_of(event)
        self._list.pick(choice)
        return choice is not None

    # Filtering

    def _filter(self) -> None:
        """Show what fits the typed text; called before every action, as a key may overtake `Changed`."""
        typed = self.query_one(LineInput).value.strip() if self._is_filtered else ""
        if typed == self._typed:
            return
        self._typed = typed
        self._show(self._at_hand(typed), cursor=0 if typed else self._start)
        if self._more is not None:
            self._is_searching = True
            self._is_enter_waiting = False
            self.run_worker(self._search(typed, self._more), group="more", exclusive=True)

    def _at_hand(self, typed: str) -> list[Choice]:
        """The given choices that fit, best first."""
        if self._search_keys is None:
            self._search_keys = [search_key(f"{choice.label} {choice.hint}") for choice in self._all]
        return [self._all[place] for place in ranked(typed, self._search_keys)]

    async def _search(self, typed: str, more: More) -> None:
        """Put further choices behind those at hand."""
        at_hand = self._at_hand(typed)
        here = self._list.choice
        try:
            found = await more(typed)
        except PipeboardError as error:
            self.tell(str(error), "overdue")
            return
        finally:
            # A search that was overtaken ends here as well, cancelled, while the next one is under way.
            if typed == self._typed:
                self._is_searching = False
        known = {choice.value for choice in at_hand}
        choices = [*at_hand, *(choice for choice in found if choice.value not in known)]
        here = self._list.choice or here
        self._show(choices, cursor=choices.index(here) if here in choices else 0)
        if self._is_enter_waiting:
            self._list.action_pick()

    def _show(self, choices: Sequence[Choice], *, cursor: int) -> None:
        """Put choices in the list and say how many there are."""
        self._shown = len(choices)
        self._list.show(choices, cursor=cursor)
        self._count()

    def _count(self) -> None:
        """How many fit, when that cannot be seen."""
        total = len(self._all)
        if not self._shown:
            self.tell("nothing fits" if self._typed else "nothing to pick")
        elif self._shown < total:
            self.tell(f"{self._shown:,} of {total:,}")
        else:
            self.tell(f"{self._shown:,}, more below" if self._shown > self._rows else "")

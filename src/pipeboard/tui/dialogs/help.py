"""All keys, searchable by what they do and by the key itself; Enter does it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input

from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.help_lines import BY_KEY, HelpEntry, find_entries
from pipeboard.tui.dialogs.help_list import HelpList
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.key_words import key_words
from pipeboard.tui.text.bars import KeyHint

__all__ = ["HelpDialog", "HelpEntry"]

_PAGE = 10
_OWN_KEYS = ("enter", "escape", "up", "down", "tab", "shift+tab", "pageup", "pagedown", "backspace", "delete")
_WALKING = ("left", "right", "home", "end")
_WIDEST = 150
_CELLS_AROUND = 4
_ROWS_AROUND = 7


class HelpDialog(Dialog[str]):
    """Answers with the id of the action that was picked."""

    DEFAULT_CSS = """
    HelpDialog > .panel { width: 100%; max-width: 150; }
    HelpDialog.-roomy HelpList { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "move(-1)", show=False),
        Binding("down,tab", "move(1)", show=False),
        Binding("pageup", f"move(-{_PAGE})", show=False),
        Binding("pagedown", f"move({_PAGE})", show=False),
    ]
    KEYS = (KeyHint("Enter", "do it", 0), KeyHint("Esc", "close", 0))

    def __init__(self, entries: Sequence[HelpEntry], *, title: str = "Keys") -> None:
        super().__init__(title)
        order = {entry.group: place for place, entry in reversed(list(enumerate(entries)))}
        self._entries = sorted(entries, key=lambda entry: order[entry.group])
        self._typed = ""

    def body(self) -> Iterable[Widget]:
        yield LineInput(placeholder="a word, or press a key; key:L for a key alone", before_key=self._asked_by_key)
        yield HelpList(glyphs=self.glyphs)

    def on_mount(self) -> None:
        self._list.show(self._entries, is_grouped=True)
        self._fit_height(self.app.size)
        self.query_one(LineInput).focus()

    def on_resize(self, event: events.Resize) -> None:
        self._fit_height(event.size)

    def _fit_height(self, screen: Size) -> None:
        """As tall as all entries, within what the screen has; the same while something is searched."""
        if not self._typed:
            rows = self._list.rows_at(min(screen.width, _WIDEST) - _CELLS_AROUND)
            self._list.styles.height = max(1, min(rows, screen.height - _ROWS_AROUND))

    @property
    def _list(self) -> HelpList:
        """The list."""
        return self.query_one(HelpList)

    def action_move(self, step: int) -> None:
        """Go up or down in the list."""
        self._filter()
        self._list.move(step)

    @on(Input.Changed)
    def _text_changed(self) -> None:
        self._filter()

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        self._filter()
        entry = self._list.entry
        if entry is not None:
            self.dismiss(entry.action_id)

    @on(HelpList.Clicked)
    def _entry_clicked(self, message: HelpList.Clicked) -> None:
        self.dismiss(message.entry.action_id)

    def _asked_by_key(self, event: events.Key) -> bool:
        """A key that types nothing asks what it does, while nothing else is being typed."""
        field = self.query_one(LineInput)
        if field.value and not field.value.startswith(BY_KEY):
            return False
        is_typing = event.is_printable or event.key in _OWN_KEYS
        if is_typing or not (event.key.startswith(("ctrl+", "shift+")) or event.key[0] == "f" or event.key in _WALKING):
            return False
        field.value = f"{BY_KEY}{key_words(event.key)}"
        field.cursor_position = len(field.value)
        return True

    def _filter(self) -> None:
        """Show what fits the typed text."""
        typed = self.query_one(LineInput).value.strip()
        if typed == self._typed:
            return
        self._typed = typed
        found = find_entries(typed, self._entries) if typed else self._entries
        self._list.show(found, is_grouped=not typed)
        self.tell(f"{len(found)} of {len(self._entries)}" if typed else "")

"""Keys that come faster than a dialog opens are kept for it, in order; none is lost and none goes astray."""

from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App

LONGEST_WAIT = 1.0
"""Seconds after which keys are let through although nothing took the focus."""

_ENDING = ("enter", "escape", "ctrl+s")


class TypeAhead:
    """A gate for keys: closed while a dialog opens or an answer is being taken."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app
        self._is_closed = False
        self._waits_for: Widget | None = None
        self._kept: list[events.Key] = []

    def close(self) -> None:
        """Keep keys from now on."""
        self._is_closed = True

    def wait_for(self, dialog: Screen[Any]) -> None:
        """Keep keys until this dialog can take them."""
        self._is_closed = True
        self._waits_for = dialog
        self._app.call_later(self._look)

    def wait_for_focus(self, node: Widget) -> None:
        """Keep keys until something inside this widget has the focus."""
        focused = self._app.focused
        self._is_closed = focused is None or node not in focused.ancestors_with_self
        self._waits_for = node if self._is_closed else None
        if self._is_closed:
            self._app.set_timer(LONGEST_WAIT, self._arrived)

    def focused(self, node: Widget) -> None:
        """Something inside this widget has the focus now."""
        if self._waits_for is node:
            self._arrived()

    def holds(self, event: events.Key) -> bool:
        """Whether the key was kept; it comes back when the gate opens."""
        if self._is_closed:
            self._kept.append(event)
        return self._is_closed

    def sent(self, event: events.Key) -> None:
        """A key went to a widget. One that may end a dialog holds the next until it has had its effect."""
        focused = self._app.focused
        if event.key not in _ENDING or focused is None or len(self._app.screen_stack) < 2:
            return
        self._is_closed = True
        path = [node for node in focused.ancestors_with_self if isinstance(node, Widget)]
        # The answer climbs from widget to widget, each in its own time; follow it up.
        self._app.call_later(self._climb, path)

    def _climb(self, path: list[Widget]) -> None:
        while path:
            node = path.pop(0)
            if node.is_attached and node.is_running:
                node.call_later(self._app.call_later, self._climb, path)
                return
        self.open_unless_waiting()

    def open_unless_waiting(self) -> None:
        """Open the gate, unless a dialog is on its way."""
        if self._waits_for is None:
            self._open()

    def _look(self) -> None:
        dialog = self._waits_for
        if not isinstance(dialog, Screen):
            return
        if dialog in self._app.screen_stack and not (dialog.is_mounted and self._app.screen is dialog):
            self._app.call_later(self._look)
            return
        if dialog.is_mounted and dialog.is_current and dialog.AUTO_FOCUS != "" and dialog.focused is None:
            dialog.call_after_refresh(self._arrived)
            return
        self._arrived()

    def _arrived(self) -> None:
        self._waits_for = None
        self._open()

    def _open(self) -> None:
        self._is_closed = False
        kept, self._kept = self._kept, []
        for event in kept:
            self._app.post_message(event)

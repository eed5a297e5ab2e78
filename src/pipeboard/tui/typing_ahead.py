"""Keys that come faster than a dialog opens are kept for it, in order; none is lost and none goes astray."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App

LONGEST_WAIT = 1.0
"""Seconds after which keys are let through although nothing took the focus, and after which leaving does not wait."""


class TypeAhead:
    """A gate for keys, closed as long as anything holds it: a dialog that opens, an answer that is being taken."""

    def __init__(self, app: "App[Any]") -> None:
        self._app = app
        self._holders: set[object] = set()
        self._kept: list[events.Key] = []
        self._on_its_way: events.Key | None = None

    def hold(self, holder: object) -> None:
        """Keep keys until this holder lets them go."""
        self._holders.add(holder)

    def release(self, holder: object) -> None:
        """Let keys go, unless something else still holds them."""
        if holder in self._holders:
            self._holders.discard(holder)
            self._send_next()

    def _send_next(self) -> None:
        """Post the oldest kept key. One at a time: it may close the gate for those behind it."""
        if self._kept and not self._holders and self._on_its_way is None:
            self._on_its_way = self._kept.pop(0)
            self._app.post_message(self._on_its_way)

    def keeps(self, event: events.Key) -> bool:
        """Whether the key was kept; it comes back when the gate opens and those before it have gone through."""
        if event is self._on_its_way:
            self._on_its_way = None
            if self._holders:
                self._kept.insert(0, event)
                return True
            self._app.call_later(self._send_next)
            return False
        if self._holders or self._kept or self._on_its_way is not None:
            self._kept.append(event)
            return True
        return False

    def give_up(self, leave: Callable[[], Awaitable[None]]) -> None:
        """A key that leaves was kept. It comes after those before it, but does not wait for them for ever."""
        self._app.set_timer(LONGEST_WAIT, leave)

    def wait_for(self, dialog: Screen[Any]) -> None:
        """Keep keys until this dialog can take them."""
        self.hold(dialog)
        self._app.call_later(self._look, dialog)

    def wait_for_focus(self, widget: Widget) -> None:
        """Keep keys until something inside this widget has the focus (it then calls `release`)."""
        focused = self._app.focused
        if focused is None or widget not in focused.ancestors_with_self:
            self.hold(widget)
            self._app.set_timer(LONGEST_WAIT, lambda: self.release(widget))

    def sent(self, event: events.Key) -> None:
        """A key went to a widget. In a dialog any key may be the answer: the next waits until it has had its effect."""
        focused = self._app.focused
        if focused is None or not isinstance(self._app.screen, ModalScreen):
            return
        self.hold(event)
        # The key makes the widget tell its answer, which climbs from parent to parent, each in its own time; the
        # screen below, or the app, then hears of it. Follow all of these steps.
        parents = [node for node in focused.ancestors_with_self if isinstance(node, Widget)]
        path: list[MessagePump] = [
            focused,
            *parents,
            parents[-1],
            *reversed(self._app.screen_stack[:-1]),
            self._app,
            self._app,
        ]
        self._app.call_later(self._climb, event, path)

    def _climb(self, event: events.Key, path: list[MessagePump]) -> None:
        while path:
            node = path.pop(0)
            if node.is_running:
                node.call_later(self._app.call_later, self._climb, event, path)
                return
        self.release(event)

    def _look(self, dialog: Screen[Any]) -> None:
        is_open = dialog in self._app.screen_stack
        if is_open and not (dialog.is_mounted and self._app.screen is dialog):
            self._app.call_later(self._look, dialog)
        elif is_open and dialog.AUTO_FOCUS != "" and dialog.focused is None:
            dialog.call_after_refresh(self.release, dialog)
        else:
            self.release(dialog)

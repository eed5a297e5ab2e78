"""The registry's actions as Textual's bindings, and their keys as people write them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding

from pipeboard.tui.actions import ANYWHERE, UserAction, key_words

if TYPE_CHECKING:
    from pipeboard.tui.text.deal_context import DealKeys

QUIT = "app.quit"
_PANE = ("task.add", "task.complete", "task.snooze", "activity.log", "deal.notes", "deal.open")


def bindings_of(actions: Sequence[UserAction], context: str) -> list[Binding]:
    """The bindings for the actions of a context.

    Leaving goes before everything a dialog does with the key; but not with a key that types something, should a
    person have chosen one.
    """
    return [
        Binding(
            key,
            f"app.{action.action}" if context == ANYWHERE else action.action,
            action.label,
            show=False,
            priority=action.id == QUIT and types_nothing(key),
            id=action.id,
        )
        for action in actions
        if context in action.contexts
        for key in filter(None, action.keys.split(","))
    ]


def types_nothing(key: str) -> bool:
    """Whether a key is held with Ctrl or is a function key, so that no field of a dialog takes it for text."""
    return key.startswith("ctrl+") or (key[0] == "f" and key[1:].isdigit())


def first_key(actions: Sequence[UserAction], action_id: str) -> str:
    """The first key of an action as people write it; "" when it has none."""
    keys = next((action.keys for action in actions if action.id == action_id), "")
    return key_words(keys.split(",")[0]) if keys else ""


def first_keys(actions: Sequence[UserAction], *action_ids: str) -> str:
    """The first key of each action, with blanks between: "[ ]"."""
    return " ".join(filter(None, (first_key(actions, action_id) for action_id in action_ids)))


def pane_keys(actions: Sequence[UserAction]) -> "DealKeys":
    """The keys that the drawing of a deal names."""
    from pipeboard.tui.text.deal_context import DealKeys

    return DealKeys(*(first_key(actions, action_id) for action_id in _PANE))

"""Keys by configuration: action ids mapped to other keys, with every mistake told in words."""

from collections.abc import Mapping, Sequence
from functools import cache
from unicodedata import name

from pipeboard.tui.actions import ACTIONS, ANYWHERE, BY_ID, UserAction

_NAMED = {
    *("escape", "enter", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
    *("left", "right", "up", "down", "space", "minus", "plus", "slash", "backslash", "at", "underscore"),
    *(f"f{number}" for number in range(1, 25)),
}
"""Keys with a name of their own, and the characters to which Textual gives a shorter name than Unicode does.

Written out, because the command line checks keys too and must not import Textual for it.
"""

RESERVED = {
    "ctrl+c": "it interrupts",
    "ctrl+m": "terminals send it for Enter",
    "ctrl+i": "terminals send it for Tab",
    "ctrl+h": "terminals send it for Backspace",
    "ctrl+j": "terminals send it for a line break",
    "ctrl+b": "tmux takes it",
    "ctrl+a": "screen takes it",
    "tilde": "ssh takes it at the start of a line",
}
"""Keys that must not be bound, with the reason."""


def remapped(
    keymap: Mapping[str, str], actions: Sequence[UserAction] = ACTIONS
) -> tuple[tuple[UserAction, ...], tuple[str, ...]]:
    """The actions with the keys of a configuration, and what is wrong with it, in sentences.

    A wrong entry is left out: its action keeps its own keys.
    """
    problems = [
        f"keymap: there is no action {action_id!r}; `pipeboard keys` lists them."
        for action_id in keymap
        if action_id not in BY_ID
    ]
    result = []
    for action in actions:
        keys = keymap.get(action.id)
        if keys is not None:
            found = _wrong(action.id, keys)
            problems += found
            if not found:
                action = action._replace(keys=",".join(key.strip() for key in keys.split(",")))
        result.append(action)
    clash = clashes(result)
    return (tuple(actions) if clash else tuple(result)), (*problems, *clash)


def _wrong(action_id: str, keys: str) -> list[str]:
    found = []
    for key in (part.strip() for part in keys.split(",")):
        if key in RESERVED:
            found.append(f"keymap: {action_id} cannot use {key}: {RESERVED[key]}.")
        elif key.startswith("alt+"):
            found.append(f"keymap: {action_id} cannot use {key}: many terminals do not send Alt.")
        elif not is_key_name(key):
            found.append(f"keymap: {action_id} has {key!r}, which is no key name such as x, ctrl+x, f2 or space.")
    return found


def is_key_name(key: str) -> bool:
    """Whether Textual can report a key of this name."""
    *held, last = key.split("+")
    if any(word not in ("ctrl", "shift") for word in held):
        return False
    return len(last) == 1 or last in _NAMED or last in _characters()


@cache
def _characters() -> frozenset[str]:
    """The Unicode names of Latin and Cyrillic characters as Textual writes them, such as full_stop."""
    names = (name(chr(code), "") for code in range(33, 0x530))
    return frozenset(found.lower().replace(" ", "_").replace("-", "_") for found in names if found)


def clashes(actions: Sequence[UserAction] = ACTIONS) -> tuple[str, ...]:
    """Keys that two actions want on the same screen."""
    found: dict[tuple[str, str], str] = {}
    problems = []
    contexts = sorted({context for action in actions for context in action.contexts} - {ANYWHERE})
    for context in contexts:
        for action in actions:
            if context not in action.contexts and ANYWHERE not in action.contexts:
                continue
            for key in filter(None, action.keys.split(",")):
                other = found.setdefault((context, key), action.id)
                if other != action.id:
                    problems.append(f"keymap: {key} is wanted by {other} and by {action.id} on the {context}.")
    return tuple(dict.fromkeys(problems))

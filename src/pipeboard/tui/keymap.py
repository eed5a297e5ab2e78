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
    problems = [f"keymap: there is no action {name!r}; {_near(name)}" for name in keymap if name not in BY_ID]
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


PRESETS = ("vim", "arrows")
"""Sets of keys to begin with: "arrows" moves by arrows alone, and leaves the letters h j k l to the person."""

_VIM_LETTERS = frozenset("hjklHJKLG")


def configured(
    keymap: Mapping[str, str], preset: str = PRESETS[0], layouts: Sequence[str] = ()
) -> tuple[tuple[UserAction, ...], tuple[str, ...]]:
    """The actions with the keys of a preset, over them those of the person, and those that other layouts send."""
    actions = tuple(map(_without_letters, ACTIONS)) if preset == "arrows" else ACTIONS
    actions, problems = remapped(keymap, actions)
    return (with_layouts(actions, layouts) if layouts else actions), problems


def _without_letters(action: UserAction) -> UserAction:
    """An action without the letters of vim, unless it has no other key."""
    keys = action.keys.split(",")
    others = [key for key in keys if key not in _VIM_LETTERS]
    return action._replace(keys=",".join(others)) if others and _moves(others) else action


def _moves(keys: Sequence[str]) -> bool:
    """Whether one of the keys is an arrow, Home or End: then the letters say the same once more."""
    return any(key.split("+")[-1] in ("left", "right", "up", "down", "home", "end") for key in keys)


def with_layouts(actions: Sequence[UserAction], layouts: Sequence[str]) -> tuple[UserAction, ...]:
    """The actions with the keys that the same places of the keyboard send under other layouts.

    A key that somebody has given another meaning keeps it.
    """
    from pipeboard.tui.layouts import sent_by

    taken = {key for action in actions for key in action.keys.split(",")}
    result = []
    for action in actions:
        keys = [key for key in action.keys.split(",") if key]
        more = [theirs for key in keys for theirs in sent_by(_SIGNS.get(key, key), layouts) if theirs not in taken]
        result.append(action._replace(keys=",".join([*keys, *more])))
    return tuple(result)


_SIGNS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "colon": ":",
    "semicolon": ";",
    "comma": ",",
    "full_stop": ".",
}


def _near(action_id: str) -> str:
    """What was probably meant by an id that nothing has."""
    from difflib import get_close_matches

    near = get_close_matches(action_id, BY_ID, 2)
    return f"did you mean {' or '.join(near)}?" if near else "`pipeboard keys` lists them."


def _wrong(action_id: str, keys: str) -> list[str]:
    """What is wrong with the keys of an action; "" takes its keys away."""
    found: list[str] = []
    if not keys.strip():
        return found
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

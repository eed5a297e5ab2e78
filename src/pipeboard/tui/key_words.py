"""Keys as people write them: `ctrl+d` is Ctrl+D, `dollar_sign` is $."""

_KEY_WORDS = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "dollar_sign": "$",
    "at": "@",
    "number_sign": "#",
    "percent_sign": "%",
    "exclamation_mark": "!",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "full_stop": ".",
    "plus": "+",
    "space": "Space",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


def key_words(key: str) -> str:
    """A key as people write it: `ctrl+d` is Ctrl+D, `dollar_sign` is $."""
    *held, last = key.split("+")
    shown = _KEY_WORDS.get(last, last.upper() if held or (len(last) > 1 and last[0] == "f") else last)
    return "+".join([*(word.capitalize() for word in held), shown])


def keys_words(keys: str) -> str:
    """All keys of an action as people write them."""
    return " ".join(key_words(key) for key in keys.split(",") if key)

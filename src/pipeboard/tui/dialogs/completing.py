"""Completing the word at the cursor of a line."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.text import search_key

_MARKED = re.compile(r"([@#]|[A-Za-z]+:)(.*\s.*)")


def word_at(text: str, cursor: int) -> str:
    """The word that ends at the cursor; "" after a space."""
    return text[:cursor].rpartition(" ")[2]


def completions(word: str, suggestions: Sequence[str]) -> list[str]:
    """The suggestions that begin with the word (case, accents and an opening quote ignored), as they are typed."""
    key = search_key(word.replace('"', ""))
    if not key:
        return []
    return [_quoted(text) for text in suggestions if search_key(text).startswith(key) and text != word]


def _quoted(suggestion: str) -> str:
    """A suggestion of several words with quotes around its value: `@"Anna Kowalska"`."""
    found = _MARKED.fullmatch(suggestion) if '"' not in suggestion else None
    return f'{found[1]}"{found[2]}"' if found else suggestion


class Completion(NamedTuple):
    """A line whose word at the cursor has been, or can be, completed in one of several ways."""

    before: str
    after: str
    found: tuple[str, ...]
    place: int = -1

    @classmethod
    def of(cls, text: str, cursor: int, suggestions: Sequence[str]) -> "Completion":
        """The completions of the word that ends at the cursor."""
        word = word_at(text, cursor)
        return cls(text[: cursor - len(word)], text[cursor:], tuple(completions(word, suggestions)))

    @property
    def is_any(self) -> bool:
        """Whether there is something to complete with."""
        return bool(self.found)

    @property
    def text(self) -> str:
        """The whole line with the present completion."""
        return self.before + self.found[self.place] + self.after

    @property
    def cursor(self) -> int:
        """Where the cursor belongs after it."""
        return len(self.before) + len(self.found[self.place])

    def stepped(self, step: int) -> "Completion":
        """The next or previous completion, round at the ends; the first Shift+Tab takes the last one."""
        if not self.found:
            return self
        start = self.place if self.place >= 0 or step > 0 else 0
        return self._replace(place=(start + step) % len(self.found))

    def is_still(self, text: str, cursor: int) -> bool:
        """Whether the line is as this completion left it."""
        return self.place >= 0 and self.is_any and text == self.text and cursor == self.cursor

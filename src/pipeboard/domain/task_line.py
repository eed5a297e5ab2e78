"""One line that makes a task: `call Bob @anna fri 15:00`, title words and then a day."""

import re
from datetime import date, datetime, time
from typing import Final, NamedTuple

from pipeboard.domain.dates import When, describe_when, parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.task import kind_of
from pipeboard.domain.text import clean, search_key


class TaskLine(NamedTuple):
    """What a line says about a task; `assignee` is the name as typed, `kind` one of `TASK_KINDS`."""

    title: str
    kind: str
    due_on: date | None
    due_time: time | None
    assignee: str | None


_TOKEN: Final = r'@"[^"]*"?|\S+'
_DATE_WORDS: Final = 6


def parse_task_line(text: str, now: datetime) -> TaskLine:
    r"""The title, kind, day and assignee of a line, seen from the local time `now`. Never raises.

    The longest end of the line that is a date is the date, also after `due:`; the first `@name` is the
    assignee. A backslash makes a word part of the title as it stands (`\fri`, `\@home`). What is not
    understood stays in the title.
    """
    words, assignee = list[str](), None
    for token in re.findall(_TOKEN, clean(text)):
        if assignee is None and re.match(r'@(?:"[^"]|[^\W\d])', token):
            assignee = token[1:].strip('"').strip()
        else:
            words.append(token)
    title, when = _split_date(words, now)
    shown = clean(" ".join(re.sub(r"^\\(?=[^\\])", "", word) for word in title))
    return TaskLine(shown, kind_of(shown), when.on if when else None, when.at if when else None, assignee or None)


def describe_task_line(line: TaskLine, today: date) -> tuple[tuple[str, str], ...]:
    """The parts of a line in words, each with its kind: title, kind, due, assignee."""
    due = describe_when(When(line.due_on, line.due_time), today) if line.due_on else "no date"
    parts = [("title", line.title)] if line.title else []
    parts += [("kind", line.kind)] if line.kind != "todo" else []
    parts += [("due", due)]
    return (*parts, ("assignee", f"for {line.assignee}")) if line.assignee else tuple(parts)


def _split_date(words: list[str], now: datetime) -> tuple[list[str], When | None]:
    """The words before the longest end that is a date, and that date."""
    for start in range(max(0, len(words) - _DATE_WORDS), len(words)):
        if _is_english_do(words, start):
            continue
        try:
            when = parse_when(re.sub(r"^due:", "", " ".join(words[start:]), flags=re.IGNORECASE), now)
        except InvalidInput:
            continue
        return words[:start], when
    return words, None


def _is_english_do(words: list[str], start: int) -> bool:
    """Whether a date would begin with the "do" of "things to do", which in Polish is "until"."""
    return start > 0 and search_key(words[start]) == "do" and search_key(words[start - 1]) in ("to", "not", "can")

"""One line that makes a task: `call Bob about pricing fri 15:00 !30m @anna every:2w`."""

import re
from datetime import date, datetime, time
from typing import Final, NamedTuple

from pipeboard.domain.dates import When, describe_when, parse_when
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.recurrence import Rule, describe_rule, first_on
from pipeboard.domain.recurrence_words import lead_minutes, lead_words, parse_rule
from pipeboard.domain.task import kind_of
from pipeboard.domain.text import clean, search_key


class TaskLine(NamedTuple):
    """What a line says about a task; `assignee` is the name as typed, `kind` one of `TASK_KINDS`.

    `remind_minutes` is how long before its time it reminds; with a `rule` it comes again.
    """

    title: str
    kind: str
    due_on: date | None
    due_time: time | None
    assignee: str | None
    remind_minutes: int | None = None
    rule: Rule | None = None


_TOKEN: Final = r'@"[^"]*"?|every:"[^"]*"?|\S+'
_DATE_WORDS: Final = 6
_RULE_WORDS: Final = 7
_EVERY_WORDS: Final = ("every", "каждый", "каждую", "каждое", "каждые", "co", "każdy", "każdą", "każde", "każdego")
_EVERY: Final = frozenset(map(search_key, _EVERY_WORDS))


def parse_task_line(text: str, now: datetime) -> TaskLine:
    r"""The parts of a line, seen from the local time `now`. Never raises.

    The longest end of the line that is a date is the date, also after `due:`; the first `@name` is the
    assignee, the first `!30m` (h, d, w) how long before it reminds, `every:2w` how it comes again. A backslash
    makes a word part of the title as it stands (`\fri`, `\@home`). What is not understood stays in the title.
    """
    words, assignee, remind = list[str](), None, None
    for token in re.findall(_TOKEN, clean(text), re.IGNORECASE):
        if assignee is None and re.match(r'@(?:"[^"]|[^\W\d])', token):
            assignee = token[1:].strip('"').strip()
        elif remind is None and token.startswith("!") and (lead := lead_minutes(token[1:])) is not None:
            remind = lead
        else:
            words.append(token)
    words, rule = _split_rule(words, now)
    title, when = _split_date(words, now)
    if rule is not None:
        when = _first(rule, when, words[len(title) :], now)
    shown = clean(" ".join(re.sub(r"^\\(?=[^\\])", "", word) for word in title))
    due_on, due_time = when if when else (None, None)
    return TaskLine(shown, kind_of(shown), due_on, due_time, assignee or None, remind, rule)


def describe_task_line(line: TaskLine, today: date) -> tuple[tuple[str, str], ...]:
    """The parts of a line in words, each with its kind: title, kind, due, assignee, remind, every."""
    due = describe_when(When(line.due_on, line.due_time), today) if line.due_on else "no date"
    parts = [("title", line.title)] if line.title else []
    parts += [("kind", line.kind)] if line.kind != "todo" else []
    parts += [("due", due)]
    parts += [("assignee", f"for {line.assignee}")] if line.assignee else []
    parts += [("remind", f"reminds {lead_words(line.remind_minutes)}")] if line.remind_minutes is not None else []
    return (*parts, ("every", describe_rule(line.rule))) if line.rule else tuple(parts)


def _split_rule(words: list[str], now: datetime) -> tuple[list[str], Rule | None]:
    """The words without those that say how the task comes again, and that rule."""
    for at, word in enumerate(words):
        if word.casefold().startswith("every:"):
            first = word[6:].strip('"')
            found = _marked_rule([*([first] if first else []), *words[at + 1 :]], now)
            taken = 1 - bool(first)
        elif at and search_key(word) in _EVERY:
            found, taken = _longest_rule(words[at + 1 :], now, 1), 1
        else:
            continue
        if found is not None:
            rule, count = found
            return words[:at] + words[at + taken + count :], rule
    return words, None


def _marked_rule(words: list[str], now: datetime) -> tuple[Rule, int] | None:
    """The rule after `every:` and how many words it takes: the fewest, as a day may follow ("every:2w fri")."""
    for count in range(1, min(_RULE_WORDS, len(words)) + 1):
        rule = _rule_or_none(" ".join(words[:count]), now)
        if rule is None:
            continue
        more = _rule_or_none(" ".join(words[: count + 1]), now) if len(words) > count else None
        if more is not None and more.nth is not None and rule.nth is None:  # "2nd" and then "tue"
            rule, count = more, count + 1
        if len(words) > count and re.match(r"(?i)until|till|до|do:|x?\d+$|x\d", words[count]):
            return _longest_rule(words, now, count) or (rule, count)
        return rule, count
    return None


def _longest_rule(words: list[str], now: datetime, least: int) -> tuple[Rule, int] | None:
    """The rule at the beginning of some words that takes the most of them, but no fewer than `least`."""
    for count in range(min(_RULE_WORDS, len(words)), least - 1, -1):
        if (rule := _rule_or_none(" ".join(words[:count]), now)) is not None:
            return rule, count
    return None


def _rule_or_none(text: str, now: datetime) -> Rule | None:
    try:
        return parse_rule(text, now)
    except PipeboardError:
        return None


def _first(rule: Rule, when: When | None, typed: list[str], now: datetime) -> When:
    """When a series begins: on the day that was typed, else on the first one of its rule."""
    if when is None:
        return When(first_on(rule, now.date()), None)
    try:
        parse_when(f"today {' '.join(typed)}", now)
    except InvalidInput:
        return when
    return When(first_on(rule, when.on), when.at)  # only a time was typed


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

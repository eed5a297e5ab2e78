"""One line about what happened: `call out no answer: left voicemail yesterday 15:00`."""

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from pipeboard.domain.activity_words import DIRECTION_WORDS, DIRECTIONS, KIND_WORDS, LONGEST, OUTCOME_WORDS, OUTCOMES
from pipeboard.domain.dates import When, describe_when, parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import clean, search_key


class ActivityLine(NamedTuple):
    """What a line says: the kind of activity, who began it, how it ended, what was said, and when (None: now).

    `problem` is why the time cannot be used; "" when all is well.
    """

    kind: str
    direction: str | None
    outcome: str | None
    body: str
    when: When | None
    problem: str = ""


_LONGEST_DATE: Final = 5
_MARK: Final = re.compile(r"(?:^|\s)(?:at|on|when):(?P<day>\S.*)$", re.IGNORECASE)


def parse_activity_line(text: str, now: datetime) -> ActivityLine:
    r"""The kind, direction, outcome, words and time of a text, seen from the local time `now`. Never raises.

    The line may begin with the kind, then direction, outcome and time in any order, up to a colon; without a colon
    these words count while they last, and a kind alone stays part of the note. The end of the line is the time when it
    can only be meant so: "yesterday 15:00" and "2h ago", but not "friday", which may be what they asked for;
    `at:fri 15:00` says it outright. A backslash in front keeps everything as it stands. In a text of several lines only
    the first one has these words.
    """
    first, line_break, rest = clean(text, is_multiline=True).partition("\n")
    if first.startswith("\\"):
        return ActivityLine("note", None, None, f"{first[1:]}{line_break}{rest}".strip(), None)
    head, body = _head(first, now)
    when, problem = head.when, head.problem
    if when is None and not problem:
        body, when, problem = _marked_time(body, now)
    if when is None and not problem and not rest.strip():
        body, when = _time_at_the_end(body, now)
    whole = f"{body}{line_break}{rest}".strip()
    return ActivityLine(head.kind, head.direction, head.outcome, whole, when, problem)


def _head(line: str, now: datetime) -> tuple[ActivityLine, str]:
    """What the beginning of a line says, and the line without it."""
    before, colon, after = _split_colon(line)
    if colon:
        found = _said(before.split(), now, is_whole=True)
        if found is not None:
            return found[0], after
    words = line.split()
    if words and search_key(words[0]).strip(".,;") in KIND_WORDS:
        found = _said(words, now, is_whole=False)
        if found is not None:
            # A kind alone stays a word of the note: "demo went well".
            return found[0], " ".join(words[found[1] :]) if found[1] > 1 or len(words) == 1 else line
    return ActivityLine("note", None, None, "", None), line


def _split_colon(line: str) -> tuple[str, bool, str]:
    """The line before and after its first colon that is not part of a time or a word."""
    found = re.search(r":(?=\s|$)", line)
    return (line[: found.start()], True, line[found.end() :].strip()) if found else (line, False, "")


def _said(words: list[str], now: datetime, *, is_whole: bool) -> tuple[ActivityLine, int] | None:
    """What the words say and how many of them do; None when they do not begin with a kind.

    With `is_whole` they have to say something to the last word: "next steps: ..." is a note, not a head.
    """
    if not words or (kind := KIND_WORDS.get(search_key(words[0]).strip(".,;"))) is None:
        return None
    said, at = ActivityLine(kind, None, None, "", None), 1
    while at < len(words):
        step = _next_phrase(said, words, at)
        if step is None:
            break
        said, at = step
    if is_whole and at < len(words):
        try:
            when = parse_when(" ".join(words[at:]), now, is_past=True)
        except InvalidInput:
            return None
        return said._replace(when=when, problem=_not_past(when, now)), len(words)
    return said, at


def _next_phrase(said: ActivityLine, words: list[str], at: int) -> tuple[ActivityLine, int] | None:
    """The line with the direction or outcome that stands at a place, and the place after it."""
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        phrase = search_key(" ".join(words[at : at + length])).strip(".,;")
        if said.direction is None and phrase in DIRECTION_WORDS:
            return said._replace(direction=DIRECTION_WORDS[phrase]), at + length
        if said.outcome is None and phrase in OUTCOME_WORDS:
            return said._replace(outcome=OUTCOME_WORDS[phrase]), at + length
    return None


def _marked_time(body: str, now: datetime) -> tuple[str, When | None, str]:
    """The words before `at:...`, the time after it, and what is wrong with it."""
    found = _MARK.search(body)
    if found is None:
        return body, None, ""
    try:
        when = parse_when(found["day"], now, is_past=True)
    except InvalidInput as error:
        return body, None, str(error)
    return body[: found.start()].strip(), when, _not_past(when, now)


def _time_at_the_end(body: str, now: datetime) -> tuple[str, When | None]:
    """The words before the longest end that can only be a time in the past, and that time.

    Such an end means the same whether one looks back or ahead; a day that is today says nothing and stays a word.
    """
    words = body.split(" ")
    for start in range(max(0, len(words) - _LONGEST_DATE), len(words)):
        end = " ".join(words[start:])
        try:
            when = parse_when(end, now, is_past=True)
            if when != parse_when(end, now) or _not_past(when, now) or when == When(now.date(), None):
                continue
        except InvalidInput:
            continue
        return " ".join(words[:start]).strip().removesuffix(",").strip(), when
    return body, None


def _not_past(when: When, now: datetime) -> str:
    """Why a time cannot be that of an activity; "" when it can."""
    clock = now.time().replace(tzinfo=None)
    if when.on > now.date() or (when.on == now.date() and when.at is not None and when.at > clock):
        return "An activity lies in the past; plan a task for what is to come."
    return ""


def read_outcome(text: str) -> str:
    """An outcome as typed for an option; InvalidInput lists those there are."""
    found = OUTCOME_WORDS.get(" ".join(search_key(text).replace("-", " ").split()))
    if found is None:
        raise InvalidInput(f"{clean(text)[:40]!r} is no outcome. Outcomes: {', '.join(OUTCOMES)}.")
    return found


def write_activity_line(line: ActivityLine) -> str:
    """The line that `parse_activity_line` reads as this; for a text of several lines its first line has the head."""
    head = " ".join(filter(None, (line.kind, line.direction, line.outcome)))
    moment = ""
    if line.when is not None:
        clock = f" {line.when.at:%H:%M}" if line.when.at is not None else ""
        moment = f" {line.when.on.isoformat()}{clock}"
    return f"{head}{moment}: {line.body}"


def describe_activity_line(line: ActivityLine, today: date) -> tuple[tuple[str, str], ...]:
    """The parts of a line in words, each with its kind: kind, direction, outcome, when, body."""
    parts = [("kind", {"email": "mail"}.get(line.kind, line.kind))]
    parts += [("direction", DIRECTIONS[line.direction])] if line.direction else []
    parts += [("outcome", line.outcome)] if line.outcome else []
    parts += [("when", describe_when(line.when, today) if line.when else "now")]
    return (*parts, ("body", line.body)) if line.body else tuple(parts)

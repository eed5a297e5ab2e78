"""One line that logs what happened, seen from Wednesday 18 November 2026, 10:00."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeboard.domain.activity_line import (
    ActivityLine,
    describe_activity_line,
    parse_activity_line,
    read_outcome,
    write_activity_line,
)
from pipeboard.domain.activity_words import DIRECTIONS, OUTCOMES
from pipeboard.domain.dates import When
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.task import ACTIVITY_KINDS

NOW = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001

TABLE = """
call out no answer: left voicemail yesterday 15:00 | call out no-answer | left voicemail | 2026-11-17 15:00
call: they compare us with Initrode | call - - | they compare us with Initrode | -
call no answer | call - no-answer |  | -
Call, no answer, left the key with Bob yesterday | call - no-answer | left the key with Bob | 2026-11-17
call yesterday 15:00: talked price | call - - | talked price | 2026-11-17 15:00
mail in replied: send the offer 2h ago | email in replied | send the offer | 2026-11-18 08:00
meeting held: all came at:fri 15:00 | meeting - held | all came | 2026-11-13 15:00
meeting held: all came on:fri | meeting - held | all came | 2026-11-13
call: wants delivery on friday | call - - | wants delivery on friday | -
they want a demo on friday | note - - | they want a demo on friday | -
they decide today | note - - | they decide today | -
note: call him at 15:00 | note - - | call him at 15:00 | -
talked about price, 3 days ago | note - - | talked about price | 2026-11-15
next steps: call Bob | note - - | next steps: call Bob | -
demo went well | meeting - - | demo went well | -
call me later | call - - | call me later | -
email bounced | email - bounced |  | -
no answer | note - - | no answer | -
in: from them | note - - | in: from them | -
meeting no-show | meeting - no-show |  | -
звонок не ответил: перезвоню вчера в 15:00 | call - no-answer | перезвоню | 2026-11-17 15:00
входящий звонок | note - - | входящий звонок | -
письмо исходящее: отправил КП | email out - | отправил КП | -
spotkanie odwołane: chory wczoraj | meeting - cancelled | chory | 2026-11-17
telefon przychodzący: pytał o cenę | call in - | pytał o cenę | -
\\call: this is a note | note - - | call: this is a note | -
"""


def _rows() -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("text", "head", "body", "when"), _rows())
def test_a_line_says_what_happened(text: str, head: str, body: str, when: str) -> None:
    line = parse_activity_line(text, NOW)
    said = [line.kind, line.direction or "-", (line.outcome or "-").replace(" ", "-")]
    assert " ".join(said) == head
    assert line.body == body
    shown = "-" if line.when is None else f"{line.when.on}{f' {line.when.at:%H:%M}' if line.when.at else ''}"
    assert (shown, line.problem) == (when, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("meeting: all came at:tomorrow", "An activity lies in the past"),
        ("call today 23:00: talked", "An activity lies in the past"),
        ("call: talked at:banana", '"banana" is not a date'),
    ],
)
def test_a_time_that_cannot_be_is_told_and_nothing_is_lost(text: str, problem: str) -> None:
    line = parse_activity_line(text, NOW)
    assert problem in line.problem


def test_a_long_text_has_the_head_in_its_first_line_only() -> None:
    line = parse_activity_line("call out answered: budget is there\n\nmail: later yesterday\n", NOW)
    assert line[:3] == ("call", "out", "answered")
    assert line.body == "budget is there\n\nmail: later yesterday"
    assert line.when is None


def test_the_parts_are_told_back() -> None:
    line = parse_activity_line("mail out: sent it yesterday 9:00", NOW)
    assert describe_activity_line(line, NOW.date()) == (
        ("kind", "mail"),
        ("direction", "outgoing"),
        ("when", "Tue 17 Nov 2026 09:00, yesterday"),
        ("body", "sent it"),
    )
    assert describe_activity_line(parse_activity_line("hm", NOW), NOW.date())[1] == ("when", "now")


def test_an_outcome_is_read_in_three_languages_or_refused_with_the_list() -> None:
    assert [read_outcome(text) for text in ("No-Answer", "не ответил", "nie odebrał", "voicemail")] == [
        *(["no answer"] * 3),
        "left message",
    ]
    with pytest.raises(InvalidInput, match="Outcomes: answered, no answer"):
        read_outcome("danced")


_BODIES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Cn", "Cf"]) | st.just(" "), max_size=30)


@settings(deadline=None)
@given(
    st.sampled_from(ACTIVITY_KINDS),
    st.sampled_from([None, *DIRECTIONS]),
    st.sampled_from([None, *OUTCOMES]),
    _BODIES,
    st.datetimes(datetime(2020, 1, 1), datetime(2026, 11, 18)),  # noqa: DTZ001
)
def test_a_written_line_is_read_as_it_was(
    kind: str, direction: str | None, outcome: str | None, body: str, at: datetime
) -> None:
    when = When(at.date(), time(at.hour, at.minute))
    clean_body = parse_activity_line(f"\\{body}", NOW).body
    line = ActivityLine(kind, direction, outcome, clean_body, when)
    assert parse_activity_line(write_activity_line(line), NOW) == line


_SCRAPS = ["call", "in", "out", "no", "answer:", "yesterday", "fri", "15:00", "at:", "2h", "ago", "\\", "\n", "x"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(_SCRAPS)).map(" ".join))
def test_any_text_is_read(text: str) -> None:
    line = parse_activity_line(text, NOW)
    assert line.kind in ACTIVITY_KINDS
    assert line.when is None or line.problem or line.when.on <= date(2026, 11, 18)

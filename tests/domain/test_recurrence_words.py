"""Rules as people type them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.recurrence import rule_of, rule_text
from pipeboard.domain.recurrence_words import is_rule, lead_minutes, lead_words, parse_rule

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)

TYPED = {
    "FREQ=DAILY": "day d daily ежедневно codziennie дней dni",
    "FREQ=DAILY;INTERVAL=2": "2d|2 days|other day|2 дня|2 dni",
    "FREQ=WEEKLY": "week w weekly неделю tydzień еженедельно",
    "FREQ=WEEKLY;INTERVAL=2": "2w|2 weeks|other week|fortnight|2 недели|2 tygodnie",
    "FREQ=MONTHLY": "month m monthly месяц miesiąc",
    "FREQ=MONTHLY;INTERVAL=3": "quarter|3m|3 months|квартал|kwartał",
    "FREQ=YEARLY": "year yearly год rok",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "weekday|workday|business day|working day|рабочий день|будни|dni robocze",
    "FREQ=WEEKLY;BYDAY=MO": "mon monday mondays понедельник пн poniedziałek",
    "FREQ=WEEKLY;BYDAY=MO,TH": "mon,thu|thu, mon|mon and thu|mon thu|пн и чт|pon i czw",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO": "2 weeks on mon|other monday|2w mon",
    "FREQ=MONTHLY;BYMONTHDAY=-1": "last day|last day of the month|eom|end of month|последний день|ostatni dzień",
    "FREQ=MONTHLY;BYMONTHDAY=15": "15th|15th of the month",
    "FREQ=MONTHLY;BYDAY=-1FR": "last fri|last friday of the month|последнюю пятницу|ostatni piątek",
    "FREQ=MONTHLY;BYDAY=2TU": "2nd tue|second tuesday|второй вторник",
    "FREQ=MONTHLY;INTERVAL=2;UNTIL=20270301": "2 months until:1 mar|2m until 2027-03-01|2m till 1 mar",
    "FREQ=DAILY;COUNT=5": "day 5 times|day x5 times|день 5 раз|dzień 5 razy",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1|rrule:freq=yearly;bymonth=3;bymonthday=1",
}


@pytest.mark.parametrize(
    ("typed", "rule"),
    [(one, rule) for rule, texts in TYPED.items() for one in (texts.split("|") if "|" in texts else texts.split())],
)
def test_a_rule_is_understood(typed: str, rule: str) -> None:
    assert rule_text(parse_rule(typed, NOW)) == rule


@pytest.mark.parametrize(
    "typed", ["", "foo", "0w", "32nd", "5th tue", "fri 15:00", "2", "last", "week until:foo", "-1d"]
)
def test_what_is_no_rule_is_refused_with_a_sentence(typed: str) -> None:
    assert not is_rule(typed, NOW)
    with pytest.raises(InvalidInput, match=r"\w"):
        parse_rule(typed, NOW)


@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    if is_rule(typed, NOW):
        rule = parse_rule(typed, NOW)
        assert rule_of(rule_text(rule)) == rule


@pytest.mark.parametrize(
    ("typed", "minutes", "words"),
    [
        ("30m", 30, "30 min before"),
        ("1h", 60, "1 hour before"),
        ("90m", 90, "90 min before"),
        ("1d", 1440, "1 day before"),
        ("2w", 20160, "2 weeks before"),
        ("0m", 0, "at its time"),
        ("15мин", 15, "15 min before"),
    ],
)
def test_how_long_before(typed: str, minutes: int, words: str) -> None:
    assert lead_minutes(typed) == minutes
    assert lead_words(minutes) == words


@pytest.mark.parametrize("typed", ["", "m", "1x", "-5m", "!", "1000m", "important"])
def test_what_is_no_length_of_time(typed: str) -> None:
    assert lead_minutes(typed) is None

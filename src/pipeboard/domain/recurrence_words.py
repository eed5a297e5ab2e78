"""Rules as people type them after `every:`, in English, Russian and Polish."""

import re
from datetime import date, datetime
from typing import Final

from pipeboard.domain.date_grammar import canonical
from pipeboard.domain.date_words import WEEKDAY_NAMES, WEEKDAYS
from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.domain.recurrence import Rule, rule_of
from pipeboard.domain.text import search_key

EXAMPLES: Final = "Try 2w, month, weekday, mon,thu, last day, 15th, last fri or 2 months until:1 mar."
_FREQ: Final = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "q": "MONTHLY", "y": "YEARLY"}
_WHOLE_WORDS: Final = {
    **dict.fromkeys(("w", "wk"), "w"),
    "daily": "1 d",
    "weekly": "1 w",
    "monthly": "1 m",
    "quarterly": "1 q",
    "yearly": "1 y",
    "annually": "1 y",
    "ежедневно": "1 d",
    "еженедельно": "1 w",
    "ежемесячно": "1 m",
    "ежегодно": "1 y",
    "codziennie": "1 d",
    "fortnight": "2 w",
    "biweekly": "2 w",
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays", "будни", "будний"), "bd"),
    **dict.fromkeys(("другой", "drugi", "druga", "other"), "2"),
    **dict.fromkeys(("последний", "последняя", "последнюю", "ostatni", "ostatnia", "final"), "last"),
    **dict.fromkeys(("first", "первый", "первая", "первую", "pierwszy", "pierwsza"), "1st"),
    **dict.fromkeys(("second", "второй", "вторая", "вторую"), "2nd"),
    **dict.fromkeys(("third", "третий", "третья", "третью", "trzeci", "trzecia"), "3rd"),
    **dict.fromkeys(("fourth", "четвертый", "четвертая", "czwarty"), "4th"),
}
_FOLDED: Final = {search_key(word): meaning for word, meaning in _WHOLE_WORDS.items()} | {
    f"{name.lower()}s": name[:3].lower() for name in WEEKDAY_NAMES
}
_MONTH_TAIL: Final = r"(?:\s(?:1\s)?m)?"


def parse_rule(text: str, now: datetime) -> Rule:
    """The rule that a text means, seen from the local time `now`. InvalidInput with a sentence when it is none."""
    typed = " ".join(text.split())
    if re.match(r"(?i)(rrule:)?freq=", typed):
        return rule_of(typed)
    words, until, times = _split_end(typed, now)
    rule = _rule(_normal(words))
    if rule is None or len(typed) > 80:
        raise InvalidInput(f"“{typed[:60]}” is no rule. {EXAMPLES}")
    return rule._replace(until=until, times=times)


def _split_end(typed: str, now: datetime) -> tuple[str, date | None, int | None]:
    """The words before `until:day` or `5 times`, and what these say."""
    from pipeboard.domain.dates import parse_when

    if found := re.fullmatch(r"(?i)(.+?),?\s+(?:until:?|till:?|до|do)\s*(\S.*)", typed):
        return found[1], parse_when(found[2], now).on, None
    if found := re.fullmatch(r"(?i)(.+?),?\s+(?:x|[x×]?\s?)(\d{1,3})\s?(?:times|x|×|раз|раза|razy|razem)", typed):
        if int(found[2]) < 1:
            raise InvalidInput("A task that comes no time at all is none.")
        return found[1], None, int(found[2])
    return typed, None, None


def _normal(words: str) -> str:
    """Canonical words: weekdays as mon, units as d w m q y."""
    plain = re.sub(r"\s*(?:,|\band\b|\bi\b|\bи\b|\+)\s*", " ", search_key(words))
    tokens = [_FOLDED.get(word) or canonical(word) for word in plain.split()]
    text = " ".join(" ".join(tokens).split())
    return re.sub(r"business\sd\b|d\sbusiness\b", "bd", text)


def _rule(words: str) -> Rule | None:
    days = "|".join(WEEKDAYS)
    if re.fullmatch(r"(?:1 )?bd(?: d)?", words):
        return Rule("WEEKLY", weekdays=(0, 1, 2, 3, 4))
    if found := re.fullmatch(r"(?:(\d{1,3})\s)?([dwmqy])", words):
        interval = int(found[1] or 1) * (3 if found[2] == "q" else 1)
        return Rule(_FREQ[found[2]], interval) if 1 <= interval <= 999 else None
    if found := re.fullmatch(rf"(?:(\d{{1,2}})\sw\s)?((?:{days})(?:\s(?:{days}))*)", words):
        wanted = tuple(sorted({WEEKDAYS.index(day) for day in found[2].split()}))
        interval = int(found[1] or 1)
        return Rule("WEEKLY", interval, wanted) if interval else None
    # "every 2 mon" is every second Monday, as in "every other Monday".
    if found := re.fullmatch(rf"([2-9])\s({days})", words):
        return Rule("WEEKLY", int(found[1]), (WEEKDAYS.index(found[2]),))
    if re.fullmatch(rf"last d{_MONTH_TAIL}", words) or words in ("end m", "eom", "end 1 m"):
        return Rule("MONTHLY", month_day=-1)
    if found := re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th){_MONTH_TAIL}", words):
        return Rule("MONTHLY", month_day=int(found[1])) if 1 <= int(found[1]) <= 31 else None
    if found := re.fullmatch(rf"(last|[1-4](?:st|nd|rd|th))\s({days}){_MONTH_TAIL}", words):
        nth = -1 if found[1] == "last" else int(found[1][0])
        return Rule("MONTHLY", weekdays=(WEEKDAYS.index(found[2]),), nth=nth)
    return None


def is_rule(text: str, now: datetime) -> bool:
    """Whether a text can be read as a rule."""
    try:
        parse_rule(text, now)
    except PipeboardError:
        return False
    return True


def lead_minutes(text: str) -> int | None:
    """The minutes that `30m`, `1h`, `1d` or `1w` stand for; None for anything else."""
    found = re.fullmatch(r"(\d{1,3})(m|min|h|d|w|м|мин|ч|д)", search_key(text))
    if found is None:
        return None
    return int(found[1]) * {"h": 60, "ч": 60, "d": 1440, "д": 1440, "w": 10080}.get(found[2], 1)


def lead_words(minutes: int) -> str:
    """How long before its time a task reminds: "30 min before", "1 day before", "at its time"."""
    if minutes == 0:
        return "at its time"
    for size, unit in ((1440 * 7, "week"), (1440, "day"), (60, "hour")):
        if minutes % size == 0:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'} before"
    return f"{minutes} min before"

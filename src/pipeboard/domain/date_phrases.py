"""Phrases of several words in English, Russian and Polish, put into the words that the grammar of dates knows."""

import re
from typing import Final

from pipeboard.domain.text import search_key

_PARTS_OF_DAY: Final = {
    "morning": "in the morning|утром|утра|с утра|rano|nad ranem",
    "afternoon": "in the afternoon|днем|после обеда|po południu|popołudniu",
    "evening": "in the evening|вечером|вечера|wieczorem|wieczór",
    "night": "at night|ночью|ночи|w nocy",
}
_MEANINGS: Final = {
    **_PARTS_OF_DAY,
    "today morning": "this morning",
    "today afternoon": "this afternoon",
    "today evening": "tonight|this evening",
    "overmorrow": "the day after tomorrow|day after tomorrow",
    "ereyesterday": "the day before yesterday|day before yesterday",
    "in 3 days": "послепослезавтра|popojutrze",
    "now": "right now|just now|прямо сейчас|только что|сейчас|właśnie|teraz|przed chwilą",
    "2 weeks": "a fortnight|one fortnight|fortnight",
    "2": "a couple of|couple of|a couple|пару|пара",
    "30 minutes": "half an hour|half hour|a half hour|полчаса|pół godziny",
    "90 minutes": "an hour and a half|полтора часа|półtorej godziny",
    "6 months": "half a year|полгода|pół roku",
    "3 months": "a quarter of a year",
    "in": "within the next|within|in the next|в течение|w ciągu",
    "start": "at the beginning of|the beginning of|beginning of|at the start of|the start of|start of|the first day of"
    "|first day of|в начале|начало|с начала|в первый день|первый день|na początku|początek|od początku|pierwszy dzień"
    "|pierwszego dnia",
    "mid": "in the middle of|the middle of|middle of|в середине|середина|к середине|w połowie|połowa|do połowy",
    "end": "at the end of|by the end of|end of|the last day of|last day of|последний день|последнего дня|в конце"
    "|ostatni dzień|ostatniego dnia|pod koniec|na koniec|z końcem|w końcu",
    "after now": "later|спустя",
    "after": "from|после|po",
    "before": "перед|przed",
    "next w": "the week after this|the coming week",
}
_FOLDED: Final = {
    search_key(phrase): canonical for canonical, phrases in _MEANINGS.items() for phrase in phrases.split("|") if phrase
}
_PHRASE: Final = re.compile(
    r"(?<![^\W_])(?:" + "|".join(map(re.escape, sorted(_FOLDED, key=len, reverse=True))) + r")(?![^\W_])"
)
_MONTHS_IN_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SHORT_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN: Final = "|".join(sorted(_MONTHS_IN_ROMAN, key=len, reverse=True))
_QUARTERS: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}

_REWRITES: Final = tuple(
    (re.compile(search_key(pattern)), replacement)
    for pattern, replacement in (
        (r"(?<=\d)\s?([ap])\.\s?m\b\.?", r"\1m"),
        (r"\b(?:at )?(\d{1,2}) ?o['’ʼ]? ?clock\b", r"at \1"),
        (r"\b(\d{1,2})\.(\d\d) ?([ap]m)\b", r"\1:\2\3"),
        (r"\b([1-4])(?:st|nd|rd|th) quarter\b", r"q\1"),
        (r"\bза (\d+ \w+|\w+) до ", r"\1 before "),
        # An ordinal: 15-го, 15 числа, 1-e, 15-tego.
        (r"(?<=\d)(?:-| ?)(?:го|ое|ого|tego|szego|giego|ciego|ego|go)\b\.?(?: числа\b)?", "th"),
        (r"(?<=\d)-(?:е|й|я|ю|и|му|ty|szy|gi|ci)\b", "th"),
        (r"(?<=\d)(?:th)? числа\b", "th"),
        # "3 часа дня" is a time, "2 дня" is a span: only after "в" is the day a part of the day.
        (r"\bв (\d{1,2}(?:[:.]\d\d)?)(?: ?ч| часа?| часов)? дня\b", r"at \1 afternoon"),
        (r"\b(?:o|о) godz(?:inie|\.)? ?(?=\d)", "at "),
        (r"\bgodz(?:\.|ina) ?(?=\d)", "at "),
    )
)


def known_phrases(folded: str) -> str:
    """A folded text with its phrases in canonical words; everything else as it was."""
    text = folded
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    text = _PHRASE.sub(lambda found: _FOLDED[found[0]], text)
    text = re.sub(rf"(?<![\w.])(\d{{1,2}})[ .]({_ROMAN})(?=$| |\.)", _roman_month, text)
    return re.sub(
        r"(?<!za )(?<!in )(?<!через )(?<![\w+-])(iv|i{1,3}|[1-4])(?:th)?[ -](?:кв\b\.?|квартал\b|kw\b\.?|kwartal\b)",
        lambda found: f"q{_QUARTERS.get(found[1], found[1])}",
        text,
    )


def _roman_month(found: re.Match[str]) -> str:
    """1 XII is the first of December in Polish letters."""
    return f"{found[1]} {_SHORT_MONTHS[_MONTHS_IN_ROMAN.index(found[2])]}"

"""Whether a row is open, won or lost: by a status word, by flags, or by the name of its stage."""

import re
from typing import Final

from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key

_WON: Final = """
won|closed won|closedwon|close won|closed and won|win|deal won
gewonnen|abgeschlossen gewonnen|geschlossen gewonnen|gewonnen abgeschlossen
wygrana|wygrane|wygrany|zamknięta wygrana|zamknięte wygrane|sprzedane
выиграна|выиграно|выигран|успешно|успешно реализовано|успех|сделка успешна
успешная сделка|сделка заключена|закрыто успешно|успешно закрыта|закрыта успешно
"""
_LOST: Final = """
lost|closed lost|closedlost|analyze failure|analyse failure|failure analysis|close lost|closed and lost|deal lost
verloren|abgeschlossen verloren|geschlossen verloren
przegrana|przegrane|przegrany|utracona|stracona|zamknięta przegrana|zamknięte przegrane
проиграна|проиграно|проигран|проигрыш|провал|отказ|сделка провалена
закрыто и не реализовано|не реализовано|неуспешно|сделка проиграна|анализ причины провала
"""
_OPEN: Final = "open|active|in progress|offen|otwarta|otwarte|открыта|открыто|в работе|pending|new|ongoing"
_SKIP: Final = "deleted|archived|gelöscht|usunieta|удалена|удалено"
_YES_WORDS: Final = "true yes y 1 x t ja wahr tak prawda да истина won"
_NO_WORDS: Final = "false no n 0 f nein falsch nie falsz нет ложь"
_YES: Final = frozenset(_YES_WORDS.split())
_NO: Final = frozenset(_NO_WORDS.split())


def name_key(name: str) -> str:
    """The form in which stage and status names are compared: words only, no case, no accents."""
    return " ".join(re.findall(r"\w+", search_key(name).replace("_", " ")))


def _words(text: str) -> frozenset[str]:
    """The keys of a list with bars or line ends between the names."""
    return frozenset(name_key(part) for part in re.split(r"[|\n]", text) if part.strip())


WON_NAMES: Final = _words(_WON)
"""Stage and status names that mean won."""

LOST_NAMES: Final = _words(_LOST)
"""Stage and status names that mean lost."""

_OPEN_NAMES: Final = _words(_OPEN)
_SKIP_NAMES: Final = _words(_SKIP)


def status_of_name(name: str) -> DealStatus | None:
    """WON or LOST for the name of a closing stage in any known language, None for every other name."""
    key = name_key(name)
    if key in WON_NAMES or key.startswith("closed won "):
        return DealStatus.WON
    if key in LOST_NAMES or key.startswith("closed lost "):
        return DealStatus.LOST
    return None


def status_of_word(word: str) -> DealStatus | None:
    """The status a status column's word means; None for words that are none."""
    return DealStatus.OPEN if name_key(word) in _OPEN_NAMES else status_of_name(word)


def is_deleted(word: str) -> bool:
    """Whether a status column says that the other tool had thrown the deal away."""
    return name_key(word) in _SKIP_NAMES


def flag(text: str) -> bool | None:
    """What a yes/no column says; None when it is empty or says something else."""
    key = search_key(text.strip())
    return True if key in _YES else False if key in _NO else None


def status_of_flags(won: str, lost: str, closed: str) -> DealStatus | None:
    """The status that yes/no columns tell, None when they leave it open to the stage.

    Closed and not won is lost; not won and no word of being closed tells nothing.
    """
    is_won, is_lost, is_closed = flag(won), flag(lost), flag(closed)
    if is_won:
        return DealStatus.WON
    if is_lost or (is_closed and is_won is False):
        return DealStatus.LOST
    return DealStatus.OPEN if is_closed is False else None

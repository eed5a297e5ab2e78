"""Reading a filter: what each piece of the line means."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.filter_values import Filter, Term
from pipeboard.domain.rotting import Rot
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import printable, search_key


class Setting(NamedTuple):
    """Where and when a filter is read: local time, currency of the workspace, name of the person."""

    now: datetime
    currency: str
    me: str

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()


class Problem(Exception):
    """A piece that looks like a term and is none, with the reason; `is_unfinished` while it is being typed."""

    def __init__(self, reason: str, *, is_unfinished: bool = False) -> None:
        super().__init__(reason)
        self.is_unfinished = is_unfinished


LONGEST: Final = 500
"""How much of a filter is read, in characters."""

_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_PIECE: Final = r'(?:"[^"]*"?|[^\s"])+'
_TERM: Final = r"(?P<key>[a-z]+):?(?P<sign><=|>=|(?<!:)=|[<>]|(?<=:))(?P<value>.*)"

NAMES: Final = {
    "owner": ("owner", "owner"),
    "tag": ("tags", "tag"),
    "stage": ("stage", "stage"),
    "source": ("source", "source"),
    "src": ("source", "source"),
    "product": ("product", "product"),
    "company": ("company", "company"),
    "contact": ("contact", "contact"),
    "reason": ("reason", "lost because"),
    "title": ("title", "title"),
}
"""Keys that take a name: the fact, and how it is told."""

DAYS: Final = {
    "close": ("close_on", "closing"),
    "created": ("created_on", "created"),
    "updated": ("updated_on", "updated"),
}
"""Keys that take a day or a period: the fact, and how it is told."""

SPANS: Final = {"age": "days_in_stage", "days": "days_in_stage", "idle": "idle_days"}
"""Keys that take a number of days."""

STATUSES: Final = {
    "open": frozenset((DealStatus.OPEN,)),
    "won": frozenset((DealStatus.WON,)),
    "lost": frozenset((DealStatus.LOST,)),
    "parked": frozenset((DealStatus.PARKED,)),
    "closed": frozenset((DealStatus.WON, DealStatus.LOST)),
}

_ROTTING: Final = frozenset((Rot.ROTTEN, Rot.DEAD))

FLAGS: Final[dict[str, Callable[[Setting], Term]]] = {
    "hot": lambda _: Term("is_hot", "is", True, "hot"),
    "rotting": lambda _: Term("rot", "in", _ROTTING, "rotting"),
    "waiting": lambda _: Term("rot", "in", frozenset((Rot.WAITING,)), "silent, waiting for the next task"),
    "overdue": lambda s: Term("task_on", "<", s.today, "task overdue"),
    "today": lambda s: Term("task_on", "=", s.today, "task today"),
    "won": lambda _: Term("status", "in", STATUSES["won"], "won"),
    "lost": lambda _: Term("status", "in", STATUSES["lost"], "lost"),
    "parked": lambda _: Term("status", "in", STATUSES["parked"], "parked"),
    "no-task": lambda _: Term("is_taskless", "is", True, "no next step"),
    "no-value": lambda _: Term("has_value", "is", False, "no value"),
    "no-date": lambda _: Term("close_on", "empty", None, "no close date"),
    "no-owner": lambda _: Term("owner", "empty", None, "no owner"),
    "no-company": lambda _: Term("company", "empty", None, "no company"),
    "no-contact": lambda _: Term("contact", "empty", None, "no contact"),
}
"""Single words with a meaning; in quotes they are words again."""

KEYS: Final = (*NAMES, *DAYS, *SPANS, "value", "status")
"""Everything that may stand before a sign."""

_MORE: Final = {"<": "under", "<=": "at most", ">": "over", ">=": "at least", "=": ""}


def read(text: str, setting: Setting) -> Filter:
    """The filter that a text means."""
    words: list[str] = []
    terms: list[Term] = []
    problems: list[str] = []
    for piece in re.findall(_PIECE, text[:LONGEST].translate(_QUOTES)):
        try:
            term = _term(piece, setting)
        except Problem as problem:
            problems.append(f"{printable(piece).rstrip(':')}: {problem}")
            term = None
            if problem.is_unfinished:
                continue
        if term is not None:
            terms.append(term)
        elif piece.startswith("-"):
            terms += [_without(word) for word in _words(piece[1:])]
        else:
            words += _words(piece)
    return Filter(text, tuple(words), tuple(terms), tuple(problems))


def _words(piece: str) -> list[str]:
    """The words of a piece, folded; one in quotes is one word with its spaces."""
    folded = search_key(piece.replace('"', "")).split()
    return [" ".join(folded)] if '"' in piece and folded else folded


def _without(word: str) -> Term:
    return Term("text", "has", word, f"“{word}”", is_negated=True)


def _term(piece: str, setting: Setting) -> Term | None:
    """What a piece asks; None when it is a word. Problem when it looks like a term and is none."""
    is_negated = piece.startswith("-")
    bare = piece[1:] if is_negated else piece
    term = _positive(bare, setting)
    return term._replace(is_negated=is_negated) if term is not None else None


def _positive(bare: str, setting: Setting) -> Term | None:
    if bare[:1] in ("@", "#"):
        return _name("owner" if bare[0] == "@" else "tag", ":", bare[1:], setting)
    folded = bare.lower()
    if folded in FLAGS:
        return FLAGS[folded](setting)
    found = re.fullmatch(_TERM, folded, re.DOTALL)
    if found is None or found["key"] not in KEYS:
        return None
    key, sign, value = found["key"], found["sign"] or ":", found["value"].replace('"', "").strip()
    if not value:
        raise Problem(_EXPECTED.get(key, "a name is missing"), is_unfinished=True)
    if key in NAMES:
        return _name(key, sign, value, setting)
    reader = _READERS.get(key) or (_day if key in DAYS else _span)
    return reader(key, sign, value, setting)


_EXPECTED: Final = {
    "value": "an amount is missing, like value>10k",
    "status": "open, won, lost, parked or closed",
    **dict.fromkeys(DAYS, "a day is missing, like <eom, >-30d or :none"),
    **dict.fromkeys(SPANS, "a number of days is missing, like >14"),
}


def _name(key: str, sign: str, value: str, setting: Setting) -> Term:
    """A name by its beginning, or that of any of its words."""
    field, words = NAMES[key]
    folded = " ".join(search_key(value.replace('"', "")).split())
    if not folded:
        raise Problem(f"a name is missing, like {key}:name", is_unfinished=True)
    if sign not in (":", "="):
        raise Problem(f"names have no order, write {key}:{folded}")
    if folded == "none":
        return Term(field, "empty", None, f"no {key}")
    if folded == "me" and key == "owner" and setting.me:
        folded = search_key(setting.me)
    return Term(field, "begins", folded, f"{words} {folded}")


def _status(_key: str, sign: str, value: str, _setting: Setting) -> Term:
    """Where a deal stands, by the beginning of its word."""
    found = [name for name in STATUSES if name.startswith(search_key(value))]
    if sign not in (":", "=") or len(found) != 1:
        raise Problem("the status is open, won, lost, parked or closed")
    return Term("status", "in", STATUSES[found[0]], found[0])


def _value(_key: str, sign: str, value: str, setting: Setting) -> Term:
    """An amount in the currency of the workspace."""
    from pipeboard.domain.money import number, parse_money, to_minor

    if value == "none":
        return Term("has_value", "is", False, "no value")
    money = parse_money(value, home=setting.currency)
    if money is None:
        raise Problem("no amount")
    if money.currency not in (None, setting.currency):
        raise Problem(f"amounts are compared in {setting.currency}")
    try:
        minor = to_minor(money.amount, setting.currency)
    except InvalidInput as reason:
        raise Problem(str(reason).rstrip(".")) from None
    test = "=" if sign == ":" else sign
    return Term("value_minor", test, minor, f"value {_MORE[test]} {number(minor, setting.currency)}".replace("  ", " "))


def _span(key: str, sign: str, value: str, _setting: Setting) -> Term:
    """A number of days."""
    found = re.fullmatch(r"([0-9]{1,5})\s?([dw]?)", value)
    if found is None:
        raise Problem("no number of days")
    days = int(found[1]) * (7 if found[2] == "w" else 1)
    test = "=" if sign == ":" else sign
    lead, rest = ("no activity for", "") if key == "idle" else ("in stage for", "")
    return Term(SPANS[key], test, days, f"{lead} {_MORE[test]} {days} days{rest}".replace("  ", " "))


def _day(key: str, sign: str, value: str, setting: Setting) -> Term:
    """A day or a period, seen from today; "<eom" means the last day too, for that is where people put dates."""
    field, words = DAYS[key]
    if value == "none":
        return Term(field, "empty", None, f"no {'close' if key == 'close' else key} date")
    if value == "overdue" and key == "close":
        return Term("is_close_late", "is", True, "close date past")
    start, end, shown = _range(key, value, setting)
    if sign == "<" and re.fullmatch(r"eo[wmqy]", value):
        sign = "<="
    test, operand, how = {
        "<": ("<", start, "before"),
        "<=": ("<", end, "by"),
        ">": (">=", end, "after"),
        ">=": (">=", start, "from"),
    }.get(sign, ("between", (start, end), "in" if end - start > timedelta(1) else ""))
    return Term(field, test, operand, " ".join(word for word in (words, how, shown) if word))


def _range(key: str, value: str, setting: Setting) -> tuple[date, date, str]:
    """First day, the day after the last one, and the words for a day or a written period."""
    from pipeboard.domain.dates import parse_when, short_day
    from pipeboard.domain.periods import parse_period

    try:
        if re.fullmatch(r"[0-9]{4}(-?q[1-4]|-[0-9]{1,2})?", value):
            period = parse_period(value)
            return period.start, period.end, value.upper()
        on = parse_when(value, setting.now, is_past=key != "close").on
        return on, on + timedelta(1), short_day(on, setting.today)
    except InvalidInput:
        raise Problem("no day") from None


_READERS: Final[dict[str, Callable[[str, str, str, Setting], Any]]] = {"value": _value, "status": _status}

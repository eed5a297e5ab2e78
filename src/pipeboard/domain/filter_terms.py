"""Reading a filter: what each piece of the line means."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.filter_values import TESTS, Filter, Term
from pipeboard.domain.filter_words import (
    DAYS,
    EXPECTED,
    FLAGS,
    KEYS,
    MORE,
    NAMES,
    PERCENTS,
    SPANS,
    STATUSES,
    Setting,
)
from pipeboard.domain.product_names import product_key
from pipeboard.domain.text import printable, search_key


class Problem(Exception):
    """A piece that looks like a term and is none, with the reason; `is_unfinished` while it is being typed."""

    def __init__(self, reason: str, *, is_unfinished: bool = False) -> None:
        super().__init__(reason)
        self.is_unfinished = is_unfinished


LONGEST: Final = 500
"""How much of a filter is read, in characters."""

_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_PIECE: Final = r'(?:"[^"]*"?|[^\s"])+'
_TERM: Final = r"(?P<key>[a-z]+(?:-[a-z]+)?):?(?P<sign><=|>=|(?<!:)=|[<>]|(?<=:))(?P<value>.*)"
_ONE_OF: Final = r'(?:"[^"]*"?|[^,|"])+'
_LISTED: Final = 4


def read(text: str, setting: Setting) -> Filter:
    """The filter that a text means."""
    parts: list[list[str]] = [[]]
    for piece in re.findall(_PIECE, text[:LONGEST].translate(_QUOTES)):
        if piece == "|":
            parts.append([])
        else:
            parts[-1].append(piece)
    found = [part for part in (_part(pieces, setting) for pieces in parts) if not part.is_empty or part.problems]
    if not found:
        return Filter(text)
    # A part that is still being typed asks nothing, and must not show every deal meanwhile.
    asking = [part for part in found if not part.is_empty] or found[:1]
    return Filter(
        text,
        asking[0].words,
        asking[0].terms,
        tuple(problem for part in found for problem in part.problems),
        tuple(part._replace(problems=(), unknown=()) for part in asking[1:]),
        tuple(sentence for part in found for sentence in part.unknown),
    )


def _part(pieces: Sequence[str], setting: Setting) -> Filter:
    """What the pieces between two strokes ask."""
    words: list[str] = []
    terms: list[Term] = []
    problems: list[str] = []
    for piece in pieces:
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
    unknown = tuple(sentence for term in terms for sentence in _unknown(term, setting))
    return Filter("", tuple(words), tuple(terms), tuple(problems), unknown=unknown)


def _words(piece: str) -> list[str]:
    """The words of a piece, folded; one in quotes is one word with its spaces."""
    folded = search_key(piece.replace('"', "")).split()
    return [" ".join(folded)] if '"' in piece and folded else folded


def _without(word: str) -> Term:
    return Term("text", "has", word, f"“{word}”", is_negated=True)


def _unknown(term: Term, setting: Setting) -> list[str]:
    """Sentences about the names of a term that nothing is called by, with those that look like them."""
    known = setting.names.get(term.field)
    if known is None or term.test not in ("begins", "any"):
        return []
    folded = {" ".join(search_key(name).split()): name for name in known}
    sentences = []
    for test, operand in (("begins", term.operand),) if term.test == "begins" else term.operand:
        if test == "begins" and not any(TESTS["begins"](name, operand) for name in folded):
            near = [printable(folded[name]) for name in _near(operand, folded)]
            there = f"did you mean {' or '.join(near)}?" if near else f"there is {_some(known)}"
            sentences.append(f"no {term.field} begins with “{printable(operand)}”: {there}")
    return sentences


def _near(typed: str, names: Sequence[str] | dict[str, str]) -> list[str]:
    """The names that look like what was typed, by any of their words."""
    from difflib import get_close_matches

    words = {word: name for name in names for word in (*name.split(), name)}
    return list(dict.fromkeys(words[word] for word in get_close_matches(typed, words, 2, 0.6)))


def _some(names: Sequence[str]) -> str:
    more = ", ..." if len(names) > _LISTED else ""
    return (", ".join(printable(name) for name in names[:_LISTED]) or "none yet") + more


def _term(piece: str, setting: Setting) -> Term | None:
    """What a piece asks; None when it is a word. Problem when it looks like a term and is none."""
    is_negated = piece.startswith("-")
    bare = piece[1:] if is_negated else piece
    term = _positive(bare, setting)
    return term._replace(is_negated=is_negated) if term is not None else None


def _positive(bare: str, setting: Setting) -> Term | None:
    if bare[:1] in ("@", "#"):
        return _one_of(_name, "owner" if bare[0] == "@" else "tag", ":", bare[1:], setting)
    folded = bare.lower()
    if folded in FLAGS:
        return FLAGS[folded](setting)
    found = re.fullmatch(_TERM, folded, re.DOTALL)
    if found is None or found["key"] not in KEYS:
        _refuse_misspelt(folded, found)
        return None
    key, sign, value = found["key"], found["sign"] or ":", found["value"].strip()
    if not value.replace('"', "").strip():
        raise Problem(EXPECTED.get(key, "a name is missing"), is_unfinished=True)
    if key in ("value", "status"):
        return (_value if key == "value" else _status)(key, sign, value.replace('"', "").strip(), setting)
    reader = _name if key in NAMES else _day if key in DAYS else _percent if key in PERCENTS else _span
    return _one_of(reader, key, sign, value, setting)


def _refuse_misspelt(folded: str, found: "re.Match[str] | None") -> None:
    """Say which key or word was probably meant; what resembles none is a word."""
    from difflib import get_close_matches

    if found is not None:
        for near in get_close_matches(found["key"], KEYS, 1, 0.75):
            raise Problem(f"did you mean {near}{printable(folded[len(found['key']) :])}?")
    elif folded.startswith("no-"):
        for near in get_close_matches(folded, [flag for flag in FLAGS if flag.startswith("no-")], 1, 0.75):
            raise Problem(f"did you mean {near}?")


Reader = Callable[[str, str, str, Setting], Term]


def _one_of(reader: Reader, key: str, sign: str, value: str, setting: Setting) -> Term:
    """A value, or several with commas between them, of which one must be met."""
    values = [one.replace('"', "").strip() for one in re.findall(_ONE_OF, value)]
    values = [one for one in values if one]
    if not values:
        raise Problem(f"a name is missing, like {key}:name", is_unfinished=True)
    terms = [reader(key, sign, one, setting) for one in values]
    if len(terms) == 1:
        return terms[0]
    if sign not in (":", "="):
        raise Problem(f"several values need {key}:, not {sign}")
    operand = tuple((term.test, term.operand) for term in terms)
    return Term(terms[0].field, "any", operand, " or ".join(term.words for term in terms))


def _name(key: str, sign: str, value: str, setting: Setting) -> Term:
    """A name by its beginning, or that of any of its words."""
    field, words = NAMES[key]
    folded = " ".join(search_key(value).split())
    if not folded:
        raise Problem(f"a name is missing, like {key}:name", is_unfinished=True)
    if sign not in (":", "="):
        raise Problem(f"names have no order, write {key}:{folded}")
    if folded == "none":
        return Term(field, "empty", None, f"no {key}")
    if folded == "me" and key == "owner" and setting.me:
        folded = search_key(setting.me)
    if key == "product" and (spelt := product_key(folded)) not in ("", folded):
        return Term(field, "any", (("begins", folded), ("begins", spelt)), f"{words} {folded}")
    return Term(field, "begins", folded, f"{words} {folded}")


def _status(_key: str, sign: str, value: str, _setting: Setting) -> Term:
    """Where a deal stands, by the beginning of its word; several with commas."""
    chosen: list[str] = []
    for one in filter(None, re.split(r"[,|]", value)):
        found = [name for name in STATUSES if name.startswith(search_key(one.strip()))]
        if sign not in (":", "=") or len(found) != 1:
            raise Problem("the status is open, won, lost, parked or closed")
        chosen += found
    if not chosen:
        raise Problem("the status is open, won, lost, parked or closed")
    return Term("status", "in", frozenset[Any]().union(*(STATUSES[one] for one in chosen)), " or ".join(chosen))


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
    return Term("value_minor", test, minor, f"value {MORE[test]} {number(minor, setting.currency)}".replace("  ", " "))


def _span(key: str, sign: str, value: str, _setting: Setting) -> Term:
    """A number of days."""
    found = re.fullmatch(r"([0-9]{1,5})\s?([dw]?)", value)
    if found is None:
        raise Problem("no number of days")
    days = int(found[1]) * (7 if found[2] == "w" else 1)
    test = "=" if sign == ":" else sign
    lead = "no activity for" if key == "idle" else "in stage for"
    return Term(SPANS[key], test, days, f"{lead} {MORE[test]} {days} days".replace("  ", " "))


def _percent(key: str, sign: str, value: str, _setting: Setting) -> Term:
    """A number from 0 to 100: the probability (the deal's own, else that of its stage), or the score."""
    found = re.fullmatch(r"([0-9]{1,3})\s?%?", value)
    if found is None or int(found[1]) > 100:
        raise Problem("no number from 0 to 100")
    test = "=" if sign == ":" else sign
    field, unit = PERCENTS[key], "%" if PERCENTS[key] == "probability" else ""
    return Term(field, test, int(found[1]), f"{field} {MORE[test]} {int(found[1])}{unit}".replace("  ", " "))


def _day(key: str, sign: str, value: str, setting: Setting) -> Term:
    """A day or a period, seen from today; "<eom" means the last day too, for that is where people put dates."""
    field, words = DAYS[key]
    if value == "none":
        return Term(field, "empty", None, f"no {'next task day' if key == 'task' else f'{key} date'}")
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
        on = parse_when(value, setting.now, is_past=key not in ("close", "task")).on
        return on, on + timedelta(1), short_day(on, setting.today)
    except (InvalidInput, OverflowError):
        raise Problem("no day") from None

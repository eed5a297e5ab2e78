"""One line that makes a deal: `Acme renewal $12k @anna #web 40% close:eom next:"call Bob" due:fri !`.

Whatever is not understood stays in the title, so nothing typed is ever lost; `QuickAdd.parts` says how every
piece of the line was taken, for the echo under the input.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from pipeboard.domain.dates import When, describe_day, describe_when, parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.quick_value import VALUE_TOKENS, quick_value
from pipeboard.domain.text import clean, search_key


class Part(NamedTuple):
    """A piece of the line: what it was taken as, its text, and what it means in words.

    Kinds: title, value, owner, tag, probability, hot, close, due, next, source, product, company, contact,
    stage, pipeline; and problem, which stays in the title and has the reason as its meaning.
    """

    kind: str
    text: str
    meaning: str


class QuickAdd(NamedTuple):
    """What a line says about a deal; names of owner, stage and so on as they were typed."""

    title: str = ""
    value_minor: int | None = None
    currency: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()
    probability: int | None = None
    is_hot: bool = False
    close_on: date | None = None
    next_step: str | None = None
    due_on: date | None = None
    due_at: time | None = None
    source: str | None = None
    product: str | None = None
    company: str | None = None
    contact: str | None = None
    stage: str | None = None
    pipeline: str | None = None
    parts: tuple[Part, ...] = ()


class _Line(NamedTuple):
    """The tokens of a line and what is needed to understand them."""

    tokens: tuple[str, ...]
    now: datetime
    currency: str
    needs_sign: bool


class _Step(NamedTuple):
    """What a rule made of some tokens: how many, as which kind, and the fields it sets."""

    length: int
    kind: str
    meaning: str
    fields: dict[str, Any] = {}


_LONGEST: Final = 2000
_DATE_TOKENS: Final = 5
_KEYS: Final = {
    "next": ("next", "next_step"),
    "src": ("source", "source"),
    "source": ("source", "source"),
    "product": ("product", "product"),
    "company": ("company", "company"),
    "contact": ("contact", "contact"),
    "stage": ("stage", "stage"),
    "p": ("pipeline", "pipeline"),
    "pipeline": ("pipeline", "pipeline"),
    "owner": ("owner", "owner"),
}
"""Typed key -> kind of part, field of `QuickAdd`."""

_QUOTES: Final = '"“”„'
_TOKEN: Final = rf"(?:[A-Za-z]+:\s?|[@#])[{_QUOTES}][^{_QUOTES}]*(?:[{_QUOTES}](?=\s|$)|$)|\S+"
_MARKED: Final = r"[@#!$€£¥₽%].*|[A-Za-z]+:.*"


def parse(line: str, now: datetime, default_currency: str) -> QuickAdd:
    """What a line means, seen from the local time `now`. Never raises.

    The first value, owner, date and so on win. A value with a sign or code wins over one with only a
    magnitude, so that "3M renewal $12k" is worth twelve thousand.
    """
    tokens = tuple(re.findall(_TOKEN, clean(line, limit=_LONGEST)))
    signed = _assemble(_Line(tokens, now, default_currency, needs_sign=True))
    if signed.value_minor is not None:
        return signed
    return _assemble(_Line(tokens, now, default_currency, needs_sign=False))


def _assemble(line: _Line) -> QuickAdd:
    """All tokens taken one after another by the first rule that knows them."""
    result, parts, title = QuickAdd(), list[Part](), list[str]()
    taken: set[str] = set()
    at = 0
    while at < len(line.tokens):
        step = _step(line, at)
        text = " ".join(line.tokens[at : at + step.length])
        if step.kind in taken and step.kind not in ("title", "problem", "tag", "hot"):
            is_value = step.kind == "value"
            step = _Step(step.length, "title" if is_value else "problem", f"{step.kind} was given already")
        if step.kind in ("title", "problem"):
            title.append(step.fields.get("word", _unescaped(text)))
            meaning = step.meaning if step.kind == "problem" else ""
            _append(parts, Part(step.kind, text, meaning))
        else:
            fields = dict(step.fields)
            if "tag" in fields:
                fields = {"tags": _with_tag(result.tags, fields["tag"])}
            result = result._replace(**fields)
            parts.append(Part(step.kind, text, step.meaning))
            taken.add(step.kind)
        at += step.length
    return result._replace(title=clean(" ".join(title)), parts=tuple(parts))


def _append(parts: list[Part], part: Part) -> None:
    """Add a part; neighbouring title words become one part."""
    if parts and part.kind == parts[-1].kind == "title":
        parts[-1] = parts[-1]._replace(text=f"{parts[-1].text} {part.text}")
    else:
        parts.append(part)


def _with_tag(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    """The tags with one more, unless it is there in another spelling of case."""
    return tags if search_key(tag) in map(search_key, tags) else (*tags, tag)


def _unescaped(text: str) -> str:
    """Title text without the backslashes that made its signs literal."""
    return re.sub(r"\\([#@$%!€£¥₽])", r"\1", text)


def _step(line: _Line, at: int) -> _Step:
    """What the tokens from `at` on are; a title word if no rule knows them."""
    for rule in _RULES:
        try:
            step = rule(line, at)
        except InvalidInput as reason:
            step = _Step(1, "problem", str(reason))
        if step is not None:
            return step
    return _Step(1, "title", "")


def _escaped(line: _Line, at: int) -> _Step | None:
    r"""`\#1`, `\12k`, `\close:fri`: the token is meant as it stands."""
    token = line.tokens[at]
    if not re.match(r"\\[^\\]", token):
        return None
    return _Step(1, "title", "", {"word": _unescaped(token[1:])})


def _keyed(line: _Line, at: int) -> _Step | None:
    """`key:value`, `key: value` and `key:"several words"` for the keys that name fields."""
    found = re.fullmatch(r"([A-Za-z]+):(.*)", line.tokens[at])
    if found is None:
        return None
    key, rest = found[1].lower(), found[2].lstrip()
    if key in ("close", "due"):
        return _dated(line, at, key, rest)
    if key == "value":
        return _valued(line, at, rest)
    if key not in _KEYS:
        return None
    kind, field = _KEYS[key]
    length = 1
    if not rest and at + 1 < len(line.tokens):
        rest, length = line.tokens[at + 1], 2
    value = _unquoted(rest)
    if not value:
        raise InvalidInput(f"{key}: needs a value")
    return _Step(length, kind, value, {field: value})


def _unquoted(text: str) -> str:
    """The value of a token without its quotes or a trailing comma."""
    return clean(text.strip(_QUOTES)) if _is_quoted(text) else text.rstrip(",;")


def _is_quoted(text: str) -> bool:
    """Whether a value begins with a quotation mark."""
    return text[:1] in _QUOTES and text != ""


def _dated(line: _Line, at: int, key: str, rest: str) -> _Step:
    """A date of as many words as make sense: `close:next friday`, `due:fri 15:00`."""
    if _is_quoted(rest):
        return _date_step(line, key, _unquoted(rest), 1)
    first = [rest] if rest else []
    following = _unmarked(line.tokens[at + 1 : at + _DATE_TOKENS])
    for count in range(len(following), -1, -1):
        text = " ".join([*first, *following[:count]]).rstrip(",;")
        try:
            step = _date_step(line, key, text, 1 + count)
        except InvalidInput:
            continue
        return step
    return _date_step(line, key, rest, 1)


def _unmarked(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens up to the first that begins something else, such as an owner."""
    stop = (at for at, token in enumerate(tokens) if re.fullmatch(_MARKED, token))
    return tokens[: next(stop, len(tokens))]


def _date_step(line: _Line, key: str, text: str, length: int) -> _Step:
    """The step of a date; InvalidInput if the text is none."""
    when: When = parse_when(text, line.now)
    today = line.now.date()
    if key == "due":
        return _Step(length, "due", describe_when(when, today), {"due_on": when.on, "due_at": when.at})
    if when.at is not None:
        raise InvalidInput(f'"{text}" has a time; a deal closes on a day.')
    return _Step(length, "close", describe_day(when.on, today), {"close_on": when.on})


def _valued(line: _Line, at: int, rest: str) -> _Step:
    """`value:3000`: a value that needs no sign."""
    length = 1 if rest else 2
    text = _unquoted(rest or " ".join(line.tokens[at + 1 : at + 2]))
    value = quick_value(text, line.currency, is_keyed=True)
    if value is None:
        raise InvalidInput(f'"{text}" is not an amount of money' if text else "value: needs an amount")
    return _Step(length, "value", value.meaning, {"value_minor": value.minor, "currency": value.currency})


def _value(line: _Line, at: int) -> _Step | None:
    """An amount with a sign, code or magnitude, over as many tokens as belong to it."""
    for count in range(min(VALUE_TOKENS, len(line.tokens) - at), 0, -1):
        text = " ".join(line.tokens[at : at + count])
        value = quick_value(text.rstrip(",;"), line.currency, needs_sign=line.needs_sign)
        if value is not None:
            fields = {"value_minor": value.minor, "currency": value.currency}
            return _Step(count, "value", value.meaning, fields)
    return None


def _owner(line: _Line, at: int) -> _Step | None:
    """`@anna`, `@"Anna Kowalska"`; a mail address is none, as it does not begin with the sign."""
    if not re.match(rf"@[{_QUOTES}\w]", line.tokens[at]):
        return None
    name = _unquoted(line.tokens[at][1:])
    return _Step(1, "owner", name, {"owner": name}) if name else None


def _tag(line: _Line, at: int) -> _Step | None:
    """`#web`, `#"big deal"`."""
    if not re.match(rf"#[{_QUOTES}\w]", line.tokens[at]):
        return None
    tag = _unquoted(line.tokens[at][1:])
    return _Step(1, "tag", tag, {"tag": tag}) if tag else None


def _probability(line: _Line, at: int) -> _Step | None:
    """`40%`."""
    found = re.fullmatch(r"([0-9]{1,3})%[,;]?", line.tokens[at])
    if found is None:
        return None
    percent = int(found[1])
    if percent > 100:
        raise InvalidInput(f"{percent}% is more than 100%")
    return _Step(1, "probability", f"{percent}%", {"probability": percent})


def _hot(line: _Line, at: int) -> _Step | None:
    """A `!` of its own."""
    return _Step(1, "hot", "hot", {"is_hot": True}) if set(line.tokens[at]) == {"!"} else None


_RULES: Final[tuple[Callable[[_Line, int], _Step | None], ...]] = (
    _escaped,
    _keyed,
    _value,
    _owner,
    _tag,
    _probability,
    _hot,
)

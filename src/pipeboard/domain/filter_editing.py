"""Changing the text of a filter: a term put in, two filters joined, a name made safe to stand in one."""

import re
from datetime import UTC, datetime
from typing import Final

_PIECE: Final = r'(?:"[^"]*"?|[^\s"])+'
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


def pieces(text: str) -> list[str]:
    """The pieces of a filter, quotes kept together; strokes are pieces of their own."""
    return re.findall(_PIECE, text)


def parts(text: str) -> list[list[str]]:
    """The pieces between the strokes; what is empty is left out."""
    found: list[list[str]] = [[]]
    for piece in pieces(text):
        if piece == "|":
            found.append([])
        else:
            found[-1].append(piece)
    return [part for part in found if part]


def joined(first: str, second: str) -> str:
    """The filter that both must let pass. Strokes on either side are multiplied out."""
    left, right = parts(first), parts(second)
    if not left or not right:
        return " | ".join(" ".join(part) for part in left or right)
    return " | ".join(
        " ".join([*one, *(piece for piece in other if piece not in one)]) for one in left for other in right
    )


def with_term(text: str, term: str) -> str:
    """The filter with one more term; a term about the same fact gives way, for both would leave nothing."""
    field = _field(term)
    kept = [
        [piece for piece in part if piece != term and (field in (None, "tags") or _field(piece) != field)]
        for part in parts(text)
    ]
    return joined(" | ".join(" ".join(part) for part in kept if part), term)


def _field(piece: str) -> str | None:
    """The fact that a piece asks about; None for words, and for what is asked the other way round."""
    from pipeboard.domain.filters import parse

    terms = parse(piece, _ANY_TIME).terms
    return terms[0].field if len(terms) == 1 and not terms[0].is_negated else None


def named_term(key: str, name: str) -> str:
    """A term about a name: `stage:Lead`, `company:"Acme, Inc"`; without a name `source:none`."""
    plain = " ".join(name.replace('"', " ").split())
    if not plain:
        return f"{key}:none"
    if key == "tag" and re.fullmatch(r"[\w-]+", plain):
        return f"#{plain}"
    return f"{key}:{plain}" if re.fullmatch(r"[\w.-]+", plain) else f'{key}:"{plain}"'

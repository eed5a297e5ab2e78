"""The filter language of board, list and command line: `acme @anna value>10k close<eom -#web`.

A filter is words, which must all occur in a deal, and terms about its facts; a stroke (`hot | value>10k`)
separates parts of which one must be met. Reading never fails: what is
not understood is a word, and `Filter.problems` says why.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeboard.domain.filter_facts import DealFacts
from pipeboard.domain.filter_values import TESTS, Filter, Term

__all__ = [
    "DealFacts",
    "Filter",
    "Term",
    "describe",
    "fuzzy_places",
    "matches",
    "narrow",
    "parse",
    "united",
    "with_words_as_terms",
]


_MANY_VALUED = ("text", "value_minor")
"""Facts that differ from deal to deal: asked last, of what the others leave."""


def parse(
    text: str,
    now: datetime,
    *,
    currency: str = "EUR",
    me: str = "",
    names: Mapping[str, Sequence[str]] | None = None,
) -> Filter:
    """The filter that a text means at the local time `now` (aware). Never raises.

    `currency` is that of the workspace, in which amounts are meant; `me` the name behind `@me`; `names` by fact
    ("owner", "stage", "pipeline") let a misspelt one be told.
    """
    from pipeboard.domain.filter_terms import read
    from pipeboard.domain.filter_words import Setting

    return read(text, Setting(now, currency, me, names or {}))


def matches(wanted: Filter, facts: DealFacts) -> bool:
    """Whether a filter leaves a deal."""
    return any(
        all(word in facts.text for word in part.words)
        and all(term.holds(getattr(facts, term.field)) for term in part.terms)
        for part in wanted.choices
    )


def with_words_as_terms(part: Filter) -> tuple[Term, ...]:
    """The terms of one part of a filter, its words among them: for whoever has the text as a column."""
    return (*part.terms, *(Term("text", "has", word, f"“{word}”") for word in part.words))


def united(found: Sequence[Sequence[int]]) -> Sequence[int]:
    """The places that any of several readings leaves, in their order."""
    if len(found) == 1:
        return found[0]
    return sorted({place for places in found for place in places})


def narrow(terms: Collection[Term], columns: Mapping[str, Sequence[Any]], places: Sequence[int]) -> Sequence[int]:
    """The places (of `places`) at which all terms hold; `columns` has the facts by field, in the same order.

    A term is asked once for each value that occurs, not once for each deal: a hundred thousand deals have a
    handful of owners and a few hundred days.
    """
    for term in sorted(terms, key=lambda term: term.field in _MANY_VALUED):
        column = columns[term.field]
        test, operand, unwanted = TESTS[term.test], term.operand, term.is_negated
        if term.field in _MANY_VALUED:
            places = [at for at in places if test(column[at], operand) is not unwanted]
            continue
        fitting = {value for value in set(map(column.__getitem__, places)) if test(value, operand) is not unwanted}
        places = [at for at in places if column[at] in fitting]
    return places


def fuzzy_places(words: Sequence[str], titles: Sequence[str], places: Sequence[int]) -> list[int]:
    """The places whose (folded) titles have the letters of every word in their order: "acrn" is "acme renewal"."""
    import re

    # Each gap skips only what is not the next letter, so that a title is read once for each beginning at most.
    patterns = [re.compile("".join(f"[^{re.escape(c)}]*{re.escape(c)}" for c in word)).match for word in words]
    return [at for at in places if all(match(titles[at]) for match in patterns)]


def describe(wanted: Filter) -> str:
    """What was understood, in words: `“acme” · owner anna · value over 10,000`."""
    parts = [
        " · ".join([*(f"“{word}”" for word in part.words), *(told(term) for term in part.terms)])
        for part in wanted.choices
    ]
    return " or ".join(parts)


def told(term: Term) -> str:
    """One term in words."""
    return f"not {term.words}" if term.is_negated else term.words

"""A filter as a value: words, and terms about the facts of a deal."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple


class Term(NamedTuple):
    """One condition on one fact: `field` of `DealFacts` compared with `operand` by the test named `test`.

    `words` say it in English, for the line in which the filter is typed.
    """

    field: str
    test: str
    operand: Any
    words: str
    is_negated: bool = False

    def holds(self, value: Any) -> bool:
        """Whether a value of the field meets the condition."""
        return TESTS[self.test](value, self.operand) != self.is_negated


class Filter(NamedTuple):
    """A filter as it was understood.

    `words` are folded and must all occur in the text of a deal, `terms` must all hold; a deal that does not meet
    them may still meet one of `others` (what stands after a stroke: `hot | value>10k`). `problems` are sentences
    about what was taken as a word although it looks like a term, or was left out; `unknown` about names that
    nobody and nothing has.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    problems: tuple[str, ...] = ()
    others: tuple["Filter", ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it leaves every deal."""
        return not self.words and not self.terms and not self.others

    @property
    def choices(self) -> tuple["Filter", ...]:
        """The parts between the strokes; a deal needs one of them. A filter without a stroke is one part."""
        return (self._replace(others=()), *self.others)

    @property
    def has_terms(self) -> bool:
        """Whether anything besides words is asked."""
        return bool(self.terms) or bool(self.others)

    @property
    def fields(self) -> frozenset[str]:
        """The facts that its terms ask about."""
        return frozenset(term.field for part in self.choices for term in part.terms)

    @property
    def asks_for_closed(self) -> bool:
        """Whether won or lost deals are asked for by name: then those of all time are meant."""
        return any(
            (term.field == "status" and not term.is_negated and any(status in (1, 2) for status in term.operand))
            or (term.field == "closed_on" and not term.is_negated and term.test != "empty")
            for part in self.choices
            for term in part.terms
        )


def _known(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison that an unknown value never meets."""
    return lambda value, operand: value is not None and compare(value, operand)


TESTS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "has": lambda value, operand: operand in value,
    "begins": lambda value, operand: f" {operand}" in f" {value}",
    "empty": lambda value, _: value is None or value == "",
    "is": lambda value, operand: value == operand,
    "in": lambda value, operand: value in operand,
    "<": _known(lambda value, operand: value < operand),
    "<=": _known(lambda value, operand: value <= operand),
    ">": _known(lambda value, operand: value > operand),
    ">=": _known(lambda value, operand: value >= operand),
    "=": _known(lambda value, operand: value == operand),
    "between": _known(lambda value, operand: operand[0] <= value < operand[1]),
    "any": lambda value, operand: any(TESTS[test](value, one) for test, one in operand),
}
"""The tests a term may name: value of the fact, operand of the term. `begins` looks at every word of a name; the
operand of `any` is a tuple of tests with their operands, one of which must be met."""

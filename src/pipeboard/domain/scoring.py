"""How promising a deal is, from 0 to 100: the four answers of BANT and rules of one's own (DOMAIN.md 1.7 and 5).

Each yes of BANT adds 25 points; a rule adds (or takes) its points where its filter holds. The sum is kept between
0 and 100. A deal nobody has qualified and no rule speaks of has no score, which is not a score of 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import clean

MOST_POINTS: Final = 100
MOST_RULES: Final = 50
_KEYS: Final = ("name", "if", "points")


class ScoreRule(NamedTuple):
    """A rule: deals that its filter leaves get the points, which may be below zero."""

    name: str
    condition: str
    points: int


class ScorePart(NamedTuple):
    """What one thing adds to a score, in words."""

    label: str
    points: int


class Score(NamedTuple):
    """A score from 0 to 100, with what it was made of."""

    total: int
    parts: tuple[ScorePart, ...]


def score_of(bant: int | None, matching: Iterable[ScoreRule], words: str = "BANT") -> Score | None:
    """The score of a deal with this many points from BANT (None: not one question answered) and these rules."""
    parts = [ScorePart(words, bant)] if bant is not None else []
    parts += [ScorePart(rule.name, rule.points) for rule in matching]
    if not parts:
        return None
    return Score(within(sum(part.points for part in parts)), tuple(parts))


def within(points: int) -> int:
    """Points as a score."""
    return max(0, min(MOST_POINTS, points))


def read_score_rules(tables: object) -> tuple[tuple[ScoreRule, ...], tuple[str, ...]]:
    """The rules of the configuration that can be used, and a sentence for each that cannot."""
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        return (), ("score must be a list of tables: write each under its own [[score]].",)
    rules: list[ScoreRule] = []
    problems: list[str] = []
    for place, table in enumerate(tables, 1):
        try:
            rules.append(_rule(table, rules))
        except InvalidInput as error:
            problems.append(f"score {place}: {error}.")
    return tuple(rules), tuple(problems)


def _rule(table: Mapping[str, Any], others: Sequence[ScoreRule]) -> ScoreRule:
    """One table as a rule; InvalidInput without a full stop says what is wrong."""
    for key in table:
        if key not in _KEYS:
            raise InvalidInput(f"there is no {str(key)[:40]!r} in a score; it has {', '.join(_KEYS)}")
    condition, points, name = table.get("if"), table.get("points"), table.get("name", "")
    if not isinstance(condition, str) or not condition.strip():
        raise InvalidInput('say which deals in quotes, as a filter of the board: if = "source:fair value>10k"')
    if "score" in condition.casefold():
        raise InvalidInput("a score cannot depend on the score")
    if type(points) is not int or not points or abs(points) > MOST_POINTS:
        raise InvalidInput(f"points must be a whole number from -{MOST_POINTS} to {MOST_POINTS} and not 0")
    if not isinstance(name, str):
        raise InvalidInput("name must be a text in quotes")
    if len(others) >= MOST_RULES:
        raise InvalidInput(f"there are more than {MOST_RULES} of them")
    return ScoreRule(clean(name) or condition.strip(), condition.strip(), points)

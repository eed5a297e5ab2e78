"""Scores of many deals at once, as a column beside their ids; and of one deal with its parts."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from pipeboard.domain.bant import read_bant
from pipeboard.domain.filters import Filter, narrow, parse, united, with_words_as_terms
from pipeboard.domain.scoring import Score, ScoreRule, score_of, within

if TYPE_CHECKING:
    from pipeboard.services.deal_facts import FactColumns, FactSetting

Columns = Callable[[Collection[str]], Mapping[str, Sequence[Any]]]


def bant_points(text: str | None) -> int | None:
    """The points that the stored answers give; None while not one question is answered."""
    if not text:
        return None  # most deals: a list asks for each of a hundred thousand
    found = read_bant(text)
    return found.score if found.is_any else None


def score_column(columns: Columns, setting: "FactSetting", count: int) -> list[int | None]:
    """The score of each of `count` deals, whose facts `columns` gives; None where nothing is known."""
    points: list[int | None] = list(columns({"bant_points"})["bant_points"])
    for rule in setting.score_rules:
        for place in _places(rule, columns, setting, count):
            points[place] = (points[place] or 0) + rule.points
    return [None if one is None else within(one) for one in points]


def score_parts(facts: "FactColumns", setting: "FactSetting", bant: str) -> Score | None:
    """The score of the one deal of `facts` with what it is made of."""
    matching = [rule for rule in setting.score_rules if _places(rule, facts.columns, setting, 1)]
    return score_of(bant_points(bant), matching, f"BANT {read_bant(bant).words}")


def _places(rule: ScoreRule, columns: Columns, setting: "FactSetting", count: int) -> Sequence[int]:
    """The places of the deals that a rule speaks of."""
    wanted = _understood(rule, setting)
    fields = wanted.fields | {"text"}
    parts = [narrow(with_words_as_terms(part), columns(fields), range(count)) for part in wanted.choices]
    return united(parts)


def _understood(rule: ScoreRule, setting: "FactSetting") -> Filter:
    now = datetime.combine(setting.today, time(12), setting.zone)
    return parse(rule.condition, now, currency=setting.currency)

"""The filter of the board: every deal of a pipeline as text in memory, answered at each key."""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.board import CurrencyTotal, StageTotals
from pipeboard.services.money_sums import stage_totals
from pipeboard.storage.hot.board import Haystack


class Filtered(NamedTuple):
    """What a filter leaves: ids by stage in board order, and the totals of just these."""

    text: str
    ids: "dict[int, array[int]]"
    totals: dict[int, StageTotals]


class SearchIndex(NamedTuple):
    """The text of every deal of a pipeline, held in memory while its board is filtered."""

    pipeline_id: int
    stages: dict[int, Haystack]
    currency: str
    rates: Mapping[str, int]

    def filter(self, text: str) -> Filtered:
        """The deals that contain every word of `text`; accents and case are ignored."""
        from pipeboard.domain.text import search_key

        words = search_key(text).split()
        ids: dict[int, array[int]] = {}
        totals: dict[int, StageTotals] = {}
        for stage_id, stack in self.stages.items():
            places: Sequence[int] = range(len(stack.texts))
            texts = stack.texts
            # The longest word leaves least for the others to look at.
            for place, word in enumerate(sorted(words, key=len, reverse=True)):
                if place == 0:
                    places = [at for at, line in enumerate(texts) if word in line]
                else:
                    places = [at for at in places if word in texts[at]]
            ids[stage_id] = array("q", map(stack.ids.__getitem__, places))
            totals[stage_id] = stage_totals(stage_id, sums_of(stack, places), self.currency, self.rates)
        return Filtered(text, ids, totals)


def sums_of(stack: Haystack, places: Sequence[int]) -> list[CurrencyTotal]:
    """Sums by currency of some deals of a stage."""
    kinds = set(stack.currencies)
    if len(kinds) == 1:
        return [_sum(stack, places, kinds.pop())]
    by_currency: dict[str, list[int]] = {}
    for place in places:
        by_currency.setdefault(stack.currencies[place], []).append(place)
    return [_sum(stack, some, currency) for currency, some in by_currency.items()]


def _sum(stack: Haystack, places: Sequence[int], currency: str) -> CurrencyTotal:
    """The sums of deals in one currency, in passes that run in C: a pipeline may hold a hundred thousand."""
    valued = sum(map(stack.has_value.__getitem__, places))
    value = sum(map(stack.values.__getitem__, places))
    weighted = sum(map(stack.weighted.__getitem__, places))
    return CurrencyTotal(currency, len(places), len(places) - valued, value, weighted)

"""The filter of the board: every deal of a pipeline as text in memory, answered at each key."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.board import CurrencyTotal, StageTotals
from pipeboard.services.money_sums import stage_totals
from pipeboard.storage.hot.board import Haystack

if TYPE_CHECKING:
    from pipeboard.domain.filters import Filter
    from pipeboard.services.deal_facts import FactColumns

Places = dict[int, Sequence[int]]


class Filtered(NamedTuple):
    """What a filter leaves: ids by stage in board order, and the totals of just these.

    `is_fuzzy` tells that no deal has the words, and that these have their letters in order in the title.
    """

    text: str
    ids: "dict[int, array[int]]"
    totals: dict[int, StageTotals]
    is_fuzzy: bool = False


class SearchIndex(NamedTuple):
    """The text of every deal of a pipeline, held in memory while its board is filtered.

    `facts` gives what terms ask about, in the order of all stages one after the other. `is_history` tells
    that closed deals of all time are among them.
    """

    pipeline_id: int
    stages: dict[int, Haystack]
    currency: str
    rates: Mapping[str, int]
    facts: "FactColumns"
    now: Callable[[], datetime]
    me: str = ""
    is_history: bool = False
    names: Mapping[str, Sequence[str]] = {}

    def understood(self, text: str) -> "Filter":
        """What a filter means here and now."""
        from pipeboard.domain.filters import parse

        return parse(text, self.now(), currency=self.currency, me=self.me, names=self.names)

    def filter(self, text: str, *, is_guessing: bool = True) -> Filtered:
        """The deals that contain every word of `text` and meet its terms; accents and case are ignored.

        A filter without terms is answered from memory alone; a term reads its facts when first used. Where no deal
        has the words, those with their letters in order are taken instead when `is_guessing`.
        """
        wanted = self.understood(text)
        places = self._of_any([self._narrowed(part, self._with_words(part.words)) for part in wanted.choices])
        is_fuzzy = False
        if is_guessing and wanted.words and not wanted.others and not any(map(len, places.values())):
            places = self._like(wanted)
            is_fuzzy = any(map(len, places.values()))
        ids = {i: array("q", map(self.stages[i].ids.__getitem__, found)) for i, found in places.items()}
        totals = {
            i: stage_totals(i, sums_of(self.stages[i], found), self.currency, self.rates) for i, found in places.items()
        }
        return Filtered(text, ids, totals, is_fuzzy)

    def _with_words(self, words: Sequence[str]) -> Places:
        """The places in each stage whose text has all words."""
        found: Places = {}
        for stage_id, stack in self.stages.items():
            places: Sequence[int] = range(len(stack.texts))
            texts = stack.texts
            # The longest word leaves least for the others to look at.
            for place, word in enumerate(sorted(words, key=len, reverse=True)):
                if place == 0:
                    places = [at for at, line in enumerate(texts) if word in line]
                else:
                    places = [at for at in places if word in texts[at]]
            found[stage_id] = places
        return found

    def _of_any(self, parts: Sequence[Places]) -> Places:
        """The places that any of several parts of a filter leaves."""
        if len(parts) == 1:
            return parts[0]
        from pipeboard.domain.filters import united

        return {stage_id: united([part[stage_id] for part in parts]) for stage_id in self.stages}

    def _narrowed(self, wanted: "Filter", places: Places) -> Places:
        """The places of these at which the terms hold."""
        if not wanted.terms:
            return places
        from pipeboard.domain.filters import narrow

        columns = self.facts.columns(wanted.fields)
        return self._by_stage(narrow(wanted.terms, columns, self._joined(places)))

    def _like(self, wanted: "Filter") -> Places:
        """The places whose titles have the letters of the words in order, and where the terms hold."""
        from pipeboard.domain.filters import fuzzy_places, narrow

        columns = self.facts.columns(wanted.fields | {"title"})
        everywhere = range(sum(len(stack.ids) for stack in self.stages.values()))
        return self._by_stage(
            fuzzy_places(wanted.words, columns["title"], narrow(wanted.terms, columns, everywhere)),
        )

    def _joined(self, places: Places) -> list[int]:
        """Places in each stage as places in all stages one after the other."""
        joined: list[int] = []
        start = 0
        for stage_id, stack in self.stages.items():
            joined += [start + at for at in places[stage_id]] if start else places[stage_id]
            start += len(stack.ids)
        return joined

    def _by_stage(self, joined: Sequence[int]) -> Places:
        """The way back; `joined` ascends."""
        from bisect import bisect_left

        found: Places = {}
        start = done = 0
        for stage_id, stack in self.stages.items():
            end = start + len(stack.ids)
            cut = bisect_left(joined, end, done)
            found[stage_id] = [at - start for at in joined[done:cut]]
            start, done = end, cut
        return found


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

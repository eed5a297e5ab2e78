"""Filters over whatever is not the board: which deals a text leaves, what a filter could ask for, and kept filters."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.filters import Filter, narrow, parse, united, with_words_as_terms
from pipeboard.domain.names import match_thing
from pipeboard.domain.saved_views import SavedView
from pipeboard.services.clock import Clock
from pipeboard.services.deal_facts import FactColumns, FactSetting
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_owners, read_pipelines, read_rates, read_stages
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.facts import counted_values, live_ids
from pipeboard.storage.hot.products import catalogue
from pipeboard.storage.hot.views import saved_views


class RowRule(NamedTuple):
    """One part of a filter for rows that are not deals: the words they must have, the deals they may be about.

    `deal_ids` None: about any deal.
    """

    words: tuple[str, ...]
    deal_ids: frozenset[int] | None


class FilterBook(NamedTuple):
    """The deals of a pipeline (or of all) to be filtered again and again; facts are read when first asked for."""

    ids: list[int]
    facts: FactColumns
    understood: Callable[[str], Filter]

    def deal_ids(self, text: str) -> frozenset[int]:
        """The deals that a filter leaves."""
        wanted = self.understood(text)
        fields = wanted.fields | ({"text"} if any(part.words for part in wanted.choices) else set())
        columns = self.facts.columns(fields)
        everywhere = range(len(self.ids))
        found = united([narrow(with_words_as_terms(part), columns, everywhere) for part in wanted.choices])
        return frozenset(self.ids[at] for at in found)

    def rules(self, text: str) -> tuple[RowRule, ...]:
        """The filter for rows about deals, tasks for instance: their own words, and the facts of their deals."""
        wanted = self.understood(text)
        rules = []
        for part in wanted.choices:
            ids = None
            if part.terms:
                columns = self.facts.columns(part.fields)
                found = narrow(part.terms, columns, range(len(self.ids)))
                ids = frozenset(self.ids[at] for at in found)
            rules.append(RowRule(part.words, ids))
        return tuple(rules)


class FilterReads(Reads):
    """Reads for filters."""

    def __init__(
        self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo, me: Callable[[], int | None]
    ) -> None:
        super().__init__(reader, clock, zone)
        self._info = info
        self._me = me

    def book(self, pipeline_id: int | None = None) -> FilterBook:
        """The deals of a pipeline, or of all, ready to be filtered."""
        with self._hot.snapshot() as sql:
            ids = live_ids(sql, pipeline_id)
            setting = FactSetting(
                self.today,
                self._zone,
                self._info.currency,
                read_rates(sql, self.today),
                sql.codec,
                self._info.score_rules,
            )
            names = {
                "owner": [owner.name for owner in read_owners(sql)],
                "stage": [stage.name for stage in read_stages(sql).values()],
                "pipeline": [pipeline.name for pipeline in read_pipelines(sql)],
            }
            mine = self._me()
            me = next((owner.name for owner in read_owners(sql) if owner.id == mine), "")

        def understood(text: str) -> Filter:
            return parse(text, self._now(), currency=self._info.currency, me=me, names=names)

        return FilterBook(ids, FactColumns(self._hot, ids, setting, pipeline_id), understood)

    def deal_ids(self, text: str, pipeline_id: int | None = None) -> frozenset[int]:
        """The deals of a pipeline, or of all, that a filter leaves, closed ones of all time too."""
        return self.book(pipeline_id).deal_ids(text)

    def values(self, name: str, pipeline_id: int | None = None) -> list[tuple[str, int]]:
        """What a fact of open deals can be ("owner", "stage", "tags", "source" ...), with how many have it.

        "" is none at all and comes last; the others by their number.
        """
        with self._hot.snapshot() as sql:
            found = counted_values(sql, name, pipeline_id)
            if name == "product":
                found = catalogue(sql).joined(found)
        if name == "tags":
            counts: dict[str, int] = {}
            for text, count in found:
                for tag in text.split() or [""]:
                    counts[tag] = counts.get(tag, 0) + count
            found = list(counts.items())
        return sorted(found, key=lambda one: (not one[0], -one[1], one[0]))

    def views(self) -> tuple[SavedView, ...]:
        """The person's kept filters and everybody's, in their order."""
        with self._hot.snapshot() as sql:
            return saved_views(sql, self._me())

    def view(self, typed: str) -> SavedView:
        """The kept filter that is meant by a name or id; NotFound or Ambiguous with those that there are."""
        return match_thing(typed, self.views(), "view")

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)

"""Reads about single deals."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import Stage
from pipeboard.services.clock import Clock
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_lost_reasons, read_owners, read_stages
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.departures import departed

if TYPE_CHECKING:
    from pipeboard.domain.detail import DealDetail
    from pipeboard.domain.known import Known
    from pipeboard.domain.products import Catalogue
    from pipeboard.domain.scoring import Score
    from pipeboard.storage.sql import Statements

ENTRIES = 100
"""How much of a timeline is read where nobody scrolls through it."""

ALL_ENTRIES = 5_000
"""How much is read for the deal's own screen."""


class DealReads(Reads):
    """Reads for the side pane, the deal screen and the dialogs."""

    def __init__(self, reader: Hot, clock: Clock, zone: tzinfo, info: WorkspaceInfo) -> None:
        super().__init__(reader, clock, zone)
        self._info = info

    def detail(self, deal_id: int, entries: int = ENTRIES) -> "DealDetail":
        """Everything about one deal, with the newest `entries` of its timeline; NotFound when it is gone."""
        from pipeboard.domain.detail import DealDetail
        from pipeboard.services.timeline import timeline_entries
        from pipeboard.storage.hot import deals as hot
        from pipeboard.storage.hot.products import catalogue_for

        with self._hot.snapshot() as sql:
            fields = hot.detail_fields(sql, deal_id)
            if fields is None:
                raise NotFound(departed(sql, "deal", deal_id))
            stages = read_stages(sql)
            owners = {owner.id: owner.name for owner in read_owners(sql)}
            happenings = hot.happenings(sql, deal_id, entries)
            reasons = {reason_id: name for reason_id, name, _ in read_lost_reasons(sql)}
            timeline = timeline_entries(happenings, stages, owners, reasons, self._info)
            relatives = hot.relatives(sql, deal_id)
            rest = (hot.stays(sql, deal_id), hot.tasks(sql, deal_id), timeline, relatives, hot.attempts(sql, deal_id))
            detail = DealDetail._make([*fields, *rest, None, None])
            listed = catalogue_for(sql, detail.product).meant(detail.product) if detail.product else None
            return detail._replace(score=self._score(sql, detail), listed=listed)

    def _score(self, sql: "Statements", detail: "DealDetail") -> "Score | None":
        """How promising a deal is, and why."""
        if not self._info.score_rules and not detail.bant:
            return None
        from pipeboard.services.deal_facts import FactColumns, FactSetting
        from pipeboard.services.scoring import score_parts
        from pipeboard.storage.gateways.catalogue import read_rates

        rates, rules = read_rates(sql, self.today), self._info.score_rules
        setting = FactSetting(self.today, self._zone, self._info.currency, rates, sql.codec, rules)
        return score_parts(FactColumns(self._hot, [detail.id], setting, sql=sql), setting, detail.bant)

    def lost_reasons(self) -> tuple[str, ...]:
        """The names of the lost reasons in order."""
        with self._hot.snapshot() as sql:
            return tuple(name for _, name, _ in read_lost_reasons(sql))

    def stages(self, pipeline_id: int | None = None) -> tuple[Stage, ...]:
        """The stages of a pipeline, or of all, in order."""
        with self._hot.snapshot() as sql:
            return tuple(read_stages(sql, pipeline_id).values())

    def names(self) -> list[tuple[int, str, str]]:
        """Every live deal: id, title, company."""
        from pipeboard.storage.hot.deals import deal_names

        with self._hot.snapshot() as sql:
            return deal_names(sql)

    def known(self) -> "Known":
        """What was typed into fields before, to complete with."""
        from pipeboard.domain.extras import custom_fields
        from pipeboard.domain.known import Known
        from pipeboard.storage.hot import known as hot
        from pipeboard.storage.hot.products import catalogue

        with self._hot.snapshot() as sql:
            products = catalogue(sql)
            named = (field.name for extra in hot.extras(sql) for field in custom_fields(extra) if field.name)
            return Known(
                hot.company_names(sql),
                hot.contact_names(sql),
                products.offered(hot.words_of(sql, "product")),
                hot.words_of(sql, "source"),
                hot.tag_words(sql),
                tuple(dict.fromkeys(named)),
                products,
            )

    def products(self) -> "tuple[Catalogue, tuple[str, ...]]":
        """The catalogue, and what may be typed for a product: of the catalogue first, then what deals have."""
        from pipeboard.storage.hot.known import words_of
        from pipeboard.storage.hot.products import catalogue

        with self._hot.snapshot() as sql:
            found = catalogue(sql)
            return found, found.offered(words_of(sql, "product"))

    def find(self, typed: str) -> int:
        """The id of the deal that is meant: by id, or by a unique beginning of its title.

        NotFound or Ambiguous with a sentence that lists the candidates.
        """
        from pipeboard.domain.names import match_name

        names = self.names()
        if typed.lstrip("#").isdigit():
            wanted = int(typed.lstrip("#"))
            if any(deal_id == wanted for deal_id, _, _ in names):
                return wanted
        return names[match_name(typed, [title for _, title, _ in names], "deal")][0]

"""Reads for the screens on which a person sets Pipeboard up: pipelines with their stages, reasons, owners, rates."""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.products import Catalogue, Product
from pipeboard.domain.stage import Pipeline, Stage
from pipeboard.services.reads import Reads
from pipeboard.storage.gateways.catalogue import read_pipelines, read_stages
from pipeboard.storage.hot import catalogues as hot
from pipeboard.storage.hot.products import catalogue, texts_of_deals


class StageSheet(NamedTuple):
    """A stage and how many deals stand in it (closed ones included)."""

    stage: Stage
    deal_count: int


class PipelineSheet(NamedTuple):
    """A pipeline with its stages in order."""

    pipeline: Pipeline
    stages: tuple[StageSheet, ...]

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """Those in which deals are worked on."""
        return tuple(sheet.stage for sheet in self.stages if sheet.stage.is_open)

    @property
    def open_count(self) -> int:
        """How many deals are worked on."""
        return sum(sheet.deal_count for sheet in self.stages if sheet.stage.is_open)


class LostReason(NamedTuple):
    """A reason for losing and how many deals were lost for it; an excluded one stays out of the win rate."""

    id: int
    name: str
    is_excluded: bool
    deal_count: int


class OwnerSheet(NamedTuple):
    """A person, and how many open or parked deals are theirs."""

    id: int
    name: str
    login: str
    open_count: int


class Rate(NamedTuple):
    """One unit of `currency` is `rate_nano` / 10^9 of the workspace currency from a day on."""

    currency: str
    on_day: date
    rate_nano: int


class ProductSheet(NamedTuple):
    """A product with its live deals: all, open or parked, and won; `spellings` are other ones that deals have."""

    product: Product
    deal_count: int
    open_count: int
    won_count: int
    spellings: tuple[str, ...]

    @property
    def id(self) -> int:
        """The product's id."""
        return self.product.id

    @property
    def name(self) -> str:
        """The product's name."""
        return self.product.name


class UnknownProduct(NamedTuple):
    """A text that deals have for their product and that means none of the catalogue."""

    text: str
    deal_count: int
    open_count: int
    won_count: int


class ProductList(NamedTuple):
    """The catalogue by name, archived products last, and what deals say beside it, the most frequent first."""

    sheets: tuple[ProductSheet, ...]
    others: tuple[UnknownProduct, ...]
    catalogue: Catalogue


class CatalogueReads(Reads):
    """Reads for the pipelines' screen, the settings' screen and their verbs."""

    def pipelines(self) -> tuple[PipelineSheet, ...]:
        """Every pipeline with its stages, in order."""
        with self._hot.snapshot() as sql:
            counts = hot.deal_counts(sql)
            stages = read_stages(sql).values()
            return tuple(
                PipelineSheet(
                    pipeline,
                    tuple(StageSheet(s, counts.get(s.id, 0)) for s in stages if s.pipeline_id == pipeline.id),
                )
                for pipeline in read_pipelines(sql)
            )

    def lost_reasons(self) -> tuple[LostReason, ...]:
        """The reasons for losing, in order."""
        with self._hot.snapshot() as sql:
            return tuple(LostReason(*row) for row in hot.lost_reasons(sql))

    def owners(self) -> tuple[OwnerSheet, ...]:
        """The people, by name."""
        with self._hot.snapshot() as sql:
            return tuple(OwnerSheet(*row) for row in hot.owners(sql))

    def rates(self) -> tuple[Rate, ...]:
        """Every rate by currency, the newest first."""
        with self._hot.snapshot() as sql:
            return tuple(Rate(*row) for row in hot.rates(sql))

    def products(self) -> ProductList:
        """The catalogue of products with their deals."""
        with self._hot.snapshot() as sql:
            known, texts = catalogue(sql), texts_of_deals(sql)
        sheets = {one.id: ProductSheet(one, 0, 0, 0, ()) for one in sorted(known, key=lambda one: one.is_archived)}
        others = []
        for text, deals, alive, won in texts:
            product = known.meant(text)
            if product is None:
                others.append(UnknownProduct(text, deals, alive, won))
                continue
            _, d, a, w, spellings = sheets[product.id]
            spellings = (*spellings, text) if text != product.name else spellings
            sheets[product.id] = ProductSheet(product, d + deals, a + alive, w + won, spellings)
        return ProductList(tuple(sheets.values()), tuple(others), known)

    def quota_count(self) -> int:
        """How many quotas there are."""
        with self._hot.snapshot() as sql:
            return hot.quota_count(sql)

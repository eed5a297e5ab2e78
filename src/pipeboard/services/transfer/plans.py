"""What a person says about a file to import, and what was understood of it."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.date_columns import Order
from pipeboard.domain.imports.drafts import ImportedDeal, Rejection, Skipped

Progress = Callable[[int, int], None]
"""Told (bytes done, bytes in all) a few times a second; may raise to cancel, and nothing is left behind."""


class ImportOptions(NamedTuple):
    """What the person said about the file; everything else is found out.

    `mapping` is their column -> our field, `stage_map` their stage -> ours. `date_order` settles dates such
    as 03/04/2025. With `is_strict` one rejected row refuses the whole file. Instants that name their offset
    from UTC become the day in `zone`, without it the day as written. `sheet` names the sheet of a workbook.
    `only` is the pipeline of our own export whose deals are meant, "" for all of them; None asks with `OwnPipelines`
    which there are.
    """

    profile: str | None = None
    mapping: Mapping[str, str] = {}
    stage_map: Mapping[str, str] = {}
    is_creating_stages: bool = False
    date_order: Order | None = None
    encoding: str | None = None
    delimiter: str | None = None
    is_strict: bool = False
    zone: tzinfo | None = None
    sheet: str | None = None
    only: str | None = ""


class OwnPipelines(Exception):
    """An export of our own has the deals of these pipelines."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class UnclearColumns(InvalidInput):
    """No column can give a deal its title; `columns` are those that the file has."""

    def __init__(self, sentence: str, columns: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.columns = columns


class ImportPlan(NamedTuple):
    """What a file holds in our terms and how it was understood.

    `rows` is deals + rejected; `skipped` lines are no rows. `dates` and `numbers` are column -> rule,
    `mapping` header -> field, `stages` theirs -> ours. `unknown_stages` are the names to be created (only with
    `is_creating_stages`), `new_owners` people not known yet. While `doubts` is not empty the deals hold a
    provisional reading and must not be stored: see `require_decided`.
    """

    profile: str
    encoding: str
    delimiter: str
    dates: dict[str, str]
    numbers: dict[str, str]
    mapping: dict[str, str]
    ignored: tuple[str, ...]
    stages: dict[str, str]
    unknown_stages: tuple[str, ...]
    deals: list[ImportedDeal]
    rejected: list[Rejection]
    skipped: list[Skipped]
    doubts: list[str]
    warnings: list[str]
    rows: int
    new_owners: tuple[str, ...] = ()
    header: tuple[str, ...] = ()


def require_decided(plan: ImportPlan) -> None:
    """Raise InvalidInput with every open doubt of a plan; call it before anything is stored."""
    if plan.doubts:
        raise InvalidInput(" ".join(plan.doubts))

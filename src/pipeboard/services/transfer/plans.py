"""What a person says about a file to import, and what was understood of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.domain.imports.date_columns import Order
from pipeboard.domain.imports.drafts import ImportedDeal, Rejection, Skipped
from pipeboard.services.transfer.sources import Source

Progress = Callable[[int, int], None]
"""Told (done, in all) a few times a second; may raise to cancel, and nothing is left behind."""

MODES: Final = ("both", "create", "update")
"""What may happen to things: new ones are added and known ones changed, or only one of these."""

_WHOLE: Final = 1_000
_READING: Final = 350


class ImportOptions(NamedTuple):
    """What the person said about the file; everything else is found out.

    `mapping` is their column -> our field, `stage_map` their stage -> ours. `date_order` settles dates such
    as 03/04/2025. With `is_strict` one rejected row refuses the whole file. Instants that name their offset
    from UTC become the day in `zone`, without it the day as written. `sheet` names the sheet of a workbook.
    `only` is the pipeline of the file whose deals are meant, "" for all of them; None asks with `TheirPipelines` which
    there are, where the file is our own export or `is_like_theirs`.
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
    is_like_theirs: bool = False


class ImportTarget(NamedTuple):
    """Where the deals go: the pipeline as typed ("": the first), what may happen to deals, and whether at all.

    `rejects` is a file for the rows that were refused, `history` one of stage changes of the same deals. With
    `is_like_theirs` the deals go into pipelines with the names and stages that the file has, made where they are not.
    """

    pipeline: str = ""
    mode: str = "both"
    is_dry_run: bool = False
    rejects: Path | None = None
    history: Source | None = None
    is_like_theirs: bool = False


def check_target(target: ImportTarget) -> None:
    """Raise InvalidInput or Refused for a way to import that there is not, and for rejects over an existing file."""
    if target.mode not in MODES:
        raise InvalidInput(f"{target.mode!r} is no way to import. Ways: {', '.join(MODES)}.")
    if target.rejects is not None and target.rejects.exists():
        raise Refused(f"{target.rejects} exists already; name another file for the rejected rows.")


def both_phases(progress: Progress | None) -> tuple[Progress, Progress]:
    """What reading and what writing report to, so that together they go once from nothing to all."""
    if progress is None:
        return (lambda _done, _all: None), (lambda _done, _all: None)

    def reading(done: int, everything: int) -> None:
        progress(done * _READING // max(1, everything), _WHOLE)

    def writing(done: int, everything: int) -> None:
        progress(_READING + done * (_WHOLE - _READING) // max(1, everything), _WHOLE)

    return reading, writing


class TheirPipelines(Exception):
    """The file has the deals of these pipelines; `tool` wrote it."""

    def __init__(self, names: tuple[str, ...], tool: str) -> None:
        super().__init__(names)
        self.names, self.tool = names, tool


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


def refuse_if_strict(rejected: Sequence[Rejection], options: ImportOptions) -> None:
    """Raise InvalidInput with the first rejected rows when one is enough to refuse the file."""
    if not options.is_strict or not rejected:
        return
    first = "; ".join(
        f"line {one.line}{f', {one.column}' if one.column else ''}{f', {one.value!r}' if one.value else ''}: {one.why}"
        for one in rejected[:5]
    )
    more = f" (and {len(rejected) - 5} more)" if len(rejected) > 5 else ""
    raise InvalidInput(f"Nothing imported: {first}{more}.")

"""A file of stage changes beside the file of deals: deal, stage, entered at, in the columns of several tools."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.date_columns import NO_DATE, decide_dates
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.imports.headers import header_key
from pipeboard.domain.imports.mapping import listed
from pipeboard.domain.imports.stage_history import StageEntry, without_repeats
from pipeboard.domain.imports.stages import match_stages
from pipeboard.domain.stage import Stage
from pipeboard.domain.text import search_key
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.reading import Table, read_table
from pipeboard.services.transfer.sources import Source

_DEAL: Final = """
deal id|deal_id|opportunity id|opportunity_id|opportunityid|record id|deal - id|external id
deal|deal name|opportunity name|opportunity|deal - title|title|сделка|id
"""
_TO: Final = """
to stage|to_stage|new stage|new value|stage name|stage_name|stagename|stage|to|deal stage|deal - stage
этап|стадия|etap|phase|value
"""
_FROM: Final = "from stage|from_stage|old stage|old value|previous stage|from"
_AT: Final = """
changed at|changed_at|entered|entered at|entered_at|date entered|date_entered|entered on|changed on|_fivetran_start
last modified|last modified date|edit date|created date|created_date|createddate|date|time|timestamp|дата|data|datum
"""


def _keys(text: str) -> tuple[str, ...]:
    return tuple(header_key(name) for line in text.split("\n") for name in line.split("|") if name)


_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "deal": _keys(_DEAL),
    "to": _keys(_TO),
    "from": _keys(_FROM),
    "at": _keys(_AT),
    "made": _keys("created date|created_date"),
}
"""Headers by what they mean; where a file has several, the first in this list counts."""


_CELLS: Final = ("deal", "from", "to", "at", "made")


class History(NamedTuple):
    """The stage entries of deals by their id or folded title, and what in the file was not used, in words."""

    entries: Mapping[str, tuple[StageEntry, ...]]
    warnings: tuple[str, ...]


class _Change(NamedTuple):
    """A line of the file. `made` is when the deal was made, where another column says when the stage was entered."""

    line: int
    deal: str
    before: str
    stage: str
    at: str
    made: str


def read_history(source: Source, options: ImportOptions, stages: Sequence[Stage], name: str = "") -> History:
    """Read a file of stage changes. InvalidInput when it has no columns for deal, stage and day."""
    told = frozenset(key for keys in _COLUMNS.values() for key in keys)
    with read_table(source, encoding=options.encoding, told=told, name=name) as table:
        columns = _columns(table)
        changes = [_change(line, row, columns) for chunk in table.chunks() for line, row in chunk]
    dates = decide_dates({text for change in changes for text in change[-2:]}, options.date_order, options.zone)
    if dates.doubt:
        raise InvalidInput(f"The days of the stage history: {dates.doubt}; say --dates dmy or --dates mdy.")
    names = dict.fromkeys(name for change in changes for name in (change.before, change.stage) if name)
    matched = match_stages(names, stages, options.stage_map, True)
    known = {stage.name for stage in stages}
    ours = {theirs: stage.name for theirs, stage in matched.ours.items() if stage.name in known}
    return _history(changes, dates.days, ours, [theirs for theirs in names if theirs not in ours])


def _change(line: int, row: Sequence[str], columns: Mapping[str, int]) -> _Change:
    return _Change(line, *(row[columns[what]].strip() if what in columns else "" for what in _CELLS))


def _columns(table: Table) -> dict[str, int]:
    keys = [header_key(header) for header in table.header]
    found: dict[str, int] = {}
    for what, names in _COLUMNS.items():
        at = next((keys.index(key) for key in names if key in keys), None)
        if at is not None and at not in found.values():
            found[what] = at
    if missing := [what for what in ("deal", "to", "at") if what not in found]:
        words = {"deal": "a deal (its id or title)", "to": "a stage", "at": "the day it was entered"}
        raise InvalidInput(
            f"{table.source.name} is no history of stages: no column says {', '.join(words[w] for w in missing)}. "
            f"It has: {listed(table.header)}."
        )
    return found


def _history(
    changes: Sequence[_Change], days: Mapping[str, date], ours: Mapping[str, str], unknown: Sequence[str]
) -> History:
    by_deal: dict[str, list[tuple[date, int, _Change]]] = defaultdict(list)
    undated = []
    for change in changes:
        day = days.get(change.at)
        if day is None:
            if change.at not in NO_DATE or change.deal:
                undated.append(change.line)
        elif change.deal and change.stage in ours:
            by_deal[search_key(change.deal)].append((day, change.line, change))
    entries: dict[str, tuple[StageEntry, ...]] = {}
    for deal, some in by_deal.items():
        ordered = sorted(some, key=lambda one: (one[0], _text_at(one[2]), one[1]))
        before = ours.get(ordered[0][2].before, "")
        first = [StageEntry(before, None)] if before else []
        told = [StageEntry(ours[c.stage], day) for day, _, c in ordered]
        made = days.get(ordered[0][2].made)
        if made is not None and made < ordered[0][0]:
            # The record begins some time after the deal did: the stage it finds was entered nobody knows when.
            told[0] = StageEntry(told[0].stage, None)
        entries[deal] = without_repeats([*first, *told])
    warnings = []
    if unknown:
        warnings.append(f"Stages of the history that are none of ours were left out: {', '.join(unknown[:8])}.")
    if undated:
        warnings.append(
            f"{len(undated):,} lines of the history without a day were left out (first: line {undated[0]})."
        )
    return History(entries, tuple(warnings))


def _text_at(change: _Change) -> str:
    """The time within a day: what is written as ISO sorts as text."""
    return change.at if change.at[:4].isdigit() else ""


def with_history(deals: Sequence[ImportedDeal], history: History) -> tuple[list[ImportedDeal], int]:
    """The deals with their stage entries; how many have some."""
    made, count = [], 0
    for deal in deals:
        entries = history.entries.get(search_key(deal.external_id)) if deal.external_id else None
        entries = entries or history.entries.get(search_key(deal.title))
        count += entries is not None
        made.append(deal._replace(history=entries) if entries else deal)
    return made, count

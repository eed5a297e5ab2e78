"""From a file to a frozen plan of what would be imported; nothing here touches the database.

Two walks through the file: the first gathers what the columns hold, so that each column's writing is decided
once; the second makes the deals. Memory is that of the deals and of the different values.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeboard.domain.board import Owner
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.date_columns import DateColumn
from pipeboard.domain.imports.drafting import Decisions, Drafter
from pipeboard.domain.imports.drafts import ImportedDeal, Rejection, Skipped
from pipeboard.domain.imports.headers import header_currency, header_key
from pipeboard.domain.imports.mapping import HeaderMap, listed, map_headers, told_keys
from pipeboard.domain.imports.owners import join_owners
from pipeboard.domain.imports.profiles import GENERIC, OWN, Profile, detect, named
from pipeboard.domain.imports.stage_history import entered_stage
from pipeboard.domain.imports.stages import NEW, StageMap, create_missing, match_stages, unknown_sentence
from pipeboard.domain.imports.standing import Signs, decide_standings, needs_stage
from pipeboard.domain.imports.status import name_key, status_of_word
from pipeboard.domain.imports.tools import HUBSPOT
from pipeboard.domain.stage import Stage
from pipeboard.services.transfer.deciding import (
    Columns,
    column_doubts,
    decide_columns,
    joined_warnings,
    number_rules,
)
from pipeboard.services.transfer.plans import (
    ImportOptions,
    ImportPlan,
    Progress,
    TheirPipelines,
    UnclearColumns,
    refuse_if_strict,
    require_decided,
)
from pipeboard.services.transfer.reading import Table, read_table
from pipeboard.services.transfer.rejects import WHY_COLUMN
from pipeboard.services.transfer.remarks import file_warnings, plan_warnings
from pipeboard.services.transfer.sources import Source
from pipeboard.services.transfer.surveying import Survey, survey

RECALLED = "Columns, stages and dates were decided as for the last file with these columns."
"""Said of a plan in which earlier decisions were used."""

Recall = Callable[[Sequence[str], ImportOptions], ImportOptions]
"""Adds to the options what was decided before about a file with this header."""


def plan_import(
    source: Source,
    options: ImportOptions,
    stages: Sequence[Stage],
    owners: Sequence[Owner],
    currency: str,
    today: date,
    progress: Progress | None = None,
    name: str = "",
    recall: Recall | None = None,
) -> ImportPlan:
    """Read a file and plan its import into the pipeline with these stages.

    `currency` is what amounts without one are in. `recall` adds to the options what was decided about such a header
    before. `name` stands for the source in sentences. Raises
    InvalidInput with one sentence for a file that cannot be read or understood as a whole, for options that
    do not fit it, and for stages that nobody knows; single rows that cannot be used are in `rejected`.
    """
    told = told_keys(options.mapping)
    with read_table(
        source, encoding=options.encoding, delimiter=options.delimiter, told=told, name=name, sheet=options.sheet
    ) as table:
        size = table.source.size
        remembered = recall(table.header, options) if recall is not None else options
        is_recalled, options = remembered != options, remembered
        profile = named(options.profile) if options.profile else detect(table.header)
        headers = _understood(table, profile, options.mapping)
        if options.is_like_theirs and options.only is None and "pipeline" not in headers.fields:
            raise TheirPipelines(("",), profile.name)
        if (table.is_own or options.is_like_theirs) and "pipeline" in headers.fields:
            if options.only is None:
                raise TheirPipelines(_pipelines(table, headers.fields["pipeline"]), profile.name)
            table.only = (headers.fields["pipeline"], options.only) if options.only else None
        if options.is_like_theirs and "stage" not in headers.fields and "status" not in headers.fields:
            raise InvalidInput(f"{table.source.name} names no stages: a pipeline like theirs cannot be made of it.")
        report = progress or (lambda _done, _all: None)
        seen = survey(table, headers, lambda done: report(done, 2 * size))
        if seen.rows == 0 and not table.rejected:
            raise InvalidInput(f"{table.source.name} has a header and no deals under it.")
        headers = _with_stage(headers, seen)
        seen = _with_signs(seen, headers)
        columns = decide_columns(
            seen, options, currency, headers, table, has_one_locale=profile.name not in (GENERIC, OWN)
        )
        plan = _plan(
            table,
            headers,
            seen,
            columns,
            _Places(profile, options, stages, owners, currency, today),
            lambda done: report(size + done, 2 * size),
        )
        return plan._replace(warnings=[*plan.warnings, RECALLED]) if is_recalled else plan


def _pipelines(table: Table, at: int) -> tuple[str, ...]:
    """The different pipelines of the file, in its order."""
    return tuple(dict.fromkeys(row[at] for chunk in table.chunks() for _, row in chunk))


class _Places(NamedTuple):
    """What the file is read into."""

    profile: Profile
    options: ImportOptions
    stages: Sequence[Stage]
    owners: Sequence[Owner]
    currency: str
    today: date


def _understood(table: Table, profile: Profile, told: Mapping[str, str]) -> HeaderMap:
    """The columns in our terms. Raises InvalidInput when none of them can give a deal a title."""
    headers = map_headers(table.header, profile, told)
    naming = ("title", "company", "product", "contact", "external_id")
    if not any(field in headers.fields for field in naming) or len(headers.fields) < min(2, len(table.header)):
        raise UnclearColumns(
            f"{table.source.name} has no column that looks like the title of a deal in line "
            f"{table.shape.header_line}: {listed(table.header)}. "
            'If it is a file of deals, name the columns: --map "Their column=title".',
            tuple(table.columns),
        )
    least = [headers.fields[field] for field in ("title", "stage", "value") if field in headers.fields]
    table.needed = max(least, default=0) + 1
    return headers


def _with_stage(headers: HeaderMap, seen: Survey) -> HeaderMap:
    """A status column that holds stages is the stage column when the file has no other."""
    fields = headers.fields
    words = {signs.status for signs in seen.signs if signs.status.strip()}
    if "stage" in fields or "status" not in fields or all(status_of_word(word) is not None for word in words):
        return headers
    fields = {("stage" if field == "status" else field): at for field, at in fields.items()}
    mapping = {name: "stage" if field == "status" else field for name, field in headers.mapping.items()}
    return headers._replace(fields=fields, mapping=mapping)


def _with_signs(seen: Survey, headers: HeaderMap) -> Survey:
    """The survey in the terms of `_with_stage`."""
    if "status" in headers.fields or not any(signs.status for signs in seen.signs):
        return seen
    signs: Counter[Signs] = Counter()
    for sign, count in seen.signs.items():
        signs[sign._replace(stage=sign.status, status="")] += count
    return seen._replace(signs=signs)


def _matched(table: Table, seen: Survey, places: _Places) -> StageMap:
    """Their stages and ours. Raises InvalidInput listing all that open deals stand in and nobody knows."""
    needed: dict[str, int] = {}
    if places.options.is_creating_stages:  # stages that deals have only passed through are made too
        passed = [entered_stage(table.header[at]) for at, days in seen.entered.items() if any(map(str.strip, days))]
        fell = seen.values.get("closed_from", ()) if places.options.is_like_theirs else ()
        needed = dict.fromkeys((name for name in (*passed, *fell) if name), 0)
    for signs, count in seen.signs.items():
        if needs_stage(signs):
            needed[signs.stage] = needed.get(signs.stage, 0) + count
    names = dict.fromkeys((*needed, *(signs.stage for signs in seen.signs if signs.stage)))
    matched = match_stages(names, places.stages, places.options.stage_map, places.options.is_creating_stages)
    unknown = {name: count for name, count in needed.items() if name in matched.unknown}
    if unknown and places.options.is_creating_stages:
        matched = create_missing(matched, [name for name in unknown if name_key(name)])
        unknown = {name: count for name, count in unknown.items() if name not in matched.ours}
    if unknown:
        raise InvalidInput(unknown_sentence(unknown, matched.unknown, places.stages))
    return matched


def _plan(
    table: Table,
    headers: HeaderMap,
    seen: Survey,
    columns: Columns,
    places: _Places,
    progress: Callable[[int], None],
) -> ImportPlan:
    """Make the deals and put the plan together."""
    matched = _matched(table, seen, places) if "stage" in headers.fields else StageMap({}, {})
    people, new_owners = join_owners(seen.values.get("owner", ()), places.owners)
    drafter = Drafter(_decisions(table, headers, seen, columns, places, matched, people))
    deals, rejected, skipped = _drafted(table, drafter, progress)
    refuse_if_strict(rejected, places.options)
    warnings = [
        *joined_warnings(table, headers, columns),
        *file_warnings(table, columns.dates, columns.value, headers, drafter.shortened),
        *plan_warnings(deals, seen, headers, places.options.stage_map, places.today),
    ]
    return ImportPlan(
        places.profile.name,
        table.shape.encoding.name,
        table.shape.delimiter,
        {table.columns[headers.fields[field]]: column.rule for field, column in columns.dates.items()},
        number_rules(table, headers, columns),
        headers.mapping,
        headers.ignored,
        {theirs: stage.name for theirs, stage in matched.ours.items()},
        matched.created,
        deals,
        rejected,
        skipped,
        column_doubts(table, headers, columns),
        warnings,
        len(deals) + len(rejected),
        new_owners,
        table.header,
    )


def _decisions(
    table: Table,
    headers: HeaderMap,
    seen: Survey,
    columns: Columns,
    places: _Places,
    matched: StageMap,
    people: Mapping[str, str],
) -> Decisions:
    """All that a row needs to become a deal."""
    # A deal may have fallen from a stage that this very import creates.
    stages = (*places.stages, *(stage for stage in matched.ours.values() if stage.id == NEW))
    fell = match_stages(seen.values.get("closed_from", ()), stages, places.options.stage_map, True)
    at = headers.fields.get("value")
    unit = header_currency(table.header[at], places.currency) if at is not None else None
    entered = _entered(table, columns, stages, places.options)
    kept = {column for column, _, _ in entered}
    return Decisions(
        table.columns,
        headers.fields,
        [one for one in _extra(headers, table, bool(fell.unknown), seen) if one[0] not in kept],
        columns.dates,
        columns.value,
        columns.probability,
        decide_standings(seen.signs, matched, places.stages, "stage" in headers.fields),
        people,
        {theirs: stage.name for theirs, stage in fell.ours.items() if theirs.strip()},
        unit or places.currency,
        not table.is_own and any(header_key(header) == header_key(WHY_COLUMN) for header in table.header),
        entered,
        {stage.name: stage.position for stage in stages},
        columns.cost,
        table.is_own,
        places.profile.name == HUBSPOT.name,
    )


def _entered(
    table: Table, columns: Columns, stages: Sequence[Stage], options: ImportOptions
) -> list[tuple[int, str, DateColumn]]:
    """The columns that tell when a stage of ours was entered; of a stage we do not have they stay as text."""
    told = {at: stage for at in columns.entered if (stage := entered_stage(table.header[at]))}
    matched = match_stages(dict.fromkeys(told.values()), stages, options.stage_map, True).ours
    return [(at, matched[stage].name, columns.entered[at]) for at, stage in told.items() if stage in matched]


def _drafted(
    table: Table, drafter: Drafter, progress: Callable[[int], None]
) -> tuple[list[ImportedDeal], list[Rejection], list[Skipped]]:
    """The second walk: every row becomes a deal, a rejection or a skipped line. An id may stand only once."""
    deals: list[ImportedDeal] = []
    rejected: list[Rejection] = []
    skipped: list[Skipped] = []
    lines: dict[str, int] = {}
    draft = drafter.draft
    for chunk in table.chunks():
        for line, row in chunk:
            made = draft(line, row)
            if isinstance(made, ImportedDeal):
                if made.external_id and (first := lines.setdefault(made.external_id, line)) != line:
                    why = f"the same id stands in line {first}"
                    rejected.append(Rejection(line, drafter.id_column, made.external_id, why, tuple(row)))
                else:
                    deals.append(made)
            elif isinstance(made, Rejection):
                rejected.append(made)
            else:
                skipped.append(made)
        progress(table.position())
    rejected = sorted([*rejected, *table.rejected], key=lambda one: one.line)
    return deals, rejected, sorted([*skipped, *table.skipped])


def _extra(headers: HeaderMap, table: Table, has_unknown_fell: bool, seen: Survey) -> list[tuple[int, str]]:
    """The columns kept beside the fields: unknown ones, and those whose words we only understand in part."""
    kept = dict(headers.extra)
    if table.is_own:
        return sorted(kept.items())
    partly = {"pipeline"}
    if has_unknown_fell:
        partly.add("closed_from")
    if any(signs.status and status_of_word(signs.status) is None for signs in seen.signs):
        partly.add("status")
    for field in partly & headers.fields.keys():
        kept[headers.fields[field]] = table.columns[headers.fields[field]]
    return sorted(kept.items())


__all__ = ["ImportOptions", "ImportPlan", "Progress", "plan_import", "require_decided"]

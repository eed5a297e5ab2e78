"""What a person should know about an import that is no reason to stop it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pipeboard.domain.imports.date_columns import DateColumn
from pipeboard.domain.imports.drafting import UNKNOWN_REASON
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.imports.mapping import HeaderMap
from pipeboard.domain.imports.number_columns import NumberColumn
from pipeboard.domain.imports.status import name_key
from pipeboard.services.transfer.reading import Table
from pipeboard.services.transfer.surveying import Survey


def file_warnings(
    table: Table,
    dates: Mapping[str, DateColumn],
    value: NumberColumn,
    headers: HeaderMap,
    shortened: set[str],
) -> list[str]:
    """What was guessed or is odd about how the file is written."""
    said: list[str] = []
    if table.shape.encoding.is_guess:
        said.append(f"The file is not UTF-8; it was read as {table.shape.encoding.name} (--encoding changes that).")
    for field, column in dates.items():
        if column.overruled:
            name = table.columns[headers.fields[field]]
            said.append(f"Column {name!r} is clearly {column.rule}; --dates was not followed there.")
    if value.has_guess:
        name = table.columns[headers.fields["value"]]
        said.append(f"Column {name!r}: a mark before three digits was read as thousands ({value.rule}).")
    if table.short_rows:
        rows = _some(len(table.short_rows), "row ends", "rows end")
        said.append(f"{rows} before the last column (the first in line {table.short_rows[0]}); read as empty cells.")
    said += [f"Column {name!r}: texts that are too long were shortened." for name in sorted(shortened)]
    return said


def plan_warnings(
    deals: Sequence[ImportedDeal],
    seen: Survey,
    headers: HeaderMap,
    stage_map: Mapping[str, str],
    today: date,
) -> list[str]:
    """What is odd about the deals themselves."""
    said: list[str] = []
    if "stage" not in headers.fields:
        said.append('No column of stages was found: open deals go to the first stage (--map "Their column=stage").')
    elif unused := _unused(stage_map, seen):
        said.append(f"--stage names what is not in the file: {', '.join(unused)}.")
    if len(lines := {name for name in seen.values.get("pipeline", ()) if name.strip()}) > 1:
        said.append(f"The file holds {len(lines)} pipelines; all deals go into one.")
    closing = {"won_on", "lost_on", "closed_on", "close_date"} & headers.fields.keys()
    if not closing and any(deal.closed_on for deal in deals):
        said.append("No column says when deals were closed; the expected date was taken for won and lost ones.")
    lost = sum(deal.lost_reason == UNKNOWN_REASON for deal in deals)
    if lost:
        said.append(f'{_some(lost, "lost deal has", "lost deals have")} no reason; it is "{UNKNOWN_REASON}".')
    said += _counted(deals, _in_future(today), "is closed in the future", "are closed in the future")
    said += _counted(deals, _is_backwards, "was closed before it began", "were closed before they began")
    if "external_id" not in headers.fields:
        said += _twins(deals)
    return said


def _unused(stage_map: Mapping[str, str], seen: Survey) -> list[str]:
    """The told stages that no row stands in."""
    there = {name_key(signs.stage) for signs in seen.signs}
    there |= {name_key(name) for name in seen.values.get("closed_from", ())}
    return [repr(name) for name in stage_map if name_key(name) not in there]


def _some(count: int, one: str, many: str) -> str:
    """A number and its words."""
    return f"{count:,} {one if count == 1 else many}"


def _counted(deals: Sequence[ImportedDeal], is_odd: Callable[[ImportedDeal], bool], one: str, many: str) -> list[str]:
    """How many deals are odd in one way, and the first of them."""
    lines = [deal.line for deal in deals if is_odd(deal)]
    if not lines:
        return []
    return [f"{_some(len(lines), f'deal {one}', f'deals {many}')} (the first in line {lines[0]})."]


def _in_future(today: date) -> Callable[[ImportedDeal], bool]:
    """Whether a deal is closed on a day to come."""
    return lambda deal: deal.closed_on is not None and deal.closed_on > today


def _is_backwards(deal: ImportedDeal) -> bool:
    """Whether a deal was over before it began."""
    begun = deal.started_on or deal.created_on
    return deal.closed_on is not None and begun is not None and deal.closed_on < begun


def _twins(deals: Sequence[ImportedDeal]) -> list[str]:
    """Rows that nothing tells apart from an earlier one, in a file without ids."""
    seen: set[int] = set()
    twins = 0
    for deal in deals:
        key = hash((deal.company, deal.title, deal.started_on or deal.created_on))
        twins += key in seen
        seen.add(key)
    if not twins:
        return []
    rows = _some(twins, "row has", "rows have")
    return [f"{rows} the company, title and start of an earlier row, and the file has no ids."]

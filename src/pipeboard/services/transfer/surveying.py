"""The first walk through a file: which different values the columns hold that must be decided as a whole."""

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from pipeboard.domain.imports.mapping import HeaderMap
from pipeboard.domain.imports.profiles import DATE_FIELDS
from pipeboard.domain.imports.stage_history import entered_stage
from pipeboard.domain.imports.standing import SIGN_FIELDS, Signs
from pipeboard.services.transfer.reading import Table

_SURVEYED = (*DATE_FIELDS, "value", "cost", "probability", "owner", "closed_from", "pipeline", "currency")


class Survey(NamedTuple):
    """Different values by field, how often each set of signs occurs, and the number of rows.

    `entered` has the different values of the columns, by place, that tell when a stage was entered.
    """

    values: dict[str, set[str]]
    signs: Counter[Signs]
    rows: int
    entered: dict[int, set[str]] = {}


def survey(table: Table, headers: HeaderMap, progress: Callable[[int], None]) -> Survey:
    """Walk through the table once; `progress` is told the bytes read."""
    fields = headers.fields
    values: dict[str, set[str]] = {field: set() for field in _SURVEYED if field in fields}
    entered: dict[int, set[str]] = {
        at: set() for at, _ in headers.extra if not table.is_own and entered_stage(table.header[at])
    }
    getters = [(seen, itemgetter(fields[field])) for field, seen in values.items()]
    getters += [(seen, itemgetter(at)) for at, seen in entered.items()]
    at = [fields.get(field, -1) for field in SIGN_FIELDS]
    filled = [index for index in at if index >= 0]
    found: Counter[tuple[str, ...]] = Counter()
    count = 0
    for chunk in table.chunks():
        rows = [row for _, row in chunk]
        count += len(rows)
        for seen, getter in getters:
            seen.update(map(getter, rows))
        if len(filled) > 1:
            found.update(map(itemgetter(*filled), rows))
        elif filled:
            only = filled[0]
            found.update((row[only],) for row in rows)
        else:
            found[()] += len(rows)
        progress(table.position())
    signs: Counter[Signs] = Counter()
    for cells, number in found.items():
        rest = iter(cells)
        signs[Signs(*(next(rest) if index >= 0 else "" for index in at))] += number
    return Survey(values, signs, count, entered)

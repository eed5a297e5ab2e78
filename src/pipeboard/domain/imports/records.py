"""Files of anything but deals: which file holds what, which columns mean what, and what a row says."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.headers import header_key, header_keys
from pipeboard.domain.imports.mapping import WHY_KEY, column_names, listed
from pipeboard.domain.imports.origin import is_sign
from pipeboard.domain.imports.own_columns import own_kind
from pipeboard.domain.imports.profiles import GENERIC, IGNORED, OWN, detect
from pipeboard.domain.imports.record_kinds import DEAL_SIGNS, SIGNS, aliases, fields_of

Value = str | date | datetime | time | Decimal
"""What a cell says, in our terms."""

_QUOTA: Final = re.compile(r"(?:quota|target)s? (?:(?P<part>q[1-4]|h[12]) )?(?P<year>20\d\d)|quota|target")


class Record(NamedTuple):
    """A row in our terms: where it stands, its id in the other tool, and what it says by field.

    `values` has no field that the row leaves empty. `rest` is what the columns say that mean nothing to us, as text.
    """

    line: int
    external_id: str
    values: Mapping[str, Value]
    rest: str = ""

    def text(self, field: str) -> str:
        """A text; "" when the row says nothing."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""

    def instant(self, field: str) -> datetime | None:
        """A moment; None when the row says nothing."""
        value = self.values.get(field)
        return value if isinstance(value, datetime) else None

    def number(self, field: str) -> Decimal | None:
        """A number; None when the row says nothing."""
        value = self.values.get(field)
        return value if isinstance(value, Decimal) else None


class ImportRecords(NamedTuple):
    """Bring companies, contacts, products, activities, tasks or targets in, in one action.

    `source` is the tool they are from, `mode` as for deals: "create" leaves the known ones alone, "update" the others.
    `origin` is the sign of the workspace whose export the file is.
    """

    kind: str
    file_name: str
    source: str
    records: tuple[Record, ...]
    is_strict: bool = False
    mode: str = "both"
    origin: str = ""


class Columns(NamedTuple):
    """The columns of a file by field, and those that mean nothing to us; a target's period may stand in the header.

    `ignored` are those that are not to be kept.
    """

    fields: dict[str, int]
    rest: tuple[int, ...] = ()
    period: str = ""
    ignored: tuple[int, ...] = ()


def recognised(header: Sequence[str]) -> tuple[str, str] | None:
    """The kind of a file that is plainly none of deals, and the tool; None when it is, or may be."""
    if (own := own_kind(header)) is not None:
        return own, OWN
    if detect(header).name != GENERIC:
        return None
    keys = {key for cell in header for key in header_keys(cell)}
    if any((found := _QUOTA.fullmatch(key)) and found["year"] for key in keys):
        return "quotas", GENERIC
    if keys & DEAL_SIGNS:
        return None
    tool = OWN if any(map(is_sign, header)) else ""
    for kind, must, any_of, its_tool in SIGNS:
        if set(must.split("|")) <= keys and (not any_of or keys & set(any_of.split("|"))):
            return kind, tool or its_tool or GENERIC
    return None


def columns_of(kind: str, header: Sequence[str], told: Mapping[str, str] | None = None) -> Columns:
    """Which column is which field: as told (header to field), then by what everybody calls it.

    Raises InvalidInput for a told column that the file does not have and a field that the kind does not have.
    """
    keys = [header_key(cell) for cell in header]
    chosen = _told(kind, header, keys, told or {})
    fields = {field: at for at, field in chosen.items() if field != IGNORED}
    for name, field in aliases(kind):
        if field not in fields and name in keys and keys.index(name) not in chosen:
            fields[field] = keys.index(name)
            chosen[fields[field]] = field
    period = ""
    for at, key in enumerate(keys):
        if kind == "quotas" and (found := _QUOTA.fullmatch(key)) and found["year"] and "amount" not in fields:
            fields["amount"] = at
            chosen[at] = "amount"
            period = f"{found['year']}-{found['part'].upper()}" if found["part"] else found["year"]
    ours = {at for at, cell in enumerate(header) if keys[at] == WHY_KEY or is_sign(cell)}
    ignored = {at for at, field in chosen.items() if field == IGNORED} | ours
    rest = tuple(at for at in range(len(header)) if at not in chosen and at not in ignored)
    return Columns(fields, rest, period, tuple(sorted(ignored)))


def _told(kind: str, header: Sequence[str], keys: Sequence[str], told: Mapping[str, str]) -> dict[int, str]:
    """Column to field for what the person said."""
    chosen: dict[int, str] = {}
    known = fields_of(kind)
    for name, said in told.items():
        field = said.strip().casefold().replace(" ", "_").replace("-", "_")
        field = IGNORED if field in ("ignore", "", "_") else field
        if header_key(name) not in keys:
            near = get_close_matches(header_key(name), keys, n=1)
            hint = f" Did you mean {column_names(header)[keys.index(near[0])]!r}?" if near else ""
            raise InvalidInput(f"The file has no column {name!r}.{hint} It has: {listed(header)}.")
        if field not in (*known, IGNORED):
            raise InvalidInput(f"{kind.capitalize()} have no field {said!r}. Fields: {', '.join(known)}, ignored.")
        if field != IGNORED and field in chosen.values():
            raise InvalidInput(f"Two columns are told to be {field!r}; only one can be.")
        chosen[keys.index(header_key(name))] = field
    return chosen

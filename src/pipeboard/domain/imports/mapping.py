"""Which column of the file means which field of ours."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.headers import header_key, header_keys
from pipeboard.domain.imports.origin import is_sign
from pipeboard.domain.imports.profiles import FIELDS, IGNORED, OWN, PROFILES, Profile

WHY_KEY: Final = "pipeboard: why"
"""The key of the column of reasons in a file of refused rows."""

_SAYABLE: Final = {
    "account": "company",
    "amount": "value",
    "close": "close_date",
    "expected_close": "expected_close_on",
    "created_at": "created_on",
    "payment_date": "payment_on",
    "notes": "note",
    "job_title": "contact_job",
    "website": "company_website",
    "id": "external_id",
    "ignore": IGNORED,
    "-": IGNORED,
}


class HeaderMap(NamedTuple):
    """The columns of a file in our terms.

    `fields` gives the column index of a field, `mapping` the field of a header as the preview shows it,
    `ignored` the headers that are not kept at all, `extra` the (index, header) kept beside the fields.
    """

    fields: dict[str, int]
    mapping: dict[str, str]
    ignored: tuple[str, ...]
    extra: tuple[tuple[int, str], ...]


def map_headers(headers: Sequence[str], profile: Profile, told: Mapping[str, str]) -> HeaderMap:
    """Give every header a field: as told, by the profile, then by the names everybody uses.

    `told` is header -> field. Raises InvalidInput for a told header that the file does not have and for a
    field that does not exist.
    """
    chosen = _told_columns(headers, told)
    if profile.name == OWN:
        _assign_own(headers, profile.aliases, chosen)
    else:
        for aliases in (profile.aliases, PROFILES[-1].aliases):
            _assign(headers, aliases, chosen)
    fields = {field: at for at, field in chosen.items() if field != IGNORED}
    names = column_names(headers)
    return HeaderMap(
        fields,
        {names[at]: field for at, field in sorted(chosen.items()) if field != IGNORED},
        tuple(names[at] for at, field in sorted(chosen.items()) if field == IGNORED),
        tuple((at, name) for at, name in enumerate(names) if at not in chosen),
    )


def column_names(headers: Sequence[str]) -> list[str]:
    """The headers as they are shown: tidy, never empty, and each only once."""
    names: list[str] = []
    seen: set[str] = set()
    for at, header in enumerate(headers, 1):
        name = plain = " ".join(header.replace("\ufeff", "").split())[:120] or f"column {at}"
        number = 2
        while name in seen:
            name, number = f"{plain} ({number})", number + 1
        seen.add(name)
        names.append(name)
    return names


def told_keys(told: Mapping[str, str]) -> frozenset[str]:
    """The header keys that a told mapping speaks of."""
    return frozenset(header_key(header) for header in told)


def _told_columns(headers: Sequence[str], told: Mapping[str, str]) -> dict[int, str]:
    """Column index to field for what the person said."""
    keys = [header_key(header) for header in headers]
    chosen: dict[int, str] = {}
    for header, name in told.items():
        field = _field(name)
        if header_key(header) not in keys:
            near = get_close_matches(header_key(header), keys, n=1)
            hint = f" Did you mean {headers[keys.index(near[0])]!r}?" if near else ""
            raise InvalidInput(f"The file has no column {header!r}.{hint} It has: {listed(headers)}.")
        if field != IGNORED and field in chosen.values():
            raise InvalidInput(f"Two columns are told to be {field!r}; only one can be.")
        chosen[keys.index(header_key(header))] = field
    return chosen


def _field(name: str) -> str:
    """The field a person named. Raises InvalidInput that lists the fields."""
    key = name.strip().casefold().replace(" ", "_")
    field = _SAYABLE.get(key, key)
    if field not in FIELDS and field != IGNORED:
        near = get_close_matches(field, sorted(FIELDS), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise InvalidInput(f"There is no field {name!r}.{hint} Fields: {', '.join(sorted(FIELDS))}, ignored.")
    return field


def _assign(headers: Sequence[str], aliases: Mapping[str, str], chosen: dict[int, str]) -> None:
    """Add the columns that these aliases name and nobody has named yet; a field takes its best column."""
    taken = set(chosen.values())
    rank = {key: place for place, key in enumerate(aliases)}
    candidates: list[tuple[int, int, str]] = []
    for at, header in enumerate(headers):
        key = next((key for key in header_keys(header) if key in aliases), None)
        if at not in chosen and key is not None:
            candidates.append((rank[key], at, aliases[key]))
    for _, at, field in sorted(candidates):
        if field == IGNORED or field not in taken:
            chosen[at] = field
            taken.add(field)


def _assign_own(headers: Sequence[str], aliases: Mapping[str, str], chosen: dict[int, str]) -> None:
    """Columns of our own file go by their very names: a custom field may be called nearly the same."""
    for at, header in enumerate(headers):
        field = aliases.get(header.strip().removeprefix("\ufeff"))
        if header_key(header) == WHY_KEY or is_sign(header):
            field = IGNORED
        if field is not None and at not in chosen and (field == IGNORED or field not in chosen.values()):
            chosen[at] = field


def listed(headers: Sequence[str]) -> str:
    """Headers for a sentence: quoted, the first twelve."""
    shown = ", ".join(repr(name) for name in column_names(headers[:12]))
    return shown + (f" and {len(headers) - 12} more" if len(headers) > 12 else "")

"""What a column of a file may mean, and how one tool names its columns."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pipeboard.domain.imports.headers import header_key

GENERIC: Final = "generic"
"""The profile of every file that no tool is recognised in."""

OWN: Final = "pipeboard"
"""The profile of our own exports, which come back exactly."""

IGNORED: Final = "ignored"
"""The field of columns that the other tool computes from the rest; they are not kept."""

_FIELD_NAMES: Final = """
external_id title company contact contact_email contact_phone owner product source value currency
probability pipeline stage status is_won is_lost is_closed is_deleted created_on started_on expected_close_on
close_date closed_on won_on lost_on payment_on stage_entered_on lost_reason closed_from tags note next_step
contact_job company_website cost recurring_months hot attention forecast_category wakes_on park_reason close_note link
next_step_due
"""
FIELDS: Final = frozenset(_FIELD_NAMES.split())
"""What a column may mean. `close_date` is the expected day of open deals and the actual one of closed deals."""

DATE_FIELDS: Final[tuple[str, ...]] = (
    "created_on",
    "started_on",
    "expected_close_on",
    "close_date",
    "closed_on",
    "won_on",
    "lost_on",
    "payment_on",
    "stage_entered_on",
    "wakes_on",
    "next_step_due",
)
"""The fields that hold days."""


class Profile(NamedTuple):
    """The columns of one tool. Recognised by all headers of a set of `must`, one of `any_of`, none of `none_of`.

    `aliases` gives the field of a header key; the order decides which of two columns for one field wins.
    """

    name: str
    must: tuple[frozenset[str], ...]
    any_of: frozenset[str]
    none_of: frozenset[str]
    aliases: Mapping[str, str]


def profile(name: str, must: str, any_of: str, columns: str, none_of: str = "") -> Profile:
    """A profile from text: one field a line, "field: header | header"; ";;" stands between sets of `must`."""
    return Profile(name, tuple(map(_keys, must.split(";;"))), _keys(any_of), _keys(none_of), _aliases(columns))


def _keys(text: str) -> frozenset[str]:
    """The header keys of a text with bars between them."""
    return frozenset(header_key(part) for part in text.split("|") if part.strip())


def _aliases(columns: str) -> dict[str, str]:
    """Header key to field, in the order written."""
    aliases: dict[str, str] = {}
    for line in columns.strip().splitlines():
        field, _, names = line.partition(":")
        for name in names.split("|"):
            aliases.setdefault(header_key(name), field.strip())
    return aliases

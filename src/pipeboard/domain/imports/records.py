"""Files of companies, contacts, activities, tasks and targets: which columns mean what, and which file is which."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from pipeboard.domain.imports.headers import header_key, header_keys
from pipeboard.domain.imports.profiles import GENERIC, detect

KINDS: Final = ("companies", "contacts", "activities", "tasks", "quotas")
"""What a file may hold besides deals."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "companies": ("name",),
    "contacts": ("name", "first_name", "last_name", "email"),
    "activities": ("title", "body"),
    "tasks": ("title",),
    "quotas": ("amount", "deals"),
}
"""One of these fields is what a file of a kind cannot do without."""

_COLUMNS: Final[dict[str, str]] = {
    "companies": """
external_id: organization - id|organization - pipedrive system id|company id|record id|account id|id
name: organization - name|company name|account name|name|company|account|organization|firma|компания|kunde
website: organization - website|company domain name|website url|website|domain|url|strona|сайт
notes: organization - notes|description|notes|note|about us|comment
""",
    "contacts": """
external_id: person - id|person - pipedrive system id|contact id|record id|id
name: person - name|contact name|full name|name|contact
first_name: first name|firstname|person - first name|vorname|imię|имя
last_name: last name|lastname|person - last name|nachname|nazwisko|фамилия
company: person - organization|associated company|company name|account name|account.name|company|organization|account
job_title: person - job title|job title|title|position
email: person - email|person - email (work)|person - email - work|email|e-mail|email address
phone: person - phone|person - phone (work)|person - phone - work|phone number|phone|mobile phone|mobile
notes: person - notes|description|notes|note
""",
    "activities": """
external_id: activity - id|note - id|activity id|engagement id|id
deal: activity - deal|activity - deal title|note - deal|deal|deal id|deal title|deal name|opportunity|opportunity name
deal: associated deal|related to|what id|what_id
company: activity - organization|note - organization|company|company name|account name|organization|associated company
kind: activity - type|activity type|type|kind|task subtype
at: activity - due date|activity - marked as done time|note - add time|activity date|date|at|when|due date
title: activity - subject|subject|title
body: activity - note|note - content|content|body|note|notes|description|comments
done: activity - done|activity - status|done|status|is closed
""",
    "tasks": """
external_id: uuid|activity - id|task id|engagement id|id
title: activity - subject|task title|subject|title|task|description|name
deal: activity - deal|activity - deal title|deal|deal id|deal title|deal name|opportunity|opportunity name|project
deal: associated deal|related to|what id|what_id
company: activity - organization|company|company name|account name|organization|associated company
kind: activity - type|task type|kind
due_on: activity - due date|due date|due|activity date|activity_date|date
done: activity - done|task status|status|is closed|done
owner: activity - assigned to user|assigned to|owner|assignee
""",
    "quotas": """
external_id: rep id|owner id
owner: rep name|owner|sales rep|rep|person|name
period: period|quarter|month|year
amount: quota|target|amount|value
deals: deals|won deals
currency: currency
""",
}
_SIGNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("tasks", "uuid|description|status|entry", "taskwarrior"),
    ("activities", "activity - subject", "pipedrive"),
    ("activities", "note - content", "pipedrive"),
    ("contacts", "person - name", "pipedrive"),
    ("companies", "organization - name", "pipedrive"),
    ("tasks", "task title|task status", "hubspot"),
    ("companies", "company name|company domain name", "hubspot"),
    ("contacts", "first name|last name|email", "hubspot"),
    ("tasks", "subject|activity date|is closed", "salesforce"),
    ("companies", "name|billing city|ticker symbol", "salesforce"),
    ("companies", "account name|billing city", "salesforce"),
    ("companies", "account|sector|office location", GENERIC),
)
_QUOTA: Final = re.compile(r"(?:quota|target)s? (?:(?P<part>q[1-4]|h[12]) )?(?P<year>20\d\d)|quota|target")


class Record(NamedTuple):
    """A row in our terms: where it stands, its id in the other tool, and what it says by field."""

    line: int
    external_id: str
    values: Mapping[str, str | date | datetime | Decimal | None]
    cells: tuple[str, ...] = ()

    def text(self, field: str) -> str:
        """A text; "" when the row says nothing."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""


class ImportRecords(NamedTuple):
    """Bring companies, contacts, activities, tasks or targets in, in one action; `source` is the tool they are from."""

    kind: str
    file_name: str
    source: str
    records: tuple[Record, ...]
    is_strict: bool = False


class Columns(NamedTuple):
    """The columns of a file by field; a target's period may stand in the header."""

    fields: dict[str, int]
    period: str = ""


def recognised(header: Sequence[str]) -> tuple[str, str] | None:
    """The kind of a file that is plainly none of deals, and the tool; None when it is, or may be."""
    if detect(header).name != GENERIC:
        return None
    keys = {key for cell in header for key in header_keys(cell)}
    if keys & {"stage", "deal stage", "deal - title", "opportunity name", "deal name", "stagename", "stage name"}:
        return None
    if any((found := _QUOTA.fullmatch(key)) and found["year"] for key in keys):
        return "quotas", GENERIC
    for kind, must, tool in _SIGNS:
        if set(must.split("|")) <= keys:
            return kind, tool
    return None


def columns_of(kind: str, header: Sequence[str]) -> Columns:
    """Which column is which field."""
    fields: dict[str, int] = {}
    keys = [header_key(cell) for cell in header]
    for line in _COLUMNS[kind].strip().splitlines():
        field, _, names = line.partition(":")
        for name in map(header_key, names.split("|")):
            if field not in fields and name in keys and keys.index(name) not in fields.values():
                fields[field] = keys.index(name)
    period = ""
    for at, key in enumerate(keys):
        if kind == "quotas" and (found := _QUOTA.fullmatch(key)) and found["year"] and "amount" not in fields:
            fields["amount"] = at
            period = f"{found['year']}-{found['part'].upper()}" if found["part"] else found["year"]
    return Columns(fields, period)


def known_keys(kind: str) -> frozenset[str]:
    """Every header that such a file may have."""
    lines = [line.partition(":")[2] for line in _COLUMNS[kind].strip().splitlines()]
    return frozenset(header_key(name) for line in lines for name in line.split("|"))

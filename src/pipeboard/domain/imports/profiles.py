"""Which tool a header came from, and our own exports among them."""

from collections.abc import Collection, Sequence
from typing import Final

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.bitrix import BITRIX24
from pipeboard.domain.imports.everyday import EVERYDAY
from pipeboard.domain.imports.fields import DATE_FIELDS, FIELDS, GENERIC, IGNORED, OWN, Profile, profile
from pipeboard.domain.imports.headers import header_keys
from pipeboard.domain.imports.tools import (
    HUBSPOT,
    MAVEN,
    PIPEDRIVE,
    SALESFLARE,
    SALESFORCE_API,
    SALESFORCE_REPORT,
    ZOHO,
)

__all__ = [
    "DATE_FIELDS",
    "FIELDS",
    "GENERIC",
    "IGNORED",
    "OWN",
    "PROFILES",
    "Profile",
    "detect",
    "known_headers",
    "named",
]

_OWN: Final = profile(
    OWN,
    "id|title|weighted value|stage entered|lost at stage|park reason|next step due",
    "",
    """
external_id: id
title: title
company: company
contact: contact
contact_job: contact job
contact_email: contact email
contact_phone: contact phone
company_website: company website
owner: owner
pipeline: pipeline
stage: stage
status: status
value: value
currency: currency
ignored: weighted value
cost: cost
probability: probability
recurring_months: recurring months
product: product
source: source
tags: tags
hot: hot
attention: attention
forecast_category: forecast category
created_on: created
started_on: start date
expected_close_on: expected close date
closed_on: closed on
payment_on: payment date
wakes_on: wakes on
stage_entered_on: stage entered
lost_reason: lost reason
closed_from: lost at stage
close_note: close note
park_reason: park reason
next_step: next step
next_step_due: next step due
link: link
note: notes
ignored: pipeboard: why
""",
)

PROFILES: Final = (
    _OWN,
    PIPEDRIVE,
    ZOHO,
    HUBSPOT,
    SALESFORCE_REPORT,
    SALESFORCE_API,
    MAVEN,
    SALESFLARE,
    BITRIX24,
    EVERYDAY,
)
"""Every profile, the surest fingerprints first, the generic one last."""


def detect(headers: Sequence[str]) -> Profile:
    """The profile whose fingerprint a header carries; the generic one if none does."""
    keys = {key for header in headers for key in header_keys(header)}
    for one in PROFILES[:-1]:
        has_one = not one.any_of or one.any_of & keys
        if any(must <= keys for must in one.must) and has_one and not one.none_of & keys:
            return one
    return EVERYDAY


def named(name: str) -> Profile:
    """The profile of this name or unique beginning of one. Raises InvalidInput that lists the names."""
    wanted = name.strip().casefold().replace("-", "_")
    found = [one for one in PROFILES if one.name == wanted]
    found = found or [one for one in PROFILES if one.name.startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(one.name for one in PROFILES)
        raise InvalidInput(f"There is no import profile {name!r}. There are: {names}.")
    return found[0]


def known_headers(cells: Sequence[str], told: Collection[str] = ()) -> int:
    """How many of these cells are headers that some profile, or the mapping that was told, knows."""
    return sum(any(key in told or key in _EVERY_HEADER for key in header_keys(cell)) for cell in cells if cell)


_EVERY_HEADER: Final = frozenset(key for one in PROFILES[1:] for key in one.aliases)

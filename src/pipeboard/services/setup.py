"""The beginning: whether there is a workspace, sensible answers to the first questions, and making one."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput, StorageFailure
from pipeboard.domain.templates import DEFAULT_KEY, TEMPLATES
from pipeboard.domain.text import clean
from pipeboard.services.clock import Clock, zone_of
from pipeboard.storage.target import target_of

DEFAULT_NAME = "Sales"
"""What a workspace is called unless somebody says otherwise."""

_EURO = [
    "AT",
    "BE",
    "CY",
    "DE",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PT",
    "SI",
    "SK",
    "BG",
]
_CURRENCY_OF = {
    **dict.fromkeys(_EURO, "EUR"),
    "US": "USD",
    "GB": "GBP",
    "PL": "PLN",
    "RU": "RUB",
    "CH": "CHF",
    "SE": "SEK",
    "NO": "NOK",
    "DK": "DKK",
    "CZ": "CZK",
    "HU": "HUF",
    "RO": "RON",
    "UA": "UAH",
    "TR": "TRY",
    "JP": "JPY",
    "CN": "CNY",
    "IN": "INR",
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "BR": "BRL",
    "MX": "MXN",
    "ZA": "ZAR",
    "KR": "KRW",
    "IL": "ILS",
    "KZ": "KZT",
    "GE": "GEL",
    "AM": "AMD",
    "RS": "RSD",
    "SG": "SGD",
    "HK": "HKD",
    "TW": "TWD",
    "AE": "AED",
}
"""ISO 3166 country of a locale -> ISO 4217 currency."""


class Answers(NamedTuple):
    """What a new workspace is to be: template key, ISO currency, IANA zone, its name."""

    template: str = DEFAULT_KEY
    currency: str = "EUR"
    zone: str = "UTC"
    name: str = DEFAULT_NAME


def is_missing(database: str) -> bool:
    """Whether there is no file of that name; a server's database is asked for its tables when it is opened.

    An empty file is not such a case: it may be what is left of a database, so opening it is refused in words.
    Nor is a missing file with backups beside it: that raises StorageFailure, which says how to get it back.
    """
    target = target_of(database)
    if not target.is_sqlite or os.path.lexists(target.path):
        return False
    from pipeboard.services.safety import backups

    if made := backups(database):
        raise StorageFailure(
            f"{target} is gone, but there are backups of it, the newest of {made[0].at:%Y-%m-%d %H:%M} UTC. "
            f"`pipeboard restore {made[0].path}` brings it back; `pipeboard init` begins anew."
        )
    return True


def shown_name(database: str) -> str:
    """The database as it may be shown: never with a password."""
    return str(target_of(database))


def guesses(environ: Mapping[str, str] = os.environ, localtime: Path = Path("/etc/localtime")) -> Answers:
    """The answers that the machine suggests: zone from TZ or the system's, currency from the locale."""
    return Answers(currency=_currency(environ), zone=_zone(environ, localtime))


def _zone(environ: Mapping[str, str], localtime: Path) -> str:
    candidates = [environ.get("PIPEBOARD_ZONE", ""), environ.get("TZ", "").lstrip(":")]
    try:
        candidates.append(str(localtime.resolve()).partition("zoneinfo/")[2])
        candidates.append((localtime.parent / "timezone").read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        pass
    for name in candidates:
        try:
            zone_of(name.removeprefix("posix/").removeprefix("right/"))
        except InvalidInput:
            continue
        if name and not name.startswith("/"):
            return name.removeprefix("posix/").removeprefix("right/")
    return "UTC"


def _currency(environ: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_MONETARY", "LANG"):
        locale = environ.get(variable, "").partition(".")[0].partition("@")[0]
        if "_" in locale:
            return _CURRENCY_OF.get(locale.rpartition("_")[2].upper(), Answers().currency)
    return Answers().currency


def create(database: str, answers: Answers, clock: Clock, *, login: str, person: str) -> None:
    """Make the workspace. InvalidInput for an answer that cannot be used, Refused when there is one already."""
    from pipeboard import __version__
    from pipeboard.domain.money import is_currency
    from pipeboard.domain.names import match_name

    currency = answers.currency.strip().upper()
    if not is_currency(currency):
        raise InvalidInput(f"{answers.currency!r} is no ISO 4217 currency code such as EUR or USD.")
    zone = zone_of(answers.zone)
    keys = list(TEMPLATES)
    template = TEMPLATES[keys[match_name(answers.template, keys, "template")]]

    from pipeboard.storage.setup import create_workspace

    create_workspace(
        target_of(database),
        name=clean(answers.name) or DEFAULT_NAME,
        currency=currency,
        zone_name=answers.zone,
        zone=zone,
        person=clean(person) or login,
        login=login,
        template=template,
        now=clock.now(),
        app_version=__version__,
    )

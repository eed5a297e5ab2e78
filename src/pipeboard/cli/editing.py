"""The verb that sets fields of a deal: `edit DEAL key=value ...`, with the keys of `show --json`."""

from typing import Any

import click

from pipeboard.cli.deals import found_deal, listed_deal, show_changed
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import typed_money
from pipeboard.domain.commands import EditDeals, Seen
from pipeboard.domain.dates import parse_when
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import CustomChange
from pipeboard.services.listing import ListedDeal

_FIELDS = {
    "title": "title",
    "company": "company",
    "contact": "contact",
    "owner": "owner_id",
    "value": "value_minor",
    "cost": "cost_minor",
    "currency": "currency",
    "probability": "probability",
    "hot": "is_hot",
    "product": "product",
    "source": "source",
    "tags": "tags",
    "notes": "notes",
    "started_on": "started_on",
    "expected_close_on": "expected_close_on",
    "closed_on": "closed_on",
    "payment_on": "payment_on",
    "wake_on": "wake_on",
    "forecast_category": "forecast_category",
    "recurring_months": "recurring_months",
    "attention": "attention",
    "link": "link",
    "contact_job": "contact_job",
    "contact_email": "contact_email",
    "contact_phone": "contact_phone",
    "extra": "extra",
}
"""Key -> field of `domain.commands.EDITABLE`."""

_ELSEWHERE = {
    "stage": "pipeboard move DEAL STAGE",
    "status": "pipeboard won, lost, park or reopen",
    "pipeline": "pipeboard move DEAL STAGE",
    "lost_reason": "pipeboard lost DEAL --reason R",
    "next_task": "pipeboard task add DEAL TEXT",
}
_CUSTOM = "custom."
_YES, _NO = ("yes", "y", "true", "1", "on"), ("no", "n", "false", "0", "off", "")


@click.command()
@click.argument("deal")
@click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.option("--json", "is_json", is_flag=True, help="The deal afterwards, as `show --json` gives it.")
@pass_session
def edit(session: Session, deal: str, changes: tuple[str, ...], is_json: bool) -> None:
    """Set fields of a deal. Keys are those of `show --json`; nothing after = clears a field.

    custom.NAME= sets a custom field, +tag and -tag add and remove single tags.

    \b
    Examples:
      pipeboard edit "acme ren" value=14k probability=60 owner=boris
      pipeboard edit 12 expected_close_on="end of month" tags="web gold"
      pipeboard edit 12 contact_email=bob@acme.example custom.Hobby=golf
    """
    deal_id = found_deal(session, deal)
    typed = dict(_split(change) for change in changes)
    listed = listed_deal(session, deal_id)
    session.workspace.execute(EditDeals((Seen(deal_id),), tuple(_values(session, listed, typed).items())))
    show_changed(session, deal_id, "Changed", is_json=is_json)


def _split(change: str) -> tuple[str, str]:
    key, sign, value = change.partition("=")
    key = key.strip().lower()
    if not sign:
        raise click.UsageError(f"{change[:60]!r} is no KEY=VALUE.")
    if key.startswith(_CUSTOM) and len(key) > len(_CUSTOM):
        return change.partition("=")[0].strip(), value.strip()
    if key in _ELSEWHERE:
        raise click.UsageError(f"{key} is changed with `{_ELSEWHERE[key]}`.")
    if key not in _FIELDS:
        raise click.UsageError(f"There is no field {key[:60]!r}. Fields: {', '.join(_FIELDS)}.")
    return key, value.strip()


def _values(session: Session, listed: ListedDeal, typed: dict[str, str]) -> dict[str, Any]:
    """What was typed as the values that the command takes."""
    values: dict[str, Any] = {}
    currency = typed.get("currency", "").upper() or listed.row.currency
    for key, text in typed.items():
        if key not in _FIELDS:
            name = CustomChange(key[len(_CUSTOM) :], text or None)
            values["custom"] = (*values.get("custom", ()), name)
            continue
        field = _FIELDS[key]
        if key in ("value", "cost"):
            values[field], named = typed_money(text, currency, session.workspace.info.currency) if text else (None, "")
            if key == "value" and named and named != listed.row.currency:
                values["currency"] = named
        elif key == "owner":
            values[field] = session.workspace.listing.owner_id(text) if text else None
        else:
            values[field] = _value(session, key, text)
    return values


def _value(session: Session, key: str, text: str) -> Any:
    if key.endswith("_on"):
        return parse_when(text, session.now, is_past=key in ("closed_on", "started_on")).on if text else None
    if key == "currency":
        return text.upper()
    if key in ("probability", "recurring_months"):
        number = text.rstrip("% ")
        if text and not number.isdecimal():
            unit = "percent" if key == "probability" else "months"
            raise InvalidInput(f"{key} is a whole number of {unit}, not {text[:60]!r}.")
        return int(number) if text else None
    if key == "hot":
        if text.lower() not in (*_YES, *_NO):
            raise InvalidInput(f"hot is yes or no, not {text[:60]!r}.")
        return text.lower() in _YES
    if key == "forecast_category":
        return text.lower() or None
    return text

"""Verbs for companies and contacts: list, show, edit, merge."""

from typing import Any

import click

from pipeboard.cli import output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, day_text, money
from pipeboard.domain.commands import Seen
from pipeboard.domain.companies import ORDERS, Kind, Partner, PartnerRow, Worth, in_order, matching
from pipeboard.domain.company_commands import EditCompany, EditContact, MergeCompanies, MergeContacts
from pipeboard.domain.money import decimal_string
from pipeboard.domain.text import search_key

Json = dict[str, Any]
_EXAMPLES = {Kind.COMPANY: ("acme", '"Acme Inc" 17 --into Acme'), Kind.CONTACT: ("bob", '"B. Smith" 17 --into Bob')}


@click.group()
def company() -> None:
    """Companies: list, show, edit, merge.

    \b
    Example:
      pipeboard company merge "Acme Inc" --into Acme
    """


@click.group()
def contact() -> None:
    """Contacts: list, show, edit, merge.

    \b
    Example:
      pipeboard contact edit bob email=bob@acme.example
    """


def _listing(kind: Kind, plural: str) -> click.Command:
    """The verb that lists them."""

    @click.command("list")
    @click.argument("words", nargs=-1)
    @click.option("--sort", "order", type=click.Choice(ORDERS), default="name", show_default=True)
    @click.option("--duplicates", is_flag=True, help="Only those that are likely the same as another one.")
    @click.option("--json", "is_json", is_flag=True, help=f"As JSON, schema pipeboard.{plural}/1.")
    @pass_session
    def list_them(session: Session, words: tuple[str, ...], order: str, duplicates: bool, is_json: bool) -> None:
        reads = session.workspace.companies
        rows = in_order(matching(reads.rows(kind), search_key(" ".join(words))), order)
        if duplicates:
            groups = reads.duplicates(kind)
            place = {thing_id: n for n, group in enumerate(groups) for thing_id in group}
            rows = sorted((row for row in rows if row.id in place), key=lambda row: place[row.id])
        currency = session.workspace.info.currency
        if is_json:
            found = [_row(row, currency, kind) for row in rows]
            output.document({"schema": f"pipeboard.{plural}/1", "count": len(found), plural: found})
            return
        output.table(
            ("id", "name", "website" if kind is Kind.COMPANY else "job, company", "deals", "open", "won"),
            [
                (str(row.id), row.name, row.about, str(row.deals), _told(row.open, currency), _told(row.won, currency))
                for row in rows
            ],
            right=(0, 3, 4, 5),
        )

    list_them.help = (
        f"List {plural} with the sums of their deals; words narrow the list.\n\n"
        f"\b\nExample:\n  pipeboard {kind.value} list --sort open"
    )
    return list_them


def _told(worth: Worth, currency: str) -> str:
    return money(worth.minor, currency) if worth.deals else ""


def _worth(worth: Worth, currency: str) -> Json:
    return {
        "deals": worth.deals,
        "value": decimal_string(worth.minor, currency),
        "without_value": worth.without_value,
        "unconverted": worth.unconverted,
    }


def _row(row: PartnerRow, currency: str, kind: Kind) -> Json:
    sums = {state: _worth(getattr(row, state), currency) for state in ("open", "won", "lost")}
    last = row.last_on.isoformat() if row.last_on else None
    more = {"contacts": row.people} if kind is Kind.COMPANY else {}
    return {"id": row.id, "name": row.name, "about": row.about or None, **sums, **more, "last_on": last}


def _showing(kind: Kind) -> click.Command:
    """The verb that shows one."""

    @click.command("show")
    @click.argument("name")
    @click.option("--json", "is_json", is_flag=True, help=f"As JSON, schema pipeboard.{kind.value}/1.")
    @pass_session
    def show(session: Session, name: str, is_json: bool) -> None:
        reads, info = session.workspace.companies, session.workspace.info
        partner = reads.partner(kind, reads.find(kind, name))
        if is_json:
            output.document({"schema": f"pipeboard.{kind.value}/1", kind.value: _partner(partner, info.currency)})
        else:
            _print(partner, info.currency, session)

    show.help = (
        f"Show everything about one {kind.value}, named by id or the beginning of its name.\n\n"
        f"\b\nExample:\n  pipeboard {kind.value} show {_EXAMPLES[kind][0]}"
    )
    return show


def _partner(partner: Partner, currency: str) -> Json:
    own = ("website",) if partner.kind is Kind.COMPANY else ("company", "job_title", "email", "phone", "website")
    return {
        "id": partner.id,
        "name": partner.name,
        **{field: getattr(partner, field) or None for field in own},
        "notes": partner.notes,
        **{state: _worth(getattr(partner, state), currency) for state in ("open", "won", "lost")},
        "contacts": [
            {
                "id": p.id,
                "name": p.name,
                "job_title": p.job_title or None,
                "email": p.email or None,
                "phone": p.phone or None,
            }
            for p in partner.people
        ],
        "deals": [
            {
                "id": deal.id,
                "title": deal.title,
                "stage": deal.stage,
                "status": deal.status.name.lower(),
                "value": None if deal.value_minor is None else decimal_string(deal.value_minor, deal.currency),
                "currency": deal.currency,
                "on": deal.on.isoformat() if deal.on else None,
            }
            for deal in partner.deals
        ],
        "tasks": [
            {
                "id": task.id,
                "deal_id": task.deal_id,
                "title": task.title,
                "due_on": task.due_on.isoformat() if task.due_on else None,
            }
            for task in partner.tasks
        ],
    }


def _print(partner: Partner, currency: str, session: Session) -> None:
    today = session.workspace.deals.today
    output.line(f"#{partner.id}  {partner.name}")
    for name in ("company", "job_title", "email", "phone", "website"):
        if text := getattr(partner, name):
            output.line(f"  {name.replace('_', ' '):<12} {text}")
    for state in ("open", "won", "lost"):
        worth: Worth = getattr(partner, state)
        if worth.deals:
            output.line(f"  {state:<12} {money(worth.minor, currency)}, {count_of(worth.deals, 'deal')}")
    for person in partner.people:
        facts = (person.name, person.job_title, person.email, person.phone)
        output.line("  contact      " + ", ".join(fact for fact in facts if fact))
    for line in partner.notes.splitlines():
        output.line(f"    {line}")
    for deal in partner.deals:
        value = money(deal.value_minor, deal.currency) or "no value"
        when = day_text(deal.on, today) or "no date"
        output.line(f"  deal {deal.id:<7} {deal.title} ({deal.stage}, {value}, {when})")
    for task in partner.tasks:
        output.line(f"  task {task.id:<7} {task.title} ({day_text(task.due_on, today) or 'no date'})")


def _editing(kind: Kind, fields: tuple[str, ...]) -> click.Command:
    """The verb that sets fields."""

    @click.command("edit")
    @click.argument("name")
    @click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
    @pass_session
    def edit(session: Session, name: str, changes: tuple[str, ...]) -> None:
        typed: dict[str, str] = {}
        for change in changes:
            key, sign, value = change.partition("=")
            if not sign or key.strip() not in fields:
                raise click.UsageError(f"{change[:60]!r} is no KEY=VALUE. Keys: {', '.join(fields)}.")
            typed[key.strip()] = value.strip()
        seen = Seen(session.workspace.companies.find(kind, name))
        make = EditCompany if kind is Kind.COMPANY else EditContact
        outcome = session.workspace.execute(make(seen, tuple(typed.items())))
        output.line(outcome.label if outcome.action_id else "Nothing had to change")

    edit.help = (
        f"Set {', '.join(fields)} of one {kind.value}; nothing after = clears a field.\n\n"
        f"\b\nExample:\n  pipeboard {kind.value} edit acme {fields[1]}=acme.example"
        if kind is Kind.COMPANY
        else f"Set {', '.join(fields)} of one {kind.value}; nothing after = clears a field.\n\n"
        f"\b\nExample:\n  pipeboard {kind.value} edit bob email=bob@acme.example"
    )
    return edit


def _merging(kind: Kind, plural: str) -> click.Command:
    """The verb that makes several one."""

    @click.command("merge")
    @click.argument("names", nargs=-1, required=True)
    @click.option("--into", "kept", required=True, metavar="NAME", help="The one that stays.")
    @pass_session
    def merge(session: Session, names: tuple[str, ...], kept: str) -> None:
        reads = session.workspace.companies
        others = tuple(Seen(reads.find(kind, name)) for name in names)
        make = MergeCompanies if kind is Kind.COMPANY else MergeContacts
        output.line(session.workspace.execute(make(Seen(reads.find(kind, kept)), others)).label)

    merge.help = (
        f"Make {plural} one: their deals go to the one that stays; `pipeboard undo` brings all back.\n\n"
        f"\b\nExample:\n  pipeboard {kind.value} merge {_EXAMPLES[kind][1]}"
    )
    return merge


for _group, _kind, _plural, _fields in (
    (company, Kind.COMPANY, "companies", ("name", "website", "notes")),
    (contact, Kind.CONTACT, "contacts", ("name", "company", "job_title", "email", "phone", "notes")),
):
    _group.add_command(_listing(_kind, _plural))
    _group.add_command(_showing(_kind))
    _group.add_command(_editing(_kind, _fields))
    _group.add_command(_merging(_kind, _plural))

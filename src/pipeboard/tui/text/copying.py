"""Deals as plain text for the clipboard."""

from collections.abc import Sequence

from pipeboard.domain.companies import Partner
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.markdown import address, plain
from pipeboard.domain.money import decimal_string, format_money
from pipeboard.domain.text import printable


def partner_text(partner: Partner, currency: str) -> str:
    """A company or contact in a few lines of Markdown."""
    lines = [f"**{plain(partner.name)}**"]
    ways = (
        *map(plain, (partner.job_title, partner.company)),
        *map(address, (partner.email, partner.phone, partner.website)),
    )
    lines += [" · ".join(filter(None, ways))]
    for label, worth in (("Open", partner.open), ("Won", partner.won), ("Lost", partner.lost)):
        if worth.deals:
            lines.append(f"{label}: {format_money(worth.minor, currency)} ({worth.deals:,})")
    for person in partner.people:
        facts = (plain(person.name), plain(person.job_title), address(person.email), address(person.phone))
        lines.append("- " + ", ".join(filter(None, facts)))
    lines += [f"> {plain(line)}" for line in partner.notes.splitlines() if line.strip()]
    for deal in partner.deals:
        value = format_money(deal.value_minor, deal.currency) if deal.value_minor is not None else "no value"
        lines.append(f"- {plain(deal.title)}: {plain(deal.stage)}, {value}")
    return "\n".join(line for line in lines if line)


def deals_table(details: Sequence[DealDetail]) -> str:
    """Deals as rows with tabs between the cells, for a spreadsheet; nothing in them is computed there."""
    head = ("title", "company", "contact", "stage", "value", "currency", "owner", "close", "next step", "due")
    return "\n".join("\t".join(row) for row in (head, *map(_cells, details)))


def _cells(detail: DealDetail) -> tuple[str, ...]:
    task = next((task for task in detail.tasks if task.done_at is None), None)
    close, due = detail.closed_on or detail.expected_close_on, (task.snoozed_until or task.due_on) if task else None
    cells = (
        *(detail.title, detail.company, detail.contact, detail.stage),
        "" if detail.value_minor is None else decimal_string(detail.value_minor, detail.currency),
        *(detail.currency, detail.owner, close.isoformat() if close else "", task.title if task else ""),
        due.isoformat() if due else "",
    )
    return tuple(disarm(printable(cell).replace("\t", " ")) for cell in cells)


def deal_text(detail: DealDetail) -> str:
    """A deal in a few lines of Markdown."""
    lines = [f"**{plain(detail.title)}**"]
    who = " · ".join(plain(part) for part in (detail.company, detail.contact) if part)
    value = "" if detail.value_minor is None else format_money(detail.value_minor, detail.currency)
    facts = [
        ("", who),
        ("Value: ", value),
        ("Stage: ", plain(detail.stage)),
        ("Owner: ", plain(detail.owner)),
        ("Close: ", detail.expected_close_on.isoformat() if detail.expected_close_on else ""),
        ("Closed: ", detail.closed_on.isoformat() if detail.closed_on else ""),
        ("Reason: ", plain(detail.lost_reason)),
        ("Mail: ", address(detail.contact_email)),
        ("Phone: ", address(detail.contact_phone)),
        ("Link: ", address(detail.link)),
        ("Product: ", plain(detail.product)),
        ("Source: ", plain(detail.source)),
        ("Tags: ", plain(detail.tags)),
    ]
    lines += [f"{label}{text}" for label, text in facts if text]
    lines += [f"> {plain(line)}" for line in detail.notes.splitlines() if line.strip()]
    lines += [f"- [ ] {plain(task.title)}" for task in detail.tasks if task.done_at is None]
    return "\n".join(lines)

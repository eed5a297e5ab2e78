"""Deals as plain text for the clipboard."""

from collections.abc import Sequence

from pipeboard.domain.companies import Partner
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.money import decimal_string, format_money
from pipeboard.domain.text import printable


def partner_text(partner: Partner, currency: str) -> str:
    """A company or contact in a few lines of Markdown."""
    lines = [f"**{printable(partner.name)}**"]
    ways = (partner.job_title, partner.company, partner.email, partner.phone, partner.website)
    lines += [" · ".join(printable(way) for way in ways if way)]
    for label, worth in (("Open", partner.open), ("Won", partner.won), ("Lost", partner.lost)):
        if worth.deals:
            lines.append(f"{label}: {format_money(worth.minor, currency)} ({worth.deals:,})")
    for person in partner.people:
        facts = (person.name, person.job_title, person.email, person.phone)
        lines.append("- " + ", ".join(printable(fact) for fact in facts if fact))
    lines += [f"> {printable(line)}" for line in partner.notes.splitlines() if line.strip()]
    for deal in partner.deals:
        value = format_money(deal.value_minor, deal.currency) if deal.value_minor is not None else "no value"
        lines.append(f"- {printable(deal.title)}: {printable(deal.stage)}, {value}")
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
    lines = [f"**{printable(detail.title)}**"]
    who = " · ".join(printable(part) for part in (detail.company, detail.contact) if part)
    value = "" if detail.value_minor is None else format_money(detail.value_minor, detail.currency)
    facts = [
        ("", who),
        ("Value: ", value),
        ("Stage: ", printable(detail.stage)),
        ("Owner: ", printable(detail.owner)),
        ("Close: ", detail.expected_close_on.isoformat() if detail.expected_close_on else ""),
        ("Closed: ", detail.closed_on.isoformat() if detail.closed_on else ""),
        ("Reason: ", printable(detail.lost_reason)),
        ("Mail: ", printable(detail.contact_email)),
        ("Phone: ", printable(detail.contact_phone)),
        ("Link: ", printable(detail.link)),
        ("Product: ", printable(detail.product)),
        ("Source: ", printable(detail.source)),
        ("Tags: ", printable(detail.tags)),
    ]
    lines += [f"{label}{text}" for label, text in facts if text]
    lines += [f"> {printable(line)}" for line in detail.notes.splitlines() if line.strip()]
    lines += [f"- [ ] {printable(task.title)}" for task in detail.tasks if task.done_at is None]
    return "\n".join(lines)

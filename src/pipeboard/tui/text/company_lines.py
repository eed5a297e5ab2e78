"""Everything about a company or contact as lines: who, what it is worth, people, deals, tasks, what happened."""

from rich.style import Style
from textual.strip import Strip

from pipeboard.domain.companies import Kind, Partner, PartnerDeal, Worth
from pipeboard.domain.money import format_money
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import Task
from pipeboard.tui.text.deal_context import DealContext, Row, counted, heading, paragraph, plain_day
from pipeboard.tui.text.deal_tasks import due_of
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.text.wrapping import packed, wrapped

_LABEL = 9
_MOST_DEALS = 40
_MOST_NOTES = 12
_MOST_TASKS = 12


def partner_strips(partner: Partner, currency: str, context: DealContext) -> list[Strip]:
    """All sections with a blank line between them, each line exactly `context.width` cells."""
    sections = (
        _head(partner, context),
        _worth(partner, currency, context),
        _notes(partner, context),
        _people(partner, context),
        _tasks(partner, context),
        _deals(partner, context),
        _timeline(partner, context),
    )
    width, fill, ellipsis = context.width, context.tones.text, context.glyphs.ellipsis
    strips: list[Strip] = []
    for section in filter(None, sections):
        if strips:
            strips.append(blank(width, fill))
        strips += [justified(row.left, row.right, width, fill, ellipsis) for row in section]
    return strips


def _head(partner: Partner, context: DealContext) -> list[Row]:
    """The name, and how to reach them."""
    tones = context.tones
    lines = list(wrapped(partner.name, context.width - 8)) or ["?"]
    rows = [Row((Part(line, tones.strong),)) for line in lines]
    rows[0] = rows[0]._replace(right=(Part(partner.kind.value, tones.faint),))
    ways = [partner.job_title, partner.company, partner.email, partner.phone, partner.website]
    told = [way for way in ways if way.strip()]
    rows += [Row((Part(line, tones.muted),)) for line in packed(told, f" {context.glyphs.dot} ", context.width)]
    return rows


def _worth(partner: Partner, currency: str, context: DealContext) -> list[Row]:
    """Open value, won so far, lost: each with its number of deals."""
    tones = context.tones
    rows = []
    for label, worth, style in (
        ("open", partner.open, tones.text),
        ("won", partner.won, tones.won),
        ("lost", partner.lost, tones.lost),
    ):
        if worth.deals:
            words = [Part(f"{label:<{_LABEL}}", tones.faint), Part(format_money(worth.minor, currency), style)]
            rows.append(Row((*words, Part(f"  {_count_words(worth)}", tones.muted))))
    return rows or [Row((Part("No deals yet", tones.muted),))]


def _count_words(worth: Worth) -> str:
    """ "3 deals, 1 without a value, 1 without a rate"."""
    words = [counted(worth.deals, "deal")]
    if worth.without_value:
        words.append(f"{worth.without_value:,} without a value")
    if worth.unconverted:
        words.append(f"{worth.unconverted:,} without a rate")
    return ", ".join(words)


def _notes(partner: Partner, context: DealContext) -> list[Row]:
    if not partner.notes.strip():
        return []
    return [
        heading("Notes", "", context),
        *paragraph(partner.notes, context.width, context.tones.text, _MOST_NOTES, context),
    ]


def _people(partner: Partner, context: DealContext) -> list[Row]:
    """The contacts of a company with their ways."""
    if partner.kind is not Kind.COMPANY:
        return []
    tones = context.tones
    rows = [heading("Contacts", "", context)]
    for person in partner.people:
        rows.append(Row((Part(person.name, tones.text), Part(f"  {person.job_title}", tones.muted))))
        ways = [way for way in (person.email, person.phone) if way]
        rows += [
            Row((Part(f"  {line}", tones.muted),))
            for line in packed(ways, f" {context.glyphs.dot} ", context.width - 2)
            if line
        ]
    return rows if partner.people else [*rows, Row((Part("nobody yet", tones.muted),))]


def _tasks(partner: Partner, context: DealContext) -> list[Row]:
    """Open tasks of all deals by urgency."""
    if not partner.tasks:
        return []
    rows = [heading("Tasks", "", context)]
    rows += [_task(task, context) for task in partner.tasks[:_MOST_TASKS]]
    left = len(partner.tasks) - _MOST_TASKS
    return [*rows, Row((Part(f"{left} more", context.tones.faint),))] if left > 0 else rows


def _task(task: Task, context: DealContext) -> Row:
    tones = context.tones
    when, sign, style = due_of(task, context)
    words = (Part(f"{sign} ", style), Part(task.title, tones.text), Part(f"  {task.deal_title}", tones.muted))
    return Row(words, (Part(f" {when}", style),))


def _deals(partner: Partner, context: DealContext) -> list[Row]:
    """Open deals first, then what was won and lost."""
    if not partner.deals:
        return []
    rows = [heading(f"Deals ({partner.deal_count:,})", "", context)]
    rows += [_deal(deal, context) for deal in partner.deals[:_MOST_DEALS]]
    left = partner.deal_count - min(_MOST_DEALS, len(partner.deals))
    return [*rows, Row((Part(f"{left:,} more", context.tones.faint),))] if left > 0 else rows


def _deal(deal: PartnerDeal, context: DealContext) -> Row:
    tones = context.tones
    style: Style = {DealStatus.WON: tones.won, DealStatus.LOST: tones.lost}.get(deal.status, tones.muted)
    value = format_money(deal.value_minor, deal.currency) if deal.value_minor is not None else "no value"
    when = f" {plain_day(deal.on, context.today).partition(' ')[2]}" if deal.on else ""
    left = (Part(deal.title, tones.text), Part(f"  {deal.stage}{when}", style))
    return Row(left, (Part(f" {value}", tones.text),))


def _timeline(partner: Partner, context: DealContext) -> list[Row]:
    """What happened across the deals, newest first."""
    if not partner.timeline:
        return []
    tones = context.tones
    rows = [heading("What happened", "", context)]
    for deal, entry in partner.timeline:
        on = entry.at.astimezone(context.now.tzinfo).date()
        day = plain_day(on, context.today).partition(" ")[2]
        day = f" {day}" if on.day < 10 else day
        what = () if entry.is_change else (Part(f"  {entry.kind}", tones.faint),)
        rows.append(Row((Part(f"{day:<{_LABEL}}", tones.faint), Part(deal, tones.muted), *what)))
        lines = list(wrapped(entry.text, context.width - _LABEL))[:3]
        rows += [Row((Part(" " * _LABEL, tones.text), Part(line, tones.text))) for line in lines]
    return rows

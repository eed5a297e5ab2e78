"""Verbs for one deal: add, show."""

import click

from pipeboard.cli import diagnostics, documents, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, day_text, late_or_day, money
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import NotFound
from pipeboard.domain.events import DealCreated
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import TimelineEntry
from pipeboard.services.listing import ListedDeal


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "is_json", is_flag=True, help="The new deal as `show --json` gives it.")
@pass_session
def add(session: Session, text: tuple[str, ...], is_json: bool) -> None:
    """Add a deal from one line.

    Words are the title; $12k the value, @anna the owner, #web a tag, 40% the probability, ! hot, and close:
    due: next: company: contact: source: product: stage: p: name fields. A backslash keeps a sign as text.

    \b
    Example:
      pipeboard add 'Acme renewal $12k @anna #web close:eom next:"call Bob" due:fri'
    """
    from pipeboard.services.adding import command_for, understood

    workspace = session.workspace
    said = understood(workspace, " ".join(text))
    outcome = workspace.execute(command_for(workspace, said))
    for part in said.parts:
        if part.kind == "problem":
            diagnostics.say(f"{part.text} stayed in the title: {part.meaning}")
    for event in outcome.events:
        if isinstance(event, DealCreated):
            show_changed(session, event.deal_id, "Added", is_json=is_json)


def found_deal(session: Session, typed: str) -> int:
    """The id of the deal a person means. A number is an id, with or without #."""
    return session.workspace.deals.find(typed)


def show_changed(session: Session, deal_id: int, what: str, *, is_json: bool = False) -> None:
    """Say how a deal stands after a change."""
    listed = listed_deal(session, deal_id)
    if is_json:
        output.document(documents.shown_deal(listed, session.workspace.deals.detail(deal_id), session.now.date()))
        return
    row = listed.row
    parts = [f"#{row.id} {row.title}", row.stage, money(row.value_minor, row.currency), row.owner]
    output.line(f"{what} " + " · ".join(part for part in parts if part))


def listed_deal(session: Session, deal_id: int) -> ListedDeal:
    """The deal as a row of the list; NotFound when somebody deleted it just now."""
    listed = session.workspace.listing.deal(deal_id)
    if listed is None:
        raise NotFound(f"Deal {deal_id} is not there any more.")
    return listed


@click.command()
@click.argument("deal")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.show/1.")
@click.option("--md", "is_markdown", is_flag=True, help="In a few lines of Markdown, as y copies it.")
@pass_session
def show(session: Session, deal: str, is_json: bool, is_markdown: bool) -> None:
    """Show everything about one deal.

    \b
    Example:
      pipeboard show "acme ren"
    """
    if is_json and is_markdown:
        raise click.UsageError("--json and --md exclude one another.")
    deal_id = found_deal(session, deal)
    listed, detail = listed_deal(session, deal_id), session.workspace.deals.detail(deal_id)
    today = session.workspace.deals.today
    if is_json:
        output.document(documents.shown_deal(listed, detail, today))
        return
    if is_markdown:
        from pipeboard.tui.text.copying import deal_text

        output.lines(deal_text(detail))
        return
    _print(session, listed, detail)


def _print(session: Session, listed: ListedDeal, detail: DealDetail) -> None:
    today = session.workspace.deals.today
    row = listed.row
    output.line(f"#{row.id}  {row.title}")
    where = f"{row.stage} ({row.pipeline})" if listed.status == DealStatus.OPEN else row.stage
    days = f", {count_of(listed.days_in_stage, 'day')}" if listed.days_in_stage is not None else ""
    limit = f" of {row.rot_days}" if row.rot_days and listed.status == DealStatus.OPEN else ""
    weighted = money(listed.weighted_minor, row.currency)
    contact = ", ".join(t for t in (row.contact, detail.contact_job, detail.contact_email, detail.contact_phone) if t)
    fields = [
        ("stage", where + days + limit + (", rotting" if listed.is_rotting else "")),
        ("company", row.company),
        ("contact", contact),
        ("owner", row.owner),
        ("value", ", ".join(filter(None, (money(row.value_minor, row.currency), detail.against_list)))),
        ("probability", f"{listed.probability}%" + (f", weighted {weighted}" if weighted else "")),
        ("cost", money(detail.cost_minor, row.currency)),
        ("margin", money(detail.margin_minor, row.currency)),
        ("comes again", f"every {count_of(detail.recurring_months, 'month')}" if detail.recurring_months else ""),
        ("attention", detail.attention),
        ("close", day_text(row.expected_close_on, today)),
        ("started", day_text(detail.started_on, today)),
        ("payment", day_text(detail.payment_on, today)),
        ("closed", day_text(row.closed_on, today)),
        ("reason", row.lost_reason or detail.park_reason),
        ("wakes", day_text(row.wake_on, today)),
        ("hot", "yes" if row.is_hot else ""),
        ("product", row.product),
        ("source", row.source),
        ("tags", row.tags),
        ("forecast", detail.forecast_category or ""),
        ("link", detail.link),
    ]
    for name, value in fields:
        if value:
            output.line(f"  {name:<12} {value}")
    for heading, text in (("notes", detail.notes), ("also", detail.extra)):
        if text.strip():
            output.line(f"  {heading}")
            for one in text.splitlines():
                output.line(f"    {one}")
    _print_qualification(detail)
    _print_tasks(detail, session)
    for entry in reversed(detail.timeline):
        at = entry.at.astimezone(session.workspace.zone)
        first, *rest = _entry_words(entry).splitlines() or [""]
        output.line(f"  {at:%Y-%m-%d %H:%M}  {entry.actor + ': ' if entry.actor else ''}{first}")
        for one in rest:
            output.line(f"                    {one}")


def _print_qualification(detail: DealDetail) -> None:
    """What the stage asks for, BANT, and the deals it was copied from or to."""
    if detail.status == DealStatus.OPEN:
        for check in detail.checks:
            needed = " (required)" if check.is_required else ""
            output.line(f"  [{'x' if check.is_done else ' '}] {check.text}{needed}")
    if detail.qualification.is_any:
        said = ", ".join(f"{one.question.name} {one.verdict}" for one in detail.qualification.answers)
        output.line(f"  {'bant':<12} {detail.qualification.words}: {said}")
    for one in detail.relatives:
        output.line(f"  {'copy of' if one.is_original else 'copied to':<12} #{one.id} {one.pipeline}, {one.stage}")


def _print_tasks(detail: DealDetail, session: Session) -> None:
    today = session.workspace.deals.today
    for task in detail.tasks:
        when = "done" if task.done_at else late_or_day(task.asks_on(today), task.due_time, today) or "no date"
        output.line(f"  task {task.id:<7} {task.title} ({when})")


def _entry_words(entry: TimelineEntry) -> str:
    """The text of an entry after what it was, for calls, mails and meetings."""
    if entry.is_change or (entry.kind == "note" and not entry.outcome):
        return entry.text
    head = " ".join(filter(None, (entry.kind, entry.direction, entry.outcome)))
    return f"{head}: {entry.text}" if entry.text else head

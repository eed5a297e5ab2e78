"""The verb for the pipeline meeting."""

from datetime import UTC, datetime

import click

from pipeboard.cli import documents, output
from pipeboard.cli.filters import kept_by
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, money, typed_day
from pipeboard.domain.money import decimal_string, short_money
from pipeboard.domain.quota import COUNT
from pipeboard.domain.review import PART_WORDS, SoFar, record, so_far_words
from pipeboard.services.review import Review
from pipeboard.services.review_record import meeting_of, story_since

_SHOWN = 12


@click.command()
@click.option("--owner", default="", help="Deals of this person.")
@click.option("--pipeline", default="", help="Deals of this pipeline.")
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only deals that the filter leaves.")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name.")
@click.option("--since", metavar="DAY", default="", help="The story since this day instead of the last review.")
@click.option("--md", "is_markdown", is_flag=True, help="As Markdown, with each deal's story.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.review/1.")
@click.option("--last", "is_last", is_flag=True, help="Print the record of the last review that was held.")
@click.option("--hold", "is_held", is_flag=True, help="Keep this as a review that was held; the next begins here.")
@pass_session
def review(
    session: Session,
    owner: str,
    pipeline: str,
    text: str,
    view: str,
    since: str,
    is_markdown: bool,
    is_json: bool,
    is_last: bool,
    is_held: bool,
) -> None:
    """Show the agenda of the pipeline meeting. The deals that need a decision, why, and what happened to them.

    \b
    Examples:
      pipeboard review
      pipeboard review --filter "value>20k -#partner"
      pipeboard review --md --since monday > review.md
      pipeboard review --last
    """
    if is_json and is_markdown:
        raise click.UsageError("--json and --md exclude one another.")
    names, now = session.workspace.listing, session.clock.now().astimezone(session.workspace.zone)
    begin = None
    if since:
        day = typed_day(since, session.now, "--since", is_past=True)
        begin = datetime.combine(day, datetime.min.time(), tzinfo=session.workspace.zone).astimezone(UTC)
    found = session.workspace.review.review(
        owner_id=names.owner_id(owner) if owner else None,
        pipeline_id=names.pipeline(pipeline).id if pipeline else None,
        since=begin,
        kept=kept_by(session, text, view),
    )
    if is_last:
        output.lines(found.last_record.rstrip() or "No review was held yet.")
        return
    if not (is_markdown or is_held or is_json):
        _print(session, found)
        return
    details = {one.deal.row.id: session.workspace.deals.detail(one.deal.row.id) for one in found.subjects}
    if is_json:
        currency = session.workspace.info.currency
        output.document(document(found, currency, {i: story_since(d, found.since) for i, d in details.items()}))
        return
    who = owner or "everybody"
    meeting = meeting_of(found, details, {}, now=now, who=who, summary=_summary(session, found), is_whole=True)
    written = record(meeting)
    if is_markdown:
        output.lines(written.rstrip())
    if is_held:
        from pipeboard.domain.commands import HoldReview

        pipeline_id = names.pipeline(pipeline).id if pipeline else None
        outcome = session.workspace.execute(HoldReview(written, pipeline_id=pipeline_id))
        if not is_markdown:
            output.line(outcome.label)


def document(found: Review, currency: str, stories: dict[int, tuple[object, ...]]) -> documents.Json:
    """The agenda of the meeting as the contract pipeboard.review/1."""
    return {
        "schema": "pipeboard.review/1",
        "today": found.today_on.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "period": {"start": found.period.start.isoformat(), "end": found.period.end.isoformat()},
        "so_far": _so_far(found.so_far, currency),
        "total": found.total,
        "parts": [
            {
                "part": str(part),
                "deals": [
                    documents.deal(one.deal)
                    | {
                        "why": one.why,
                        "story": [
                            {"at": e.at.isoformat(), "kind": e.kind, "actor": e.actor or None, "text": e.text}  # type: ignore[attr-defined]
                            for e in stories[one.deal.row.id]
                        ],
                    }
                    for one in subjects
                ],
            }
            for part, subjects in found.parts
        ],
    }


def _so_far(made: SoFar, currency: str) -> documents.Json:
    goal = made.target
    target = None
    if goal is not None:
        is_count = goal.target.measure == COUNT
        target = {
            "measure": goal.target.measure,
            "amount": goal.target.amount if is_count else decimal_string(goal.target.amount, currency),
            "attainment": None if goal.share is None else round(goal.share, 4),
            "pace": round(goal.pace, 4),
        }
    return {
        "currency": currency,
        "won": decimal_string(made.won_minor, currency),
        "won_deals": made.won_deals,
        "weighted": decimal_string(made.weighted_minor, currency),
        "ahead_deals": made.ahead_deals,
        "expected": decimal_string(made.expected_minor, currency),
        "without_value": made.left_out,
        "target": target,
    }


def _summary(session: Session, found: Review) -> list[str]:
    currency = session.workspace.info.currency
    weighted = sum(one.deal.weighted_minor or 0 for one in found.subjects if one.deal.row.currency == currency)
    return [
        f"{count_of(found.total, 'deal')} to speak of, {short_money(weighted, currency)} weighted",
        *so_far_words(found.so_far, currency),
    ]


def _print(session: Session, found: Review) -> None:
    for sentence in so_far_words(found.so_far, session.workspace.info.currency):
        output.line(sentence)
    if not found.total:
        output.line("No deal needs a word.")
        return
    for part, subjects in found.parts:
        output.line(f"{PART_WORDS[part]} ({len(subjects)})")
        rows = [
            (str(one.deal.row.id), one.deal.row.title, money(one.deal.row.value_minor, one.deal.row.currency), one.why)
            for one in subjects[:_SHOWN]
        ]
        output.table(("id", "deal", "value", "why"), rows, right=(0, 2), flexible=(1, 3))
        if len(subjects) > _SHOWN:
            output.line(f"      and {len(subjects) - _SHOWN:,} more; --json has them all")
    since = f"{found.since.astimezone(session.workspace.zone):%-d %b %Y}" if found.since else "never"
    output.line(f"{count_of(found.total, 'deal')} to speak of. Last review: {since}.")

"""The record of a meeting, put together from what was on the agenda and what was done with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.money import format_money
from pipeboard.domain.review import PART_WORDS, Discussed, Meeting
from pipeboard.domain.task import TimelineEntry
from pipeboard.services.review import Review, SubjectDeal

MOST_LINES = 12
"""Lines of one deal's story in the record; the newest are kept."""


def story_since(detail: DealDetail, since: datetime | None) -> tuple[TimelineEntry, ...]:
    """What happened with a deal after the last review, newest first; all of it when there was none."""
    return tuple(entry for entry in detail.timeline if since is None or entry.at > since)


def meeting_of(
    review: Review,
    details: Mapping[int, DealDetail],
    decisions: Mapping[int, Sequence[str]],
    *,
    now: datetime,
    who: str,
    summary: Sequence[str],
    notes: Sequence[str] = (),
    is_whole: bool = False,
) -> Meeting:
    """A meeting as its record tells it: the deals that were decided on, or (`is_whole`) all of the agenda.

    `decisions` holds an entry for every deal that was spoken of; `now` is local.
    """
    parts = []
    for part, subjects in review.parts:
        told = tuple(
            _discussed(one, details[one.deal.row.id], decisions.get(one.deal.row.id, ()), review.since, now)
            for one in subjects
            if one.deal.row.id in details and (is_whole or one.deal.row.id in decisions)
        )
        if told:
            parts.append((PART_WORDS[part], told))
    left = 0 if is_whole else sum(1 for one in review.subjects if one.deal.row.id not in decisions)
    since = review.since.astimezone(now.tzinfo).date() if review.since else None
    return Meeting(now, who, since, tuple(summary), tuple(parts), tuple(notes), left)


def _discussed(
    subject: SubjectDeal, detail: DealDetail, decisions: Sequence[str], since: datetime | None, now: datetime
) -> Discussed:
    value = "no value" if detail.value_minor is None else format_money(detail.value_minor, detail.currency)
    facts = ", ".join(filter(None, (detail.company, value, detail.stage, detail.owner)))
    story = [
        f"{entry.at.astimezone(now.tzinfo):%-d %b}: {entry.text}{f' ({entry.actor})' if entry.actor else ''}"
        for entry in story_since(detail, since)[:MOST_LINES]
    ]
    return Discussed(detail.title, facts, subject.why, tuple(reversed(story)), tuple(decisions))

"""Which deals a pipeline meeting looks at, why, and in which order (DOMAIN.md 1.11, points 27, 128, 130)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from pipeboard.domain.hygiene import Gap, OpenDeal
from pipeboard.domain.money import format_money, short_money
from pipeboard.domain.periods import Period, label
from pipeboard.domain.quota import COUNT, Attainment
from pipeboard.domain.rotting import Rot

LIKELY_PERCENT: Final = 50
"""The probability from which a deal that closes in the period counts for its target."""


class Part(StrEnum):
    """A part of the meeting; a deal is spoken of in the first one it belongs to."""

    TARGET = "target"
    SLIPPED = "slipped"
    ROTTING = "rotting"
    EARLY = "early"
    GAPS = "gaps"


PART_WORDS: Final = {
    Part.TARGET: "Decide the target",
    Part.SLIPPED: "Slipped dates",
    Part.ROTTING: "Standing still",
    Part.EARLY: "Early, in need of help",
    Part.GAPS: "Gaps",
}
"""How people call each part, in the order of the meeting."""


class Subject(NamedTuple):
    """A deal to speak of. `weighted_minor` is in the base currency, 0 where it is not known."""

    deal_id: int
    part: Part
    weighted_minor: int


def part_of(
    deal: OpenDeal, gaps: Sequence[Gap], probability: int, *, is_early: bool, today: date, period_end: date
) -> Part | None:
    """The part of the meeting in which a deal is spoken of; None when it needs no word.

    Likely deals (50% and more) that should close before `period_end` (exclusive) come first: they decide the
    target. Then slipped dates (passed, or pushed three times), deals without activity, early ones that begin to
    stand still - help early is worth more than help at the close - and gaps in the data.
    """
    if deal.close_on is not None and today <= deal.close_on < period_end and probability >= LIKELY_PERCENT:
        return Part.TARGET
    if Gap.CLOSE_PASSED in gaps or Gap.PUSHED in gaps:
        return Part.SLIPPED
    if is_early and deal.rot in (Rot.WARNING, Rot.ROTTEN):
        return Part.EARLY
    if Gap.ROTTING in gaps or Gap.DEAD in gaps or Gap.SILENT in gaps:
        return Part.ROTTING
    # An early deal need not have a close date yet.
    return Part.GAPS if set(gaps) - ({Gap.NO_CLOSE_DATE} if is_early else set()) else None


def in_order(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects by part, and in each the weightiest first."""
    places = {part: place for place, part in enumerate(PART_WORDS)}
    return tuple(sorted(subjects, key=lambda one: (places[one.part], -one.weighted_minor, one.deal_id)))


class SoFar(NamedTuple):
    """How far a period is: what was won in it, and what is expected to be (weighted) in its rest.

    `left_out` are deals without a value or a rate, in no sum. `target` is None where nobody set one.
    """

    period: Period
    won_minor: int
    won_deals: int
    weighted_minor: int
    ahead_deals: int
    left_out: int
    target: Attainment | None

    @property
    def expected_minor(self) -> int:
        """Won and still to come."""
        return self.won_minor + self.weighted_minor


def so_far_words(made: SoFar, currency: str) -> tuple[str, ...]:
    """How far the period is, in one or two sentences."""
    won = f"{label(made.period)}: {format_money(made.won_minor, currency)} won in {_deals(made.won_deals)}"
    ahead = f"{format_money(made.weighted_minor, currency)} weighted in {_deals(made.ahead_deals)}"
    ahead = f"Still to come: {ahead}, together {format_money(made.expected_minor, currency)}"
    goal = made.target
    if goal is not None and goal.share is not None:
        amount, is_count = goal.target.amount, goal.target.measure == COUNT
        size = _deals(amount) if is_count else format_money(amount, currency)
        won += f", {goal.share:.0%} of {size}; {goal.pace:.0%} of the workdays are over"
        if goal.projected is not None:
            ahead += f", {goal.projected / amount:.0%}" if not is_count else f", {_deals(goal.projected)}"
    if made.left_out:
        ahead += f" ({_deals(made.left_out)} without a value in no sum)"
    return won, ahead


def short_so_far(made: SoFar, currency: str) -> str:
    """How far the period is, in a few words: "Q4 46% of €270k, €162k to come"."""
    name = label(made.period).split(" ")[0]
    won = f"{name} {short_money(made.won_minor, currency)} won"
    goal = made.target
    if goal is not None and goal.share is not None:
        amount = goal.target.amount
        size = _deals(amount) if goal.target.measure == COUNT else short_money(amount, currency)
        won = f"{name} {goal.share:.0%} of {size}"
    return f"{won}, {short_money(made.weighted_minor, currency)} to come"


def _deals(count: int) -> str:
    return "1 deal" if count == 1 else f"{count:,} deals"


class Discussed(NamedTuple):
    """What the record says of a deal: how it stands, why it was spoken of, what happened, what was decided."""

    title: str
    facts: str
    why: str
    story: tuple[str, ...]
    decisions: tuple[str, ...]


class Meeting(NamedTuple):
    """A meeting as its record tells it. `parts` are names with their deals; `undecided` were not spoken of."""

    held_at: datetime
    who: str
    since: date | None
    summary: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Discussed, ...]], ...]
    notes: tuple[str, ...]
    undecided: int


def record(meeting: Meeting) -> str:
    """The meeting in Markdown. Texts of people are escaped so that they cannot become headings, links or tags."""
    since = f", since {meeting.since:%-d %B %Y}" if meeting.since else ""
    lines = [f"# Pipeline review, {meeting.held_at:%-d %B %Y}", "", f"{_plain(meeting.who)}{since}", ""]
    lines += [f"- {_plain(line)}" for line in meeting.summary]
    for name, deals in meeting.parts:
        lines += ["", f"## {name}", ""]
        for deal in deals:
            lines.append(f"- **{_plain(deal.title)}** ({_plain(deal.facts)}): {_plain(deal.why)}")
            lines += [f"  - {_plain(line)}" for line in deal.story]
            lines += [f"  - **Decided:** {_plain(line)}" for line in deal.decisions]
    if meeting.notes:
        lines += ["", "## Notes", "", *(f"- {_plain(note)}" for note in meeting.notes)]
    if meeting.undecided:
        lines += ["", f"Not spoken of: {meeting.undecided:,} deal{'' if meeting.undecided == 1 else 's'}."]
    return "\n".join(lines) + "\n"


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return " ".join(text.split()).translate(_MARKS)

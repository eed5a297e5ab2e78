"""Which deals are suggested, out of what each kind of suggestion finds in the database."""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

from pipeboard.domain.next_steps import speaks_of_proposal
from pipeboard.domain.stage import Stage
from pipeboard.domain.suggestions import (
    GIVEN_UP_DAYS,
    MEETING_DAYS,
    PROPOSAL_DAYS,
    SILENT_DAYS,
    SUGGESTED,
    Reason,
    Signs,
    reasons,
)
from pipeboard.storage.hot import suggesting as hot
from pipeboard.storage.hot.attempts import attempts_of
from pipeboard.storage.sql import Statements

ALL = tuple(SUGGESTED)
_MAIL_DAYS = 30
_NOTE_BEFORE = timedelta(hours=12)


class Asking(NamedTuple):
    """What is looked for: the kinds, after how many silent days, for whom, and without which deals."""

    today: date
    zone: tzinfo
    kinds: Collection[str] = ALL
    silent_days: int = SILENT_DAYS
    owner_id: int | None = None
    deal_ids: Collection[int] | None = None
    pressing: Collection[int] = ()

    def is_about(self, deal_id: int, owner_id: int | None) -> bool:
        """Whether a deal is one of those that are asked about."""
        return (
            deal_id not in self.pressing
            and (self.owner_id is None or owner_id == self.owner_id)
            and (self.deal_ids is None or deal_id in self.deal_ids)
        )

    def days_ago(self, days: int) -> date:
        """A day so many days back."""
        return self.today - timedelta(days=days)

    def instant_ago(self, days: int) -> datetime:
        """The beginning of that day."""
        return datetime.combine(self.days_ago(days), time(), self.zone).astimezone(UTC)

    def idle(self, heard_on: date | None) -> int | None:
        """Days since a day."""
        return (self.today - heard_on).days if heard_on is not None else None


class Suggested(NamedTuple):
    """The deals with the reasons that hold, dear ones first, as many as were asked for; and how many there are."""

    shown: list[tuple[int, tuple[Reason, ...]]]
    total: int


def suggested_deals(sql: Statements, asking: Asking, stages: Mapping[int, Stage], most: int | None = None) -> Suggested:
    """The deals with the reasons that hold and were not dismissed.

    Of a large pipeline most deals may be silent: what is found is kept as it was read, and put into words only for
    those that are shown.
    """
    silent_since = asking.days_ago(asking.silent_days) if "silent" in asking.kinds else None
    neglected = {
        row[0]: row
        for row in hot.neglected(sql, asking.today if "close_date" in asking.kinds else None, silent_since)
        if asking.is_about(row[0], row[1])
    }
    values: dict[int, int] = {deal_id: row[2] for deal_id, row in neglected.items()}
    found: dict[int, dict[str, Any]] = {}
    for one, signs in _all_signs(sql, asking, stages):
        if asking.is_about(one.deal_id, one.owner_id):
            values[one.deal_id] = one.value_minor
            found.setdefault(one.deal_id, {}).update(signs)
    hidden = hot.dismissed(sql, asking.today)
    touchy = {deal_id for deal_id, _ in hidden}
    shown: list[tuple[int, tuple[Reason, ...]]] = []
    total, day = 0, sql.codec.day
    for deal_id in sorted(values, key=lambda one: (-values[one], one)):
        row = neglected.get(deal_id)
        if row is not None and most is not None and total >= most and deal_id not in touchy:
            total += 1  # it has a reason, and nobody will read it
            continue
        signs = found.get(deal_id, {})
        if row is not None:
            signs |= {"close_passed_on": day(row[3]), "idle_days": asking.idle(day(row[4]))}
        why = reasons(Signs(**signs), asking.today, asking.silent_days)
        kept = tuple(one for one in why if one.kind in asking.kinds and (deal_id, one.kind) not in hidden)
        if kept:
            total += 1
            if most is None or total <= most:
                shown.append((deal_id, kept))
    return Suggested(shown, total)


def _all_signs(
    sql: Statements, asking: Asking, stages: Mapping[int, Stage]
) -> Iterator[tuple[hot.Candidate, dict[str, Any]]]:
    kinds = asking.kinds
    if "rotting" in kinds:
        yield from _rotting(sql, asking, stages)
    if "proposal" in kinds:
        yield from _proposals(sql, asking, stages)
    if "notes" in kinds:
        for one in hot.met(sql, asking.instant_ago(MEETING_DAYS)):
            done_at, noted_at = one.other
            if noted_at is None or noted_at < done_at - _NOTE_BEFORE:
                yield one, {"meeting": one.fact}
    if "given_up" in kinds:
        gone = hot.given_up(sql, asking.days_ago(GIVEN_UP_DAYS))
        counts = attempts_of(sql, [one.deal_id for one in gone]) if gone else {}
        for one in gone:
            yield one, {"attempts": counts.get(one.deal_id, 0), "is_parked": one.fact}


def _rotting(
    sql: Statements, asking: Asking, stages: Mapping[int, Stage]
) -> Iterator[tuple[hot.Candidate, dict[str, Any]]]:
    """Deals near their stage's limit whose next task, if there is one, comes too late to help."""
    limits = {stage.id: stage.rot_days for stage in stages.values() if stage.is_open and stage.rot_days}
    wanted = [
        hot.RotLimit(stage_id, asking.days_ago(-(-7 * limit // 10)), asking.days_ago(limit))
        for stage_id, limit in limits.items()
    ]
    for one in hot.near_rotting(sql, wanted):
        heard_on, stage_id = one.fact
        rots_on = heard_on + timedelta(days=limits[stage_id])
        if one.other is None or one.other > rots_on:
            yield one, {"rots_in_days": (rots_on - asking.today).days}


def _proposals(
    sql: Statements, asking: Asking, stages: Mapping[int, Stage]
) -> Iterator[tuple[hot.Candidate, dict[str, Any]]]:
    heard_until = asking.days_ago(PROPOSAL_DAYS)
    made = [stage.id for stage in stages.values() if stage.is_open and speaks_of_proposal(stage.name)]
    for one in hot.in_stages(sql, made, heard_until):
        yield one, {"proposal_days": asking.idle(one.fact)}
    for one in hot.sent_mails(sql, asking.instant_ago(_MAIL_DAYS), heard_until):
        if speaks_of_proposal(one.other):
            yield one, {"proposal_days": asking.idle(one.fact)}

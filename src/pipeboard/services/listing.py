"""Deals as a list: what the command line prints and scripts read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.board import Owner, WorkspaceInfo
from pipeboard.domain.errors import NotFound
from pipeboard.domain.filters import Filter, narrow, parse, united, with_words_as_terms
from pipeboard.domain.money import divide_half_even
from pipeboard.domain.names import match_name, match_thing, with_id
from pipeboard.domain.rotting import Rot, rot_state
from pipeboard.domain.stage import DealStatus, Pipeline, Stage
from pipeboard.domain.text import search_key
from pipeboard.services.clock import Clock
from pipeboard.services.deal_facts import SCORE, FactColumns, FactSetting
from pipeboard.services.reads import Reads
from pipeboard.services.scoring import bant_points
from pipeboard.storage.gateways.catalogue import read_owners, read_pipelines, read_rates, read_stages
from pipeboard.storage.hot.connection import Hot
from pipeboard.storage.hot.listing import ListedRow, Wanted, listed
from pipeboard.storage.sql import Statements, chunks

if TYPE_CHECKING:
    from pipeboard.storage.hot.exporting import DealRest


class ListedDeal(NamedTuple):
    """A deal with what follows from its fields today.

    `probability` in percent is the one that counts; `weighted_minor` is value x probability, None without a
    value. `days_in_stage` is None where the entry is not known and for closed deals, `idle_days` for closed ones.
    """

    row: ListedRow
    status: DealStatus
    probability: int
    weighted_minor: int | None
    days_in_stage: int | None
    idle_days: int | None
    rot: Rot
    score: int | None = None

    @property
    def is_rotting(self) -> bool:
        """Whether nobody has cared for it longer than its stage allows."""
        return self.rot in (Rot.ROTTEN, Rot.DEAD)


class DealFilter(NamedTuple):
    """Which deals are asked for, by what a person types; names match by unique prefix.

    `text` is a filter in the language of the board (`domain.filters`).
    """

    text: str = ""
    stage: str = ""
    owner: str = ""
    status: str = ""
    pipeline: str = ""


class CataloguedNames(NamedTuple):
    """The names that can be asked for."""

    pipelines: tuple[Pipeline, ...]
    stages: tuple[Stage, ...]
    owners: tuple[Owner, ...]
    rates: dict[str, int]

    @property
    def by_fact(self) -> dict[str, list[str]]:
        """The names by the fact of a deal that they stand in, for the filter language."""
        return {
            "owner": [owner.name for owner in self.owners],
            "stage": [stage.name for stage in self.stages],
            "pipeline": [pipeline.name for pipeline in self.pipelines],
        }


class ListReads(Reads):
    """Reads for lists of deals, and for the names in them."""

    def __init__(
        self,
        reader: Hot,
        clock: Clock,
        zone: tzinfo,
        info: WorkspaceInfo,
        me: Callable[[], int | None] = lambda: None,
    ) -> None:
        super().__init__(reader, clock, zone)
        self._info = info
        self._me = me

    def deals(self, asked: DealFilter | None = None, ids: tuple[int, ...] = ()) -> list[ListedDeal]:
        """The deals that a filter leaves (of these ids, if any are given), in board order.

        NotFound or Ambiguous for a name in it that is not clear.
        """
        asked = asked or DealFilter()
        understood = self.understood(asked.text)
        with self._hot.snapshot() as sql:
            # Words of several parts are looked for below: SQL has them only when all must occur.
            words = () if understood.others else understood.words
            wanted = _wanted(sql, asked, words)._replace(ids=ids)
            today = self.today
            found = [as_of(row, today) for row in listed(sql, wanted)]
            setting = FactSetting(
                today,
                self._zone,
                self._info.currency,
                read_rates(sql, today),
                sql.codec,
                self._info.score_rules,
            )
        if not understood.has_terms or not found:
            return with_scores(self._hot, found, setting)
        homes = {deal.row.pipeline_id for deal in found}
        facts = FactColumns(
            self._hot, [deal.row.id for deal in found], setting, homes.pop() if len(homes) == 1 else None
        )
        if not understood.others:
            places = narrow(understood.terms, facts.columns(understood.fields), range(len(found)))
        else:
            columns, everywhere = facts.columns(understood.fields | {"text"}), range(len(found))
            places = united([narrow(with_words_as_terms(part), columns, everywhere) for part in understood.choices])
        if not setting.score_rules:
            return [found[at] for at in places]
        scores = facts.columns({SCORE})[SCORE]
        return [found[at]._replace(score=scores[at]) for at in places]

    def understood(self, text: str) -> Filter:
        """What the text of a filter means here and now; its problems are for whoever typed it."""
        if not text.strip():
            return Filter(text)
        known = self.names()
        mine = self._me()
        me = next((owner.name for owner in known.owners if owner.id == mine), "")
        return parse(
            text,
            self._clock.now().astimezone(self._zone),
            currency=self._info.currency,
            me=me,
            names=known.by_fact,
        )

    def rests(self, ids: Sequence[int]) -> dict[int, "DealRest"]:
        """What an export says of these deals besides what a list shows."""
        from pipeboard.storage.hot.exporting import rests

        with self._hot.snapshot() as sql:
            return rests(sql, ids)

    def records(self, kind: str, deal_ids: Sequence[int] | None) -> Iterator[Any]:
        """Every company, contact, activity, task or target, or those of these deals; one moment of the database."""
        from pipeboard.storage.hot.exporting_records import records

        with self._hot.snapshot() as sql:
            yield from records(sql, kind, deal_ids)

    def of_action(self, action_id: int) -> list[ListedDeal]:
        """The live deals that an action touched, in board order: those of an import, for instance."""
        from pipeboard.storage.hot.history import deals_of_action

        with self._hot.snapshot() as sql:
            pieces = [tuple(piece) for piece in chunks(deals_of_action(sql, action_id))]
            return [as_of(row, self.today) for piece in pieces for row in listed(sql, Wanted(ids=piece))]

    def deal(self, deal_id: int) -> ListedDeal | None:
        """One deal as a row of the list."""
        with self._hot.snapshot() as sql:
            rows = listed(sql, Wanted(ids=(deal_id,)))
        return as_of(rows[0], self.today) if rows else None

    def names(self) -> CataloguedNames:
        """Pipelines, stages and owners, and the rates in force today."""
        with self._hot.snapshot() as sql:
            return CataloguedNames(
                read_pipelines(sql),
                tuple(read_stages(sql).values()),
                read_owners(sql),
                read_rates(sql, self.today),
            )

    def stage(self, typed: str, pipeline_id: int | None = None) -> Stage:
        """The stage that is meant; where several pipelines have one, `pipeline_id` decides, then the first."""
        with self._hot.snapshot() as sql:
            return stage_named(sql, typed, pipeline_id)

    def stage_for(self, deal_id: int, typed: str, pipeline: str = "") -> Stage:
        """The stage meant for a deal: of the named pipeline, else of its own, else of any."""
        with self._hot.snapshot() as sql:
            if pipeline:
                return stage_named(sql, typed, _pipeline_named(sql, pipeline).id)
            rows = listed(sql, Wanted(ids=(deal_id,)))
            try:
                return stage_named(sql, typed, rows[0].pipeline_id if rows else None)
            except NotFound:
                others = [stage.pipeline_id for stage in read_stages(sql).values()]
                if len(set(others)) < 2:
                    raise
                return stage_named(sql, typed)

    def owner_id(self, typed: str) -> int:
        """The id of the owner who is meant."""
        with self._hot.snapshot() as sql:
            return _owner_named(sql, typed)

    def pipeline(self, typed: str) -> Pipeline:
        """The pipeline that is meant."""
        with self._hot.snapshot() as sql:
            return _pipeline_named(sql, typed)


def with_scores(
    reader: Hot, found: Sequence[ListedDeal], setting: FactSetting, *, sql: Statements | None = None
) -> list[ListedDeal]:
    """The deals with the scores of this person's rules; without any, that of BANT stands in the row itself."""
    if not found or not setting.score_rules:
        return list(found)
    homes = {deal.row.pipeline_id for deal in found}
    home = homes.pop() if len(homes) == 1 else None
    scores = FactColumns(reader, [deal.row.id for deal in found], setting, home, sql=sql).columns({SCORE})[SCORE]
    return [deal._replace(score=score) for deal, score in zip(found, scores, strict=True)]


def as_of(row: ListedRow, today: date) -> ListedDeal:
    """What follows from a deal's fields on a day."""
    status = DealStatus(row.status)
    is_closed = status in (DealStatus.WON, DealStatus.LOST)
    probability = row.stage_probability if row.probability is None else row.probability
    if is_closed:
        probability = 100 if status == DealStatus.WON else 0
    value = row.value_minor
    idle_days = None if is_closed else _days(row.idle_on or row.entered_on, today)
    task_on = row.task_snoozed_until or row.task_due_on
    rot = Rot.FRESH
    if status == DealStatus.OPEN and idle_days is not None:
        rot = rot_state(idle_days, row.rot_days, (task_on - today).days if task_on else None)
    return ListedDeal(
        row,
        status,
        probability,
        None if value is None else divide_half_even(value * probability, 100),
        None if is_closed or not row.is_entry_known else _days(row.entered_on, today),
        idle_days,
        rot,
        bant_points(row.bant),
    )


def _days(since: date | None, today: date) -> int | None:
    return max(0, (today - since).days) if since is not None else None


_STATUSES = {status.name.lower(): int(status) for status in DealStatus}


def _wanted(sql: Statements, asked: DealFilter, words: tuple[str, ...]) -> Wanted:
    """A filter in ids, with the words of its text."""
    statuses: tuple[int, ...] = ()
    if asked.status:
        names = list(_STATUSES)
        statuses = (_STATUSES[names[match_name(asked.status, names, "status")]],)
    pipeline_id = _pipeline_named(sql, asked.pipeline).id if asked.pipeline else None
    return Wanted(
        words=words,
        pipeline_id=pipeline_id,
        stage_id=stage_named(sql, asked.stage, pipeline_id).id if asked.stage else None,
        owner_id=_owner_named(sql, asked.owner) if asked.owner else None,
        statuses=statuses,
    )


def stage_named(sql: Statements, typed: str, pipeline_id: int | None = None) -> Stage:
    """The stage meant by a typed name or id. The pipelines are asked one after another, the given one alone."""
    stages = list(read_stages(sql, pipeline_id).values())
    if (found := with_id(typed, stages)) is not None:
        return found
    homes = list(dict.fromkeys(stage.pipeline_id for stage in stages))
    for home in homes[:-1]:
        here = [stage for stage in stages if stage.pipeline_id == home]
        if any(search_key(stage.name).startswith(search_key(typed)) for stage in here):
            stages = here
            break
    return stages[match_name(typed, [stage.name for stage in stages], "stage")]


def _owner_named(sql: Statements, typed: str) -> int:
    return match_thing(typed.lstrip("@"), read_owners(sql), "owner").id


def _pipeline_named(sql: Statements, typed: str) -> Pipeline:
    return match_thing(typed, read_pipelines(sql), "pipeline")

"""A believable pipeline with a past: real commands carried out at invented moments, in the order of time."""

import heapq
from collections.abc import Callable, Generator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from random import Random
from typing import NamedTuple

from pipeboard.domain.commands import (
    AddOwner,
    AddSpend,
    AddTask,
    Command,
    CompleteTask,
    CreateDeal,
    EditDeals,
    LogActivity,
    LoseDeals,
    MoveDeals,
    ParkDeals,
    ReopenDeals,
    Seen,
    SetQuota,
    SetRate,
    WinDeals,
)
from pipeboard.domain.events import DealCreated, Outcome, SetupChanged, TaskAdded
from pipeboard.domain.periods import period_key, quarter_of
from pipeboard.domain.task import kind_of
from pipeboard.services.demo_details import details_of
from pipeboard.services.demo_names import (
    CATALOGUE,
    COMPANIES,
    DONE_TASKS,
    ENDINGS,
    FIRST_TALKS,
    OWNERS,
    PRODUCTS,
    PROJECTS,
    REASONS,
    SOURCES,
    STORIES,
    Story,
)
from pipeboard.services.workspace import Workspace

CLOSED_DEALS = 150
"""Deals of the past 13 months that are won or lost."""

PAST_DAYS = 395
_THIS_MONTH = 7
_USD_NANO = 920_000_000
_TARGET_MINOR = 9_000_000
_SPENT = (("web", 180_000), ("fair", 95_000))
"""What is spent every month on which source."""


class DemoSize(NamedTuple):
    """How much is to be made up: `deals` in all (None: the story and its past), from which seed."""

    deals: int | None = None
    seed: int = 7


class _Step(NamedTuple):
    """A command at its moment, done by an owner."""

    at: datetime
    owner_id: int
    command: Command


Execute = Callable[[Command, datetime, int | None], Outcome]

_Life = Generator[_Step, Outcome, None]
"""The life of one deal: gives its steps one by one and is told what came of each."""


class Past(NamedTuple):
    """A deal that was decided: `days_ago` it was closed, after `cycle` days, with `reached` as its last stage."""

    title: str
    company: str
    value: int
    currency: str
    owner: int
    days_ago: int
    cycle: int
    reached: int
    is_won: bool
    reason: str
    source: str
    product: str


class _World(NamedTuple):
    """What every life needs to know."""

    now: datetime
    stages: tuple[int, ...]
    owners: tuple[int, ...]
    zone: tzinfo
    rng: Random

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.astimezone(self.zone).date()


def fill_demo(workspace: Workspace, size: DemoSize) -> None:
    """Fill a fresh workspace with a pipeline that looks lived in, as seen from its clock.

    The same seed at the same moment gives the same deals. All of it is one commit.
    """
    rng = Random(size.seed)
    now = workspace.clock.now()
    stages = tuple(stage.id for stage in workspace.deals.stages() if stage.is_open)
    wanted = len(STORIES) + CLOSED_DEALS if size.deals is None else size.deals
    with workspace.batch() as execute:
        start = now - timedelta(days=PAST_DAYS + 150)
        owners = [workspace.me or 1]
        for name in OWNERS[1:]:
            owners += [e.entity_id for e in execute(AddOwner(name), start, None).events if isinstance(e, SetupChanged)]
        execute(SetRate("USD", _USD_NANO, start.date()), start, None)
        for product in CATALOGUE:
            execute(product, start, None)
        _plan(execute, now, start, owners)
        world = _World(now, stages, tuple(owners), workspace.zone, rng)
        stories = STORIES[:wanted]
        lives = [_story(world, story) for story in stories]
        lives += [_past(world, one) for one in made_up_past(world.today, rng, wanted - len(stories))]
        if wanted > len(lives):
            from pipeboard.services.demo_bulk import bulk_import

            command = bulk_import(workspace, wanted - len(lives), rng)
            execute(command, now - timedelta(days=3), owners[1])
        _live(lives, execute)


def _plan(execute: Execute, now: datetime, start: datetime, owners: Sequence[int]) -> None:
    """Targets of this quarter for everybody, and what was spent on fairs and advertising in the last year."""
    quarter = period_key(quarter_of(now.date()))
    for owner_id in owners:
        execute(SetQuota(str(quarter), _TARGET_MINOR, owner_id=owner_id), start, None)
    for months in range(12, 0, -1):
        at = now - timedelta(days=30 * months)
        for source, minor in _SPENT:
            execute(AddSpend(at.date(), minor, source=source), at, None)


def _live(lives: Sequence[_Life], execute: Execute) -> None:
    """Carry the steps of all lives out in the order of their moments."""
    waiting = [(step.at, number, step) for number, life in enumerate(lives) if (step := next(life, None))]
    heapq.heapify(waiting)
    while waiting:
        _, number, step = waiting[0]
        outcome = execute(step.command, step.at, step.owner_id)
        try:
            following = lives[number].send(outcome)
        except StopIteration:
            heapq.heappop(waiting)
        else:
            heapq.heapreplace(waiting, (following.at, number, following))


def _story(world: _World, story: Story) -> _Life:
    """The life of a deal that is still alive."""
    now, rng = world.now, world.rng
    owner = world.owners[story.owner]
    entered = [now - timedelta(days=days, minutes=rng.randrange(5, 90)) for days in _stays(story)]
    created = yield _Step(entered[0], owner, _created(world, story, entered[0]))
    deal_id = _deal_id(created)
    talked = entered[0] + (entered[1] - entered[0]) / 2 if len(entered) > 1 else None
    if talked is not None:
        yield from _work(world, deal_id, owner, talked)
    for at, command in _events(world, story, deal_id, entered):
        yield _Step(at, owner, command)


def _events(world: _World, story: Story, deal_id: int, entered: Sequence[datetime]) -> list[tuple[datetime, Command]]:
    """What happened with a deal after its first talk, in the order of time."""
    now, rng, seen = world.now, world.rng, (Seen(deal_id),)
    moves = zip(world.stages[1 : story.stage + 1], entered[1:], strict=True)
    found: list[tuple[datetime, Command]] = [(at, MoveDeals(seen, stage)) for stage, at in moves]
    if story.task:
        due_on = None if story.due is None else world.today + timedelta(days=story.due)
        command = AddTask(deal_id, story.task, kind_of(story.task), due_on, story.at, recurrence=story.every)
        found.append((entered[-1] + timedelta(minutes=2), command))
    if story.silent is not None and story.silent < story.stay:
        at = now - timedelta(days=story.silent, minutes=30)
        found.append((at, LogActivity(deal_id, rng.choice(FIRST_TALKS), "call")))
    details = details_of(story.title, deal_id, world.today)
    found += [(now - timedelta(hours=one.hours_ago), one.command) for one in details]
    if story.wake is not None:
        park = ParkDeals(seen, world.today + timedelta(days=story.wake), story.why_parked)
        found.append((now - timedelta(days=story.stay, minutes=4), park))
    if story.was is not None and story.value is not None:
        found.append((entered[-1] + timedelta(minutes=20), EditDeals(seen, (("value_minor", story.value * 100),))))
    if story.was_lost:
        # In the stage before the present one, long enough to have been lost at the start of most quarters.
        gap = entered[-1] - entered[-2]
        lost_at = entered[-2] + gap / 10
        day = lost_at.astimezone(world.zone).date()
        found.append((lost_at, LoseDeals(seen, day, "Timing")))
        found.append((lost_at + gap * 0.7, ReopenDeals(seen, reason="They have a budget after all")))
    later = [*story.closes[1:], story.close] if story.closes else []
    for place, close in enumerate(later, 1):
        # Half of its life after the first talk is enough for all that was put off.
        at = now - timedelta(days=story.age * (1 - place / (len(later) + 2)) * 0.8)
        day = world.today + timedelta(days=close or 0)
        found.append((at, EditDeals(seen, (("expected_close_on", day),))))
    return sorted(found, key=lambda one: one[0])


def _stays(story: Story) -> list[int]:
    """How many days ago each stage up to the present one was entered, the first one first."""
    parked = story.stay if story.wake is not None else 0
    last = parked + 7 if parked else story.stay
    if story.stage == 0:
        return [max(last, story.age)]
    step = (story.age - last) / story.stage
    return [round(story.age - step * place) for place in range(story.stage)] + [last]


def _created(world: _World, story: Story, at: datetime) -> CreateDeal:
    close = story.closes[0] if story.closes else story.close
    close_on = None if close is None else world.today + timedelta(days=close)
    value = story.value if story.was is None else story.was
    return CreateDeal(
        title=story.title,
        stage_id=world.stages[0],
        value_minor=None if value is None else value * 100,
        currency=story.currency,
        company=story.company,
        contact=story.contact,
        owner_id=world.owners[story.owner],
        tags=story.tags,
        is_hot=story.is_hot,
        expected_close_on=close_on,
        product=story.product,
        source=story.source,
        notes=story.notes,
        started_on=at.astimezone(world.zone).date(),
    )


def _work(world: _World, deal_id: int, owner: int, at: datetime) -> _Life:
    """A talk that was noted and a task that was done."""
    yield _Step(at, owner, LogActivity(deal_id, world.rng.choice(FIRST_TALKS), "call"))
    title = world.rng.choice(DONE_TASKS)
    added = yield _Step(
        at + timedelta(minutes=3), owner, AddTask(deal_id, title, kind_of(title), at.astimezone(world.zone).date())
    )
    for event in added.events:
        if isinstance(event, TaskAdded):
            yield _Step(at + timedelta(minutes=40), owner, CompleteTask(Seen(event.task_id)))


def _past(world: _World, past: Past) -> _Life:
    """The life of a deal that was decided."""
    now, rng = world.now, world.rng
    owner = world.owners[past.owner]
    closed = now - timedelta(days=past.days_ago, minutes=rng.randrange(6, 50))
    began = closed - timedelta(days=past.cycle)
    created = yield _Step(
        began,
        owner,
        CreateDeal(
            past.title,
            world.stages[0],
            past.value * 100,
            past.currency,
            past.company,
            owner_id=owner,
            product=past.product,
            source=past.source,
            started_on=began.astimezone(world.zone).date(),
        ),
    )
    deal_id = _deal_id(created)
    shares = sorted(rng.uniform(0.05, 0.9) for _ in range(past.reached))
    moments = [began + (closed - began) * share for share in shares]
    if rng.random() < 0.3:
        yield from _work(world, deal_id, owner, began + timedelta(minutes=30))
    for stage, at in zip(world.stages[1:], moments, strict=False):
        yield _Step(max(at, began + timedelta(hours=2)), owner, MoveDeals((Seen(deal_id),), stage))
    day = closed.astimezone(world.zone).date()
    if past.is_won:
        yield _Step(closed, owner, WinDeals((Seen(deal_id),), day))
    else:
        yield _Step(closed, owner, LoseDeals((Seen(deal_id),), day, past.reason))


def made_up_past(today: date, rng: Random, count: int) -> list[Past]:
    """Up to `CLOSED_DEALS` decided deals: some in this month, the others in the months before it."""
    return [_made_up(today, rng, place) for place in range(max(0, min(count, CLOSED_DEALS)))]


def _made_up(today: date, rng: Random, place: int) -> Past:
    is_recent = place < _THIS_MONTH
    days_ago = (today.day - 1) * place // _THIS_MONTH if is_recent else rng.randrange(today.day, PAST_DAYS)
    owner = rng.randrange(len(OWNERS))
    # The business grows and gets better at it: the trend is there to be seen.
    is_won = place % 5 < 3 if is_recent else rng.random() < 0.56 - days_ago / 2500 + (0.06, 0.0, -0.04)[owner]
    cycle = round(rng.triangular(12, 110, 34) + (8 if owner == 2 else 0))
    company = f"{rng.choice(COMPANIES)} {rng.choice(ENDINGS)}"
    return Past(
        title=f"{company.split()[0]} {rng.choice(PROJECTS)}",
        company=company,
        value=max(1_500, round(rng.lognormvariate(9.45, 0.65) / 100) * 100),
        currency="USD" if rng.random() < 0.1 else "EUR",
        owner=owner,
        days_ago=days_ago,
        cycle=cycle,
        reached=4 if is_won else rng.choices((0, 1, 2, 3, 4), (18, 24, 26, 22, 10))[0],
        is_won=is_won,
        reason=rng.choice(REASONS),
        source=rng.choice(SOURCES),
        product=rng.choice(PRODUCTS),
    )


def _deal_id(outcome: Outcome) -> int:
    return next(event.deal_id for event in outcome.events if isinstance(event, DealCreated))

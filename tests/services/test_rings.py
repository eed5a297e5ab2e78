"""A reminder rings once, in one of several terminals, also after a restart."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pipeboard.domain import commands as c
from pipeboard.domain.reminding import AWAY
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace

from .handlers.asking import add

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def plan(workspace: Workspace, **fields: Any) -> int:
    made: Any = workspace.execute(c.AddTask(add(workspace), "call", "call", **fields)).events[0]
    return int(made.task_id)


def test_one_of_two_terminals_rings(database: str, open_workspace: OpenWorkspace, clock: FixedClock) -> None:
    one, two = open_workspace(database), open_workspace(database)
    plan(one, due_on=TODAY, due_time=time(13), remind_minutes=15)
    clock.set(NOON)
    mine = one.agenda.rings(NOON - AWAY, NOON)
    his = two.agenda.rings(NOON - AWAY, NOON)
    assert [ring.at for ring in mine] == [ring.at for ring in his] == [NOON - timedelta(minutes=15)]
    assert one.claim(mine) == list(mine)
    assert two.claim(his) == []
    assert two.agenda.rings(NOON - AWAY, NOON) == ()
    assert open_workspace(database).agenda.rings(NOON - AWAY, NOON) == (), "nor after a restart"
    assert one.execute(c.Undo()).label.startswith("Undid: Planned"), "what has rung is no action"


def test_what_came_due_while_everything_was_closed_or_asleep_rings_once(
    database: str, open_workspace: OpenWorkspace, clock: FixedClock
) -> None:
    before = open_workspace(database)
    deal = add(before)
    for title, hour in (("first", 10), ("second", 11)):
        before.execute(c.AddTask(deal, title, "call", TODAY, time(hour)))
    before.close()
    back = NOON + timedelta(days=2)
    clock.set(back)
    here, there = open_workspace(database), open_workspace(database)
    mine, his = (one.agenda.rings(back - AWAY, back) for one in (here, there))
    assert [ring.title for ring in mine] == ["first", "second"], "both together"
    assert len(here.claim(mine)) == 2
    assert there.claim(his) == []
    night = back + timedelta(hours=9)  # both sleep, with a task that comes due meanwhile
    here.execute(c.AddTask(deal, "third", "call", (back + timedelta(days=1)).date(), time(0, 30)))
    clock.set(night + timedelta(hours=12))
    mine, his = (one.agenda.rings(back, night + timedelta(hours=12)) for one in (here, there))
    assert [ring.title for ring in there.claim(his)] == ["third"]
    assert here.claim(mine) == []
    clock.set(back)  # a clock that is set back
    assert open_workspace(database).agenda.rings(back - AWAY, night + timedelta(hours=12)) == ()


def test_put_off_it_rings_again_on_the_other_day(workspace: Workspace, clock: FixedClock) -> None:
    task = plan(workspace, due_on=TODAY, due_time=time(13))
    workspace.claim(workspace.agenda.rings(NOON - AWAY, NOON))
    workspace.execute(c.EditTask(c.Seen(task), (("snoozed_until", TODAY + timedelta(days=1)),)))
    tomorrow = NOON + timedelta(days=1)
    clock.set(tomorrow)
    (ring,) = workspace.claim(workspace.agenda.rings(NOON - AWAY, tomorrow))
    assert ring.at == tomorrow


def test_old_ones_are_forgotten(workspace: Workspace, clock: FixedClock) -> None:
    for day in (0, 200):
        plan(workspace, due_on=TODAY + timedelta(days=day), due_time=time(13))
        now = NOON + timedelta(days=day)
        clock.set(now)
        assert len(workspace.claim(workspace.agenda.rings(now - AWAY, now))) == 1
    with workspace.agenda._hot.snapshot() as sql:
        assert sql.value("SELECT count(*) FROM ring") == 1

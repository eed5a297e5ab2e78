"""Touches, attempts and response times from the database, on both engines."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.periods import Period
from pipeboard.services.activity_figures import span_of
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage.hot.metrics import Scope
from tests.services.handlers.asking import add, places, seen

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


@pytest.fixture
def scope(workspace: Workspace) -> Scope:
    return Scope(workspace.deals.stages()[0].pipeline_id)


def _log(workspace: Workspace, deal: int, kind: str, direction: str | None, at: datetime | None = None) -> None:
    workspace.execute(c.LogActivity(deal, "x", kind, direction, None, at))


def test_attempts_and_touches_are_counted(workspace: Workspace, scope: Scope, clock: FixedClock) -> None:
    deal, other = add(workspace), add(workspace, "Other")
    _log(workspace, deal, "call", "out")
    _log(workspace, deal, "call", None)
    _log(workspace, deal, "email", "in")
    _log(workspace, deal, "note", None)
    assert workspace.activities.attempts([deal, other]) == {deal: 2, other: 0}
    made = workspace.activities.figures(scope, NOVEMBER).activities
    assert (made.total.calls, made.total.emails, made.total.notes, made.total.attempts) == (2, 1, 1, 2)
    assert made.by_owner[0].name == "Anna Nowak"
    assert made.per_day == pytest.approx(3 / 22)
    assert workspace.activities.deals_with(scope, NOVEMBER) == (deal,)
    assert workspace.activities.deals_with(scope._replace(owner_id=99), NOVEMBER) == ()
    workspace.execute(c.Undo())
    assert workspace.activities.figures(scope, NOVEMBER).activities.total.notes == 0


def test_a_deal_lost_after_two_calls_is_given_up_early(workspace: Workspace, scope: Scope) -> None:
    quick, tried = add(workspace, "Quick"), add(workspace, "Tried")
    for _ in range(3):
        _log(workspace, tried, "call", "out")
    on = workspace.activities.today
    workspace.execute(c.LoseDeals(seen(quick, tried), on, "Price"))
    made = workspace.activities.figures(scope, NOVEMBER).activities
    assert (made.given_up, made.attempts_lost) == ((quick,), 1.5)
    assert places(workspace).lead


def test_the_response_time_runs_from_the_creation(workspace: Workspace, scope: Scope, clock: FixedClock) -> None:
    start = clock.now()
    fast, slow, waiting, before = (add(workspace, title) for title in ("Fast", "Slow", "Waiting", "Before"))
    _log(workspace, before, "call", "out", start - timedelta(days=1))
    _log(workspace, slow, "email", "in")
    clock.set(start + timedelta(minutes=20))
    _log(workspace, fast, "call", "out")
    clock.set(start + timedelta(hours=5))
    _log(workspace, slow, "email", "out")
    made = workspace.activities.figures(scope, NOVEMBER).response
    assert (made.n, made.median_minutes, made.deal_ids, made.n_contacted_before) == (2, 160, (slow, fast), 1)
    assert [(one.deal_id, one.minutes) for one in made.unanswered] == [(waiting, 300)]


def test_a_period_begins_at_local_midnight() -> None:
    warsaw = span_of(Period(date(2026, 10, 25), date(2026, 10, 26)), ZoneInfo("Europe/Warsaw"))
    assert warsaw.first_at == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert warsaw.end_at - warsaw.first_at == timedelta(hours=25)
    # In São Paulo midnight itself was skipped.
    brazil = span_of(Period(date(2018, 11, 4), date(2018, 11, 5)), ZoneInfo("America/Sao_Paulo"))
    assert brazil.first_at == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert brazil.end_at - brazil.first_at == timedelta(hours=23)

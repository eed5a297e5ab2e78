"""Targets and spending through real commands, on both engines, and whose a closed deal is."""

from datetime import UTC, date, datetime

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.periods import parse_period
from pipeboard.domain.quota import Attainment
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.workspace import Workspace

Q4 = parse_period("2026-Q4")


def add(workspace: Workspace, title: str, value: int | None, **fields: object) -> c.Seen:
    stage = workspace.deals.stages()[0]
    event = workspace.execute(c.CreateDeal(title, stage.id, value_minor=value, **fields)).events[0]  # type: ignore[arg-type]
    return c.Seen(event.deal_id)  # type: ignore[union-attr]


def win(workspace: Workspace, deal: c.Seen) -> None:
    workspace.execute(c.WinDeals((deal,), workspace.metrics.today))


def current(workspace: Workspace) -> Attainment | None:
    return workspace.quotas.current(workspace.board.overview().pipeline.id)


def test_without_a_target_there_is_nothing_to_reach(workspace: Workspace) -> None:
    assert current(workspace) is None
    assert workspace.quotas.attainments(Q4, 1) == ()


def test_a_target_is_set_changed_taken_away_and_all_of_it_undone(workspace: Workspace) -> None:
    win(workspace, add(workspace, "Acme", 30_000_00))
    told = workspace.execute(c.SetQuota("2026-Q4", 120_000_00)).label
    assert told == "Set the target of the team for Q4 2026: €120,000"
    made = current(workspace)
    assert made is not None
    assert (made.done, made.share, made.target.pipeline_id) == (30_000_00, 0.25, None)
    workspace.execute(c.SetQuota("2026-q4", 60_000_00))
    (only,) = workspace.quotas.all()
    assert (only.period, only.amount_minor) == ("2026-Q4", 60_000_00)
    workspace.execute(c.DeleteQuota(only.id))
    assert current(workspace) is None
    for amount in (60_000_00, 120_000_00):
        workspace.execute(c.Undo())
        assert [quota.amount_minor for quota in workspace.quotas.all()] == [amount]
    workspace.execute(c.Undo())
    assert workspace.quotas.all() == ()


@pytest.mark.parametrize(
    "command",
    [
        c.SetQuota("2026-Q5", 1),
        c.SetQuota("2026-Q4"),
        c.SetQuota("2026-Q4", 0),
        c.SetQuota("2026-Q4", 5, deals=5),
        c.SetQuota("2026-Q4", 5, "XXX"),
        c.AddSpend(date(2026, 11, 22), 0),
        c.AddSpend(date(2026, 11, 23), 5),
    ],
)
def test_what_makes_no_sense_is_refused(workspace: Workspace, command: c.Command) -> None:
    with pytest.raises(InvalidInput):
        workspace.execute(command)
    assert (workspace.quotas.all(), workspace.quotas.spend()) == ((), ())


@pytest.mark.parametrize("command", [c.DeleteQuota(9), c.DeleteSpend(9), c.SetQuota("2026", 5, owner_id=99)])
def test_what_is_not_there(workspace: Workspace, command: c.Command) -> None:
    with pytest.raises(NotFound):
        workspace.execute(command)


def test_spending_is_noted_and_undone(workspace: Workspace) -> None:
    workspace.execute(c.AddSpend(date(2026, 11, 3), 2_500_00, source="fair", note="stand"))
    workspace.execute(c.AddSpend(date(2026, 9, 3), 100_00, "usd"))
    assert [(e.source, e.amount_minor, e.currency) for e in workspace.quotas.spend()] == [
        ("fair", 2_500_00, "EUR"),
        ("", 100_00, "USD"),
    ]
    assert [e.note for e in workspace.quotas.spend(Q4)] == ["stand"]
    workspace.execute(c.DeleteSpend(workspace.quotas.spend(Q4)[0].id))
    assert workspace.quotas.spend(Q4) == ()
    workspace.execute(c.Undo())
    assert len(workspace.quotas.spend(Q4)) == 1


def test_the_team_and_its_people_with_what_is_still_to_come(workspace: Workspace, clock: FixedClock) -> None:
    workspace.execute(c.AddOwner("Bob"))
    bob = next(owner.id for owner in workspace.board.overview().owners if owner.name == "Bob")
    workspace.execute(c.SetQuota("2026-Q4", 100_00, owner_id=bob))
    workspace.execute(c.SetQuota("2026-Q4", deals=4))
    win(workspace, add(workspace, "His", 40_00, owner_id=bob))
    win(workspace, add(workspace, "Hers", 60_00))
    add(workspace, "Soon", 200_00, owner_id=bob, probability=50, expected_close_on=date(2026, 12, 1))
    add(workspace, "Late", 200_00, owner_id=bob, probability=50, expected_close_on=date(2026, 11, 1))
    rows = workspace.quotas.attainments(Q4, workspace.board.overview().pipeline.id)
    told = [(r.target.owner_id, r.target.measure, r.done, r.projected, r.target.is_rolled_up) for r in rows]
    assert told == [
        (None, "value", 40_00, 140_00, True),
        (bob, "value", 40_00, 140_00, False),
        (None, "count", 2, 2, False),
    ]
    assert rows[0].target.pipeline_id is None


def test_a_closed_deal_stays_with_the_person_who_closed_it(workspace: Workspace, clock: FixedClock) -> None:
    workspace.execute(c.AddOwner("Bob"))
    anna, bob = (next(o.id for o in workspace.board.overview().owners if o.name.startswith(n)) for n in ("Anna", "Bob"))
    deal = add(workspace, "Acme", 40_00, owner_id=anna)
    win(workspace, deal)
    workspace.execute(c.EditDeals((deal,), (("owner_id", bob),)))
    made = workspace.metrics.report(MetricsQuery())
    assert [(row.name, row.won) for row in made.by_owner] == [("Anna Nowak", 1)]
    assert workspace.metrics.report(MetricsQuery(owner_id=bob)).won.deals == 0
    assert workspace.metrics.report(MetricsQuery(owner_id=anna)).won.deals == 1
    clock.set(datetime(2026, 11, 23, 9, tzinfo=UTC))
    workspace.execute(c.ReopenDeals((deal,)))
    made = workspace.metrics.report(MetricsQuery())
    assert [(row.name, row.open) for row in made.by_owner] == [("Bob", 1)]
    win(workspace, deal)
    assert workspace.metrics.report(MetricsQuery(owner_id=bob)).won.deals == 1

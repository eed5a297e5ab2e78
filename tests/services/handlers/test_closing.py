"""Winning, losing, parking, reopening: what is kept of each and what is cleared."""

from datetime import date, timedelta

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import Ambiguous, InvalidInput, NotFound, StaleDeal
from pipeboard.domain.events import DealMoved
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .asking import add, detail, places, seen, titles

TODAY = date(2026, 11, 22)


def test_win_keeps_the_day_the_value_and_where_it_came_from(workspace: Workspace) -> None:
    stages = places(workspace)
    deal = add(workspace, stage_id=stages.proposal, value_minor=100, probability=70)
    outcome = workspace.execute(c.WinDeals(seen(deal), TODAY - timedelta(days=0), value_minor=90, note="signed"))
    assert outcome.label == "Won Acme platform"
    assert outcome.events == (DealMoved(deal, stages.proposal, stages.won),)
    now = detail(workspace, deal)
    assert (now.status, now.stage, now.closed_on) == (DealStatus.WON, "Won", TODAY)
    assert (now.value_minor, now.close_note, now.closed_from) == (90, "signed", "Proposal made")
    assert (now.probability, now.effective_probability) == (None, 100)
    assert titles(workspace, stages.won) == ["Acme platform"]


def test_several_closed_deals_keep_their_order(workspace: Workspace) -> None:
    ids = [add(workspace, title) for title in "abc"]
    workspace.execute(c.ParkDeals(seen(*ids), TODAY + timedelta(days=5), "later"))
    assert titles(workspace, places(workspace).fridge) == ["a", "b", "c"]
    workspace.execute(c.ReopenDeals(seen(*reversed(ids))))
    assert titles(workspace, places(workspace).lead) == ["c", "b", "a"]


def test_lose_for_a_reason(workspace: Workspace) -> None:
    deal = add(workspace)
    reason = workspace.deals.lost_reasons()[0]
    outcome = workspace.execute(c.LoseDeals(seen(deal), TODAY, reason[:4].lower(), "too dear"))
    assert outcome.label == f"Lost Acme platform: {reason}"
    now = detail(workspace, deal)
    assert (now.status, now.lost_reason, now.close_note, now.closed_on) == (DealStatus.LOST, reason, "too dear", TODAY)
    workspace.execute(c.WinDeals(seen(deal), TODAY))
    now = detail(workspace, deal)
    assert (now.status, now.lost_reason, now.close_note, now.closed_from) == (DealStatus.WON, "", "", "Lead")


def test_park_until_a_day(workspace: Workspace) -> None:
    deal = add(workspace)
    until = TODAY + timedelta(days=30)
    assert workspace.execute(c.ParkDeals(seen(deal), until, "no budget")).label == f"Parked Acme platform until {until}"
    now = detail(workspace, deal)
    assert (now.status, now.wake_on, now.park_reason, now.closed_on) == (DealStatus.PARKED, until, "no budget", None)


@pytest.mark.parametrize("how", ["won", "lost", "parked"])
def test_reopening_goes_back_and_clears_everything(workspace: Workspace, clock: FixedClock, how: str) -> None:
    stages = places(workspace)
    deal = add(workspace, stage_id=stages.qualified)
    commands: dict[str, c.Command] = {
        "won": c.WinDeals(seen(deal), TODAY, note="n"),
        "lost": c.LoseDeals(seen(deal), TODAY, workspace.deals.lost_reasons()[0], "n"),
        "parked": c.ParkDeals(seen(deal), TODAY + timedelta(days=3), "n"),
    }
    clock.set(clock.now() + timedelta(hours=1))
    workspace.execute(commands[how])
    clock.set(clock.now() + timedelta(days=4))
    outcome = workspace.execute(c.ReopenDeals(seen(deal), "they called"))
    assert outcome.label == "Reopened Acme platform: they called"
    now = detail(workspace, deal)
    assert (now.status, now.stage, now.entered_on) == (DealStatus.OPEN, "Qualified", TODAY + timedelta(days=4))
    cleared = (now.closed_on, now.lost_reason, now.close_note, now.closed_from, now.wake_on, now.park_reason)
    assert cleared == (None, "", "", "", None, "")
    assert [s.stage for s in now.stays][0::2] == ["Qualified", "Qualified"]


def test_the_rate_of_the_day_is_kept_and_goes_with_reopening(workspace: Workspace, clock: FixedClock) -> None:
    stages = places(workspace)
    for day, rate in ((date(2026, 11, 1), 900_000_000), (date(2026, 11, 20), 950_000_000)):
        workspace.execute(c.SetRate("USD", rate, day))
    clock.set(clock.now() + timedelta(minutes=1))
    deal = add(workspace, value_minor=1000, currency="USD")
    workspace.execute(c.WinDeals(seen(deal), TODAY))
    workspace.execute(c.SetRate("USD", 500_000_000, TODAY))
    with workspace._store.hot.snapshot() as sql:
        assert sql.value("SELECT rate_at_close_nano FROM deal") == 950_000_000
    workspace.execute(c.ReopenDeals(seen(deal)))
    assert workspace.board.overview().totals[stages.lead].value_minor == 500
    with workspace._store.hot.snapshot() as sql:
        assert sql.value("SELECT rate_at_close_nano FROM deal") is None


def test_closings_that_are_refused(workspace: Workspace) -> None:
    deal, other = add(workspace, started_on=date(2026, 11, 10)), add(workspace, "Other")
    refused: list[tuple[c.Command, str]] = [
        (c.WinDeals(seen(deal), TODAY + timedelta(days=1)), "cannot be closed in the future"),
        (c.LoseDeals(seen(deal), date(2026, 11, 9), "Price"), "began on 2026-11-10; it cannot be closed before"),
        (c.WinDeals(seen(deal, other), TODAY, value_minor=5), "one deal at a time"),
        (c.WinDeals(seen(deal), TODAY, value_minor=2**60), "must be a whole number"),
        (c.ParkDeals(seen(deal), TODAY, "x"), "must be in the future"),
        (c.ParkDeals(seen(deal), TODAY + timedelta(days=1), " "), "Say why the deal is parked"),
        (c.ReopenDeals(seen(deal)), "is open already"),
    ]
    for command, sentence in refused:
        with pytest.raises(InvalidInput, match=sentence):
            workspace.execute(command)
    with pytest.raises((NotFound, Ambiguous, InvalidInput)):
        workspace.execute(c.LoseDeals(seen(deal), TODAY, "no such reason at all"))
    workspace.execute(c.WinDeals(seen(other), TODAY))
    with pytest.raises(InvalidInput, match="not into Lost"):
        workspace.execute(c.ReopenDeals(seen(other), stage_id=places(workspace).lost))


def test_a_final_value_does_not_hide_a_colleagues(workspace: Workspace, database: str, clock: FixedClock) -> None:
    deal = add(workspace, value_minor=100)
    boris = Workspace.open(database, clock, login="boris")
    boris.execute(c.EditDeals(seen(deal), (("value_minor", 500),)))
    boris.close()
    with pytest.raises(StaleDeal):
        workspace.execute(c.WinDeals((c.Seen(deal, 1),), TODAY, value_minor=90))
    workspace.execute(c.WinDeals((c.Seen(deal, 1),), TODAY))
    assert detail(workspace, deal).value_minor == 500


def test_a_slip_to_won_that_is_undone_never_happened(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    clock.set(clock.now() + timedelta(days=2))
    workspace.execute(c.WinDeals(seen(deal), workspace.board.today))
    workspace.execute(c.Undo())
    assert [(s.stage, s.outcome) for s in detail(workspace, deal).stays] == [("Lead", None)]
    assert workspace.board.overview().totals[places(workspace).won].count == 0


def test_a_deal_entered_after_the_fact_began_when_it_ended(workspace: Workspace) -> None:
    deal = add(workspace)
    workspace.execute(c.WinDeals(seen(deal), TODAY - timedelta(days=3)))
    detail = workspace.deals.detail(deal)
    assert detail.started_on == detail.closed_on == TODAY - timedelta(days=3)
    workspace.execute(c.Undo())
    assert workspace.deals.detail(deal).started_on is None

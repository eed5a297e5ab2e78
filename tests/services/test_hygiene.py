"""The hygiene report and the flush, on both engines."""

from datetime import date, timedelta

from pipeboard.domain import commands as c
from pipeboard.domain.hygiene import FLUSH_REASON, Gap
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace

from .handlers.asking import add, detail, places, seen

TODAY = date(2026, 11, 22)


def _close(workspace: Workspace, deal_id: int, on: date | None) -> None:
    workspace.execute(c.EditDeals(seen(deal_id), (("expected_close_on", on),)))


def test_every_gap_names_its_deals(workspace: Workspace, clock: FixedClock) -> None:
    month = timedelta(days=31)
    fine = {"value_minor": 100, "expected_close_on": TODAY + 5 * month, "next_step": "call", "due_on": TODAY + month}
    old = add(workspace, "Old", value_minor=900_00, next_step="call", expected_close_on=date(2026, 11, 1))
    pushed = add(workspace, "Pushed", **{**fine, "expected_close_on": date(2026, 9, 1)})
    for month_number in (10, 11, 12):
        _close(workspace, pushed, date(2026, month_number, 20))
    workspace.execute(c.Undo())
    clock.set(clock.now() + timedelta(days=40))
    _close(workspace, pushed, date(2027, 1, 20))
    bare = add(workspace, "Bare")
    add(workspace, "Fine", **fine)
    report = workspace.hygiene.report()
    found = {group.gap: [deal.row.id for deal in group.deals] for group in report.groups}
    assert found == {
        Gap.ROTTING: [old, pushed],
        Gap.CLOSE_PASSED: [old],
        Gap.PUSHED: [pushed],
        Gap.NO_NEXT_STEP: [bare],
        Gap.NO_VALUE: [bare],
        Gap.NO_CLOSE_DATE: [bare],
    }
    assert report.pushes[pushed] == 3, "the one that was taken back does not count"
    assert report.groups[0].value_minor == 901_00
    assert [(q.owner, q.deals, q.complete) for q in report.qualities] == [("Anna Nowak", 4, 2)]
    assert workspace.hygiene.report(1).groups[0].deal_count == 2
    assert len(workspace.hygiene.report(1).groups[0].deals) == 1


def test_a_value_without_a_rate_is_not_a_gap_and_not_a_sum(workspace: Workspace) -> None:
    add(workspace, "Francs", value_minor=500_00, currency="CHF")
    groups = {group.gap: group for group in workspace.hygiene.report().groups}
    assert Gap.NO_VALUE not in groups
    assert groups[Gap.NO_NEXT_STEP].value_minor == 0


def test_a_flush_closes_the_stale_ones_in_one_action_that_undo_takes_back(
    workspace: Workspace, clock: FixedClock
) -> None:
    stale = add(workspace, "Stale", value_minor=100)
    won_meanwhile = add(workspace, "Won meanwhile")
    clock.set(clock.now() + timedelta(days=90))
    fresh = add(workspace, "Fresh")
    report = workspace.hygiene.report()
    assert {deal_id for deal_id, _ in report.stale} == {stale, won_meanwhile}
    today = workspace.hygiene.today
    workspace.execute(c.WinDeals(seen(won_meanwhile), today))
    outcome = workspace.execute(c.FlushDeals(seen(stale, won_meanwhile), today))
    assert outcome.label == f"Flushed Stale: {FLUSH_REASON}"
    closed = detail(workspace, stale)
    assert (closed.status, closed.lost_reason, closed.closed_from) == (DealStatus.LOST, FLUSH_REASON, "Lead")
    assert detail(workspace, won_meanwhile).status == DealStatus.WON
    workspace.execute(c.Undo())
    assert detail(workspace, stale).stage_id == places(workspace).lead
    assert detail(workspace, fresh).status == DealStatus.OPEN


def test_a_review_that_was_held_is_kept_and_can_be_taken_back(workspace: Workspace) -> None:
    outcome = workspace.execute(c.HoldReview("# Review\n\n- Acme [/ EU]\n", "cheer up"))
    assert outcome.label == "Held the review of 2026-11-22"
    workspace.execute(c.Undo())

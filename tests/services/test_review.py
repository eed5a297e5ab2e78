"""The agenda of a pipeline meeting, on both engines."""

from datetime import date, timedelta

from pipeboard.domain import commands as c
from pipeboard.domain.review import Part, record, short_so_far, so_far_words
from pipeboard.services.clock import FixedClock
from pipeboard.services.review_record import meeting_of, story_since
from pipeboard.services.workspace import Workspace

from .handlers.asking import add, detail, places, seen

TODAY = date(2026, 11, 22)


def test_each_deal_is_spoken_of_once_where_it_matters_most(workspace: Workspace, clock: FixedClock) -> None:
    at = places(workspace)
    planned = {"next_step": "call", "value_minor": 100_00}
    late = add(workspace, "Late", stage_id=at.negotiation, expected_close_on=date(2026, 12, 20), **planned)
    small = add(workspace, "Small", stage_id=at.negotiation, expected_close_on=date(2027, 1, 3), **planned)
    early = add(workspace, "Early", expected_close_on=date(2027, 6, 1), **planned)
    bare = add(workspace, "Bare", stage_id=at.contacted)
    clock.set(clock.now() + timedelta(days=6))
    dear = add(workspace, "Dear", stage_id=at.proposal, expected_close_on=date(2026, 12, 31), value_minor=900_00)
    add(workspace, "Fine", expected_close_on=date(2027, 6, 1), **planned)
    review = workspace.review.review()
    assert [(part, [one.deal.row.id for one in some]) for part, some in review.parts] == [
        (Part.TARGET, [dear, late]),
        (Part.EARLY, [early, bare]),
    ]
    assert review.total == 4
    assert review.since is None
    assert review.subjects[0].why == "closes in 33 days, no next step"
    assert review.subjects[3].why == "no close date, no activity for 6 days, limit 7, no next step, no value"
    assert small not in {one.deal.row.id for one in review.subjects}


def test_the_story_begins_with_the_last_review_and_undo_takes_a_review_back(
    workspace: Workspace, clock: FixedClock
) -> None:
    deal_id = add(workspace, "Acme", value_minor=100_00)
    workspace.execute(c.HoldReview("# First\n"))
    clock.set(clock.now() + timedelta(days=1))
    workspace.execute(c.EditDeals(seen(deal_id), (("value_minor", 200_00),)))
    review = workspace.review.review()
    assert review.last_record == "# First"
    found = detail(workspace, deal_id)
    assert [entry.text for entry in story_since(found, review.since)] == ["value 100 to 200"]
    now = clock.now().astimezone(workspace.zone)
    meeting = meeting_of(review, {deal_id: found}, {deal_id: ["Moved on"]}, now=now, who="Anna", summary=["1 deal"])
    text = record(meeting)
    assert "since 22 November 2026" in text
    assert "  - 23 Nov: value 100 to 200 (Anna Nowak)\n  - **Decided:** Moved on\n" in text
    workspace.execute(c.Undo())
    workspace.execute(c.Undo())
    assert workspace.review.review().since is None


def test_how_far_the_quarter_is_counts_wins_by_their_day_and_open_deals_by_theirs(
    workspace: Workspace, clock: FixedClock
) -> None:
    at = places(workspace)
    workspace.execute(c.AddOwner("Bob"))
    bob = workspace.listing.owner_id("Bob")
    for title, owner, value, day in (
        ("Mine", None, 300_00, date(2026, 10, 1)),
        ("His", bob, 500_00, TODAY),
        ("Before", None, 900_00, date(2026, 9, 30)),
        ("Bare", bob, None, TODAY),
    ):
        deal_id = add(workspace, title, value_minor=value, owner_id=owner or workspace.me)
        workspace.execute(c.WinDeals(seen(deal_id), day))
    open_at = {"stage_id": at.negotiation, "value_minor": 400_00}
    add(workspace, "In it", expected_close_on=date(2026, 12, 31), **open_at)
    small = add(workspace, "After it", expected_close_on=date(2027, 1, 1), **open_at)
    add(workspace, "Late", expected_close_on=date(2026, 11, 21), **open_at)
    found = workspace.review.review().so_far
    assert (found.won_minor, found.won_deals, found.left_out, found.target) == (800_00, 3, 1, None)
    assert (found.weighted_minor, found.ahead_deals, found.expected_minor) == (300_00, 1, 1100_00)
    workspace.execute(c.SetQuota("2026-Q4", 1000_00, owner_id=workspace.me))
    mine = workspace.review.review(owner_id=workspace.me).so_far
    assert (mine.won_minor, mine.target and mine.target.share) == (300_00, 0.3)
    assert so_far_words(mine, "EUR") == (
        "Q4 2026: €300 won in 1 deal, 30% of €1,000; 56% of the workdays are over",
        "Still to come: €300 weighted in 1 deal, together €600, 60%",
    )
    assert short_so_far(mine, "EUR") == "Q4 30% of €1k, €300 to come"
    kept = workspace.review.review(kept=frozenset({small})).so_far
    assert (kept.won_deals, kept.ahead_deals, kept.target) == (0, 0, None)

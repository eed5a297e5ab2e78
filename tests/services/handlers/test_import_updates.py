"""A file that knows better where a deal stands: what it leaves behind, what it takes along, and nothing twice."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.events import DealsImported
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import check
from tests.storage.states import deal_row, live_state, one
from tests.storage.test_undo import file_of, imported, won

from .asking import places, titles

TODAY = date(2026, 11, 22)
CLOSING = ("closed_on", "lost_reason_id", "close_note", "closed_from_stage_id", "rate_at_close_nano")
PARKING = ("wake_on", "park_reason")


def lost(line: int, **fields: Any) -> ImportedDeal:
    """A lost deal of a file that does not tell where it came from."""
    told = {"closed_on": date(2026, 10, 5), "lost_reason": "Price", **fields}
    return imported(line, stage_name="Lost", status=DealStatus.LOST, **told)


def parked(line: int) -> ImportedDeal:
    """A parked deal of a file."""
    return imported(line, stage_name="Fridge", status=DealStatus.PARKED)


def bring(workspace: Workspace, *deals: ImportedDeal) -> DealsImported:
    """Import deals; how many were new, changed and unchanged."""
    (event,) = workspace.execute(file_of(workspace, *deals)).events
    assert isinstance(event, DealsImported)
    return event


def kept(workspace: Workspace, *fields: str, deal_id: int = 1) -> tuple[Any, ...]:
    """Fields of a deal as they are on disk."""
    row = deal_row(workspace, deal_id)
    return tuple(row[field] for field in fields)


@pytest.mark.parametrize("before", [lost(1), won(1), parked(1)], ids=["lost", "won", "parked"])
def test_a_deal_that_the_file_calls_open_keeps_nothing_of_its_closing(
    workspace: Workspace, before: ImportedDeal
) -> None:
    bring(workspace, before)
    state = live_state(workspace)
    assert bring(workspace, imported(1)).changed == 1
    assert kept(workspace, "status", *CLOSING, *PARKING) == (0, None, None, "", None, None, None, "")
    assert check(workspace.target) == []
    assert bring(workspace, imported(1)).unchanged == 1
    workspace.execute(c.Undo())
    assert live_state(workspace) == state


def test_words_and_rate_of_a_closing_by_hand_go_too(workspace: Workspace) -> None:
    workspace.execute(c.SetRate("USD", 900_000_000, date(2026, 9, 1)))
    bring(workspace, imported(1, currency="USD", value_minor=100))
    workspace.execute(c.LoseDeals(one(1), TODAY, "Price", "too dear"))
    assert kept(workspace, "close_note", "rate_at_close_nano") == ("too dear", 900_000_000)
    bring(workspace, imported(1, currency="USD", value_minor=100))
    assert kept(workspace, *CLOSING) == (None, None, "", None, None)


def test_closing_keeps_the_stage_it_came_from_and_the_rate_of_the_day(workspace: Workspace) -> None:
    for rate, day in ((900_000_000, date(2026, 9, 1)), (950_000_000, date(2026, 10, 6))):
        workspace.execute(c.SetRate("USD", rate, day))
    bring(workspace, imported(1, stage_name="Qualified", currency="USD", probability=40))
    after = lost(1, currency="USD")
    bring(workspace, after)
    assert kept(workspace, "closed_on", "closed_from_stage_id", "rate_at_close_nano", "probability") == (
        date(2026, 10, 5),
        places(workspace).qualified,
        900_000_000,
        None,
    )
    assert check(workspace.target) == []
    assert bring(workspace, after).unchanged == 1


def test_what_the_file_tells_of_the_stage_before_counts(workspace: Workspace) -> None:
    bring(workspace, imported(1))
    bring(workspace, won(1))
    assert kept(workspace, "closed_from_stage_id") == (places(workspace).qualified,)


def test_from_won_to_lost_the_stage_before_stays_known(workspace: Workspace) -> None:
    bring(workspace, won(1))
    bring(workspace, lost(1))
    status, reason, before = kept(workspace, "status", "lost_reason_id", "closed_from_stage_id")
    assert (status, before) == (DealStatus.LOST, places(workspace).qualified)
    assert reason is not None
    bring(workspace, won(1))
    assert kept(workspace, "lost_reason_id") == (None,)


def test_a_deal_that_becomes_parked_wakes_some_day(workspace: Workspace) -> None:
    bring(workspace, lost(1))
    bring(workspace, parked(1))
    wakes = TODAY + timedelta(days=90)
    assert kept(workspace, *CLOSING, *PARKING) == (None, None, "", None, None, wakes, "Imported")
    assert check(workspace.target) == []
    workspace.execute(c.EditDeals(one(1), (("wake_on", TODAY + timedelta(days=3)),)))
    assert bring(workspace, parked(1)).unchanged == 1
    assert kept(workspace, "wake_on") == (TODAY + timedelta(days=3),)


def test_deals_that_change_their_stage_stand_last_in_the_new_one_before_those_that_are_new(
    workspace: Workspace,
) -> None:
    lead = places(workspace).lead
    bring(workspace, lost(1), imported(2, stage_name="Qualified"), imported(3), imported(4))
    bring(workspace, imported(1), imported(2), imported(3), imported(4), imported(5))
    assert titles(workspace, lead) == ["Row 3", "Row 4", "Row 1", "Row 2", "Row 5"]
    ranks = [deal_row(workspace, deal_id)["rank"] for deal_id in (3, 4, 1, 2, 5)]
    assert sorted(set(ranks)) == ranks

"""Sums that are mended after a change are those that summing everything gives, whatever was done, by whomever."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeboard.domain import commands as c
from pipeboard.domain.board import Overview
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.templates import parse_stages
from pipeboard.services.board import BoardReads
from pipeboard.services.workspace import Workspace
from pipeboard.storage.hot import board as hot
from tests.services.handlers.asking import add


def _first(w: Workspace) -> int:
    return w.deals.stages(1)[0].id


def _archive(w: Workspace, _: int) -> object:
    stages = [stage for stage in w.deals.stages(1) if stage.is_open]
    return w.execute(c.ArchiveStage(stages[1].id, stages[0].id)) if len(stages) > 3 else None


ACTS: dict[str, Callable[[Workspace, int], object]] = {
    "add": lambda w, deal: add(w, "Deal", stage_id=_first(w), value_minor=deal * 100, probability=deal * 7),
    "step": lambda w, deal: w.execute(c.StepDeals((c.Seen(deal),), 1)),
    "back": lambda w, deal: w.execute(c.StepDeals((c.Seen(deal),), -1)),
    "value": lambda w, deal: w.execute(c.EditDeals((c.Seen(deal),), (("value_minor", deal * 1_234),))),
    "no value": lambda w, deal: w.execute(c.EditDeals((c.Seen(deal),), (("value_minor", None),))),
    "currency": lambda w, deal: w.execute(c.EditDeals((c.Seen(deal),), (("currency", "USD"),))),
    "probability": lambda w, deal: w.execute(c.EditDeals((c.Seen(deal),), (("probability", 90),))),
    "win": lambda w, deal: w.execute(c.WinDeals((c.Seen(deal),), w.deals.today)),
    "park": lambda w, deal: w.execute(c.ParkDeals((c.Seen(deal),), date(2027, 1, 1), "later")),
    "delete": lambda w, deal: w.execute(c.DeleteDeals((c.Seen(deal),))),
    "task": lambda w, deal: w.execute(c.AddTask(deal, "call", "call", None)),
    "hand off": lambda w, deal: w.execute(c.HandOffDeals((c.Seen(deal),), 2)),
    "stage": lambda w, deal: w.execute(c.EditStage(_first(w), (("probability", deal * 9),))),
    "archive": _archive,
    "undo": lambda w, _: w.execute(c.Undo()),
    "redo": lambda w, _: w.execute(c.Redo()),
}


def afresh(workspace: Workspace) -> Overview:
    """What somebody sees who has just come."""
    reads = workspace.board
    return BoardReads(reads._hot, reads._clock, reads._zone, reads._info).overview()


@pytest.fixture
def two(database: str, open_workspace: Callable[..., Workspace]) -> tuple[Workspace, Workspace]:
    """Two people on one database with two pipelines; what they do adds up over the examples."""
    mine, other = open_workspace(database, "anna"), open_workspace(database, "boris")
    mine.execute(c.CreatePipeline("Partners", parse_stages("Talks 40%, Offer 80%")))
    return mine, other


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, 6), st.booleans()), max_size=25))
def test_mended_sums_are_those_of_everything(
    two: tuple[Workspace, Workspace], steps: list[tuple[str, int, bool]]
) -> None:
    mine, other = two
    mine.board.overview()
    for name, deal, is_mine in steps:
        try:
            ACTS[name](mine if is_mine else other, deal)
        except (PipeboardError, ValueError):
            continue
        assert mine.board.overview().totals == afresh(mine).totals, name
        assert other.board.overview().totals == afresh(other).totals, name


def test_a_move_sums_two_stages_and_a_mere_look_all(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = add(local_workspace)
    asked: list[int] = []
    whole = hot.open_totals

    def counted(*given: object) -> object:
        asked.append(len(given[3]) if len(given) > 3 else 0)  # type: ignore[arg-type]
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(hot, "open_totals", counted)
    local_workspace.board.overview()
    local_workspace.execute(c.StepDeals((c.Seen(deal),), 1))
    local_workspace.board.overview()
    local_workspace.board.overview()  # something else is the reason to ask: all are summed
    assert asked == [0, 2, 0]

"""The reads of forecast and waterfall: few statements, and of the history only what happened in the window."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.forecast.facts import ForecastDeal, Sums, sums
from pipeboard.services.forecast import ForecastQuery
from pipeboard.services.waterfall import WaterfallQuery
from pipeboard.services.workspace import Workspace
from pipeboard.storage.hot import hygiene, standings
from pipeboard.storage.sql import Statements


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Sequence[Any]]]:
    """Every query that is run."""
    seen: list[tuple[str, Sequence[Any]]] = []
    original = Statements.all

    def spying(self: Statements, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        seen.append((sql, params))
        return original(self, sql, params)

    monkeypatch.setattr(Statements, "all", spying)
    return seen


def test_the_waterfall_reads_only_the_changes_of_its_window(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]
) -> None:
    local_workspace.waterfall.view(WaterfallQuery())
    assert len(told) <= 6
    ((sql, params),) = [one for one in told if "FROM event" in one[0]]
    with local_workspace.waterfall._hot.snapshot() as statements:
        plan = [row[3] for row in statements.all(f"EXPLAIN QUERY PLAN {sql}", params)]
    assert any("USING INDEX event_at (at>?)" in step for step in plan), plan
    assert not [step for step in plan if step.startswith("SCAN")], plan


def test_the_statements_of_a_forecast(local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]) -> None:
    stages = sum(stage.is_open for stage in local_workspace.deals.stages())
    told.clear()
    made = local_workspace.forecast.forecast(ForecastQuery())
    # One more for each stage whose exits are too few to go by.
    assert len(told) <= 18 + stages, [sql[:60] for sql, _ in told]
    told.clear()
    local_workspace.forecast.trend(made)
    assert len(told) <= 4


def test_a_forecast_reads_the_stays_of_its_window_alone_and_of_other_deals_only_what_was_decided(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]
) -> None:
    local_workspace.forecast.forecast(ForecastQuery())
    ((sql, params),) = [one for one in told if "next_id" in one[0]]
    with local_workspace.forecast._hot.snapshot() as statements:
        plan = [row[3] for row in statements.all(f"EXPLAIN QUERY PLAN {sql}", params)]
    assert len([step for step in plan if "visit_left (pipeline_id=? AND left_on" in step]) == 2, plan
    assert not [step for step in plan if step.startswith(("SCAN v", "SCAN n"))], plan
    (decided,) = [sql for sql, _ in told if "FROM deal d LEFT JOIN company" in sql]
    assert "d.status IN (1, 2)" in decided


def test_a_forecast_of_many_deals_adds_each_up_a_few_times(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeboard.domain.forecast import categories, months, report

    added = 0
    plain = sums

    def counting(deals: Iterable[ForecastDeal]) -> Sums:
        nonlocal added
        kept = list(deals)
        added += len(kept)
        return plain(kept)

    for module in (categories, months, report):
        monkeypatch.setattr(module, "sums", counting)
    stage = local_workspace.deals.stages()[0]
    for number in range(10):
        local_workspace.execute(CreateDeal(f"Deal {number}", stage.id))
    local_workspace.forecast.forecast(ForecastQuery())
    assert 0 < added <= 10 * 20


def test_what_a_deal_was_entered_with_is_read_by_nothing_that_rebuilds_the_past(
    local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = local_workspace.deals.stages()[0]
    for number in range(20):
        local_workspace.execute(CreateDeal(f"Deal {number}", stage.id, expected_close_on=date(2026, 12, 1)))
    read: list[str] = []
    plain = json.loads

    def counting(text: str) -> Any:
        read.append(text)
        return plain(text)

    for module in (standings, hygiene):
        monkeypatch.setattr(module.json, "loads", counting)
    made = local_workspace.forecast.forecast(ForecastQuery())
    assert local_workspace.forecast.trend(made)
    assert local_workspace.waterfall.view(WaterfallQuery()).made.bars
    assert local_workspace.hygiene.report().groups
    assert local_workspace.review.review()
    assert not [text for text in read if "expected_close_on" in text]

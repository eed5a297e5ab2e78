"""The reads of the metrics: few statements, and none of them reads a large table from end to end for a short period."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipeboard.domain.commands import CreateDeal, Seen, WinDeals
from pipeboard.domain.events import DealCreated
from pipeboard.domain.metrics.velocity import ENOUGH_DECIDED
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.workspace import Workspace
from pipeboard.storage.sql import Statements

MOST_STATEMENTS = 9


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


@pytest.mark.parametrize("query", [MetricsQuery(), MetricsQuery(is_all=True)])
def test_the_statements_of_a_view(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]], query: MetricsQuery
) -> None:
    local_workspace.metrics.view(query)
    assert len(told) <= MOST_STATEMENTS


def plan_of(workspace: Workspace, sql: str, params: Sequence[Any]) -> list[str]:
    """How SQLite runs a query of the metrics."""
    with workspace.metrics._hot.snapshot() as statements:
        return [row[3] for row in statements.all(f"EXPLAIN QUERY PLAN {sql}", params)]


def is_indexed(plan: list[str], *indices: str) -> bool:
    """Whether each of the indices answers on its own, and nothing but small things is read from end to end."""
    scans = [step for step in plan if step.startswith("SCAN") and "deal_deleted" not in step]
    return not scans and all(any(f"COVERING INDEX {index} " in step for step in plan) for index in indices)


def test_the_time_in_stage_is_read_from_its_indices_alone(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]
) -> None:
    local_workspace.metrics.report(MetricsQuery())
    ((sql, params),) = [one for one in told if "stage_visit" in one[0]]
    plan = plan_of(local_workspace, sql, params)
    assert is_indexed(plan, "visit_left", "visit_time"), plan
    assert [step for step in plan if "visit_left (pipeline_id=? AND left_on>? AND left_on<?)" in step], plan


def test_the_time_in_stage_over_everything_is_grouped_in_the_order_of_its_index(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]
) -> None:
    local_workspace.metrics.report(MetricsQuery(is_all=True))
    ((sql, params),) = [one for one in told if "stage_visit" in one[0]]
    plan = plan_of(local_workspace, sql, params)
    assert is_indexed(plan, "visit_time"), plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan


def test_the_deals_of_a_period_are_found_in_their_index(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]]
) -> None:
    stages = local_workspace.deals.stages()
    for number in range(ENOUGH_DECIDED):
        made = local_workspace.execute(CreateDeal(f"Deal {number}", stages[0].id)).events[0]
        assert isinstance(made, DealCreated)
        local_workspace.execute(WinDeals((Seen(made.deal_id),), local_workspace.metrics.today))
    told.clear()
    local_workspace.metrics.report(MetricsQuery())
    ((sql, params),) = [one for one in told if "FROM deal d LEFT JOIN company" in one[0]]
    plan = plan_of(local_workspace, sql, params)
    assert is_indexed(plan, "deal_period"), plan
    assert len([step for step in plan if "COVERING INDEX deal_period (pipeline_id=? AND closed_on" in step]) == 3, plan
    assert "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)" in plan

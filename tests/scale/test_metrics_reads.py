"""The reads of the metrics: few statements, and no row of the visits is looked at for the time in stage."""

from collections.abc import Sequence
from typing import Any

import pytest

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


@pytest.mark.parametrize("query", [MetricsQuery(), MetricsQuery(is_all=True)])
def test_the_time_in_stage_is_read_from_its_index_alone(
    local_workspace: Workspace, told: list[tuple[str, Sequence[Any]]], query: MetricsQuery
) -> None:
    reads = local_workspace.metrics
    reads.report(query)
    ((sql, params),) = [one for one in told if "stage_visit" in one[0]]
    with reads._hot.snapshot() as statements:
        plan = [row[3] for row in statements.all(f"EXPLAIN QUERY PLAN {sql}", params)]
    indexed = [step for step in plan if "COVERING INDEX visit_time" in step]
    assert len(indexed) == (1 if query.is_all else 2), plan
    assert not [step for step in plan if step.startswith("SCAN stage_visit")], plan
    assert query.is_all or "SCAN v" not in plan

"""The reads of forecast and waterfall: few statements, and of the history only what happened in the window."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipeboard.services.forecast import ForecastQuery
from pipeboard.services.waterfall import WaterfallQuery
from pipeboard.services.workspace import Workspace
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

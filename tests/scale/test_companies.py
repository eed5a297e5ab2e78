"""Companies and going anywhere: few statements however many there are, and only what is in sight is drawn."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipeboard.domain.companies import Kind
from pipeboard.domain.company_commands import AddCompany
from pipeboard.services.workspace import Workspace
from pipeboard.storage.sql import Statements
from pipeboard.tui.text.company_rows import row_strip
from tests.services.handlers.asking import add
from tests.tui.driver import playing

COMPANIES = 120


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every query that is run."""
    seen: list[str] = []
    original = Statements.all

    def spying(self: Statements, sql: str, params: Sequence[Any] = ()) -> list[Any]:
        seen.append(sql)
        return original(self, sql, params)

    monkeypatch.setattr(Statements, "all", spying)
    return seen


def fill(workspace: Workspace) -> None:
    for number in range(COMPANIES):
        workspace.execute(AddCompany(f"Company {number:03}"))
    add(workspace, "Deal", company="Company 007", contact="Bob")


def test_the_list_and_a_search_take_as_many_statements_as_for_one(local_workspace: Workspace, told: list[str]) -> None:
    fill(local_workspace)
    told.clear()
    assert len(local_workspace.companies.rows(Kind.COMPANY)) == COMPANIES
    assert len(told) <= 4
    told.clear()
    assert local_workspace.finding.find("company 007")[0].name == "Company 007"
    assert len(told) <= 3
    told.clear()
    local_workspace.companies.partner(Kind.COMPANY, 8)
    assert len(told) <= 11


async def test_only_the_rows_in_sight_are_drawn(local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(local_workspace)
    drawn: set[str] = set()

    def spying(partner: Any, *args: Any, **options: Any) -> Any:
        drawn.add(partner.name)
        return row_strip(partner, *args, **options)

    monkeypatch.setattr("pipeboard.tui.widgets.company_list.row_strip", spying)
    async with playing(local_workspace, (80, 24)) as player:
        await player.press("g", "c")
        assert "Company 000" in player.text
        assert 10 < len(drawn) <= 24

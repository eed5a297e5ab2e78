"""The board on a pseudo terminal, over a small database of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from tests.terminal.session import PIPEBOARD, Terminal

StartBoard = Callable[..., Terminal]


@pytest.fixture
def board_database(sqlite_database: str, local_workspace: Workspace) -> str:
    """A database with three deals in its first stage."""
    first = local_workspace.deals.stages()[0]
    for title in ("Acme renewal", "Globex pilot", "Initech rollout"):
        local_workspace.execute(CreateDeal(title, first.id, value_minor=1_200_000, company="Acme"))
    local_workspace.close()
    return sqlite_database


@pytest.fixture
def start_board(monkeypatch: pytest.MonkeyPatch) -> Iterator[StartBoard]:
    """Starts the program on a terminal, as Anna, at a fixed time. Whatever is still running is ended."""
    monkeypatch.setenv("PIPEBOARD_USER", "anna")
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-22T09:00:00+00:00")
    with ExitStack() as stack:
        yield lambda *arguments, **options: stack.enter_context(_terminal(arguments, options))


def _terminal(arguments: tuple[str, ...], options: dict[str, Any]) -> Terminal:
    return Terminal([*PIPEBOARD, *arguments], **options)

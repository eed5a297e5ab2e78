"""A pipeline to import into, and the real files where they are."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeboard.domain.board import Owner
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.services.transfer.planning import ImportOptions, ImportPlan, plan_import

_OPEN = ("Lead", "Contacted", "Qualified", "Proposal made", "Negotiation")

Planner = Callable[..., ImportPlan]


@pytest.fixture(scope="session")
def stages() -> list[Stage]:
    """The stages of the default template."""
    names = [*((name, StageKind.OPEN) for name in _OPEN), ("Won", StageKind.WON), ("Lost", StageKind.LOST)]
    names.append(("Fridge", StageKind.PARKED))
    return [Stage(at + 1, 1, name, at, kind, 10 * at) for at, (name, kind) in enumerate(names)]


@pytest.fixture(scope="session")
def plan(stages: list[Stage]) -> Planner:
    """Plan an import of a path, of bytes or of the text of a file, with options by name."""

    def planned(source: Path | bytes | str, owners: list[Owner] | None = None, **options: object) -> ImportPlan:
        ready = source.encode() if isinstance(source, str) else source
        chosen = ImportOptions(**options)  # type: ignore[arg-type]
        return plan_import(ready, chosen, stages, owners or [], "USD", date(2027, 1, 1))

    return planned


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real sales data; tests that need it are skipped where it is not."""
    beside = Path(__file__).resolve().parents[4] / "shared" / "data"
    found = Path(os.environ.get("PIPEBOARD_SHARED_DATA", beside))
    if not found.is_dir():
        pytest.skip("the shared data is not here")
    return found

"""A large file that is only looked at holds nobody up: the trial runs on a copy."""

import tempfile
from pathlib import Path

import pytest
from tests.services.handlers.asking import add

from pipeboard.services.transfer.importing import import_file
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget
from pipeboard.services.workspace import Workspace


def test_nobody_waits_while_a_large_file_is_looked_at(
    local_workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    text = "Deal name,Stage\n" + "".join(f"Deal {n},Lead\n" for n in range(5_000))
    path, clock = local_workspace.target.path, local_workspace.clock
    other = Workspace.open(path, clock, login="boris", person="Boris")  # a second terminal
    written: list[int] = []

    def progress(done: int, everything: int) -> None:
        if done * 2 > everything:  # while it is being written, to be taken back
            written.append(add(other))

    target = ImportTarget(is_dry_run=True)
    try:
        report = import_file(local_workspace, text.encode(), ImportOptions(), target, progress=progress)
    finally:
        other.close()
    assert report.new == 5_000
    assert len(written) >= 2
    assert len(local_workspace.listing.deals()) == len(written)
    assert list(tmp_path.glob("pipeboard-look-*")) == [], "the copy is gone"

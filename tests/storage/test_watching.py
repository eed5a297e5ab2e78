"""Noticing what others commit: at once, only that, and when the file is taken away."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import StaleDeal, StorageFailure
from pipeboard.services import safety
from pipeboard.services.clock import FixedClock
from pipeboard.services.watching import ForeignChange, watch
from pipeboard.services.workspace import Workspace
from pipeboard.storage.changes import Watch

from .states import add, deal_row, one


@pytest.fixture
def boris(database: str, workspace: Workspace, open_workspace: Callable[..., Workspace]) -> Workspace:
    """A colleague at the same database."""
    return open_workspace(database, "boris")


def poll_until(ask: Callable[[], bool]) -> bool:
    """Ask until the answer is yes: a notification may take some milliseconds over a socket."""
    return any(ask() for _ in range(2000))


def test_a_colleagues_commit_is_noticed_once(workspace: Workspace, boris: Workspace) -> None:
    ask = watch(workspace)
    assert not ask()
    deal = add(boris)
    assert poll_until(ask)
    assert not ask()
    boris.execute(c.StepDeals(one(deal), 1))
    assert poll_until(ask)


def test_own_commits_are_no_news(workspace: Workspace, boris: Workspace) -> None:
    ask = watch(workspace)
    add(boris)
    assert poll_until(ask)
    add(workspace)
    assert not any(ask() for _ in range(200))
    add(workspace)
    add(boris)
    assert poll_until(ask), "not hidden by one's own at the same time"


def test_the_plain_watch_sees_every_commit(workspace: Workspace) -> None:
    plain = Watch(workspace.target)
    assert not plain.poll()
    add(workspace)
    assert poll_until(plain.poll)
    plain.close()


def test_changes_tell_who_did_what_to_which_deals(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace)
    before = workspace.changes.last_action_id()
    moved = boris.execute(c.StepDeals(one(deal), 1))
    mine = workspace.execute(c.EditDeals(one(deal), (("is_hot", True),)))
    joined, *changes = workspace.changes.changes_since(before)
    assert joined.label == "Boris joined"
    assert changes == [
        ForeignChange(moved.action_id or 0, "Boris", "Moved Acme platform to Contacted", (deal,), False),
        ForeignChange(mine.action_id or 0, "Anna Nowak", "Marked Acme platform as hot", (deal,), True),
    ]
    assert workspace.changes.changes_since(workspace.changes.last_action_id()) == ()


def test_a_change_of_what_a_colleague_changed_meanwhile_is_told(workspace: Workspace, boris: Workspace) -> None:
    deal = add(workspace, value_minor=100)
    seen = workspace.deals.detail(deal).version
    boris.execute(c.EditDeals(one(deal), (("value_minor", 200),)))
    with pytest.raises(StaleDeal, match=r"Boris changed “Acme platform” \(value\) while you were looking"):
        workspace.execute(c.EditDeals(one(deal, seen), (("value_minor", 150),)))
    workspace.execute(c.EditDeals(one(deal, seen), (("title", "Another field"),)))
    workspace.execute(c.EditDeals(one(deal), (("value_minor", 300),)))
    row = deal_row(workspace, deal)
    assert (row["title"], row["value_minor"]) == ("Another field", 300)


def test_own_keys_that_are_still_on_their_way_are_no_surprise(workspace: Workspace) -> None:
    """Two steps sent from one look at the board: the second knows the version before the first."""
    deal = add(workspace)
    for _ in range(2):
        workspace.execute(c.StepDeals(one(deal, 1), 1))
    assert workspace.deals.detail(deal).stage == "Qualified"


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_a_file_that_is_taken_away_is_noticed(local_workspace: Workspace, tmp_path: Path, what: str) -> None:
    ask = watch(local_workspace)
    path = local_workspace.target.path
    os.rename(path, tmp_path / "moved.db")
    if what == "replaced":
        shutil.copyfile(tmp_path / "moved.db", path)
    with pytest.raises(StorageFailure, match="was deleted or replaced while Pipeboard had it open"):
        ask()


def test_a_restored_backup_is_noticed(local_workspace: Workspace, clock: FixedClock) -> None:
    database = local_workspace.target.path
    saved = safety.backup_now(database, clock)
    add(local_workspace)
    ask = watch(local_workspace)
    safety.restore(database, clock, saved)
    assert ask()
    assert local_workspace.changes.last_action_id() == 1


def test_the_reader_comes_back_when_the_server_was_away(workspace: Workspace) -> None:
    """The server ends every connection: the next look and the next write work all the same."""
    if workspace.target.is_sqlite:
        pytest.skip("a file has no server")
    import psycopg

    add(workspace)
    plain = Watch(workspace.target)
    with psycopg.connect(workspace.target.url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StorageFailure, match="does not answer"):
        poll_until(plain.poll)
    assert plain.poll(), "what was missed meanwhile is not known"
    assert workspace.deals.detail(1).title == "Acme platform"
    assert add(workspace, "Second") == 2
    plain.close()

"""A long read holds up nobody who only wants a few cards."""

import threading

import pytest

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.errors import PipeboardError
from pipeboard.services.workspace import Workspace
from pipeboard.storage.hot import connection

COUNT = "SELECT count(*) FROM deal"


def test_a_read_does_not_wait_for_another_one(workspace: Workspace) -> None:
    hot = workspace.board._hot
    with hot.snapshot() as first, hot.snapshot() as second:
        assert second is not first
        assert first.value(COUNT) == second.value(COUNT) == 0
    with hot.snapshot() as again:
        assert again is first


def test_each_read_keeps_its_own_moment(workspace: Workspace) -> None:
    hot = workspace.board._hot
    workspace.warm()  # from now on a file has a log of its own for what is written
    with hot.snapshot() as before:
        assert before.value(COUNT) == 0
        workspace.execute(CreateDeal("Acme", workspace.deals.stages()[0].id))
        with hot.snapshot() as after:
            assert after.value(COUNT) == 1
        assert before.value(COUNT) == 0


def test_there_are_only_so_many_connections(workspace: Workspace) -> None:
    hot = workspace.board._hot
    is_open, is_done = threading.Event(), threading.Event()

    def late() -> None:
        is_open.set()
        with hot.snapshot():
            is_done.set()

    with hot.snapshot(), hot.snapshot():
        with hot.snapshot():
            waiting = threading.Thread(target=late)
            waiting.start()
            is_open.wait()
            assert len(hot._free) == 0
            assert hot._lines == connection._MOST_LINES
            assert not is_done.is_set()
        waiting.join()
        assert is_done.is_set()
    assert len(hot._free) == hot._lines == connection._MOST_LINES


def test_a_connection_that_cannot_be_made_is_not_counted(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    hot = workspace.board._hot

    def refused(*_: object, **__: object) -> object:
        raise OSError(24, "Too many open files")

    with hot.snapshot():
        monkeypatch.setattr(connection, "connect", refused)
        with pytest.raises(PipeboardError), hot.snapshot():
            pass
        monkeypatch.undo()
        with hot.snapshot() as other:
            assert other.value(COUNT) == 0

"""An import holds a piece of its rows and history at a time: 200,000 deals took 231 MB in a process of their own."""

import pytest

from pipeboard.services.handlers import importing
from pipeboard.services.transfer.importing import ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.workspace import Workspace
from pipeboard.storage.transaction import Transaction

DEALS = 1_200


def test_rows_and_history_are_written_in_pieces(local_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    write = Transaction.write_events

    def counted(tx: Transaction) -> None:
        held.append(len(tx._events))
        write(tx)

    monkeypatch.setattr(importing, "_AT_ONCE", 100)
    monkeypatch.setattr(Transaction, "write_events", counted)
    lines = [f"X{n},Deal {n},Lead,100,call" for n in range(DEALS)]
    text = "Deal ID,Deal,Stage,Amount,Next step\n" + "\n".join(lines)
    assert import_file(local_workspace, text.encode(), ImportOptions(), ImportTarget()).new == DEALS
    assert len(held) >= DEALS / 100
    assert max(held) <= 100 * 3, "a created deal, its task, and the move that closed it"


def test_an_import_that_is_cancelled_leaves_nothing(local_workspace: Workspace) -> None:
    text = "Deal ID,Deal,Stage\n" + "\n".join(f"X{n},Deal {n},Lead" for n in range(5_000))

    class Cancelled(Exception):
        pass

    def progress(done: int, everything: int) -> None:
        if done > everything * 0.6:
            raise Cancelled

    before = local_workspace.changes.last_action_id()
    with pytest.raises(Cancelled):
        import_file(local_workspace, text.encode(), ImportOptions(), ImportTarget(), progress=progress)
    assert local_workspace.listing.deals() == []
    assert local_workspace.changes.last_action_id() == before

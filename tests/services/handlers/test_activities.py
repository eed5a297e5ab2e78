"""Logging, and mending what was logged, on both engines."""

from datetime import timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound, Refused, StaleDeal
from pipeboard.domain.task import TimelineEntry
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, detail


def _entry(workspace: Workspace, deal: int) -> TimelineEntry:
    return next(entry for entry in detail(workspace, deal).timeline if not entry.is_change)


def _logged(workspace: Workspace, deal: int, body: str = "They like it", **fields: Any) -> c.Seen:
    workspace.execute(c.LogActivity(deal, body, **fields))
    entry = _entry(workspace, deal)
    assert entry.activity_id is not None
    return c.Seen(entry.activity_id, entry.version)


def test_direction_and_outcome_are_kept_and_counted(workspace: Workspace) -> None:
    deal = add(workspace)
    outcome = workspace.execute(c.LogActivity(deal, "", "email", "out", "bounced"))
    assert outcome.label == "Logged an email with Acme platform"
    entry = _entry(workspace, deal)
    assert (entry.kind, entry.direction, entry.outcome, entry.text) == ("email", "out", "bounced", "")
    assert detail(workspace, deal).attempts == 1
    workspace.execute(c.Undo())
    assert detail(workspace, deal).attempts == 0


def test_an_own_entry_is_changed_and_deleted_and_both_come_back(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    seen = _logged(workspace, deal, kind="note")
    earlier = clock.now() - timedelta(days=3)
    workspace.execute(c.EditActivity(seen, (("kind", "call"), ("body", "They love it"), ("at", earlier))))
    entry = _entry(workspace, deal)
    assert (entry.kind, entry.text, entry.at) == ("call", "They love it", earlier)
    assert workspace.execute(c.EditActivity(c.Seen(seen.id), (("kind", "call"),))).action_id is None
    workspace.execute(c.DeleteActivity(c.Seen(seen.id)))
    assert not any(not e.is_change for e in detail(workspace, deal).timeline)
    workspace.execute(c.Undo())
    workspace.execute(c.Undo())
    assert (_entry(workspace, deal).kind, _entry(workspace, deal).text) == ("note", "They like it")
    workspace.execute(c.Redo())
    assert _entry(workspace, deal).text == "They love it"


def test_the_deal_rests_as_long_as_its_last_entry_says(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace)
    clock.set(clock.now() + timedelta(days=10))
    seen = _logged(workspace, deal)
    assert detail(workspace, deal).idle_on == clock.now().date()
    workspace.execute(c.DeleteActivity(seen))
    assert detail(workspace, deal).idle_on == (clock.now() - timedelta(days=10)).date()


def test_what_a_colleague_logged_stays(database: str, open_workspace: OpenWorkspace) -> None:
    anna, ben = open_workspace(database), open_workspace(database, "ben")
    deal = add(anna)
    seen = _logged(anna, deal)
    for command in (c.EditActivity(seen, (("body", "x"),)), c.DeleteActivity(seen)):
        with pytest.raises(Refused, match="Anna Nowak logged this"):
            ben.execute(command)
    elsewhere = open_workspace(database)  # the same person in another terminal
    elsewhere.execute(c.EditActivity(seen, (("body", "Changed over there"),)))
    with pytest.raises(StaleDeal, match="body"):
        anna.execute(c.EditActivity(seen, (("body", "Changed here"),)))
    assert _entry(anna, deal).text == "Changed over there"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((("body", ""),), "Write a few words"),
        ((("kind", "dance"),), "no kind of activity"),
        ((("direction", "up"),), "no direction"),
        ((("body", None),), "body cannot be"),
        ((("deal_id", 2),), "no field"),
    ],
)
def test_nonsense_is_refused(local_workspace: Workspace, changes: tuple[tuple[str, Any], ...], said: str) -> None:
    seen = _logged(local_workspace, add(local_workspace))
    with pytest.raises(InvalidInput, match=said):
        local_workspace.execute(c.EditActivity(seen, changes))


def test_the_future_and_what_is_gone_are_refused(local_workspace: Workspace, clock: FixedClock) -> None:
    seen = _logged(local_workspace, add(local_workspace))
    with pytest.raises(InvalidInput, match="past"):
        local_workspace.execute(c.EditActivity(seen, (("at", clock.now() + timedelta(hours=1)),)))
    with pytest.raises(NotFound):
        local_workspace.execute(c.DeleteActivity(c.Seen(99)))


def test_what_comes_from_outside_is_logged_once_for_a_deal(workspace: Workspace) -> None:
    deal, other = add(workspace), add(workspace, "Other")
    command = c.LogActivity(deal, "Hello", "email", "in", external_id="<1@example.com>")
    assert workspace.execute(command).events
    assert workspace.execute(command).action_id is None
    assert workspace.execute(command._replace(deal_id=other)).events
    workspace.execute(c.Undo())
    assert workspace.execute(command._replace(deal_id=other)).events

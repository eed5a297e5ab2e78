"""Rules at work on both engines: once for one cause, in the history, undoable, without loops."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.rules import read_rules
from pipeboard.services.automation import Automation
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, detail, places, seen

Follow = Callable[..., Automation]


@pytest.fixture
def follow(workspace: Workspace) -> Follow:
    """Has the workspace follow rules given as tables."""

    def follow(*tables: dict[str, Any]) -> Automation:
        rules, problems = read_rules(list(tables))
        assert problems == ()
        return workspace.follow_rules(rules)

    return follow


def _rule(when: str, *then: dict[str, Any], **more: str) -> dict[str, Any]:
    return {"when": when, "then": [*then], **more}


def _task(workspace: Workspace, deal: int) -> list[tuple[str, Any]]:
    return [(task.title, task.due_on) for task in detail(workspace, deal).tasks]


def test_a_deal_that_enters_a_stage_gets_its_task_field_and_tag(workspace: Workspace, follow: Follow) -> None:
    rules = follow(
        _rule(
            "enters Proposal made",
            {"task": "call: follow up +3d"},
            {"set": {"probability": 60, "hot": True, "owner": "anna", "expected_close_on": "eom"}},
            {"tag": "chase"},
            name="Chase",
        )
    )
    deal = add(workspace, tags=("web",))
    workspace.execute(c.MoveDeals(seen(deal), places(workspace).proposal))
    fired = rules.run_pending()
    assert fired.labels == ("Rule “Chase”: Acme platform",)
    now = detail(workspace, deal)
    assert (now.probability, now.is_hot, now.owner, now.tags) == (60, True, "Anna Nowak", "web chase")
    assert str(now.expected_close_on) == "2026-11-30"
    assert [(t.title, t.kind, str(t.due_on)) for t in now.tasks] == [("call: follow up", "call", "2026-11-25")]
    action = workspace.history.actions(1)[0]
    assert (action.kind, action.label, action.deals) == ("rule", "Rule “Chase”: Acme platform", (deal,))
    assert not rules.is_pending
    assert rules.run_pending() == ((), ())


def test_a_firing_is_undone_and_does_not_come_again(workspace: Workspace, follow: Follow, clock: FixedClock) -> None:
    rules = follow(_rule("tagged web", {"task": "greet"}))
    deal = add(workspace, tags=("web",))
    rules.run_pending()
    workspace.execute(c.Undo())
    assert rules.run_pending().labels == ()
    assert _task(workspace, deal) == []
    assert rules.missed(clock.now() - timedelta(days=1)) == []
    workspace.execute(c.Redo())
    assert rules.run_pending().labels == ()
    assert _task(workspace, deal) == [("greet", None)]


def test_what_was_undone_before_the_rules_looked_starts_nothing(workspace: Workspace, follow: Follow) -> None:
    rules = follow(_rule("enters Qualified", {"tag": "x"}))
    deal = add(workspace)
    workspace.execute(c.MoveDeals(seen(deal), places(workspace).qualified))
    workspace.execute(c.Undo())
    assert rules.run_pending().labels == ()


def test_what_a_rule_does_starts_no_other_rule(workspace: Workspace, follow: Follow, clock: FixedClock) -> None:
    rules = follow(_rule("tagged a", {"tag": "b"}), _rule("tagged b", {"tag": "a"}, {"untag": "b"}))
    deal = add(workspace, tags=("a",))
    assert len(rules.run_pending().labels) == 1
    assert rules.run_pending().labels == ()
    assert detail(workspace, deal).tags == "a b"
    assert rules.missed(clock.now() - timedelta(days=1)) == [], "nor when somebody catches up"


def test_a_condition_is_a_filter(workspace: Workspace, follow: Follow) -> None:
    rules = follow(_rule("created", {"tag": "big"}, **{"if": "value>10k | hot"}))
    small, big, hot = (
        add(workspace, "Small", value_minor=100_00),
        add(workspace, "Big", value_minor=20_000_00),
        add(workspace, "Hot", is_hot=True),
    )
    rules.run_pending()
    assert [detail(workspace, deal).tags for deal in (small, big, hot)] == ["", "big", "big"]


def test_idle_deals_are_found_once_for_each_time(workspace: Workspace, follow: Follow, clock: FixedClock) -> None:
    rules = follow(_rule("idle 14d", {"task": "wake them +1d"}))
    deal, closed = add(workspace), add(workspace, "Closed")
    workspace.execute(c.LoseDeals(seen(closed), workspace.activities.today, "Price"))
    clock.set(clock.now() + timedelta(days=13))
    assert rules.idle() == []
    clock.set(clock.now() + timedelta(days=1))
    assert [str(one) for one in rules.idle()] == ["“idle 14d” for Acme platform: plan “wake them +1d”"]
    assert len(rules.run_idle().labels) == 1
    assert rules.run_idle().labels == ()
    workspace.execute(c.LogActivity(deal, "They live"))
    clock.set(clock.now() + timedelta(days=14))
    assert len(rules.run_idle().labels) == 1
    assert len(_task(workspace, deal)) == 2


def test_two_programs_carry_a_rule_out_once(database: str, open_workspace: OpenWorkspace, clock: FixedClock) -> None:
    rules, _ = read_rules([_rule("created", {"task": "greet"}), _rule("idle 1d", {"tag": "idle"})])
    one, two = open_workspace(database), open_workspace(database, "ben")
    mine, theirs = one.follow_rules(rules), two.follow_rules(rules)
    deal = add(one)
    assert theirs.run_pending().labels == (), "the change of another program is that program's affair"
    late = theirs.missed(clock.now() - timedelta(hours=1))
    assert len(mine.run_pending().labels) == 1
    assert theirs.fire(late).labels == (), "found before, but carried out by the other meanwhile"
    assert len(_task(one, deal)) == 1
    clock.set(clock.now() + timedelta(days=2))
    found = theirs.idle()
    assert len(mine.run_idle().labels) == 1
    assert theirs.fire(found).labels == ()


def test_what_happened_without_rules_is_caught_up_with(workspace: Workspace, follow: Follow, clock: FixedClock) -> None:
    deal = add(workspace)
    rules = follow(_rule("created", {"task": "greet"}))
    (missed,) = rules.missed(clock.now() - timedelta(minutes=1))
    assert (missed.deal_id, missed.title) == (deal, "Acme platform")
    assert len(rules.fire([missed]).labels) == 1
    assert rules.missed(clock.now() - timedelta(minutes=1)) == []


def test_a_rule_that_cannot_be_carried_out_harms_nothing(workspace: Workspace, follow: Follow) -> None:
    rules = follow(
        _rule("created", {"tag": "x"}, {"task": "call @nobody"}, name="Broken"),
        _rule("created", {"tag": "y"}, name="Good"),
    )
    deal = add(workspace)
    fired = rules.run_pending()
    assert fired.labels == ("Rule “Good”: Acme platform",)
    assert "Rule “Broken” could not be carried out for Acme platform: " in fired.problems[0]
    assert (detail(workspace, deal).tags, _task(workspace, deal)) == ("y", [])


def test_names_that_are_not_there_are_told(workspace: Workspace, follow: Follow) -> None:
    rules = follow(
        _rule("enters Nirvana", {"tag": "x"}),
        _rule("owner zed", {"tag": "x"}),
        _rule("won", {"set": {"owner": "zed"}}),
        _rule("lost", {"tag": "x"}, **{"if": "value>banana"}),
        _rule("enters Lead", {"tag": "x"}),
    )
    problems = rules.problems()
    assert problems[:2] == (
        "Rule “enters Nirvana”: there is no stage “Nirvana”.",
        "Rule “owner zed”: there is no owner “zed”.",
    )
    assert "Rule “won”" in problems[2]
    assert "banana" in problems[3]
    assert len(problems) == 4

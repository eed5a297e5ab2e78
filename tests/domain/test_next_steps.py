"""What usually comes next."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipeboard.domain.next_steps import suggested_steps
from pipeboard.domain.task import TASK_KINDS
from pipeboard.domain.task_line import parse_task_line

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.mark.parametrize(
    ("kind", "title", "stage", "first"),
    [
        ("call", "call Bob", "Lead", "send summary tomorrow"),
        ("meeting", "demo", "Qualified", "send summary tomorrow"),
        ("mail", "send the proposal", "Qualified", "follow up on the proposal +3d"),
        ("mail", "wyslij oferte", "Lead", "follow up on the proposal +3d"),
        ("mail", "send references", "Proposal made", "follow up on the proposal +3d"),
        ("mail", "send contract", "Proposal made", "call about the contract +2d"),
        ("todo", "check terms", "Negotiation", "call about the contract +2d"),
        ("mail", "send references", "Lead", "call about it +3d"),
        ("todo", "think", "Lead", "follow up +3d"),
        ("call", "call about the proposal", "Proposal made", "send summary tomorrow"),
        ("dance", "x", "", "follow up +3d"),
    ],
)
def test_the_likeliest_comes_first(kind: str, title: str, stage: str, first: str) -> None:
    steps = suggested_steps(kind, title, stage)
    assert steps[0] == first
    assert len(set(steps)) == 3


@pytest.mark.parametrize("kind", TASK_KINDS)
@pytest.mark.parametrize("stage", ["Lead", "Proposal made", "Negotiation"])
def test_every_suggestion_is_a_whole_task(kind: str, stage: str) -> None:
    for step in suggested_steps(kind, "think", stage):
        line = parse_task_line(step, NOW)
        assert line.title
        assert line.due_on is not None
        assert line.due_on > NOW.date()

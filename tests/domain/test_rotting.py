"""Rotting (DOMAIN 2.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.rotting import Rot, reason, rot_state


@pytest.mark.parametrize(
    ("idle", "limit", "task", "state"),
    [
        (0, 14, None, Rot.FRESH),
        (9, 14, None, Rot.FRESH),
        (10, 14, None, Rot.WARNING),
        (13, 14, None, Rot.WARNING),
        (14, 14, None, Rot.ROTTEN),
        (6, 10, None, Rot.FRESH),
        (7, 10, None, Rot.WARNING),
        (1, 1, None, Rot.ROTTEN),
        (0, 1, None, Rot.FRESH),
        (89, 14, None, Rot.ROTTEN),
        (90, 14, None, Rot.DEAD),
        (90, 40, None, Rot.ROTTEN),
        (120, 40, None, Rot.DEAD),
        (20, 14, 14, Rot.WAITING),
        (20, 14, 0, Rot.WAITING),
        (20, 14, 15, Rot.ROTTEN),
        (20, 14, -1, Rot.ROTTEN),
        (95, 14, 3, Rot.WAITING),
        (10, 14, 3, Rot.WARNING),
        (500, None, None, Rot.FRESH),
        (500, 0, None, Rot.FRESH),
    ],
)
def test_the_state_follows_idle_days_limit_and_next_task(
    idle: int, limit: int | None, task: int | None, state: Rot
) -> None:
    assert rot_state(idle, limit, task) == state


@pytest.mark.parametrize(
    ("idle", "limit", "task", "said"),
    [
        (21, 14, None, "no activity for 21 days, limit 14"),
        (1, 1, None, "no activity for 1 day, limit 1"),
        (10, 14, None, "no activity for 10 days, limit 14"),
        (21, 14, 3, "no activity for 21 days, limit 14, next task in 3 days"),
        (21, 14, 1, "no activity for 21 days, limit 14, next task in 1 day"),
        (21, 14, 0, "no activity for 21 days, limit 14, next task today"),
        (3, 14, None, ""),
        (300, None, None, ""),
    ],
)
def test_the_reason_is_said_in_words(idle: int, limit: int | None, task: int | None, said: str) -> None:
    assert reason(idle, limit, task) == said


@given(st.integers(0, 400), st.integers(1, 60))
def test_a_deal_never_gets_fresher_by_waiting(idle: int, limit: int) -> None:
    order = [Rot.FRESH, Rot.WARNING, Rot.ROTTEN, Rot.DEAD]
    assert order.index(rot_state(idle + 1, limit)) >= order.index(rot_state(idle, limit))

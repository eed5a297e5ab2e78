"""The present taken back to a day."""

from typing import Any

import pytest

from pipeboard.domain.as_of import LaterChange, rewound

LATER, IN_TIME = True, False


@pytest.mark.parametrize(
    ("changes", "then"),
    [
        ([], 15),
        ([(LATER, 10, 15)], 10),
        ([(LATER, 10, 12), (LATER, 12, 15)], 10),
        ([(IN_TIME, 10, 15)], 15),
        ([(LATER, 10, 12), (IN_TIME, 12, 15)], 15),
        ([(IN_TIME, 8, 10), (LATER, 10, 15)], 10),
        ([(LATER, 8, 10), (IN_TIME, 10, 12), (LATER, 12, 15)], 12),
    ],
)
def test_a_field_has_what_the_last_change_that_counts_gave_it(changes: list[tuple[bool, Any, Any]], then: int) -> None:
    """Written down later and dated earlier is in time; the present is 15."""
    patches = [LaterChange(is_later, {"value": [old, new]}) for is_later, old, new in changes]
    assert rewound({"value": 15, "title": "x"}, patches) == {"value": then, "title": "x"}

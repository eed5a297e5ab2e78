"""Own history against probabilities: Wilson's interval, and when a figure may be taken over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.metrics.calibration import calibration, wilson
from pipeboard.domain.metrics.report import report

from .cases import STAGES, lost, won
from .cases import given as case


@pytest.mark.parametrize(
    ("won_deals", "n", "low", "high"),
    [
        # Worked out by hand from the formula of Wilson (1927); the first three stand in many textbooks.
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (45, 100, 0.3561, 0.5476),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_known_intervals(won_deals: int, n: int, low: float, high: float) -> None:
    found = wilson(won_deals, n)
    assert found is not None
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 60), st.data())
def test_the_interval_holds_the_share_and_is_the_score_test_turned_round(n: int, data: st.DataObject) -> None:
    """Brute force: a share lies in the interval exactly when the score test does not refuse it."""
    won_deals = data.draw(st.integers(0, n))
    found = wilson(won_deals, n)
    assert found is not None
    share = won_deals / n
    assert found.low - 1e-9 <= share <= found.high + 1e-9
    for step in range(1, 200):
        supposed = step / 200
        distance = abs(share - supposed)
        limit = 1.959963984540054 * (supposed * (1 - supposed) / n) ** 0.5
        if abs(distance - limit) > 1e-9:
            assert (found.low <= supposed <= found.high) == (distance <= limit)


def test_a_stage_says_too_little_and_may_be_corrected() -> None:
    deals = [won(at) for at in range(12)] + [lost(at, furthest_position=1) for at in range(12, 24)]
    rows = calibration(report(case(deals)).funnel.rows, STAGES)
    told = [(row.name, row.probability, row.percent, row.n, row.is_off, row.can_be_taken) for row in rows]
    assert told == [
        ("Lead", 10, 50, 24, True, True),
        ("Contacted", 10, 50, 24, True, True),
        ("Qualified", 10, 100, 12, True, False),
        ("Proposal", 10, 100, 12, True, False),
    ]


def test_what_is_the_same_need_not_be_taken() -> None:
    deals = [won(at) for at in range(2)] + [lost(at) for at in range(2, 20)]
    rows = calibration(report(case(deals)).funnel.rows, STAGES)
    assert (rows[0].percent, rows[0].n, rows[0].is_off, rows[0].can_be_taken) == (10, 20, False, False)
    assert calibration(report(case(())).funnel.rows, STAGES)[0].share is None

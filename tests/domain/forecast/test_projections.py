"""The stage-fill projection and the reverse funnel."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.forecast.report import forecast
from pipeboard.domain.forecast.stage_fill import GONE, HORIZONS, Holding, StageFill, StageStays, stage_fill

from . import oracle
from .cases import CLOSING, EVERY, LEAD, LOST, PROPOSAL, STAGES, WON, made_input, quota

ENOUGH = {
    LEAD.id: StageStays(300.0, {PROPOSAL.id: 20, LOST.id: 10}, None),
    PROPOSAL.id: StageStays(400.0, {CLOSING.id: 15, LEAD.id: 1, LOST.id: 4, WON.id: 5}, None),
    CLOSING.id: StageStays(250.0, {WON.id: 20, LOST.id: 4, 99: 1}, None),
}
HOLDINGS = {LEAD.id: Holding(10, 1000.0), PROPOSAL.id: Holding(4, 800.0), CLOSING.id: Holding(2, 500.0)}


def projected(stays: dict[int, StageStays]) -> StageFill:
    return stage_fill(STAGES, EVERY, stays, HOLDINGS)


def test_the_hazards_are_exits_over_days() -> None:
    names = ["1", "2", "3"]
    rates = {
        "1": {"2": Fraction(20, 300), "lost": Fraction(10, 300)},
        "2": {"3": Fraction(15, 400), "1": Fraction(1, 400), "lost": Fraction(4, 400), "won": Fraction(5, 400)},
        "3": {"won": Fraction(20, 250), "lost": Fraction(4, 250), "gone": Fraction(1, 250)},
    }
    fill = projected(ENOUGH)
    assert fill.is_measured
    for place, days in enumerate(HORIZONS):
        there = oracle.walk(names, rates, {"1": Fraction(10), "2": Fraction(4), "3": Fraction(2)}, days)
        for one in fill.rows:
            assert one.later[place] == pytest.approx(float(there[str(one.stage_id)]))
        point = fill.points[place]
        assert (point.won, point.lost, point.gone) == pytest.approx(
            (float(there["won"]), float(there["lost"]), float(there["gone"]))
        )
        worth = oracle.walk(names, rates, {"1": Fraction(1000), "2": Fraction(800), "3": Fraction(500)}, days)
        assert point.won_minor == pytest.approx(float(worth["won"]))


def test_too_few_exits_are_said_and_the_probability_comes_true() -> None:
    few = {
        LEAD.id: StageStays(10.0, {PROPOSAL.id: 19}, 3.0),
        PROPOSAL.id: StageStays(0.0, {}, None),
        CLOSING.id: StageStays(0.0, {}, 1.0),
    }
    fill = projected(few)
    assert not fill.is_measured
    assert fill.rows[0].why == "19 of the 20 exits it needs: its 10% and its median stay of 3 days"
    assert fill.rows[1].why == "0 of the 20 exits it needs: its 50% and 14 days, its rotting limit"
    forever = stage_fill(STAGES, EVERY, few, {LEAD.id: Holding(100, 0.0)})
    # In 90 days nearly all of them are decided: a tenth is won, as the stage's probability says.
    assert forever.points[-1].won == pytest.approx(10, abs=0.5)


@given(
    st.dictionaries(
        st.sampled_from([1, 2, 3]),
        st.builds(
            StageStays,
            st.floats(0, 5000),
            st.dictionaries(st.sampled_from([1, 2, 3, 4, 5, 77]), st.integers(0, 40), max_size=5),
            st.one_of(st.none(), st.floats(0, 100)),
        ),
    )
)
def test_no_deal_is_made_or_lost(stays: dict[int, StageStays]) -> None:
    fill = projected(stays)
    for place, point in enumerate(fill.points):
        inside = sum(one.later[place] for one in fill.rows)
        assert inside + point.won + point.lost + point.gone == pytest.approx(16)
        assert min(*(one.later[place] for one in fill.rows), point.won, point.lost, point.gone) >= -1e-9
    assert GONE == "gone"


def test_what_it_takes() -> None:
    made = forecast(made_input(quotas=(quota(200_00 + 120_00 - 1_12),)))
    # 198.88 is won in the quarter, so that 120.00 remain: three wins of 40.00.
    assert made.coverage.remaining == 120_00
    found = made.reverse
    assert (found.wins, found.leads) == (3, 5)
    needed = {one.name: (one.needed, one.have, one.is_measured) for one in found.rows}
    # 5 of 8 come from a lead in the end, 5 of 6 from a proposal; of closing too few are known for a share of its own.
    assert needed["Lead"][0] == 5
    assert needed["Proposal"][0] == 4
    assert needed["Closing"] == (4, 0, False)
    assert found.push_id == CLOSING.id
    assert found.expected > 0


def test_a_part_of_a_win_is_a_whole_win() -> None:
    made = forecast(made_input(quotas=(quota(198_88 + 40_01),)))
    assert made.reverse.wins == 2


def test_a_met_target_needs_nothing() -> None:
    found = forecast(made_input(quotas=(quota(1_00),))).reverse
    assert (found.wins, found.leads, found.push_id) == (0, 0, None)


def test_what_is_missing_is_named() -> None:
    given = made_input(quotas=(quota(500_00),))
    found = forecast(given._replace(rates=given.rates._replace(win_rate=None, average_won_minor=None))).reverse
    assert found.wins is None
    assert found.missing == ("an average won value", "a win rate")

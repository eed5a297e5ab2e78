"""Stage flow and the other funnels: by hand over awkward paths, and as properties against a brute-force count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.metrics.facts import DealFact, Selection, select
from pipeboard.domain.metrics.flow import OUTCOMES, VisitCount, flow
from pipeboard.domain.metrics.funnel_modes import MODES, funnel_of
from pipeboard.domain.stage import DealStatus

from .cases import NOVEMBER, STAGES, deal, lost, still_open, won

LEAD, CONTACTED, QUALIFIED, PROPOSAL = (stage.id for stage in STAGES)
BORN = date(2026, 11, 2)
DEALS: tuple[DealFact, ...] = (
    won(1, created_on=BORN),  # through all stages
    won(2, created_on=BORN),  # skipped Contacted
    lost(3, furthest_position=3),  # went back from Proposal and fell out of Lead
    lost(4, furthest_position=0, created_on=BORN),
    won(5),  # came straight from an import: no visit of an open stage
    lost(6, furthest_position=2, is_excluded=True, created_on=BORN),
    still_open(7, furthest_position=1, created_on=BORN),
    deal(8, DealStatus.PARKED, furthest_position=2, created_on=BORN),
)
VISITS = {
    1: [LEAD, CONTACTED, QUALIFIED, PROPOSAL],
    2: [LEAD, QUALIFIED, PROPOSAL],
    3: [LEAD, CONTACTED, QUALIFIED, PROPOSAL, LEAD],
    4: [LEAD],
}
CHOSEN = select(DEALS, NOVEMBER)


def rows(mode: str, chosen: Selection = CHOSEN) -> list[tuple[str, int]]:
    made = funnel_of(mode, chosen, STAGES, VISITS)
    assert [len(members) for members in made.members] == [row.reached for row in made.funnel.rows]
    return [(row.name, row.reached) for row in made.funnel.rows]


def test_only_the_stages_a_deal_stood_in() -> None:
    assert rows("visited") == [("Lead", 4), ("Contacted", 2), ("Qualified", 3), ("Proposal", 3), ("Won", 3)]
    made = funnel_of("visited", CHOSEN, STAGES, VISITS).funnel
    assert [row.conversion for row in made.rows] == [3 / 4, 1.0, 1.0, 2 / 3, None]


def test_only_deals_that_skipped_nothing() -> None:
    assert rows("strict") == [("Lead", 4), ("Contacted", 2), ("Qualified", 2), ("Proposal", 2), ("Won", 1)]
    assert funnel_of("strict", CHOSEN, STAGES, VISITS).funnel.overall == 1 / 4


def test_of_the_deals_created_and_those_that_wait_are_in_no_rate() -> None:
    made = funnel_of("cohort", CHOSEN, STAGES, {})
    assert [row.reached for row in made.funnel.rows] == [5, 4, 3, 2, 2]
    assert made.pending == (0, 1, 1, 0, 0)
    # Contacted: 4 came, 1 waits there, 3 went on; Qualified: 3 came, 1 is parked there, 2 went on.
    assert [row.conversion for row in made.funnel.rows] == [4 / 5, 3 / 3, 2 / 2, 1.0, None]
    assert made.funnel.overall == 2 / 3


def test_nothing_at_all() -> None:
    for mode in MODES[1:]:
        made = funnel_of(mode, select((), NOVEMBER), STAGES, {})
        assert [row.conversion for row in made.funnel.rows] == [None] * 5
        assert made.funnel.overall is None


PATHS = st.lists(
    st.tuples(st.sampled_from(list(DealStatus)), st.lists(st.sampled_from([s.id for s in STAGES]), max_size=6)),
    max_size=15,
)


@given(PATHS)
def test_every_funnel_narrows_and_ends_in_the_won(paths: list[tuple[DealStatus, list[int]]]) -> None:
    deals, visits = [], {}
    for number, (status, path) in enumerate(paths, 1):
        furthest = max((STAGES.index(next(s for s in STAGES if s.id == i)) for i in path), default=None)
        deals.append(deal(number, status, furthest_position=furthest, created_on=BORN))
        visits[number] = path
    chosen = select(deals, NOVEMBER)
    for mode in MODES[1:]:
        made = funnel_of(mode, chosen, STAGES, visits)
        counts = [row.reached for row in made.funnel.rows]
        if mode != "visited":
            assert counts == sorted(counts, reverse=True)
        assert all(row.conversion is None or 0 <= row.conversion <= 1 for row in made.funnel.rows)
        decided = {d.id: d for d in (deals if mode == "cohort" else chosen.decided)}
        assert set().union(*made.members) <= set(decided)
    in_order = funnel_of("strict", chosen, STAGES, visits)
    for place, stage in enumerate(STAGES):
        brute = [d.id for d in chosen.decided if _has_in_order(visits[d.id], [s.id for s in STAGES[: place + 1]])]
        assert list(in_order.members[place]) == brute, stage.name


def _has_in_order(path: list[int], wanted: list[int]) -> bool:
    """Whether `wanted` is a subsequence of the path, by trying every cut."""
    if not wanted:
        return True
    return any(step == wanted[0] and _has_in_order(path[at + 1 :], wanted[1:]) for at, step in enumerate(path))


COUNTS = st.lists(
    st.builds(
        VisitCount,
        st.sampled_from([LEAD, CONTACTED, QUALIFIED, PROPOSAL, 99]),
        st.sampled_from(["advanced", "won", "lost", "back", "handed_off", "parked", None]),
        st.booleans(),
        st.integers(1, 9),
    ),
    max_size=30,
)


@given(COUNTS)
def test_the_outcomes_of_a_stage_add_up_to_its_entries(counts: list[VisitCount]) -> None:
    for row in flow(counts, STAGES):
        assert row.entered == sum(one.visits for one in counts if one.stage_id == row.stage_id)
        assert sum(row.outcomes) == row.entered
        excluded = sum(
            one.visits for one in counts if one.stage_id == row.stage_id and one.outcome == "lost" and one.is_excluded
        )
        assert row.of("excluded") == excluded
        assert all(row.of(name) >= 0 for name in OUTCOMES)


def test_an_outcome_nobody_knows_is_an_error_and_no_gap() -> None:
    with pytest.raises(AssertionError, match="1 visits of Lead ended in"):
        flow([VisitCount(LEAD, "vanished", False, 1)], STAGES)

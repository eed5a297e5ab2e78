"""A pipeline like theirs: the order of its stages and what each is worth, as far as a file can tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage.test_undo import imported

from pipeboard.domain.imports.their_stages import mean_probabilities, stages_like_theirs, without_echo
from pipeboard.domain.stage import StageKind


def shape(names: list[str], told: dict[str, int] | None = None) -> list[tuple[str, int]]:
    stages = stages_like_theirs(names, told or {})
    assert [stage.kind for stage in stages[-3:]] == [StageKind.WON, StageKind.LOST, StageKind.PARKED]
    return [(stage.name, stage.probability) for stage in stages[:-3]]


@pytest.mark.parametrize(
    ("names", "told", "expected"),
    [
        (["B", "A", "C"], {"A": 10, "B": 50, "C": 80}, [("A", 10), ("B", 50), ("C", 80)]),
        (
            ["Contract Sent", "Qualified To Buy", "Appointment Scheduled"],
            {},
            [("Appointment Scheduled", 20), ("Qualified To Buy", 40), ("Contract Sent", 90)],
        ),
        (["Umowa", "Oferta", "Nowa szansa"], {}, [("Nowa szansa", 10), ("Oferta", 50), ("Umowa", 90)]),
        (["One", "Two", "Three"], {}, [("One", 10), ("Two", 50), ("Three", 90)]),
        (["Only"], {}, [("Only", 50)]),
        ([], {}, [("Lead", 10)]),
        (["Lead", "Pilot", "Proposal"], {}, [("Lead", 10), ("Pilot", 50), ("Proposal", 65)]),
    ],
)
def test_order_and_worth(names: list[str], told: dict[str, int], expected: list[tuple[str, int]]) -> None:
    if not names:
        assert [name for name, _ in shape(names)] == ["Lead"]
        return
    assert shape(names, told) == expected


@given(st.lists(st.sampled_from(["A", "Lead", "Offer", "Contract Sent", "Ü", "x y"]), min_size=1, unique=True))
def test_every_stage_is_made_once(names: list[str]) -> None:
    made = shape(names)
    assert sorted(name for name, _ in made) == sorted(names)
    assert all(0 < percent < 100 for _, percent in made)


def test_what_the_stage_says_is_not_said_again_by_the_deal() -> None:
    deals = [imported(n, stage_name="Offer", probability=p) for n, p in enumerate((40, 40, 70, None))]
    means = mean_probabilities(deals)
    assert means == {"Offer": 50}
    stages = stages_like_theirs(["Offer"], {"Offer": 40})
    assert [deal.probability for deal in without_echo(deals, stages)] == [None, None, 70, None]

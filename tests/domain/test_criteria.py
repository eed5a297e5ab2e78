"""Exit criteria, BANT and the wizard: rules over text."""

import pytest

from pipeboard.domain.bant import answered, bant_text, read_bant
from pipeboard.domain.criteria import (
    Criterion,
    checklist,
    criteria_text,
    goes_on,
    open_required,
    read_criteria,
    ticked,
)
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.pipeline_wizard import Step, read_steps, read_tasks, stages_of
from pipeboard.domain.stage import Stage, StageKind


def test_lines_are_criteria_and_a_sign_makes_them_required() -> None:
    text = " ! Fits us\n\nContact known\n!Budget\nfits US"
    found = read_criteria(text)
    assert found == (Criterion("Fits us", True), Criterion("Contact known"), Criterion("Budget", True))
    assert read_criteria(criteria_text(found)) == found


def test_a_tick_belongs_to_a_stage_and_survives_a_change_of_order() -> None:
    done = ticked("", 7, "Fits us", is_done=True)
    done = ticked(done, 7, "Budget", is_done=True)
    assert [check.is_done for check in checklist(7, "Budget\n! fits us\nNew one", done)] == [True, True, False]
    assert not any(check.is_done for check in checklist(8, "Budget\nFits us", done))
    assert open_required(7, "! Fits us\n! New one\nAdvice", done) == ("New one",)
    assert ticked(ticked(done, 7, "fits us", is_done=False), 7, "budget", is_done=False) == ""
    assert ticked(done, 7, "Budget", is_done=True).count("budget") == 1


@pytest.mark.parametrize(
    ("pipeline", "position", "kind", "expected"),
    [
        (1, 3, StageKind.OPEN, True),
        (1, 1, StageKind.OPEN, False),
        (1, 0, StageKind.WON, True),
        (1, 9, StageKind.LOST, False),
        (1, 9, StageKind.PARKED, False),
        (2, 0, StageKind.POST, True),
    ],
)
def test_only_progress_asks_what_is_open(pipeline: int, position: int, kind: StageKind, expected: bool) -> None:
    here = Stage(1, 1, "Qualified", 2, StageKind.OPEN, 35)
    assert goes_on(here, Stage(2, pipeline, "There", position, kind, 50)) is expected


def test_four_answers_make_a_score_of_a_hundred() -> None:
    bant = read_bant("budget yes 40k approved\nneed no\nnonsense\n\ntimeline maybe in spring")
    assert (bant.words, bant.score, bant.answered_count) == ("1/4", 25, 2)
    assert bant.answers[3].note == "in spring"
    for name in ("authority", "need", "timeline"):
        bant = answered(bant, name, "yes")
    assert (bant.words, bant.score) == ("4/4", 100)
    assert read_bant(bant_text(bant)) == bant
    assert not read_bant("").is_any
    assert bant_text(answered(read_bant("need yes"), "need", "unknown")) == ""


def test_the_answers_of_the_wizard_are_stages() -> None:
    steps = [
        Step("Asks for a demo"),
        Step("Tries it", read_tasks("agree on success, set an end date"), is_key=True),
        Step("Agrees", read_tasks("send the contract")),
    ]
    stages = stages_of(steps)
    assert [(s.name, s.probability, s.rot_days, s.counts_for_velocity) for s in stages[:3]] == [
        ("Asks for a demo", 5, 7, False),
        ("Tries it", 42, 7, True),
        ("Agrees", 80, 14, False),
    ]
    assert stages[1].exit_criteria == "! agree on success\n! set an end date"
    assert stages[2].exit_criteria == "send the contract"
    assert [s.kind for s in stages[3:]] == [StageKind.WON, StageKind.LOST, StageKind.PARKED]
    assert [s.counts_for_velocity for s in stages_of([Step("One"), Step("Two")])[:2]] == [False, True]
    assert stages_of([Step("Only")])[0].probability == 5


@pytest.mark.parametrize("text", ["", " , ;", "Demo, demo", "Demo, Won"])
def test_steps_that_make_no_pipeline_are_told(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_steps(text)
    assert read_steps("asks, tries; agrees\nbuys") == ("asks", "tries", "agrees", "buys")

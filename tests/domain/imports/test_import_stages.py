"""Stages join only when they are the same; won and lost are known in several languages."""

import pytest

from pipeboard.domain.board import Owner
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.owners import join_owners
from pipeboard.domain.imports.stages import create_missing, guess, match_stages
from pipeboard.domain.imports.standing import Signs, Standing, decide_standings, needs_stage
from pipeboard.domain.imports.status import flag, status_of_flags, status_of_name, status_of_word
from pipeboard.domain.stage import DealStatus, Stage, StageKind

STAGES = [
    Stage(1, 1, "Lead", 0, StageKind.OPEN, 5),
    Stage(2, 1, "Qualified", 1, StageKind.OPEN, 35),
    Stage(3, 1, "Proposal made", 2, StageKind.OPEN, 55),
    Stage(4, 1, "Negotiation", 3, StageKind.OPEN, 75),
    Stage(5, 1, "Won", 4, StageKind.WON, 100),
    Stage(6, 1, "Lost", 5, StageKind.LOST, 0),
    Stage(7, 1, "Fridge", 6, StageKind.PARKED, 0),
]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Closed Won", DealStatus.WON), ("closed-won", DealStatus.WON), ("✅ WON", DealStatus.WON),
        ("Gewonnen", DealStatus.WON), ("Wygrana", DealStatus.WON), ("Zamknięta wygrana", DealStatus.WON),
        ("Успешно реализовано", DealStatus.WON), ("Сделка успешна", DealStatus.WON),
        ("Closed Won (Sales Pipeline)", DealStatus.WON), ("Closed Lost", DealStatus.LOST),
        ("Verloren", DealStatus.LOST), ("Przegrana", DealStatus.LOST), ("Сделка провалена", DealStatus.LOST),
        ("Закрыто и не реализовано", DealStatus.LOST), ("Wonderful", None), ("Not won yet", None), ("", None),
        ("Almost lost", None),
    ],
)  # fmt: skip
def test_closing_names(name: str, status: DealStatus | None) -> None:
    assert status_of_name(name) == status


def test_same_names_join_and_others_are_asked() -> None:
    matched = match_stages(["LEAD", " proposal  made ", "Closed Won", "Engaging", ""], STAGES, {"engaging": "qual"})
    assert {theirs: stage.name for theirs, stage in matched.ours.items()} == {
        "LEAD": "Lead",
        " proposal  made ": "Proposal made",
        "Closed Won": "Won",
        "Engaging": "Qualified",
    }
    assert set(matched.unknown) == {""}


def test_an_unknown_told_stage_lists_ours() -> None:
    with pytest.raises(InvalidInput, match=r"no stage 'Nowhere'.*Lead, Qualified"):
        match_stages(["x"], STAGES, {"x": "Nowhere"})


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Qualified To Buy", "Qualified"), ("Proposal/Price Quote", "Proposal made"), ("Prospecting", "Lead"),
        ("Negotiation/Review", "Negotiation"), ("Переговоры", "Negotiation"), ("Angebot", "Proposal made"),
        ("negociation", "Negotiation"), ("Zzz", "Lead"),
    ],
)  # fmt: skip
def test_guesses(theirs: str, ours: str) -> None:
    assert guess(theirs, STAGES) == ours


def test_new_stages_share_a_name() -> None:
    matched = create_missing(match_stages(["Demo", " DEMO ", "Trial"], STAGES, {}), ["Demo", " DEMO ", "Trial"])
    assert matched.created == ("Demo", "Trial")
    assert matched.ours[" DEMO "].name == "Demo"
    assert not matched.unknown


@pytest.mark.parametrize(
    ("signs", "standing"),
    [
        (Signs("Lead", "", "", "", ""), Standing(DealStatus.OPEN, "Lead")),
        (Signs("Lead", "Open", "", "", ""), Standing(DealStatus.OPEN, "Lead")),
        (Signs("Negotiation", "Won", "", "", ""), Standing(DealStatus.WON, "Won", "Negotiation")),
        (Signs("Nobody knows", "lost", "", "", ""), Standing(DealStatus.LOST, "Lost")),
        (Signs("Fridge", "", "", "", ""), Standing(DealStatus.PARKED, "Fridge")),
        (Signs("Won", "", "true", "", ""), Standing(DealStatus.WON, "Won")),
        (Signs("Lead", "", "false", "", "true"), Standing(DealStatus.LOST, "Lost", "Lead")),
        (Signs("Lead", "", "false", "", ""), Standing(DealStatus.OPEN, "Lead")),
        (Signs("Lost", "", "false", "", ""), Standing(DealStatus.LOST, "Lost")),
        (Signs("Lost", "", "true", "", ""), "the stage says 'Lost', another column says won"),
        (Signs("Won", "", "", "", "false"), "the stage 'Won' is closed, another column says the deal is open"),
        (Signs("Lead", "deleted", "", "", ""), None),
    ],
)
def test_standings(signs: Signs, standing: Standing | str | None) -> None:
    matched = match_stages([signs.stage], STAGES, {})
    assert decide_standings([signs], matched, STAGES, True)[signs] == standing


def test_without_stages_open_deals_stand_first() -> None:
    signs = Signs("", "", "", "", "")
    matched = match_stages([], STAGES, {})
    assert decide_standings([signs], matched, STAGES, False)[signs] == Standing(DealStatus.OPEN, "Lead")


def test_a_pipeline_without_an_end_refuses_closed_deals() -> None:
    signs = Signs("Lead", "won", "", "", "")
    made = decide_standings([signs], match_stages(["Lead"], STAGES[:3], {}), STAGES[:3], True)[signs]
    assert made == "the pipeline has no stage for won deals"


def test_closed_and_deleted_rows_need_no_stage() -> None:
    assert needs_stage(Signs("x", "in progress", "", "", ""))
    assert not needs_stage(Signs("x", "won", "", "", ""))
    assert not needs_stage(Signs("x", "deleted", "", "", ""))


@pytest.mark.parametrize(("text", "value"), [("TRUE", True), ("да", True), ("0", False), ("Nein", False), ("?", None)])
def test_flags(text: str, value: bool | None) -> None:
    assert flag(text) is value


def test_flags_leave_open_what_they_do_not_say() -> None:
    assert status_of_flags("", "", "") is None
    assert status_of_flags("false", "", "") is None
    assert status_of_flags("", "yes", "") == DealStatus.LOST
    assert status_of_word("Hot") is None


def test_spellings_of_a_person_join() -> None:
    joined, new = join_owners(["ANNA  KOWALSKA", "łukasz", "Łukasz ", ""], [Owner(1, "Anna Kowalska")])
    assert joined == {"ANNA  KOWALSKA": "Anna Kowalska", "łukasz": "Łukasz", "Łukasz ": "Łukasz"}
    assert new == ("Łukasz",)

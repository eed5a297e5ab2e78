"""Names by unique prefix."""

import pytest

from pipeboard.domain.errors import Ambiguous, NotFound
from pipeboard.domain.names import match_name

STAGES = ("Lead", "Contacted", "Qualified", "Proposal made", "Łódź", "Won", "Wonderful")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lead", "Lead"),
        ("lead", "Lead"),
        (" l ", "Lead"),
        ("PROP", "Proposal made"),
        ("proposal  MADE", "Proposal made"),
        ("won", "Won"),
        ("wond", "Wonderful"),
        ("lodz", "Łódź"),
        ("ŁÓ", "Łódź"),
    ],
)
def test_a_unique_prefix_finds_its_name(typed: str, name: str) -> None:
    names = [*STAGES] if typed.strip() != "l" else ["Lead", "Won"]
    assert names[match_name(typed, names)] == name


def test_spelling_decides_between_names_that_differ_only_in_case() -> None:
    assert match_name("anna", ["Anna", "anna"]) == 1
    with pytest.raises(Ambiguous, match='"ANNA" could be several: Anna, anna'):
        match_name("ANNA", ["Anna", "anna"])


def test_several_matches_are_listed() -> None:
    with pytest.raises(Ambiguous, match=r'^"wo" could be several: Won, Wonderful\.$'):
        match_name("wo", STAGES)


def test_no_match_lists_what_there_is() -> None:
    with pytest.raises(NotFound, match=r'^There is no stage "banana". There is: Lead, Won\.$'):
        match_name("banana", ["Lead", "Won"], "stage")
    with pytest.raises(NotFound, match=r'^There is no owner "anna". There is none yet\.$'):
        match_name("anna", [], "owner")
    with pytest.raises(NotFound, match=r"^No stage given"):
        match_name("  ", ["Lead"], "stage")


def test_a_long_list_is_cut_and_hostile_names_are_made_printable() -> None:
    with pytest.raises(NotFound) as refusal:
        match_name("\x1bz", [f"S{n}\x1b" for n in range(20)], "stage")
    said = str(refusal.value)
    assert said.endswith("S7 and 12 more.")
    assert said.isprintable()

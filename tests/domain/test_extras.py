"""Custom fields and attention flags."""

import pytest

from pipeboard.domain.attention import flag_text, flags_of
from pipeboard.domain.errors import Ambiguous, InvalidInput, NotFound
from pipeboard.domain.extras import CustomChange, CustomField, checked, custom_fields, custom_text, stored, with_change

EXTRA = "Deal - Label: warm\nAddress: Main street 1\nWarsaw\nSeats: 120"


def test_fields_are_lines_and_a_line_without_a_name_goes_on_with_the_one_before() -> None:
    assert custom_fields(EXTRA) == (
        CustomField("Deal - Label", "warm"),
        CustomField("Address", "Main street 1\nWarsaw"),
        CustomField("Seats", "120"),
    )
    assert stored(custom_fields(EXTRA)) == EXTRA
    assert custom_fields("no name\nhttp://x") == (CustomField("", "no name\nhttp://x"),)
    assert custom_text(EXTRA, "SEATS") == "120"
    assert custom_text(EXTRA, "Hobby") == ""


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (CustomChange("seats", "140"), "Deal - Label: warm\nAddress: Main street 1\nWarsaw\nSeats: 140"),
        (CustomChange("Address", None), "Deal - Label: warm\nSeats: 120"),
        (CustomChange("Address", ""), "Deal - Label: warm\nSeats: 120"),
        (CustomChange("Hobby", "golf [/ EU]"), f"{EXTRA}\nHobby: golf [/ EU]"),
        (CustomChange("Seats", None, "Licences"), EXTRA.replace("Seats", "Licences")),
        (CustomChange("Hobby", None), EXTRA),
        (CustomChange("Hobby", None, "Sport"), EXTRA),
    ],
)
def test_one_field_changes_and_the_others_stay(change: CustomChange, after: str) -> None:
    assert with_change(EXTRA, change) == after


def test_a_name_must_be_one() -> None:
    assert checked(CustomChange(" Best: time ", " noon\n")) == CustomChange("Best time", "noon")
    with pytest.raises(InvalidInput, match="needs a name"):
        checked(CustomChange(" : ", "x"))


def test_flags_are_typed_by_their_beginning_and_stored_in_order() -> None:
    assert flag_text("help, crit") == "critical, needs help"
    assert flags_of("critical, needs help") == ("critical", "needs help")
    assert flag_text("") == ""
    with pytest.raises(NotFound):
        flag_text("urgent")
    with pytest.raises(Ambiguous):
        flag_text("needs")

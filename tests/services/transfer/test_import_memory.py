"""What was decided about a file holds for the next one with the same columns."""

from pipeboard.services.transfer.importing import ImportTarget, import_file
from pipeboard.services.transfer.planning import RECALLED
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.remembering import header_hash, with_remembered
from pipeboard.services.workspace import Workspace

FIRST = b"Was,Wohin,Bis\nAcme,Start,03/04/2026\n"
SECOND = b"Bis,Was,Wohin\n05/04/2026,Globex,Start\n"


def test_the_next_file_needs_no_options(workspace: Workspace) -> None:
    options = ImportOptions(
        mapping={"Was": "title", "Wohin": "stage", "Bis": "expected_close_on"},
        stage_map={"Start": "Qualified"},
        date_order="dmy",
    )
    first = import_file(workspace, FIRST, options, ImportTarget())
    assert RECALLED not in first.plan.warnings
    again = import_file(workspace, SECOND, ImportOptions(), ImportTarget(is_dry_run=True))
    assert RECALLED in again.plan.warnings
    (deal,) = again.plan.deals
    assert (deal.title, deal.stage_name, str(deal.expected_close_on)) == ("Globex", "Qualified", "2026-04-05")
    other = import_file(workspace, SECOND, ImportOptions(date_order="mdy"), ImportTarget(is_dry_run=True))
    assert str(other.plan.deals[0].expected_close_on) == "2026-05-04", "what is said now goes first"


def test_what_does_not_fit_any_more_is_left_out() -> None:
    text = '{"mapping": {"Gone": "title", "Was": "title"}, "stage_map": {"Start": "Old name"}, "date_order": "soon"}'
    made = with_remembered(ImportOptions(), text, ["Was"], ["Lead"])
    assert made == ImportOptions(mapping={"Was": "title"})
    assert with_remembered(ImportOptions(), "{broken", ["Was"], []) == ImportOptions()
    assert header_hash(["A", " b "]) == header_hash(["B", "a"])

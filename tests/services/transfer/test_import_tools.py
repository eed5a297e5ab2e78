"""The exports of every tool come in without a mapping, and a second time nothing changes."""

from collections.abc import Callable

import pytest
from tests.services.transfer.exports import EXPORTS, Export
from tests.services.transfer.exports.rows import row_of

from pipeboard.services.transfer.importing import ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions, ImportPlan
from pipeboard.services.workspace import Workspace

Planner = Callable[..., ImportPlan]


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_comes_in_as_it_is(plan: Planner, export: Export) -> None:
    read = plan(export.make(), is_creating_stages=True, **export.options)
    assert read.profile == export.profile
    assert not read.rejected
    assert not read.doubts
    assert [row_of(deal) for deal in read.deals] == list(export.rows)
    assert [tuple(one) for one in read.skipped] == list(export.skipped)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_a_second_import_changes_nothing(workspace: Workspace, export: Export) -> None:
    options = ImportOptions(is_creating_stages=True, **export.options)
    first = import_file(workspace, export.make(), options, ImportTarget(), name="deals")
    assert (first.new, first.changed, first.unchanged) == (len(export.rows), 0, 0)
    again = import_file(workspace, export.make(), ImportOptions(), ImportTarget(), name="deals")
    assert (again.new, again.changed, again.unchanged) == (0, 0, len(export.rows))
    assert again.action_id is None


def _named(name: str) -> Export:
    return next(one for one in EXPORTS if one.name == name)


def test_hubspot_names_several_companies_in_one_cell(plan: Planner) -> None:
    solar, wind, _ = plan(_named("hubspot view").make(), is_creating_stages=True).deals
    assert (solar.contact_email, solar.details.company_website) == ("jan@helios.example", "helios.example")
    assert ("Associated Company", "Mistral;Boreas") in wind.extra
    assert ("Associated Company IDs", "8002;8003") in wind.extra
    assert [(entry.stage, str(entry.on)) for entry in wind.history] == [
        ("Appointment Scheduled", "2025-11-05"),
        ("Contract Sent", "2026-01-20"),
    ]


def test_a_column_that_could_be_read_in_two_ways_is_read_as_the_others_of_the_export(plan: Planner) -> None:
    british = plan(_named("pipedrive in Britain").make())
    assert british.warnings == [
        "Column 'Deal - Won time' was read as DD/MM/YYYY, as the other days of this export are written."
    ]
    by_hand = "Deal,Stage,Created,Close date\nA,Lead,13/01/2026,03/04/2026\n"
    assert plan(by_hand).doubts, "a table that was kept by hand may hold anything"
    mixed = (
        "Deal - ID,Deal - Title,Deal - Stage,Deal - Deal created,Deal - Expected close date,Deal - Last stage change\n"
    )
    assert plan(mixed + "1,A,Lead,13/01/2026,01/13/2026,03/04/2026\n").doubts


def test_columns_of_entered_stages_are_doubted_too(plan: Planner) -> None:
    text = 'Record ID,Deal Name,Deal Stage,"Date entered ""Lead (Sales)"""\n1,A,Qualified,03/04/2026\n'
    (doubt,) = plan(text).doubts
    assert "may be 3 Apr 2026 or 4 Mar 2026" in doubt
    (deal,) = plan(text, date_order="mdy").deals
    assert str(deal.history[0].on) == "2026-03-04"

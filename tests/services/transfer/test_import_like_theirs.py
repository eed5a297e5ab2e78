"""Pipelines as the other tool has them, made with the deals in one action."""

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.templates import parse_stages
from pipeboard.services.transfer.importing import ImportReport, import_file
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget
from pipeboard.services.workspace import Workspace

HUBSPOT = (
    'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,"Date entered ""Contract Sent (Sales)"""\n'
    "1,Acme,Qualified To Buy,Sales,100,,\n2,Nova,Appointment Scheduled,Sales,200,,\n"
    "3,Old,Closed Won,Sales,300,2026-03-01,2026-02-01\n4,Part,Offer made,Partners,400,,\n"
)


def brought(workspace: Workspace, text: str, *, is_dry_run: bool = False) -> ImportReport:
    target = ImportTarget(is_dry_run=is_dry_run, is_like_theirs=True)
    return import_file(workspace, text.encode(), ImportOptions(), target, name="all_deals.csv")


def pipelines(workspace: Workspace) -> dict[str, list[str]]:
    found = workspace.listing.names().pipelines
    return {one.name: [stage.name for stage in workspace.deals.stages(one.id)] for one in found}


def test_each_pipeline_of_the_file_becomes_one(workspace: Workspace) -> None:
    before = pipelines(workspace)
    rehearsed = brought(workspace, HUBSPOT, is_dry_run=True)
    assert (rehearsed.new, rehearsed.pipeline) == (4, "Sales (new), Partners (new)")
    assert pipelines(workspace) == before
    assert brought(workspace, HUBSPOT).new == 4
    ends = ["Won", "Lost", "Fridge"]
    assert pipelines(workspace) == {
        **before,
        "Sales": ["Appointment Scheduled", "Qualified To Buy", "Contract Sent", *ends],
        "Partners": ["Offer made", *ends],
    }
    deals = {deal.row.title: (deal.row.pipeline, deal.row.stage) for deal in workspace.listing.deals()}
    assert deals == {
        "Acme": ("Sales", "Qualified To Buy"),
        "Nova": ("Sales", "Appointment Scheduled"),
        "Old": ("Sales", "Won"),
        "Part": ("Partners", "Offer made"),
    }
    again = brought(workspace, HUBSPOT)
    assert (again.new, again.changed, again.pipeline) == (0, 0, "Sales, Partners")
    workspace.execute(c.Undo())
    assert pipelines(workspace) == before
    assert workspace.listing.deals() == []
    workspace.execute(c.Redo())
    assert len(workspace.listing.deals()) == 4


def test_a_file_without_pipelines_is_called_as_it_is(workspace: Workspace) -> None:
    text = "Deal name,Stage,Probability\nAcme,Talks,30%\nNova,Offer,60%\nOld,Offer,60%\n"
    assert brought(workspace, text).new == 3
    assert pipelines(workspace)["All deals"][:2] == ["Talks", "Offer"]
    (made,) = [one for one in workspace.listing.names().pipelines if one.name == "All deals"]
    assert [stage.probability for stage in workspace.deals.stages(made.id)][:2] == [30, 60]
    assert {deal.row.probability for deal in workspace.listing.deals()} == {None}, "what the stage says already"


def test_the_tool_gives_its_name(workspace: Workspace) -> None:
    text = "Deal - ID,Deal - Title,Deal - Stage,Deal - Status\n1,Acme,Contact Made,Open\n"
    brought(workspace, text)
    assert "Pipedrive" in pipelines(workspace)


def test_a_file_without_stages_says_so(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="names no stages"):
        brought(workspace, "Deal name,Company\nAcme,Acme\n")


def test_a_deal_that_was_handed_on_is_still_known(workspace: Workspace) -> None:
    text = "Deal ID,Deal name,Stage,Amount,Probability\n7,Acme,Lead,100,10\n"
    target = ImportTarget()
    import_file(workspace, text.encode(), ImportOptions(), target, name="a.csv")
    workspace.execute(c.CreatePipeline("Partners", parse_stages("Talks 40%, Offer 80%")))
    (partners,) = [one.id for one in workspace.listing.names().pipelines if one.name == "Partners"]
    deal = workspace.listing.deals()[0].row.id
    workspace.execute(c.HandOffDeals((c.Seen(deal),), partners))
    same = import_file(workspace, text.encode(), ImportOptions(), target, name="a.csv")
    assert (same.new, same.changed, same.unchanged) == (0, 0, 1)
    assert "1 known deal stands in another pipeline by now, and stays there." in same.plan.warnings
    more = text.replace("100,10", "250,90").replace("Lead", "Qualified")
    changed = import_file(workspace, more.encode(), ImportOptions(), target, name="a.csv")
    assert (changed.new, changed.changed) == (0, 1)
    (row,) = [one.row for one in workspace.listing.deals()]
    assert (row.pipeline, row.stage, row.value_minor, row.probability) == ("Partners", "Talks", 25000, None)

"""Tables that a connector keeps of HubSpot and Salesforce: deals, and the stages they went through."""

# ruff: noqa: E501 - rows of files as they are

from collections import Counter
from datetime import date
from pathlib import Path

from pipeboard.domain.imports.stage_history import StageEntry
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.services.transfer.importing import ImportReport, ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.stage_histories import read_history
from pipeboard.services.workspace import Workspace

HUBSPOT_DEALS = """\
deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,portal_id,property_dealname,property_amount,property_closedate,property_createdate
71,false,default,Qualified,501,9,Kiln,1500.5,2026-12-01 00:00:00,2026-09-01 12:48:22
72,false,default,closedwon,501,9,Oven,900,2026-11-01 10:00:00,2026-09-02 12:48:22
73,true,default,Qualified,502,9,Gone,1,,2026-09-03 12:48:22
"""
HUBSPOT_STAGES = """\
_fivetran_start,deal_id,_fivetran_active,_fivetran_end,_fivetran_synced,date_entered,source,source_id,value
2026-09-01 12:50:00,71,FALSE,2026-09-10 6:49:17,2026-09-10 8:15:46,2026-09-01 12:50:00,x,y,Lead
2026-09-10 6:49:18,71,TRUE,2050-01-01 00:00:00,2026-09-10 8:15:46,2026-09-10 6:49:18,x,y,Qualified
2026-09-02 12:50:00,72,FALSE,2026-11-01 9:59:59,2026-09-10 8:15:46,2026-09-02 12:50:00,x,y,Proposal made
2026-11-01 10:00:00,72,TRUE,2050-01-01 00:00:00,2026-11-01 11:15:46,2026-11-01 10:00:00,x,y,closedwon
"""
SALESFORCE_DEALS = """\
_fivetran_synced,account_id,amount,close_date,created_date,id,is_closed,is_deleted,is_won,lead_source,name,next_step,owner_id,probability,stage_name
2026-10-04 18:47:01,a1,24000,2026-12-19 00:00:00,2026-08-19 19:51:13,006A,false,false,false,Web,Bell tower,Call,u1,65,Qualified
2026-10-04 18:47:01,a1,500,2026-10-01 00:00:00,2026-08-20 19:51:13,006B,true,false,true,,Clock,,u1,100,Closed Won
2026-10-04 18:47:01,a1,500,2026-10-01 00:00:00,2026-08-20 19:51:13,006C,true,true,true,,Thrown away,,u1,100,Closed Won
"""
SALESFORCE_HISTORY = """\
_fivetran_active,_fivetran_start,_fivetran_end,amount,close_date,created_date,id,is_closed,name,probability,stage_name
false,2026-08-25 18:36:06,2026-09-04 18:36:07,20000,2026-12-19 00:00:00,2026-08-19 19:51:13,006A,false,Bell tower,20,Lead
false,2026-09-04 18:36:08,2026-09-08 18:36:07,24000,2026-12-19 00:00:00,2026-08-19 19:51:13,006A,false,Bell tower,20,Lead
true,2026-09-08 18:36:08,9999-12-31 23:59:59,24000,2026-12-19 00:00:00,2026-08-19 19:51:13,006A,false,Bell tower,65,Qualified
true,2026-08-20 19:51:14,9999-12-31 23:59:59,500,2026-10-01 00:00:00,2026-08-20 19:51:13,006B,false,Clock,20,Lead
"""


def _import(workspace: Workspace, deals: str, history: str) -> ImportReport:
    return import_file(
        workspace, deals.encode(), ImportOptions(), ImportTarget(history=history.encode()), name="deals.csv"
    )


def _stays(workspace: Workspace, title: str) -> list[tuple[str, str, int | None]]:
    detail = workspace.deals.detail(workspace.deals.find(title))
    return [(stay.stage, stay.entered_on.isoformat(), stay.days) for stay in detail.stays]


def test_hubspot_tables_with_their_stages(workspace: Workspace) -> None:
    report = _import(workspace, HUBSPOT_DEALS, HUBSPOT_STAGES)
    assert report.plan.profile == "hubspot"
    assert [(one.line, one.why) for one in report.plan.skipped] == [(4, "deleted in the other tool")]
    assert (report.new, report.plan.rejected) == (2, [])
    assert _stays(workspace, "Kiln") == [("Lead", "2026-09-01", 9), ("Qualified", "2026-09-10", None)]
    assert _stays(workspace, "Oven")[:2] == [("Proposal made", "2026-09-02", 60), ("Won", "2026-11-01", None)]
    again = _import(workspace, HUBSPOT_DEALS, HUBSPOT_STAGES)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_salesforce_tables_with_their_history(workspace: Workspace) -> None:
    report = _import(workspace, SALESFORCE_DEALS, SALESFORCE_HISTORY)
    assert report.plan.profile == "salesforce_api"
    assert [one.line for one in report.plan.skipped] == [4]
    assert report.new == 2
    tower = workspace.deals.detail(workspace.deals.find("Bell tower"))
    assert [(stay.stage, stay.days) for stay in tower.stays] == [("Lead", None), ("Qualified", None)]
    assert tower.stays[1].entered_on == date(2026, 9, 8)
    assert _stays(workspace, "Clock")[0] == ("Lead", "2026-08-20", 42), "the record began with the deal"


def test_the_real_hubspot_tables(workspace: Workspace, shared_data: Path) -> None:
    """The deals of these samples stand in no stage, and no deal of the history is among them."""
    folder = shared_data / "fivetran_hubspot"
    hashed = {"f66ca9bc5a02c2f1513ce83f0a0e117d": "Lead", "09a969da1d61b38bd3746f0f49c1475a": "Qualified"}
    options = ImportOptions(stage_map={"": "Lead", **hashed})
    report = import_file(
        workspace, folder / "deal_data.csv", options, ImportTarget(history=folder / "deal_stage_data.csv")
    )
    assert (report.plan.profile, report.plan.rows, report.new, report.plan.rejected) == ("hubspot", 44, 44, [])
    assert "The history tells of 0 of these deals (13 in its file)." in report.plan.warnings
    history = read_history(folder / "deal_stage_data.csv", options, _STAGES)
    assert history.entries["3954699413"] == (StageEntry("Lead", date(2021, 1, 7)),)
    assert Counter(entry.stage for (entry,) in history.entries.values()) == {"Lead": 6, "Qualified": 7}


def test_the_real_salesforce_tables(workspace: Workspace, shared_data: Path) -> None:
    """All deals of this sample are deleted ones."""
    folder = shared_data / "fivetran_salesforce"
    told = {"GavUFuuf4DrnQAoiRGlWpQ==": "Won", "tXi3M8u3iPxq0ggxTSxMKw==": "Lost", "9RN9J3tlxr89gDctReax5w==": "Lead"}
    history = read_history(folder / "sf_opportunity_history_data.csv", ImportOptions(stage_map=told), _STAGES)
    assert len(history.entries) == 10
    assert not history.warnings
    assert {entries[0].on for entries in history.entries.values()} == {None}, "the record began after the deals did"
    report = import_file(
        workspace, folder / "sf_opportunity_data.csv", ImportOptions(stage_map=told), ImportTarget(is_dry_run=True)
    )
    assert report.plan.profile == "salesforce_api"
    assert Counter(one.why for one in report.plan.skipped) == {"deleted in the other tool": 10}


_STAGES = [
    Stage(1, 1, "Lead", 0, StageKind.OPEN, 10),
    Stage(2, 1, "Qualified", 1, StageKind.OPEN, 20),
    Stage(3, 1, "Won", 2, StageKind.WON, 100),
    Stage(4, 1, "Lost", 3, StageKind.LOST, 0),
]

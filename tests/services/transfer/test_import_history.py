"""The past of imported deals: HubSpot's columns, a file of stage changes, and days that nobody knows."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.stage_history import StageEntry, entered_stage, in_order
from pipeboard.services import safety
from pipeboard.services.transfer.importing import ImportReport, ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.workspace import Workspace


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ('Date entered "Contract sent (Sales Pipeline)"', "Contract sent"),
        ("Date entered “Lead (B2B)”", "Lead"),
        ("date entered 'Appointment Scheduled (Sales)'", "Appointment Scheduled"),
        ("Date entered Qualified", "Qualified"),
        ("Date entered current stage", ""),
        ('Date exited "Lead (B2B)"', ""),
        ("Close Date", ""),
    ],
)
def test_headers_that_tell_when_a_stage_was_entered(header: str, stage: str) -> None:
    assert entered_stage(header) == stage


def test_entries_of_one_day_stand_as_on_the_board() -> None:
    day = date(2026, 1, 5)
    entries = [StageEntry("Qualified", day), StageEntry("Lead", day), StageEntry("Lead", date(2026, 2, 1))]
    places = {"Lead": 0, "Qualified": 2}
    assert [entry.stage for entry in in_order(entries, places)] == ["Lead", "Qualified", "Lead"]


def _import(workspace: Workspace, text: str, history: str | None = None, **said: object) -> ImportReport:
    target = ImportTarget(history=history.encode() if history is not None else None)
    options = ImportOptions(**said)  # type: ignore[arg-type]
    return import_file(workspace, text.encode(), options, target, name="deals.csv")


def _path(workspace: Workspace, title: str) -> list[tuple[str, date, date | None, int | None, str | None]]:
    detail = workspace.deals.detail(workspace.deals.find(title))
    return [(s.stage, s.entered_on, s.left_on, s.days, s.outcome) for s in detail.stays]


HUBSPOT_HEADER = (
    'Record ID,Deal Name,Deal Stage,Close Date,"Date entered ""Lead (B2B)""",'
    '"Date entered ""Qualified (B2B)""","Date entered ""Dancing (B2B)"""\n'
)
HUBSPOT = (
    HUBSPOT_HEADER
    + """\
1,Acme,Qualified,2026-12-01,2026-10-01 09:30,2026-10-11 10:00,2026-10-12
2,Globex,Closed won,2026-11-01,2026-10-01,2026-10-01,
3,Initech,Contacted,2026-12-01,2026-10-05,,
4,Bad,Lead,2026-12-01,someday,,
"""
)


def test_hubspots_columns_become_stays_with_their_days(workspace: Workspace) -> None:
    report = _import(workspace, HUBSPOT)
    assert [(one.line, one.value) for one in report.plan.rejected] == [(5, "someday")]
    day = date
    assert _path(workspace, "Acme") == [
        ("Lead", day(2026, 10, 1), day(2026, 10, 11), 10, "advanced"),
        ("Qualified", day(2026, 10, 11), None, None, None),
    ]
    assert _path(workspace, "Globex") == [
        ("Lead", day(2026, 10, 1), day(2026, 10, 1), 0, "advanced"),
        ("Qualified", day(2026, 10, 1), day(2026, 11, 1), 31, "won"),
        ("Won", day(2026, 11, 1), None, None, None),
    ]
    assert workspace.deals.detail(workspace.deals.find("Globex")).closed_from == "Qualified"
    initech = workspace.deals.detail(workspace.deals.find("Initech"))
    assert not initech.is_entry_known, "nobody knows when it left Lead: never today"
    assert _path(workspace, "Initech")[0][3] is None
    acme = workspace.deals.detail(workspace.deals.find("Acme"))
    assert "Dancing" in acme.extra, "a stage that is none of ours stays as text"
    assert safety.check(workspace.target.path if workspace.target.is_sqlite else workspace.target.url) == []
    again = _import(workspace, HUBSPOT)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
    workspace.execute(c.Undo())
    assert workspace.listing.deals() == []


DEALS = """Deal ID,Deal,Stage,Close date
A-1,Acme,Proposal made,2026-12-01
A-2,Globex,Lost,2026-11-01
A-3,Alone,Lead,
"""
HISTORY = """Opportunity ID,Old Value,New Value,Edit Date
A-1,Lead,Contacted,2026-10-01 09:00
A-1,Contacted,Proposal made,2026-10-20 09:00
A-1,Contacted,Qualified,2026-10-20 08:00
A-2,,Lead,2026-09-01
A-2,Lead,Lost,2026-11-01
A-9,,Lead,2026-09-01
A-2,,Dreaming,2026-09-05
A-2,,Qualified,
"""


def test_a_file_of_stage_changes_beside_the_deals(workspace: Workspace) -> None:
    report = _import(workspace, DEALS, HISTORY)
    assert report.plan.warnings[-3:] == [
        "The history tells of 2 of these deals (3 in its file).",
        "Stages of the history that are none of ours were left out: Dreaming.",
        "1 lines of the history without a day were left out (first: line 9).",
    ]
    path = _path(workspace, "Acme")
    assert [(stage, days, outcome) for stage, _, _, days, outcome in path] == [
        ("Lead", None, "advanced"),
        ("Contacted", 19, "advanced"),
        ("Qualified", 0, "advanced"),
        ("Proposal made", None, None),
    ]
    assert _path(workspace, "Globex")[0] == ("Lead", date(2026, 9, 1), date(2026, 11, 1), 61, "lost")
    assert not workspace.deals.detail(workspace.deals.find("Alone")).is_entry_known


def test_what_is_no_history_is_refused_before_anything_is_written(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="no history of stages: no column says the day it was entered"):
        _import(workspace, DEALS, "Deal ID,Stage\nA-1,Lead\n")
    with pytest.raises(InvalidInput, match="say --dates dmy or --dates mdy"):
        _import(workspace, DEALS, "Deal ID,Stage,Date\nA-1,Lead,03/04/2026\n")
    assert workspace.listing.deals() == []


def test_the_stage_history_of_a_thousand_real_deals(local_workspace: Workspace, shared_data: Path) -> None:
    """Time in stage and the outcomes, against sums over the file itself."""
    folder = shared_data / "maven_crm"
    rows = list(csv.DictReader((folder / "stage_history_1000_deals.csv").open(encoding="utf-8")))
    spans: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        spans[row["opportunity_id"]][row["to_stage"]] = row["changed_at"]
    expected = sorted(
        (date.fromisoformat(days[end]) - date.fromisoformat(days["Engaging"])).days
        for days in spans.values()
        for end in ("Won", "Lost")
        if end in days
    )
    report = import_file(
        local_workspace,
        folder / "sales_pipeline.csv",
        ImportOptions(is_creating_stages=True),
        ImportTarget(history=folder / "stage_history_1000_deals.csv"),
    )
    assert "The history tells of 1,000 of these deals (1,000 in its file)." in report.plan.warnings
    from pipeboard.services.metrics import MetricsQuery

    made = local_workspace.metrics.report(MetricsQuery(is_all=True))
    engaging = next(one for one in made.time_in_stage if one.name == "Engaging")
    assert engaging.n >= len(expected) == 813
    stays = [
        (stay.days, stay.outcome)
        for deal_id in sorted(spans)
        for stay in local_workspace.deals.detail(_by_external(local_workspace, deal_id)).stays
        if stay.stage == "Engaging" and stay.left_on is not None
    ]
    assert sorted(days for days, _ in stays if days is not None) == expected
    assert [outcome for _, outcome in stays].count("won") == 498
    assert [outcome for _, outcome in stays].count("lost") == 315


def _by_external(workspace: Workspace, external_id: str) -> int:
    with workspace._store.hot.snapshot() as sql:
        return int(sql.value("SELECT id FROM deal WHERE external_id = ?", (external_id,)))

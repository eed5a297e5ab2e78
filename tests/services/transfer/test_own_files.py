"""Our own exports come back: the same deals in an empty database, nothing at all in their own."""

import csv
import io
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW, OpenWorkspace
from tests.services.handlers.asking import add, places, seen

from pipeboard.domain import commands as c
from pipeboard.domain import company_commands as p
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import CustomChange
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.transfer.importing import ImportReport, ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions
from pipeboard.services.transfer.tables import write_csv
from pipeboard.services.transfer.workbook import write_xlsx
from pipeboard.services.workspace import Workspace

TODAY = date(2026, 11, 22)
NASTY = (
    "=cmd|' /C calc'!A0",
    "-5",
    "'quoted",
    '"both"; a, b\tc',
    "@anna",
    "+48 600",
    "Total",
    "株式会社 🦊",
    "שלום ‏",
    "1.234",
)
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=20), st.text("=-+@'\" ,;\n\r\t|é:", max_size=8))
names = st.one_of(st.just(""), st.sampled_from(("Acme", "Żubr", "=Nova")), texts)
days = st.dates(TODAY - timedelta(900), TODAY)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> Path:
    """A fresh workspace in a file, to be copied."""
    return Path(request.getfixturevalue("_sqlite_template"))


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    """A deal as a person may have left it: `end` is how it stands."""
    return {
        "title": draw(texts.filter(lambda text: any(c.isalnum() for c in text))),
        "company": draw(names),
        "contact": draw(names),
        "fields": {
            "value_minor": draw(st.none() | st.integers(0, 10**12)),
            "currency": draw(st.sampled_from(("EUR", "JPY", "KWD"))),
            "cost_minor": draw(st.none() | st.integers(0, 10**9)),
            "recurring_months": draw(st.none() | st.integers(1, 120)),
            "probability": draw(st.none() | st.integers(0, 100)),
            "is_hot": draw(st.booleans()),
            "attention": draw(st.sampled_from(("", "critical", "needs time, needs help"))),
            "forecast_category": draw(st.sampled_from((None, "best", "omitted"))),
            "product": draw(texts),
            "source": draw(texts),
            "tags": draw(st.sampled_from(("", "vip", "=x ;y a,b", "@q"))),
            "notes": draw(texts),
            "link": draw(texts),
            "payment_on": draw(st.none() | days),
            "started_on": draw(st.none() | days),
        },
        "custom": draw(
            st.dictionaries(st.sampled_from(("Region", "=Sum", "Title", "link (EUR)", "a")), texts, max_size=2)
        ),
        "step": draw(st.sampled_from(("", "call Bob", "-mail"))),
        "end": draw(st.sampled_from(("open", "won", "lost", "parked"))),
        "word": draw(texts),
        "day": draw(days),
    }


def made(workspace: Workspace, draft: dict[str, Any]) -> None:
    """Make a deal as a person would."""
    at = places(workspace)
    stage = at.lead if draft["day"].day % 2 else at.proposal
    due = TODAY + timedelta(3) if draft["step"] else None
    deal = add(
        workspace,
        draft["title"],
        stage_id=stage,
        company=draft["company"],
        contact=draft["contact"],
        next_step=draft["step"],
        due_on=due,
    )
    workspace.execute(c.EditDeals(seen(deal), tuple(draft["fields"].items())))
    for name, text in draft["custom"].items():
        workspace.execute(c.EditDeals(seen(deal), (("custom", (CustomChange(name, text),)),)))
    draft = draft | {"day": max(draft["day"], draft["fields"]["started_on"] or draft["day"])}
    if draft["end"] == "won":
        workspace.execute(c.WinDeals(seen(deal), draft["day"], note=draft["word"], is_forced=True))
    elif draft["end"] == "lost":
        workspace.execute(c.LoseDeals(seen(deal), draft["day"], "Price", note=draft["word"]))
    elif draft["end"] == "parked":
        workspace.execute(c.ParkDeals(seen(deal), TODAY + timedelta(40), f"later {draft['word']}"))


def another(template: Path, path: Path, sign: str) -> None:
    """A fresh workspace that is none of the others."""
    shutil.copyfile(template, path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE workspace SET uid = ?", (f"{ord(sign):08x}" * 4,))


def exported(workspace: Workspace) -> bytes:
    """What `pipeboard export` writes."""
    file = io.BytesIO()
    write_csv(workspace, DealFilter(), file)
    return file.getvalue()


def without_ids(content: bytes) -> list[list[str]]:
    """The cells of an export without what each database has by itself: its ids and its sign."""
    return [row[1:-1] for row in csv.reader(io.StringIO(content.decode(), newline=""))]


def brought(workspace: Workspace, content: bytes, pipeline: str = "") -> ImportReport:
    """Import bytes."""
    return import_file(workspace, content, ImportOptions(), ImportTarget(pipeline), name="a.csv")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(drafts(), min_size=1, max_size=5))
def test_export_import_export_is_the_same(template: Path, made_of: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ones = []
        for name in ("one.db", "two.db"):
            another(template, Path(folder) / name, sign=name[0])
            clock = FixedClock(NOW)
            ones.append(Workspace.open(str(Path(folder) / name), clock, login="anna", person="Anna"))
        one, two = ones
        try:
            for draft in made_of:
                made(one, draft)
            content = exported(one)
            same = brought(one, content)
            assert (same.new, same.changed, same.unchanged, same.action_id) == (0, 0, len(made_of), None)
            assert same.plan.profile == "pipeboard"
            there = brought(two, content)
            assert (there.new, there.plan.rejected) == (len(made_of), [])
            assert without_ids(exported(two)) == without_ids(content)
            assert brought(two, content).action_id is None
        finally:
            one.close()
            two.close()


def _filled(workspace: Workspace) -> None:
    deal = add(workspace, "=1+1", company="Acme", contact="Bob", value_minor=123_456, next_step="call")
    workspace.execute(c.EditDeals(seen(deal), (("cost_minor", 100), ("tags", "@a b"), ("notes", "-x\n=y"))))
    workspace.execute(
        p.EditContact(c.Seen(1), (("job_title", "-CEO"), ("email", "b@acme.com"), ("phone", "+48 600 1")))
    )
    lost = add(workspace, "Nova", company="Nova", contact="Bob", stage_id=places(workspace).proposal)
    workspace.execute(c.LoseDeals(seen(lost), TODAY, "Price", "too dear"))


def test_a_changed_cell_changes_one_deal_and_undo_takes_it_back(workspace: Workspace) -> None:
    _filled(workspace)
    content = exported(workspace)
    assert brought(workspace, content).action_id is None
    report = brought(workspace, content.replace(b"1234.56", b"2000.00").replace(b"@a b", b"@a c"))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    row = workspace.listing.deals()[0].row
    assert (row.value_minor, row.tags, row.title) == (200_000, "@a c", "=1+1")
    workspace.execute(c.Undo())
    assert exported(workspace) == content


def test_another_workspace_has_other_deals_of_the_same_ids(
    workspace: Workspace, clock: FixedClock, tmp_path: Path, template: Path, open_workspace: OpenWorkspace
) -> None:
    _filled(workspace)
    path = tmp_path / "other.db"
    another(template, path, sign="f")
    other = open_workspace(str(path))
    add(other, "Mine", company="Mine")
    report = brought(other, exported(workspace))
    assert (report.new, report.changed) == (2, 0)
    assert {deal.row.title for deal in other.listing.deals()} == {"Mine", "=1+1", "Nova"}
    assert brought(other, exported(workspace)).action_id is None
    details = {row[3]: row[3:7] for row in without_ids(exported(other))}
    assert details["-CEO" if "-CEO" in details else "'-CEO"][1:3] == ["b@acme.com", "'+48 600 1"]


def test_each_pipeline_gets_its_own(workspace: Workspace) -> None:
    workspace.execute(c.CreatePipeline("Partners", TEMPLATES["b2b"].stages))
    partners = workspace.listing.pipeline("Partners")
    _filled(workspace)
    add(workspace, "With them", stage_id=workspace.deals.stages(partners.id)[0].id)
    content = exported(workspace)
    assert brought(workspace, content).action_id is None
    report = brought(workspace, content.replace(b"With them", b"With us").replace(b"\n3,", b"\n99,"))
    assert (report.new, report.pipeline) == (1, "B2B sales, Partners")
    assert workspace.listing.deals(DealFilter("with us"))[0].row.pipeline == "Partners"
    with pytest.raises(InvalidInput, match="'Elsewhere' is none of yours"):
        brought(workspace, content.replace(b",Partners,", b",Elsewhere,"))


def test_the_workbook_comes_back_too(workspace: Workspace) -> None:
    _filled(workspace)
    file = io.BytesIO()
    write_xlsx(workspace, DealFilter(), file)
    report = brought(workspace, file.getvalue())
    assert (report.plan.profile, report.unchanged, report.action_id) == ("pipeboard", 2, None)

"""Companies, contacts, activities, tasks and targets come in from files of their own, once."""

from datetime import date
from pathlib import Path

import pytest
from tests.services.handlers.asking import add, detail

from pipeboard.domain import commands as c
from pipeboard.domain.companies import Kind
from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer.incoming import incoming
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget
from pipeboard.services.transfer.records import RecordsReport, import_records
from pipeboard.services.workspace import Workspace

COMPANIES = "Organization - ID,Organization - Name,Organization - Website\n7,Acme,acme.com\n8,=Nova,\n9,,\n"
CONTACTS = "Record ID,First Name,Last Name,Email,Associated Company\n1,Jan,Kowalski,jan@acme.com,Acme\n2,,,eva@x.com,\n"
TASKS = (
    '[{"uuid":"a-1","description":"call Bob","status":"pending","entry":"20261101T090000Z","due":"20261124T230000Z",'
    '"project":"Acme platform"},{"uuid":"a-2","description":"mail","status":"completed","entry":"20261101T090000Z",'
    '"project":"Nowhere"},{"uuid":"a-3","description":"done it","status":"completed","entry":"20261101T090000Z",'
    '"project":"acme PLATFORM"}]'
)
NOTES = "Note - ID,Note - Content,Note - add time,Note - Deal\n1,They said maybe,2026-11-02 15:00:00,Acme platform\n"
QUOTAS = "rep_id,rep_name,quota_q4_2026\nR1,Anna Nowak,900000\nR2,Boris,x\nR3,Celia,1000\n"


def kind_of_file(source: bytes | Path) -> str:
    """What a file is seen to hold."""
    with incoming(source) as found:
        return found.holds


def brought(
    workspace: Workspace, text: str, kind: str = "", *, is_dry_run: bool = False, mode: str = "both", **said: object
) -> RecordsReport:
    """Import a text, as what it is seen to be."""
    chosen = kind or kind_of_file(text.encode())
    options, target = ImportOptions(**said), ImportTarget("", mode, is_dry_run)  # type: ignore[arg-type]
    return import_records(workspace, text.encode(), chosen, options, target, name="a.csv")


def counts(report: RecordsReport) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    assert report.plan.rows == report.new + report.changed + report.unchanged + len(report.rejected)
    return report.new, report.changed, report.unchanged, len(report.rejected)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (COMPANIES, "companies", (1, 1, 0, 1)),
        (CONTACTS, "contacts", (2, 0, 0, 0)),
        (TASKS, "tasks", (2, 0, 0, 1)),
        (NOTES, "activities", (1, 0, 0, 0)),
        (QUOTAS, "quotas", (2, 0, 0, 1)),
    ],
)
def test_each_comes_in_once_and_goes_with_one_undo(
    workspace: Workspace, text: str, kind: str, expected: tuple[int, int, int, int]
) -> None:
    add(workspace, company="Acme")
    assert kind_of_file(text.encode()) == kind
    rehearsed = brought(workspace, text, is_dry_run=True)
    assert (counts(rehearsed), rehearsed.action_id) == (expected, None)
    first = brought(workspace, text)
    assert counts(first) == expected
    again = brought(workspace, text)
    assert (again.new, again.changed, again.action_id) == (0, 0, None)
    workspace.execute(c.Undo())
    assert counts(brought(workspace, text)) == expected


def test_what_they_say_is_there(workspace: Workspace) -> None:
    deal = add(workspace, company="Acme")
    for text in (COMPANIES, CONTACTS, TASKS, NOTES, QUOTAS):
        brought(workspace, text)
    tasks = {task.title: task for task in detail(workspace, deal).tasks}
    assert tasks["call Bob"].due_on == date(2026, 11, 25)  # 23:00 UTC is the next day in Warsaw
    assert tasks["call Bob"].kind == "call"
    changed = brought(workspace, TASKS.replace("call Bob", "call Bob again"))
    assert counts(changed) == (0, 1, 1, 1)
    assert changed.rejected[0].why == "there is no deal 'Nowhere'"
    assert changed.rejected[0].line == 3
    assert "They said maybe" in str(detail(workspace, deal))
    assert workspace.companies.find(Kind.CONTACT, "Jan Kowalski") != workspace.companies.find(Kind.CONTACT, "eva@x.com")


def test_what_is_not_clear_is_refused(workspace: Workspace) -> None:
    add(workspace, "One", company="Acme")
    add(workspace, "Two", company="Acme")
    text = "Subject,Deal,Company,Due date\ncall,,Acme,2026-12-01\ncall,,,2026-12-01\ncall,One,,31/02/2026\ncall,two,,\n"
    report = brought(workspace, text, "tasks")
    assert counts(report) == (1, 0, 0, 3)
    assert [one.why for one in report.rejected][:2] == [
        "'Acme' has 2 deals; a column has to name the deal",
        "it names neither a deal nor a company",
    ]
    assert (report.rejected[2].line, report.rejected[2].column) == (4, "Due date")
    with pytest.raises(InvalidInput, match="no columns of quotas"):
        brought(workspace, "a,b\n1,2\n", "quotas")
    with pytest.raises(InvalidInput, match="line 4"):
        import_records(workspace, text.encode(), "tasks", ImportOptions(is_strict=True), name="a.csv")


def test_files_of_deals_are_left_alone() -> None:
    for header in (
        b"Deal,Stage,Value\n",
        b"id,title,company\n",
        b"Deal - Title,Person - Name\n",
        b"account,stage,sector\n",
    ):
        assert kind_of_file(header) == "deals"


@pytest.mark.parametrize(
    ("path", "kind", "rows"),
    [
        ("meridian_demo/reps.csv", "quotas", 10),
        ("maven_crm/accounts.csv", "companies", 85),
        ("fivetran_salesforce/sf_account_data.csv", "companies", None),
        ("fivetran_salesforce/sf_task_data.csv", "tasks", None),
    ],
)
def test_real_files(local_workspace: Workspace, shared_data: Path, path: str, kind: str, rows: int | None) -> None:
    file = shared_data / path
    assert kind_of_file(file) == kind
    report = import_records(local_workspace, file, kind, ImportOptions())
    if rows is not None:
        assert counts(report) == (rows, 0, 0, 0)
    assert report.plan.rows > 0
    again = import_records(local_workspace, file, kind, ImportOptions())
    assert (again.new, again.changed) == (0, 0)

"""What people bring along from another tool besides deals: nothing is doubled, nothing looks like work of today."""

import gzip
import io
from datetime import UTC, date, datetime, time
from typing import Any

import openpyxl
import pytest
from tests.services.handlers.asking import add, detail
from tests.services.transfer.test_import_records import brought, counts, kind_of_file

from pipeboard.domain import commands as c
from pipeboard.domain.companies import Kind
from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer.importing import import_file
from pipeboard.services.transfer.plans import ImportOptions, ImportTarget
from pipeboard.services.transfer.records import import_records
from pipeboard.services.workspace import Workspace

ACTIVITIES = (
    "Activity - ID,Activity - Done,Activity - Subject,Activity - Type,Activity - Due date,Activity - Assigned to user,"
    "Activity - Deal,Activity - Note\n"
    "1,Done,Call about price,Call,2026-11-03 15:00,Zoe New,Acme platform,<p>They said <b>maybe</b></p>\n"
    "2,To do,Send the offer,Email,2026-11-04,Zoe New,Acme platform,\n"
)


def rows(workspace: Workspace, query: str) -> list[tuple[Any, ...]]:
    with workspace._store.hot.snapshot() as sql:
        return [tuple(row) for row in sql.all(query)]


def test_activities_are_of_those_who_did_them_and_what_is_to_be_done_is_a_task(workspace: Workspace) -> None:
    deal = add(workspace, company="Acme")
    report = brought(workspace, ACTIVITIES)
    assert counts(report) == (2, 0, 0, 0)
    assert report.new_owners == ("Zoe New",)
    assert report.as_tasks == 1
    ((kind, body, who),) = rows(
        workspace, "SELECT a.kind, a.body, o.name FROM activity a JOIN owner o ON o.id = a.actor_id"
    )
    assert (kind, body, who) == ("call", "Call about price\nThey said maybe", "Zoe New")
    (task,) = [task for task in detail(workspace, deal).tasks if task.title == "Send the offer"]
    assert (task.kind, task.due_on, task.assignee, task.done_at) == ("mail", date(2026, 11, 4), "Zoe New", None)
    assert counts(brought(workspace, ACTIVITIES)) == (0, 0, 2, 0)
    done = brought(workspace, ACTIVITIES.replace("To do", "Done"))
    assert (done.new, done.as_tasks) == (1, 0)
    (task,) = [task for task in detail(workspace, deal).tasks if task.title == "Send the offer"]
    assert task.done_at == datetime(2026, 11, 3, 23, tzinfo=UTC), "done when it happened, not when it was imported"


def test_tasks_that_are_over_were_not_done_today(workspace: Workspace) -> None:
    add(workspace, company="Acme")
    text = (
        "Task title,Task status,Due date,Completed at,Associated deal\n"
        "call,Completed,2026-10-01,2026-10-02 09:00,Acme platform\n"
        "mail,Completed,2026-10-05,,Acme platform\n"
        "write,Deferred,2026-10-05,,Acme platform\n"
        "visit,Not started,2026-12-05 14:30,,Acme platform;Other deal\n"
    )
    assert kind_of_file(text.encode()) == "tasks"
    assert counts(brought(workspace, text)) == (4, 0, 0, 0)
    found = rows(workspace, "SELECT title, done_at, is_dismissed, due_time FROM task ORDER BY id")
    told = {
        title: (done and str(done)[:10], bool(dropped), due and str(due)[:5]) for title, done, dropped, due in found
    }
    assert told == {
        "call": ("2026-10-02", False, None),
        "mail": ("2026-10-05", False, None),
        "write": (None, True, None),
        "visit": (None, False, "14:30"),
    }


def test_a_series_comes_in_as_one(workspace: Workspace) -> None:
    deal = add(workspace)
    text = "Task,Due date,Every,Deal\ncheck in,2026-12-01,2w,{0}\nodd,2026-12-01,now and then,{0}\n".format(
        "Acme platform"
    )
    report = brought(workspace, text, "tasks")
    assert counts(report) == (1, 0, 0, 1)
    assert report.rejected[0].why == "no rule that a task can come again by"
    (task,) = detail(workspace, deal).tasks
    assert task.comes_again(date(2026, 12, 1))


def test_people_are_told_apart_by_what_the_tool_knows(workspace: Workspace) -> None:
    text = (
        "Person - ID,Person - Name,Person - Email - Work,Person - Organization,Person - Birthday\n"
        "1,Jan Nowak,info@acme.com,Acme,1980-01-02\n2,Eva Lis,info@acme.com,Acme,\n3,Jan Nowak,jan@acme.com,Acme,\n"
    )
    report = brought(workspace, text)
    assert counts(report) == (3, 0, 0, 0)
    assert report.plan.kept == ("Person - Birthday",)
    assert rows(workspace, "SELECT notes FROM contact ORDER BY id")[0] == ("Person - Birthday: 1980-01-02",)
    assert counts(brought(workspace, text)) == (0, 0, 3, 0)
    elsewhere = "First Name,Last Name,Email,Job title\nJ.,Nowak,JAN@acme.com,CEO\n"
    assert counts(brought(workspace, elsewhere)) == (0, 1, 0, 0)
    assert rows(workspace, "SELECT count(*) FROM contact WHERE deleted = 0") == [(3,)]
    assert rows(workspace, "SELECT job_title FROM contact WHERE email = 'jan@acme.com'") == [("CEO",)]


def test_own_notes_are_not_overwritten_by_the_second_import(workspace: Workspace) -> None:
    text = "Company name,Company Domain Name,Industry,Description\nAcme,acme.com,Mining,Old friends\nNova,,,\n"
    brought(workspace, text)
    acme = workspace.companies.find(Kind.COMPANY, "Acme")
    ((notes, version),) = rows(workspace, f"SELECT notes, version FROM company WHERE id = {acme}")
    assert notes == "Old friends\nIndustry: Mining"
    from pipeboard.domain.company_commands import EditCompany

    workspace.execute(EditCompany(c.Seen(acme, version), (("notes", notes + "\nPays late"),)))
    assert counts(brought(workspace, text)) == (0, 0, 2, 0)


@pytest.mark.parametrize(("mode", "expected"), [("create", (1, 0, 1, 0)), ("update", (0, 1, 1, 0))])
def test_the_mode_holds_for_every_kind(workspace: Workspace, mode: str, expected: tuple[int, ...]) -> None:
    add(workspace)
    brought(workspace, "Company name,Website\nAcme,old.com\n", "companies")
    assert (
        counts(brought(workspace, "Company name,Website\nAcme,new.com\nNova,n.com\n", "companies", mode=mode))
        == expected
    )
    header = "Task ID,Task,Due date,Deal\n"
    brought(workspace, header + "1,call,,Acme platform\n", "tasks")
    text = header + "1,call again,,Acme platform\n2,mail,,Acme platform\n"
    assert counts(brought(workspace, text, "tasks", mode=mode)) == expected


def test_columns_can_be_told_and_are_remembered(workspace: Workspace) -> None:
    text = "Wer,Woher,Geburtstag\nJan,Acme,03/04/1980\n"
    with pytest.raises(InvalidInput, match="no columns of contacts"):
        brought(workspace, text, "contacts")
    told = {"Wer": "name", "Woher": "company"}
    assert counts(brought(workspace, text, "contacts", mapping=told)) == (1, 0, 0, 0)
    assert counts(brought(workspace, text, "contacts")) == (0, 0, 1, 0)


def test_days_that_can_be_two_are_asked_about(workspace: Workspace) -> None:
    add(workspace)
    text = "Task,Due date,Deal\ncall,03/04/2027,Acme platform\n"
    (doubt,) = brought(workspace, text, is_dry_run=True).plan.doubts
    assert "03/04/2027 may be 3 Apr 2027 or 4 Mar 2027" in doubt
    with pytest.raises(InvalidInput, match="--dates dmy"):
        brought(workspace, text)
    brought(workspace, text, date_order="mdy")
    assert rows(workspace, "SELECT due_on FROM task")[0][0] in ("2027-03-04", date(2027, 3, 4))


@pytest.mark.parametrize("form", ["gz", "xlsx", "utf-16", "html"])
def test_every_form_of_a_file_is_recognised(workspace: Workspace, form: str) -> None:
    text = "Contacts of 2026\n\nFirst Name,Last Name,Email\nJan,Kowalski,jan@acme.com\nEva,Łoś,eva@x.com\n"
    if form == "gz":
        content = gzip.compress(text.encode())
    elif form == "utf-16":
        content = text.encode("utf-16")
    elif form == "html":
        cells = ("".join(f"<td>{cell}</td>" for cell in line.split(",")) for line in text.splitlines())
        content = f"<html><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></html>".encode()
    else:
        book, out = openpyxl.Workbook(), io.BytesIO()
        for line in text.splitlines():
            book.active.append(line.split(","))
        book.save(out)
        content = out.getvalue()
    assert kind_of_file(content) == "contacts"
    report = import_records(workspace, content, "contacts", ImportOptions(), name="people")
    assert counts(report) == (2, 0, 0, 0)
    assert [one.why for one in report.plan.skipped][:1] == ["before the header"]


def test_a_backup_is_made_before_and_none_for_a_look(local_workspace: Workspace) -> None:
    text = "Company name,Website\nAcme,a.com\n"
    assert brought(local_workspace, text, "companies", is_dry_run=True).backup == ""
    assert brought(local_workspace, text, "companies").backup.endswith(".db")


def test_an_import_can_be_stopped_at_any_moment(workspace: Workspace) -> None:
    text = "Company name,Website\n" + "".join(f"Company {n},c{n}.com\n" for n in range(3_000))
    seen: list[int] = []
    import_records(
        workspace, text.encode(), "companies", ImportOptions(), ImportTarget(is_dry_run=True),
        progress=lambda done, _: seen.append(done),
    )  # fmt: skip
    assert seen == sorted(seen)
    assert len(set(seen)) > 6, "reading and writing are both told"

    class Stop(Exception):
        pass

    moments = sorted(set(seen))
    for moment in (moments[0], moments[len(moments) // 3], moments[-2], moments[-1]):

        def stop(done: int, _all: int, at: int = moment) -> None:
            if done >= at:
                raise Stop

        with pytest.raises(Stop):
            import_records(workspace, text.encode(), "companies", ImportOptions(), progress=stop)
        assert rows(workspace, "SELECT count(*) FROM company") == [(0,)]


def test_refused_rows_are_written_as_they_stood(workspace: Workspace, tmp_path: Any) -> None:
    add(workspace)
    target = ImportTarget(rejects=tmp_path / "refused.csv")
    text = (
        "Task,Due date,Deal\ncall,2026-12-01,Acme platform\nmail,2026-12-01,Nowhere\nwrite,31/02/2026,Acme platform\n"
    )
    report = import_records(workspace, text.encode(), "tasks", ImportOptions(), target)
    assert counts(report) == (1, 0, 0, 2)
    written = (tmp_path / "refused.csv").read_text("utf-8-sig")
    assert "mail,2026-12-01,Nowhere,line 3: there is no deal 'Nowhere'" in written
    mended = written.replace("Nowhere,", "Acme platform,").replace("31/02/2026", "2026-12-03")
    assert kind_of_file(mended.encode()) == "tasks"
    assert counts(brought(workspace, mended)) == (2, 0, 0, 0)
    times = [row[0] for row in rows(workspace, "SELECT due_time FROM task")]
    assert times == [None] * 3
    assert time() not in times


def test_a_next_step_that_came_with_its_deal_is_not_planned_again(workspace: Workspace) -> None:
    deals = "Deal ID,Deal name,Stage,Next step\n7,Acme,Lead,Send the offer\n"
    import_file(workspace, deals.encode(), ImportOptions(), ImportTarget(), name="deals.csv")
    tasks = (
        "Task ID,Task,Due date,Deal\n1,Send the OFFER,,Acme\n2,Send the offer,2026-12-01,Acme\n3,Send the offer,,Acme\n"
    )
    assert counts(brought(workspace, tasks, "tasks")) == (2, 1, 0, 0)
    found = rows(workspace, "SELECT title, external_id FROM task ORDER BY id")
    assert [title for title, _ in found] == ["Send the OFFER", "Send the offer", "Send the offer"]
    assert counts(brought(workspace, tasks, "tasks")) == (0, 0, 3, 0)
    assert counts(brought(workspace, tasks.replace("1,", "9,"), "tasks"))[0] == 1, (
        "what is known by an id is not another's"
    )

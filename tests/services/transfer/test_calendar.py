"""Tasks and close dates as a calendar, read back by icalendar, and tasks out of calendars."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from tests.conftest import OpenWorkspace
from tests.services.handlers.asking import add, detail, seen

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.transfer.calendar import write_ics
from pipeboard.services.transfer.calendar_reading import import_tasks, is_calendar, read_todos
from pipeboard.services.workspace import Workspace


def _exported(workspace: Workspace, text: str = "") -> bytes:
    file = io.BytesIO()
    count = write_ics(workspace, DealFilter(text), file)
    assert count == file.getvalue().count(b"BEGIN:VTODO") + file.getvalue().count(b"BEGIN:VEVENT")
    return file.getvalue()


def _entries(content: bytes) -> dict[str, Any]:
    """The entries by their summary; every one of them without an error."""
    calendar = Calendar.from_ical(content)
    entries = {str(one["SUMMARY"]): one for one in calendar.walk() if one.name in ("VTODO", "VEVENT")}
    assert all(one.errors == [] for one in calendar.walk())
    return entries


def _plan(workspace: Workspace, deal: int, title: str, *args: Any, **fields: Any) -> c.Seen:
    event: Any = workspace.execute(c.AddTask(deal, title, *args, **fields)).events[0]
    return c.Seen(event.task_id)


def test_tasks_and_close_dates_become_entries(workspace: Workspace) -> None:
    deal = add(workspace, company="Acme; Ltd, \\ Co", value_minor=12_000_00, expected_close_on=date(2026, 11, 30))
    _plan(workspace, deal, "call Bob, about: price; now", "call", date(2026, 11, 27), time(15), remind_minutes=30)
    _plan(workspace, deal, "send offer", "mail", date(2026, 11, 25))
    _plan(workspace, deal, "no day")
    entries = _entries(_exported(workspace))
    call, mail, close = entries["call Bob, about: price; now"], entries["send offer"], entries["Close: Acme platform"]
    assert call["DUE"].dt == datetime(2026, 11, 27, 14, tzinfo=UTC), "15:00 in Warsaw"
    alarm = call.walk("VALARM")[0]
    assert (alarm["TRIGGER"].dt, alarm["TRIGGER"].params["RELATED"]) == (timedelta(minutes=-30), "END")
    assert mail["DUE"].dt == date(2026, 11, 25)
    assert mail.walk("VALARM") == []
    assert "DUE" not in entries["no day"]
    assert (close["DTSTART"].dt, close["DTEND"].dt) == (date(2026, 11, 30), date(2026, 12, 1))
    assert close.walk("VALARM")[0]["TRIGGER"].dt == timedelta(hours=-15)
    assert "Acme; Ltd, \\ Co" in str(close["DESCRIPTION"])
    assert str(call["X-PIPEBOARD-DEAL"]) == str(deal)


def test_the_same_twice_and_a_second_import_updates(workspace: Workspace, clock: FixedClock) -> None:
    deal = add(workspace, expected_close_on=date(2026, 11, 30))
    task = _plan(workspace, deal, "call", "call", date(2026, 11, 27))
    first = _exported(workspace)
    clock.set(clock.now() + timedelta(hours=5))
    assert _exported(workspace) == first, "nothing changed, so not a byte does"
    workspace.execute(c.EditTask(task, (("due_on", date(2026, 12, 4)),)))
    before, after = _entries(first)["call"], _entries(_exported(workspace))["call"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt - before["DTSTAMP"].dt == timedelta(hours=5)
    workspace.execute(c.CompleteTask(c.Seen(task.id)))
    workspace.execute(c.WinDeals(seen(deal), workspace.activities.today))
    entries = _entries(_exported(workspace))
    assert (str(entries["call"]["STATUS"]), "COMPLETED" in entries["call"]) == ("COMPLETED", True)
    assert str(entries["Close: Acme platform"]["STATUS"]) == "CANCELLED"
    clock.set(clock.now() + timedelta(days=40))
    assert _entries(_exported(workspace)) == {}, "what is long over is left out"


def test_a_series_has_its_rule_in_the_zone_of_the_workspace(workspace: Workspace) -> None:
    deal = add(workspace)
    _plan(workspace, deal, "weekly", "todo", date(2026, 11, 27), time(9), recurrence="FREQ=WEEKLY;UNTIL=20261231")
    _plan(workspace, deal, "monthly", "todo", date(2027, 1, 31), recurrence="FREQ=MONTHLY")
    entries = _entries(_exported(workspace))
    weekly, monthly = entries["weekly"], entries["monthly"]
    assert weekly["DTSTART"].params["TZID"] == "Europe/Warsaw"
    assert (weekly["DTSTART"].dt.hour, weekly["DTSTART"].dt.utcoffset()) == (9, timedelta(hours=1))
    assert weekly["RRULE"]["UNTIL"] == [datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)]
    assert monthly["DTSTART"].dt == date(2027, 1, 31)
    assert monthly["RRULE"]["BYSETPOS"] == [-1], "the last day where a month has no 31st"
    assert b"BEGIN:VTIMEZONE" in _exported(workspace)


def test_a_series_of_so_many_has_the_rest_of_them(workspace: Workspace) -> None:
    deal = add(workspace)
    first = _plan(workspace, deal, "call", "call", date(2026, 11, 22), recurrence="FREQ=DAILY;COUNT=5")
    workspace.execute(c.CompleteTask(first))
    calendar = Calendar.from_ical(_exported(workspace))
    rules = [one.get("RRULE", {}).get("COUNT") for one in calendar.walk("VTODO")]
    assert rules == [None, [4]], "the done one comes no more, the next one four times"


def test_a_filter_leaves_its_deals(workspace: Workspace) -> None:
    for title, value in (("Small", 100_00), ("Big", 50_000_00)):
        _plan(workspace, add(workspace, title, value_minor=value), f"call {title}")
    assert list(_entries(_exported(workspace, "value>10k"))) == ["call Big"]


def test_our_own_export_comes_back_unchanged_and_its_changes_come_in(workspace: Workspace) -> None:
    deal = add(workspace)
    _plan(workspace, deal, "call", "call", date(2026, 11, 27), time(15))
    _plan(workspace, deal, "offer", "mail", date(2026, 11, 25), remind_minutes=None)
    content = _exported(workspace)
    assert import_tasks(workspace, content, file_name="x.ics")[:3] == (0, 0, 2)
    assert workspace.history.actions(1)[0].kind == "task.added", "nothing changed, so nothing was done"
    edited = content.replace(b"SUMMARY:offer", b"SUMMARY:send the offer").replace(
        b"STATUS:NEEDS-ACTION\r\nSUMMARY:call", b"STATUS:COMPLETED\r\nSUMMARY:call"
    )
    assert import_tasks(workspace, edited, file_name="x.ics")[:3] == (0, 2, 0)
    tasks = {task.title: task for task in detail(workspace, deal).tasks}
    assert tasks["call"].done_at is not None
    assert tasks["send the offer"].done_at is None
    workspace.execute(c.Undo())
    assert {task.title for task in detail(workspace, deal).tasks} == {"call", "offer"}


def _todo(*lines: str, uid: str = "1@elsewhere") -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTODO", f"UID:{uid}", *lines, "END:VTODO", "END:VCALENDAR", ""]
    ).encode()


def test_a_task_goes_to_the_deal_it_names_or_the_one_that_is_said(workspace: Workspace) -> None:
    acme, globex = add(workspace), add(workspace, "Globex pilot")
    named = _todo("SUMMARY:call", "X-PIPEBOARD-DEAL:globex", "DUE:20261127T140000Z")
    assert import_tasks(workspace, named, file_name="x.ics").new == 1
    (task,) = detail(workspace, globex).tasks
    assert (task.kind, task.due_on, task.due_time) == ("call", date(2026, 11, 27), time(15))
    again = named.replace(b"140000Z", b"150000Z")
    assert import_tasks(workspace, again, file_name="x.ics")[:3] == (0, 1, 0)
    plain = _todo("SUMMARY:meet", "DUE;VALUE=DATE:20261201", uid="2@elsewhere")
    report = import_tasks(workspace, plain, file_name="x.ics")
    assert [one.why for one in report.rejected] == ["It names no deal; --deal says which one it belongs to."]
    assert import_tasks(workspace, plain, file_name="x.ics", deal="acme", is_dry_run=True).new == 1
    assert detail(workspace, acme).tasks == ()
    assert import_tasks(workspace, plain, file_name="x.ics", deal="acme").new == 1
    foreign = _todo("SUMMARY:x", f"X-PIPEBOARD-DEAL:{globex}", uid="task-1@other.pipeboard")
    assert import_tasks(workspace, foreign, file_name="x.ics").new == 0, "a deal of another database"


def test_what_a_calendar_says_is_read(workspace: Workspace) -> None:
    deal = add(workspace)
    content = _todo(
        *("SUMMARY:weekly call", "DTSTART;TZID=America/New_York:20261127T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
        *("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"),
    )
    import_tasks(workspace, content, file_name="x.ics", deal=str(deal))
    (task,) = detail(workspace, deal).tasks
    assert (task.due_on, task.due_time, task.recurrence) == (date(2026, 11, 27), time(15), "FREQ=WEEKLY;INTERVAL=2")
    done = _todo("SUMMARY:old", "STATUS:COMPLETED", "COMPLETED:20261101T100000Z", uid="3@x")
    import_tasks(workspace, done, file_name="x.ics", deal=str(deal))
    assert [t.done_at is not None for t in detail(workspace, deal).tasks] == [False, True]
    hourly = _todo("SUMMARY:hourly", "DTSTART:20261127T090000Z", "RRULE:FREQ=HOURLY", uid="4@x")
    report = import_tasks(workspace, hourly, file_name="x.ics", deal=str(deal))
    assert (report.new, "hourly: it comes in once" in report.warnings[0]) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not whole"),
        (b"BEGIN:VCALENDAR", "not whole"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nSUM", "no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\n", "not whole"),
        (b"hello", "no calendar"),
        (b"\xff\xfe\x00", "no calendar"),
    ],
)
def test_what_is_no_calendar_is_refused(local_workspace: Workspace, content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_todos(content, local_workspace.zone)


@pytest.mark.parametrize("lines", [("DUE:20261127",), ("SUMMARY:", "DUE:20261127T100000Z")])
def test_a_task_without_words_is_left_out(local_workspace: Workspace, lines: tuple[str, ...]) -> None:
    read = read_todos(_todo(*lines), local_workspace.zone)
    assert (read.tasks, len(read.rejected)) == ((), 1)


def test_a_calendar_is_known_by_its_beginning() -> None:
    assert is_calendar(b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n")
    assert not is_calendar(b"title,value\n")


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("todo.ics", 2),
        ("todo_valarm.ics", 1),
        ("todo_text_escaping.ics", 1),
        ("related_to.ics", 2),
        ("todo-invalid-dtstart-tzid.ics", 2),
    ],
)
def test_real_files_come_in_and_come_again(workspace: Workspace, shared_data: Path, name: str, tasks: int) -> None:
    path = shared_data / "tasks_ics" / name
    if not path.exists():
        pytest.skip("the shared calendars are not here")
    deal = add(workspace)
    content = path.read_bytes()
    assert import_tasks(workspace, content, file_name=name, deal=str(deal))[:3] == (tasks, 0, 0)
    assert import_tasks(workspace, content, file_name=name, deal=str(deal))[:3] == (0, 0, tasks)
    read = {task.title: task for task in detail(workspace, deal).tasks}
    if name == "todo.ics":
        assert read["Submit Quebec Income Tax Return for 2006"].due_on == date(2007, 5, 1)
        draft = read["Submit Revised Internet-Draft"]
        assert (draft.due_on, draft.due_time) == (date(2007, 7, 9), time(15))
        assert draft.done_at is not None


def test_two_databases_do_not_take_each_others_tasks(
    workspace: Workspace, tmp_path: Path, open_workspace: OpenWorkspace, clock: FixedClock
) -> None:
    from tests.conftest import create

    other_path = str(tmp_path / "other.db")
    create(other_path, clock)
    other = open_workspace(other_path)
    for one in (workspace, other):
        _plan(one, add(one), "call")
    report = import_tasks(other, _exported(workspace), file_name="x.ics")
    assert (report.new, report.changed, len(report.rejected)) == (0, 0, 1)

"""The JSON contracts of INTERFACE.md section 5, key by key."""

import pytest

from tests.cli.conftest import Cli

DEAL_KEYS = [
    *["id", "title", "company", "contact", "owner", "pipeline", "stage", "status"],
    *["value", "currency", "probability", "weighted", "expected_close_on", "closed_on", "payment_on", "created_at"],
    *["days_in_stage", "idle_days", "rotting", "hot", "score", "source", "product", "tags"],
    *["lost_reason", "next_task"],
]
TASK_KEYS = [
    *["id", "deal_id", "deal", "title", "kind", "due_on", "due_time", "assignee"],
    *["days_late", "snoozed_until", "every"],
]
ACTION_KEYS = [
    *["id", "at", "actor", "kind", "label", "undoes", "undone_by", "deals"],
]
AGENDA_KEYS = [
    *["schema", "overdue", "today", "tomorrow", "this_week", "later", "no_date", "no_next_step"],
    *["waking", "suggested", "closing", "workload", "done_today"],
]


def test_list(cli: Cli) -> None:
    cli.ok(
        "add",
        'Acme renewal $12.5k @anna #web #gold 40% ! company:"Acme AG" contact:Bob source:fair product:Gold close:fri'
        ' next:"call Bob" due:"fri 15:00"',
    )
    cli.ok("add", "Globex 100 ₽")
    cli.ok("add", "Hooli")
    document = cli.json("list", "--json")
    assert list(document) == ["schema", "count", "total", "deals"]
    assert document["schema"] == "pipeboard.list/1"
    assert document["count"] == 3
    assert document["total"] == {"RUB": "100.00", "USD": "12500.00"}
    hooli, _, acme = document["deals"]
    assert set(DEAL_KEYS) <= set(acme)
    assert acme == acme | {
        "id": 1,
        "title": "Acme renewal",
        "company": "Acme AG",
        "contact": "Bob",
        "owner": "Anna Nowak",
        "pipeline": "B2B sales",
        "stage": "Lead",
        "status": "open",
        "value": "12500.00",
        "currency": "USD",
        "probability": 40,
        "weighted": "5000.00",
        "expected_close_on": "2026-11-27",
        "closed_on": None,
        "payment_on": None,
        "created_at": "2026-11-22T09:00:00+00:00",
        "days_in_stage": 0,
        "idle_days": 0,
        "rotting": False,
        "hot": True,
        "score": None,
        "source": "fair",
        "product": "Gold",
        "tags": ["web", "gold"],
        "lost_reason": None,
    }
    assert acme["next_task"] == {
        "id": 1,
        "title": "call Bob",
        "kind": "call",
        "due_on": "2026-11-27",
        "due_time": "15:00:00",
        "snoozed_until": None,
    }
    assert (hooli["value"], hooli["weighted"], hooli["company"], hooli["next_task"]) == (None, None, None, None)


def test_an_empty_list_is_a_list(cli: Cli) -> None:
    assert cli.json("list", "--json") == {"schema": "pipeboard.list/1", "count": 0, "total": {}, "deals": []}


def test_csv_has_the_keys_of_the_json_and_no_formulas(cli: Cli) -> None:
    cli.ok("add", "=cmd()|calc €5k")
    header, row = cli.ok("list", "--csv").splitlines()
    assert header.split(",") == list(cli.json("list", "--json")["deals"][0])
    assert "'=cmd()|calc" in row
    cli.ok("undo")
    assert cli.ok("list", "--csv").splitlines() == [header]


def test_agenda(cli: Cli) -> None:
    cli.ok("add", 'Globex next:"call Ada" due:2026-11-17')
    cli.ok("add", 'Hooli next:"mail" due:"today 15:00"')
    for name, due in (("Initech", "tomorrow"), ("Stark", "2026-11-29"), ("Wayne", "2026-12-24")):
        cli.ok("add", f"{name} next:meet due:{due}")
    cli.ok("add", "Wonka next:think close:2026-11-01")
    cli.ok("add", "Umbrella 30k")
    document = cli.json("agenda", "--json")
    assert list(document) == AGENDA_KEYS
    assert document["schema"] == "pipeboard.agenda/1"
    groups = {group: [t["deal"] for t in document[group]] for group in AGENDA_KEYS[1:7]}
    # 22 November 2026 is a Sunday, so the next Sunday is not of this week.
    assert groups == {
        "overdue": ["Globex"],
        "today": ["Hooli"],
        "tomorrow": ["Initech"],
        "this_week": [],
        "later": ["Stark", "Wayne"],
        "no_date": ["Wonka"],
    }
    assert document["overdue"][0] == {
        "id": 1,
        "deal_id": 1,
        "deal": "Globex",
        "title": "call Ada",
        "kind": "call",
        "due_on": "2026-11-17",
        "due_time": None,
        "assignee": "Anna Nowak",
        "days_late": 5,
        "snoozed_until": None,
        "every": None,
    }
    assert list(document["today"][0]) == TASK_KEYS
    assert document["today"][0]["due_time"] == "15:00:00"
    assert [deal["title"] for deal in document["no_next_step"]] == ["Umbrella"]
    assert set(DEAL_KEYS) <= set(document["no_next_step"][0])
    assert document["done_today"] == []
    cli.ok("task", "done", "2")
    assert cli.json("agenda", "--json")["done_today"] == [
        {
            "id": 2,
            "deal_id": 2,
            "deal": "Hooli",
            "title": "mail",
            "kind": "mail",
            "done_at": "2026-11-22T09:00:00+00:00",
            "done_by": "Anna Nowak",
        }
    ]
    assert "Done today (1)" in cli.ok("agenda")
    assert document["suggested"] == [
        {"deal_id": 6, "deal": "Wonka", "why": "Close date passed on 1 Nov", "kinds": ["close_date"]}
    ]


def test_waking_deals_and_silent_ones(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("add", "Globex 5k")
    cli.ok("park", "globex", "--until", "2026-12-01", "--reason", "budget")
    cli.ok("add", "Hooli 7k")
    assert cli.json("agenda", "--json")["waking"] == []
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-12-03T09:00:00+00:00")
    document = cli.json("agenda", "--json")
    assert [deal["title"] for deal in document["waking"]] == ["Globex"]
    assert document["suggested"] == [
        {"deal_id": 2, "deal": "Hooli", "why": "No activity for 11 days", "kinds": ["silent"]}
    ]
    assert cli.json("show", "hooli", "--json")["deal"]["rotting"] is True


def test_history(cli: Cli) -> None:
    cli.ok("add", "Globex")
    cli.ok("undo")
    document = cli.json("history", "--json")
    assert list(document) == ["schema", "actions"]
    assert document["schema"] == "pipeboard.history/1"
    undone, added, created = document["actions"]
    assert list(added) == ACTION_KEYS
    assert added == {
        "id": 2,
        "at": "2026-11-22T09:00:00+00:00",
        "actor": "Anna Nowak",
        "kind": "deal.created",
        "label": "Added Globex",
        "undoes": None,
        "undone_by": 3,
        "deals": [1],
    }
    assert (undone["undoes"], undone["deals"]) == (2, [1])
    assert (created["kind"], created["deals"]) == ("workspace.created", [])


def test_show_has_the_fields_of_the_list_and_more(cli: Cli) -> None:
    cli.ok("add", 'Globex next:"call Ada" due:2026-11-20')
    document = cli.json("show", "globex", "--json")
    assert list(document) == ["schema", "deal"]
    assert document["schema"] == "pipeboard.show/1"
    listed = cli.json("list", "--json")["deals"][0]
    assert document["deal"] == document["deal"] | listed
    assert document["deal"]["tasks"][0]["days_late"] == 2
    assert document["deal"]["stages"] == [
        {"stage": "Lead", "entered_on": "2026-11-22", "left_on": None, "days": None, "outcome": None}
    ]


def test_import(cli: Cli) -> None:
    text = "Deal,Stage,Value,Close date\nGlobex,Lead,100,2026-12-01\n\nHooli,Lead,many,2026-12-01\n"
    document = cli.json("import", "-", "--dry-run", "--json", stdin=text.encode())
    assert document["schema"] == "pipeboard.import/1"
    wanted = "profile encoding delimiter dates rows new changed unchanged skipped rejected stages warnings"
    assert set(wanted.split()) <= set(document)
    assert (document["rows"], document["new"], document["changed"], document["unchanged"]) == (2, 1, 0, 0)
    assert document["delimiter"] == ","
    assert document["dates"] == {"Close date": "YYYY-MM-DD"}
    assert document["stages"] == {"Lead": "Lead"}
    assert [one["line"] for one in document["skipped"]] == [3]
    (rejected,) = document["rejected"]
    assert list(rejected) == ["line", "column", "value", "why"]
    assert (rejected["line"], rejected["column"], rejected["value"]) == (4, "Value", "many")
    assert cli.json("list", "--json")["count"] == 0

"""What the verbs do, as somebody at a shell sees it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def test_a_deal_from_its_line_to_the_win(cli: Cli) -> None:
    said = cli.ok("add", "Acme renewal €12k @anna #web 40% close:eom", 'next:"call Bob" due:fri')
    assert said == "Added #1 Acme renewal · Lead · €12,000 · Anna Nowak\n"
    assert cli.ok("move", "acme", "neg") == "Moved #1 Acme renewal · Negotiation · €12,000 · Anna Nowak\n"
    assert cli.ok("move", "acme", "neg").startswith("Already there:")
    assert cli.ok("edit", "1", "value=14k", "hot=yes", "tags=gold eu").startswith("Changed #1")
    assert cli.ok("won", "#1", "--value", "15000", "--on", "today").startswith("Won #1 Acme renewal · Won · €15,000")
    deal = cli.json("show", "1", "--json")["deal"]
    assert (deal["status"], deal["value"], deal["weighted"], deal["hot"]) == ("won", "15000.00", "15000.00", True)
    assert (deal["closed_on"], deal["tags"], deal["closed_from"]) == ("2026-11-22", ["gold", "eu"], "Negotiation")


def test_lost_park_and_reopen(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    cli.ok("lost", "globex", "--reason", "pri")
    assert cli.json("show", "1", "--json")["deal"]["lost_reason"] == "Price"
    cli.ok("reopen", "globex", "--reason", "new budget", "--stage", "qual")
    assert cli.json("show", "1", "--json")["deal"]["stage"] == "Qualified"
    cli.ok("park", "globex", "--until", "1 mar", "--reason", "spring")
    deal = cli.json("show", "1", "--json")["deal"]
    assert (deal["status"], deal["wake_on"], deal["park_reason"]) == ("parked", "2027-03-01", "spring")


def test_undo_and_redo_speak_of_what_they_did(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    cli.ok("edit", "globex", "title=Globex rollout")
    assert cli.ok("undo") == "Undid: Changed title of Globex pilot\n"
    assert cli.json("list", "--json")["deals"][0]["title"] == "Globex pilot"
    assert cli.ok("redo").startswith("Redid: Changed title")
    cli.ok("undo")
    cli.ok("undo")
    nothing = cli("undo")
    assert (nothing.code, nothing.out) == (3, "")
    assert "nothing to undo" in nothing.err


def test_tasks_from_plan_to_done(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    assert "Planned task 1 for Globex pilot: call Ada (fri)" in cli.ok("task", "add", "globex", "call Ada due:fri")
    assert "(late 2d)" in cli.ok("task", "add", "globex", "mail the list", "--due", "2026-11-20")
    assert cli("due", "--exit-code").code == 5
    assert cli("due").code == 0
    assert "mail the list" in cli.ok("task", "list", "--overdue")
    cli.ok("task", "snooze", "2", "monday")
    assert cli("due", "--exit-code").code == 0
    done = cli.ok("task", "done", "2", "--next", "send the offer due:tomorrow")
    assert "Done: mail the list" in done
    assert "Planned task 3 for Globex pilot: send the offer (tomorrow)" in done
    assert "done already" in cli.ok("task", "done", "2")
    assert [t["title"] for t in cli.json("task", "list", "--json")["tasks"]] == ["send the offer", "call Ada"]


def test_what_is_put_off_says_so_and_when_it_is_due(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.ok("add", "Globex pilot")
    for title, due in (("call Ada", "2026-11-20"), ("report", "2027-01-31"), ("think", "")):
        cli.ok("task", "add", "globex", title, *(("--due", due) if due else ()))
    assert "Snoozed “call Ada” until Mon 23 Nov 2026" in cli.ok("task", "snooze", "1", "monday")
    cli.ok("task", "snooze", "2", "monday")
    cli.ok("task", "snooze", "3", "monday")
    shown = cli.ok("agenda")
    assert "snoozed, tomorrow (late 2d)" in shown
    assert "snoozed, tomorrow (due 31 jan 27)" in shown
    assert "snoozed, tomorrow think" in " ".join(shown.split())
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-24T09:00:00+00:00")
    assert "late 4d  call Ada: Globex pilot" in (said := cli.ok("remind"))
    assert "today (due 31 jan 27)  report" in said


def test_hours_are_hours_in_the_night_the_clocks_change(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-10-25T00:30:00+00:00")  # 2:30 in Warsaw, and once more an hour later
    cli.ok("add", "Globex pilot")
    assert "(today 03:30)" in cli.ok("task", "add", "globex", "call Ada", "--due", "+2h")
    assert cli.json("task", "list", "--json")["tasks"][0]["due_time"] == "03:30:00"


def test_after_how_many_days_silence_counts_is_a_setting(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cli.ok("add", "Globex pilot")
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-26T09:00:00+00:00")
    assert "No activity" not in cli.ok("agenda")
    (tmp_path / "config.toml").write_text("silent_days = 4\n")
    monkeypatch.setenv("PIPEBOARD_CONFIG", str(tmp_path / "config.toml"))
    assert "No activity for 4 days" in cli.ok("agenda")


def test_a_log_entry_from_stdin_keeps_its_lines(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    cli.ok("log", "globex", "-", "--kind", "call", stdin=b"They like it.\nPrice is fine.\n")
    entry = next(e for e in cli.json("show", "1", "--json")["deal"]["timeline"] if e["kind"] == "call")
    assert entry["text"] == "They like it.\nPrice is fine."
    future = cli("log", "globex", "hello", "--on", "tomorrow")
    assert future.code == 1
    assert "past" in future.err


def test_names_must_be_clear(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    cli.ok("add", "Globex rollout")
    several = cli("show", "globex")
    assert several.code == 1
    assert "Globex pilot, Globex rollout" in several.err
    missing = cli("show", "hooli")
    assert missing.code == 3
    assert 'There is no deal "hooli"' in missing.err
    assert cli("move", "globex pilot", "nowhere").code == 3
    assert "Globex rollout" in cli.ok("show", "2")


def test_the_list_is_narrowed_by_words_and_names(cli: Cli) -> None:
    cli.ok("owner", "add", "Łucja Żak")
    cli.ok("add", "Żabka rollout 5k @lucja stage:contacted")
    cli.ok("add", "Globex 100%_pilot 7k")

    def titles(*options: str) -> list[str]:
        return [deal["title"] for deal in cli.json("list", "--json", *options)["deals"]]

    assert titles("--filter", "zabka ROLL") == ["Żabka rollout"]
    assert titles("--filter", "%_p") == ["Globex 100%_pilot"]
    assert titles("--filter", "x_p") == []
    assert titles("--owner", "luc") == ["Żabka rollout"]
    assert titles("--stage", "lead") == ["Globex 100%_pilot"]
    assert titles("--status", "won") == []
    assert titles() == ["Globex 100%_pilot", "Żabka rollout"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("value=lots", "no amount of money"),
        ("probability=101", "probability"),
        ("probability=4.5", "whole number"),
        ("owner=nobody", "no owner"),
        ("hot=perhaps", "yes or no"),
        ("currency=EURO", "ISO 4217"),
        ("expected_close_on=someday", "not a date"),
        ("title=", "title"),
    ],
)
def test_a_bad_value_changes_nothing_and_is_named(cli: Cli, change: str, why: str) -> None:
    cli.ok("add", "Globex pilot 5k")
    before = cli.json("show", "1", "--json")
    result = cli("edit", "globex", "product=Gold", change)
    assert result.code in (1, 3)
    assert why in result.err
    assert cli.json("show", "1", "--json") == before


@pytest.mark.parametrize(("change", "why"), [("stage=won", "pipeboard move"), ("colour=red", "Fields:"), ("x", "KEY")])
def test_a_key_that_edit_does_not_know_is_a_usage_error(cli: Cli, change: str, why: str) -> None:
    cli.ok("add", "Globex pilot")
    result = cli("edit", "globex", change)
    assert result.code == 2
    assert why in result.err


def test_an_empty_value_clears_a_field(cli: Cli) -> None:
    cli.ok("add", "Globex 5k 40% close:fri")
    cli.ok("edit", "globex", "value=", "probability=", "expected_close_on=", "owner=")
    deal = cli.json("show", "1", "--json")["deal"]
    assert (deal["value"], deal["weighted"], deal["probability"], deal["owner"]) == (None, None, 5, None)
    assert deal["expected_close_on"] is None


def test_a_value_in_another_currency_changes_the_currency(cli: Cli) -> None:
    cli.ok("add", "Globex 5k")
    cli.ok("edit", "globex", "value=$6k")
    deal = cli.json("show", "1", "--json")["deal"]
    assert (deal["value"], deal["currency"]) == ("6000.00", "USD")
    refused = cli("won", "globex", "--value", "€7k")
    assert refused.code == 2
    assert "USD" in refused.err


def test_pipelines_owners_and_rates(cli: Cli) -> None:
    cli.ok("pipeline", "add", "Partners", "--stages", "Lead 10% 7d, Pilot 50% 14d")
    assert "Pilot" in cli.ok("pipeline", "list")
    cli.ok("add", "Globex pilot p:partners")
    cli.ok("add", "Hooli p:b2b")
    assert cli.json("list", "--json", "--pipeline", "part")["deals"][0]["stage"] == "Lead"
    assert cli.ok("move", "globex", "pilot").startswith("Moved #1 Globex pilot · Pilot")
    assert cli("pipeline", "archive", "partners").code == 1
    assert cli.ok("rate", "set", "usd", "0,92") == "1 USD = 0.92 EUR\n"
    assert cli.ok("rate", "list") == "1 USD = 0.92 EUR\n"
    assert cli("rate", "set", "usd", "1e-30").code == 1
    assert cli("rate", "set", "usd", "NaN").code == 1
    assert cli.ok("owner", "add", "Boris") == "Added the owner Boris\n"
    assert cli.ok("owner", "list") == "Anna Nowak\nBoris\n"
    cli.ok("owner", "archive", "bor")
    assert cli.ok("owner", "list") == "Anna Nowak\n"


def test_the_plain_board_has_every_stage_and_its_totals(cli: Cli) -> None:
    cli.ok("add", 'Globex pilot 12k next:"call Ada" due:fri')
    cli.ok("add", "Acme [/ EU] \\x1b[31m framework stage:qualified 9400€")
    cli.ok("add", "Hooli stage:qualified")
    cli.ok("won", "hooli")
    board = cli.ok("board", "--plain")
    assert board == cli.ok()
    lines = board.splitlines()
    assert lines[0].startswith("Sales · B2B sales · 2 open deals · €21.4k · weighted €3.9k")
    assert "Lead · 1 deal · €12k · weighted €600" in lines
    assert "Qualified · 1 deal · €9.4k · weighted €3.3k" in lines
    assert "Won · Nov · 1 deal · €0 · 1 without a value" in lines
    assert any("Globex pilot" in line and "€12,000" in line and "call fri" in line for line in lines)
    assert any("Acme [/ EU]" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_history_names_who_did_what(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    cli.ok("undo")
    lines = cli.ok("history", "--limit", "2").splitlines()
    assert "Undid: Added Globex pilot" in lines[1]
    assert "Anna Nowak" in lines[2]
    assert lines[2].endswith("undone")
    assert "2026-11-22 10:00" in lines[1]


def test_edit_sets_the_rarer_fields_and_show_gives_them_under_the_same_names(cli: Cli) -> None:
    cli.ok("add", "Globex pilot $3k")
    cli.ok("edit", "globex", "contact=Bob", "contact_email=bob@x.example", "cost=1k", "recurring_months=12")
    cli.ok("edit", "globex", "attention=help", "custom.Hobby=golf [/ EU]", "link=x.example", "value=4k")
    deal = cli.json("show", "globex", "--json")["deal"]
    assert (deal["contact_email"], deal["cost"], deal["margin"]) == ("bob@x.example", "1000.00", "3000.00")
    assert (deal["attention"], deal["custom"], deal["annual_value"]) == (
        ["needs help"],
        {"Hobby": "golf [/ EU]"},
        "4000.00",
    )
    cli.ok("edit", "globex", "custom.Hobby=")
    assert cli.json("show", "globex", "--json")["deal"]["custom"] == {}


def test_a_task_that_comes_again(cli: Cli) -> None:
    cli.ok("add", "Globex pilot")
    said = cli.ok("task", "add", "globex", "call Ada fri 15:00 !30m every:2w")
    assert said == "Planned task 1 for Globex pilot: call Ada (fri 15:00, every 2 weeks, reminds 30 min before)\n"
    assert cli.ok("task", "skip", "1").startswith("Skipped “call Ada” until Fri 11 Dec 2026")
    assert cli.ok("task", "edit", "1", "--due", "mon", "--remind", "-", "--title", "ring Ada") == "Changed “call Ada”\n"
    assert cli.ok("task", "done", "1") == "Done: ring Ada; again Fri 25 Dec 2026, in 33 days\n"
    (task,) = cli.json("task", "list", "--json")["tasks"]
    assert (task["id"], task["due_on"], task["every"]) == (2, "2026-12-25", "FREQ=WEEKLY;INTERVAL=2")
    assert cli.ok("task", "edit", "2", "--every", "-", "--who", "-") == "Changed “ring Ada”\n"
    assert cli.ok("task", "drop", "2") == "Dropped “ring Ada”\n"
    assert "dropped already" in cli.ok("task", "drop", "2")
    assert "report (30 nov, every month on the last day)" in cli.ok("task", "add", "1", "report", "--every", "last day")
    assert cli("task", "add", "1", "x", "--every", "now and then").code == 1
    assert cli("task", "edit", "3").code == 2


def test_remind_in_short_lines(cli: Cli) -> None:
    assert cli.ok("remind") == ""
    cli.ok("add", "Globex " + "pilot " * 30)
    cli.ok("task", "add", "1", "mail the list", "--due", "2026-11-20")
    cli.ok("task", "add", "1", "call Ada today 15:00")
    first, *others = cli.ok("remind").splitlines()
    assert first == "1 overdue, 1 today, 15:00 call Ada"
    assert others[0].startswith("  late 2d  mail the list: Globex pilot")
    assert all(len(line) < 80 for line in others)
    assert cli.ok("remind", "--line") == first + "\n"
    assert cli.ok("remind", "--notify") == "", "its time has not come"

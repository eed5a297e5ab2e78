"""`pipeboard log`: the line of the board, templates, standard input and mails."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pipeboard.config.locations import config_file
from tests.cli.conftest import Cli


@pytest.fixture
def deals(cli: Cli) -> Cli:
    cli.ok("add", "Acme platform contact:Bob")
    cli.ok("add", "Globex pilot")
    return cli


def _entries(cli: Cli, deal: str = "1") -> list[dict[str, Any]]:
    shown = cli.json("show", deal, "--json")["deal"]["timeline"]
    return [entry for entry in shown if "." not in entry["kind"]]


def test_the_line_says_kind_direction_outcome_and_time(deals: Cli) -> None:
    said = deals.ok("log", "acme", "call out no answer: left voicemail yesterday 15:00")
    assert said == "Logged a call with Acme platform\n"
    entry = _entries(deals)[0]
    assert entry == {
        "at": "2026-11-21T14:00:00+00:00",
        "kind": "call",
        "actor": "Anna Nowak",
        "text": "left voicemail",
        "direction": "out",
        "outcome": "no answer",
    }
    assert deals.json("show", "1", "--json")["deal"]["contact_attempts"] == 1
    assert "call out no answer: left voicemail" in deals.ok("show", "1")


def test_options_say_the_same_and_leave_the_text_alone(deals: Cli) -> None:
    deals.ok(
        *("log", "acme", "mail: as it stands yesterday", "--kind", "call", "--direction", "in"),
        *("--outcome", "left voicemail", "--at", "2h"),
    )
    entry = _entries(deals)[0]
    assert (entry["kind"], entry["text"], entry["direction"], entry["outcome"]) == (
        *("call", "mail: as it stands yesterday", "in", "left message"),
    )
    assert entry["at"] == "2026-11-22T07:00:00+00:00"
    deals.ok("log", "acme", "--kind", "call", "--outcome", "busy")
    assert _entries(deals)[0]["text"] == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log", "acme"), "Write a few words"),
        (("log", "acme", "x", "--outcome", "danced"), "no outcome"),
        (("log", "acme", "x", "--at", "tomorrow"), "lies in the past"),
        (("log", "acme", "x", "--at", "10"), "bare number"),
        (("log", "acme", "x", "--template", "call"), "no templates yet"),
        (("log", "acme", "x", "--mail", "-"), "--mail brings text"),
        (("log", "auto", "x"), "auto"),
    ],
)
def test_what_cannot_be_logged_is_said(deals: Cli, arguments: tuple[str, ...], said: str) -> None:
    result = deals(*arguments)
    assert result.code != 0
    assert said in result.err
    assert _entries(deals) == []


def test_a_template_begins_the_text(deals: Cli) -> None:
    path = config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[templates]\n"First call" = "call out answered: Budget: Need:"\nLong = "meeting held:\\nNext:"\n')
    deals.ok("log", "acme", "--template", "first", "50k")
    assert _entries(deals)[0]["text"] == "Budget: Need: 50k"
    deals.ok("log", "acme", "--template", "long", "-", stdin=b"offer\n")
    entry = _entries(deals)[0]
    assert (entry["kind"], entry["outcome"], entry["text"]) == ("meeting", "held", "Next:\noffer")


def test_a_mail_is_logged_once_with_the_deal_of_its_contact(deals: Cli, tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "bob@acme.example", "anna@us.example", "Offer"
    mail["Message-ID"], mail["Date"] = "<1@acme.example>", "Fri, 20 Nov 2026 10:15:00 +0000"
    mail.set_content("We take it.\n\n> old")
    result = deals("log", "auto", "--mail", "-", stdin=mail.as_bytes())
    assert (result.code, "bob@acme.example" in result.err) == (3, True)
    deals.ok("edit", "acme", "contact_email=bob@acme.example")
    assert deals.ok("log", "auto", "--mail", "-", stdin=mail.as_bytes()) == (
        "Logged an email with Acme platform: Offer\n"
    )
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())
    assert "already" in deals.ok("log", "acme", "--mail", str(tmp_path / "mail.eml"))
    (entry,) = _entries(deals)
    assert (entry["kind"], entry["direction"], entry["text"]) == ("email", "in", "Offer\nWe take it.")
    assert entry["at"] == "2026-11-20T10:15:00+00:00"


def test_giving_up_early_is_warned_of(deals: Cli) -> None:
    deals.ok("log", "acme", "call out no answer")
    result = deals("lost", "acme", "--reason", "price")
    assert (result.code, result.err) == (0, "Note: only 1 contact attempt before this deal was given up.\n")
    for _ in range(3):
        deals.ok("log", "globex", "call out no answer")
    assert deals("park", "globex", "--until", "1 mar", "--reason", "budget").err == ""


def test_the_last_entry_is_mended_or_taken_away(deals: Cli) -> None:
    deals.ok("log", "acme", "call out no answer: left voicemail yesterday 15:00")
    deals.ok("log", "globex", "another deal")
    assert "Changed a call with Acme platform" in deals.ok("log", "acme", "--edit", "call in answered: they want Gold")
    (entry,) = _entries(deals)
    assert (entry["text"], entry["direction"], entry["outcome"]) == ("they want Gold", "in", "answered")
    assert entry["at"] == "2026-11-21T14:00:00+00:00", "no other time was typed"
    assert deals("log", "acme", "--delete", "words").code == 2
    deals.ok("log", "acme", "--delete")
    assert _entries(deals) == []
    assert len(_entries(deals, "2")) == 1
    nothing = deals("log", "acme", "--delete")
    assert (nothing.code, "logged nothing" in nothing.err) == (3, True)
    deals.ok("undo")
    assert len(_entries(deals)) == 1

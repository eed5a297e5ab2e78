"""The verbs that shape pipelines, stages and lost reasons, and those about criteria and BANT."""

import pytest

from pipeboard.domain.templates import TEMPLATES

from .conftest import Cli


def test_pipelines_come_from_templates_or_a_line_and_are_kept_in_order(cli: Cli) -> None:
    assert "post-sale: After the sale" in cli.ok("pipeline", "templates")
    cli.ok("pipeline", "add", "Delivery", "--template", "post-sale-c")
    cli.ok("pipeline", "add", "Partners", "--stages", "Lead 10% 7d, Contacted 20% 7d")
    assert cli.ok("pipeline", "rename", "part", "Resellers") == "Renamed the pipeline Partners to Resellers\n"
    assert cli.ok("pipeline", "move", "resellers", "1") == "Resellers, B2B sales, Delivery\n"
    listed = cli.json("pipeline", "list", "--json")
    assert [(p["name"], p["post_sale"]) for p in listed["pipelines"]] == [
        ("Resellers", False),
        ("B2B sales", False),
        ("Delivery", True),
    ]
    assert [(s["name"], s["probability"], s["rot_days"]) for s in listed["pipelines"][0]["stages"][:2]] == [
        ("Lead", 10, 7),
        ("Contacted", 20, 7),
    ]
    assert "Kick-off" in cli.ok("pipeline", "stages", "delivery")


def test_stages_are_added_set_moved_and_archived(cli: Cli) -> None:
    cli.ok("add", "Acme stage:contacted")
    assert cli.ok("stage", "add", "Demo 7d", "--after", "contacted") == "Added the stage Demo\n"
    assert cli.ok("stage", "edit", "demo", "probability=30%", "criteria=! Slides sent; Date agreed", "limit=5") == (
        "Changed probability, exit criteria, limit of Demo\n"
    )
    stage = cli.json("pipeline", "stages", "--json")["pipelines"][0]["stages"][2]
    assert (stage["name"], stage["probability"], stage["rot_days"], stage["limit"]) == ("Demo", 30, 7, 5)
    assert stage["criteria"] == [
        {"text": "Slides sent", "required": True},
        {"text": "Date agreed", "required": False},
    ]
    assert cli.ok("stage", "move", "demo", "2").startswith("Lead, Demo, Contacted")
    assert "its deals are in Qualified" in cli.ok("stage", "archive", "contacted", "--into", "qualified")
    assert cli.json("show", "acme", "--json")["deal"]["stage"] == "Qualified"
    assert "checklist of Lead" in cli.ok("stage", "checklist", "demo")
    shown = cli.ok("pipeline", "stages")
    assert "- Demo (required)" in shown
    cli.ok("undo")
    cli.ok("undo")
    assert cli.json("show", "acme", "--json")["deal"]["stage"] == "Contacted"
    for wrong in (["colour=red"], ["probability=many"], ["velocity=maybe"], ["limit"]):
        assert cli("stage", "edit", "lead", *wrong).code in (1, 2)


def test_the_eleventh_stage_is_told_of(cli: Cli) -> None:
    for number in range(5):
        assert cli("stage", "add", f"Step {number}").err == ""
    assert "11 stages are many" in cli("stage", "add", "Step too many").err


def test_a_stage_that_requires_something_is_left_by_force_only(cli: Cli) -> None:
    cli.ok("stage", "edit", "lead", "criteria=! Fits us; Likes us")
    cli.ok("add", "Acme")
    refused = cli("move", "acme", "contacted")
    assert refused.code == 1
    assert "“Acme” still has 1 open criterion in Lead: Fits us" in refused.err
    assert cli.ok("tick", "acme").splitlines() == ["[ ] Fits us (required)", "[ ] Likes us"]
    cli.ok("move", "acme", "contacted", "--force")
    assert "Moved Acme to Contacted with 1 open criterion" in cli.ok("history", "--limit", "1")
    cli.ok("undo")
    assert cli.ok("tick", "acme", "fits") == "Ticked “Fits us” for Acme\n"
    assert cli.ok("tick", "acme", "fits") == "It was so already\n"
    cli.ok("won", "acme")
    assert cli("tick", "acme", "value").code == 3


def test_bant_is_answered_and_shown(cli: Cli) -> None:
    cli.ok("add", "Acme")
    said = cli.ok("bant", "acme", "budget=yes 40k approved", "need=yes", "auth=no").splitlines()
    assert said[0].split(maxsplit=2) == ["Budget", "yes", "40k approved"]
    assert said[-1] == "2/4 yes, score 50"
    shown = cli.json("show", "acme", "--json")["deal"]["bant"]
    assert shown["score"] == 50
    assert shown["authority"] == {"answer": "no", "note": None}
    assert cli("bant", "acme", "need=perhaps").code == 1
    assert "bant         2/4: budget yes, authority no, need yes, timeline unknown" in cli.ok("show", "acme")
    assert "[ ] Contact person known" in cli.ok("show", "acme")


def test_a_deal_goes_to_another_pipeline_or_is_copied_there(cli: Cli) -> None:
    cli.ok("pipeline", "add", "Customers", "--template", "post-sale")
    cli.ok("pipeline", "add", "Partners")
    cli.ok("add", "Acme 12k stage:qualified")
    assert cli.ok("move", "acme", "--pipeline", "partners") == "Moved #1 Acme · Qualified · €12,000 · Anna Nowak\n"
    assert cli.ok("copy", "acme", "customers") == "Copied #2 Acme · Handover · €12,000 · Anna Nowak\n"
    assert cli.json("show", "1", "--json")["deal"]["copies"] == [2]
    assert cli.json("show", "2", "--json")["deal"]["copied_from"] == 1
    assert cli("move", "1").code == 2


def test_lost_reasons_and_owners_are_kept(cli: Cli) -> None:
    assert cli.ok("reason", "add", "Built it", "--excluded") == "Added the lost reason Built it\n"
    assert cli.ok("reason", "move", "built", "1").startswith("Built it, Price")
    cli.ok("reason", "exclude", "built", "--off")
    cli.ok("reason", "rename", "built", "Chose to build")
    first = cli.json("reason", "list", "--json")["reasons"][0]
    assert (first["name"], first["excluded"], first["deals"]) == ("Chose to build", False, 0)
    cli.ok("add", "Acme")
    cli.ok("lost", "acme", "--reason", "chose")
    assert cli.ok("reason", "archive", "chose") == "Archived the lost reason Chose to build (1 deal keep it)\n"
    assert "Chose" not in cli.ok("reason", "list")
    cli.ok("owner", "add", "Boris")
    cli.ok("owner", "rename", "boris", "Boris P.")
    cli.ok("add", "Globex @boris")
    assert "open deals went to Anna Nowak" in cli.ok("owner", "archive", "boris", "--to", "anna")
    assert cli.json("show", "globex", "--json")["deal"]["owner"] == "Anna Nowak"


@pytest.mark.parametrize("key", list(TEMPLATES))
def test_a_workspace_begins_with_any_template(bare_cli: Cli, key: str) -> None:
    bare_cli.ok("init", "--template", key, "--zone", "UTC", "--currency", "EUR")
    stages = bare_cli.json("pipeline", "list", "--json")["pipelines"][0]["stages"]
    ends = {"won", "lost"} if TEMPLATES[key].is_post_sale else {"won", "lost", "parked"}
    assert ends <= {stage["kind"] for stage in stages}
    bare_cli.ok("add", "Acme")
    assert bare_cli.json("list", "--json")["deals"][0]["stage"] == stages[0]["name"]

"""Rules: how they are read, what is wrong with bad ones, and what starts them."""

import tomllib
from typing import Any

import pytest

from pipeboard.domain.rules import (
    Happened,
    Names,
    Rule,
    Step,
    Trigger,
    describe_rule,
    is_started,
    read_rules,
    read_trigger,
    started,
)

NAMES = Names({"proposal": frozenset({3, 13}), "lead": frozenset({1})}, {"anna": 7})


def _read(text: str) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    return read_rules(tomllib.loads(text)["rule"])


def test_a_rule_is_read_from_toml() -> None:
    (rule,), problems = _read(
        """
        [[rule]]
        name = "Chase proposals"
        when = "enters Proposal"
        if = "value>10k"
        then = [{task = "follow up +3d @anna"}, {set = {probability = 60, hot = true}}, {tag = "#chase"}]
        """
    )
    assert problems == ()
    assert rule == Rule(
        "Chase proposals",
        Trigger("enters", "Proposal"),
        "value>10k",
        (
            Step("task", "follow up +3d @anna"),
            Step("set", values=(("probability", 60), ("hot", True))),
            Step("tag", "chase"),
        ),
    )
    assert describe_rule(rule) == (
        "when enters Proposal if value>10k: plan “follow up +3d @anna”;"
        " set probability to 60, set hot to yes; add #chase"
    )


def test_a_name_is_made_of_what_starts_it() -> None:
    (one, two), _ = _read(
        '[[rule]]\nwhen = "idle 14 days"\nif = "hot"\nthen = {tag = "x"}\n'
        '[[rule]]\nwhen = "tagged #web"\nthen = [{untag = "x"}]'
    )
    assert (one.name, two.name) == ("idle 14d if hot", "tagged web")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({}, "rule 1: say when it starts"),
        ({"when": "enters", "then": [{"tag": "x"}]}, "enters needs the name of a stage"),
        ({"when": "full moon", "then": [{"tag": "x"}]}, "'full moon' starts nothing; it can be enters Proposal"),
        ({"when": "won today", "then": [{"tag": "x"}]}, "starts nothing"),
        ({"when": "idle soon", "then": [{"tag": "x"}]}, "idle needs a number of days"),
        ({"when": "idle 0d", "then": [{"tag": "x"}]}, "idle needs a number of days"),
        ({"when": "won"}, "say what it does"),
        ({"when": "won", "then": []}, "say what it does"),
        ({"when": "won", "then": ["call"]}, "each part of then is a table"),
        ({"when": "won", "then": [{"mail": "x"}]}, "a rule cannot do 'mail'"),
        ({"when": "won", "then": [{"task": ""}]}, "task must be a text"),
        ({"when": "won", "then": [{"tag": "two words"}]}, "tag takes one word"),
        ({"when": "won", "then": [{"set": {"stage": "Won"}}]}, "set cannot set 'stage'; it can: owner"),
        ({"when": "won", "then": [{"set": {"probability": 120}}]}, "a whole number from 0 to 100, not '120'"),
        ({"when": "won", "then": [{"set": {"probability": True}}]}, "a whole number"),
        ({"when": "won", "then": [{"set": {"hot": "yes"}}]}, "hot must be true or false"),
        ({"when": "won", "then": [{"tag": "x"}], "unless": "y"}, "there is no 'unless' in a rule"),
        ({"when": "won", "then": [{"tag": "x"}], "if": 3}, "if must be a filter"),
    ],
)
def test_a_bad_rule_is_told_in_words(table: dict[str, Any], said: str) -> None:
    rules, (problem,) = read_rules([table])
    assert rules == ()
    assert said in problem
    assert problem.endswith(".")


def test_the_good_rules_hold_beside_bad_ones_and_names_are_unique() -> None:
    good = {"when": "won", "then": [{"tag": "x"}]}
    rules, problems = read_rules([good, {"when": "?"}, good])
    assert len(rules) == 1
    assert problems[1] == "rule 3: there is another rule called “won”; give one of them another name."
    assert read_rules("won")[1] == ("rule must be a list of tables: write each under its own [[rule]].",)


def _happened(kind: str = "edited", **fields: Any) -> Happened:
    plain: dict[str, Any] = {
        "event_id": 1, "deal_id": 9, "kind": kind, "from_stage_id": None, "to_stage_id": None,
        "added_tags": frozenset(), "removed_tags": frozenset(), "owner_id": None, "has_new_owner": False,
    }  # fmt: skip
    return Happened(**{**plain, **fields})


@pytest.mark.parametrize(
    ("when", "fields", "expected"),
    [
        ("enters proposal", {"kind": "moved", "from_stage_id": 1, "to_stage_id": 3}, True),
        ("enters Proposal", {"kind": "moved", "from_stage_id": 1, "to_stage_id": 13}, True),
        ("enters Proposal", {"kind": "created", "to_stage_id": 3}, True),
        ("enters Proposal", {"kind": "moved", "from_stage_id": 3, "to_stage_id": 1}, False),
        ("enters Nowhere", {"kind": "moved", "from_stage_id": 1, "to_stage_id": 3}, False),
        ("leaves lead", {"kind": "moved", "from_stage_id": 1, "to_stage_id": 3}, True),
        ("leaves lead", {"kind": "created", "to_stage_id": 1}, False),
        ("tagged WEB", {"added_tags": frozenset({"web"})}, True),
        ("tagged web", {"removed_tags": frozenset({"web"})}, False),
        ("untagged #web", {"removed_tags": frozenset({"web"})}, True),
        ("owner @Anna", {"owner_id": 7, "has_new_owner": True}, True),
        ("owner anna", {"owner_id": 7}, False),
        ("owner ben", {"owner_id": None, "has_new_owner": True}, False),
        ("won", {"kind": "won", "from_stage_id": 1, "to_stage_id": 6}, True),
        ("created", {"kind": "created", "to_stage_id": 1}, True),
        ("lost", {"kind": "won"}, False),
    ],
)
def test_what_starts_a_rule(when: str, fields: dict[str, Any], expected: bool) -> None:
    assert is_started(read_trigger(when), _happened(**fields), NAMES) is expected


def test_a_deal_that_walks_on_enters_the_last_stage_only() -> None:
    step = (Step("tag", "x"),)
    rules = [Rule(name, read_trigger(f"enters {name}"), "", step) for name in ("Lead", "Proposal")]
    walk = [
        _happened("stepped", event_id=1, from_stage_id=0, to_stage_id=1),
        _happened("stepped", event_id=2, from_stage_id=1, to_stage_id=3),
        _happened("moved", event_id=3, deal_id=10, from_stage_id=0, to_stage_id=1),
    ]
    assert [(rule.name, one.deal_id) for rule, one in started(rules, walk, NAMES)] == [("Proposal", 9), ("Lead", 10)]

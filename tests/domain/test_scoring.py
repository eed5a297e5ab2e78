"""Scores: their sum, their bounds, and the rules of the configuration."""

import pytest

from pipeboard.domain.scoring import Score, ScorePart, ScoreRule, read_score_rules, score_of

FAIR = ScoreRule("Fair", "source:fair", 15)
SILENT = ScoreRule("Silent", "idle>21", -40)


@pytest.mark.parametrize(
    ("bant", "matching", "expected"),
    [
        (None, [], None),
        (0, [], 0),
        (75, [FAIR], 90),
        (100, [FAIR], 100),
        (None, [SILENT], 0),
        (50, [FAIR, SILENT], 25),
    ],
)
def test_the_score_is_the_sum_between_0_and_100(
    bant: int | None, matching: list[ScoreRule], expected: int | None
) -> None:
    found = score_of(bant, matching)
    assert (found.total if found else None) == expected


def test_the_parts_are_told() -> None:
    assert score_of(75, [SILENT], "BANT 3/4") == Score(35, (ScorePart("BANT 3/4", 75), ScorePart("Silent", -40)))


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ("x", "list of tables"),
        ([{"points": 5}], "say which deals"),
        ([{"if": "hot"}], "points must be"),
        ([{"if": "hot", "points": True}], "points must be"),
        ([{"if": "hot", "points": 101}], "points must be"),
        ([{"if": "score>5", "points": 5}], "cannot depend on the score"),
        ([{"if": "hot", "points": 5, "colour": "red"}], "there is no 'colour'"),
        ([{"if": "hot", "points": 5, "name": 7}], "name must be"),
        ([{"if": "hot", "points": 5}] * 51, "more than 50"),
    ],
)
def test_a_rule_that_cannot_be_used_is_told(tables: object, words: str) -> None:
    assert words in read_score_rules(tables)[1][0]


def test_rules_are_read_with_their_names() -> None:
    rules, problems = read_score_rules(
        [{"if": " hot ", "points": 5}, {"name": "Fair", "if": "source:fair", "points": -3}]
    )
    assert (rules, problems) == ((ScoreRule("hot", "hot", 5), ScoreRule("Fair", "source:fair", -3)), ())

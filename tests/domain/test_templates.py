"""Pipeline templates and typed stages."""

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import StageKind
from pipeboard.domain.templates import DEFAULT_KEY, LOST_REASONS, TEMPLATES, PipelineTemplate, parse_stages

KEYS = ["b2b", "saas", "consulting", "seven", "classic", "auto", "post-sale", "post-sale-consulting"]


def test_every_template_of_the_specification_is_there() -> None:
    assert list(TEMPLATES) == KEYS
    assert DEFAULT_KEY == "b2b"


def test_the_default_is_the_table_of_the_specification() -> None:
    rows = [
        (stage.name, stage.probability, stage.rot_days, stage.counts_for_velocity, stage.forecast_category)
        for stage in TEMPLATES["b2b"].stages
    ]
    assert rows == [
        ("Lead", 5, 7, False, "omitted"),
        ("Contacted", 15, 7, False, "pipeline"),
        ("Qualified", 35, 10, True, "pipeline"),
        ("Proposal made", 55, 14, True, "best"),
        ("Negotiation", 75, 14, True, "commit"),
        ("Won", 100, None, False, "omitted"),
        ("Lost", 0, None, False, "omitted"),
        ("Fridge", 0, None, False, "omitted"),
    ]


@pytest.mark.parametrize(
    ("key", "figures"),
    [
        ("saas", "5/5 15/7 25/7* 45/14* 65/10* 85/10*"),
        ("consulting", "5/4 20/7* 40/10* 55/14* 85/10*"),
        ("seven", "5/7 15/7 30/10* 50/14* 75/14*"),
        ("classic", "5/7 15/7 35/10* 60/10* 80/7*"),
        ("auto", "10/2 30/5 60/5* 85/5*"),
    ],
)
def test_the_figures_of_the_other_templates(key: str, figures: str) -> None:
    stages = [stage for stage in TEMPLATES[key].stages if stage.kind == StageKind.OPEN]
    marks = [f"{s.probability}/{s.rot_days}{'*' if s.counts_for_velocity else ''}" for s in stages]
    assert " ".join(marks) == figures


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_template_is_a_usable_pipeline(template: PipelineTemplate) -> None:
    names = [stage.name for stage in template.stages]
    kinds = [stage.kind for stage in template.stages]
    assert len(set(names)) == len(names)
    assert kinds.count(StageKind.WON) == kinds.count(StageKind.LOST) == 1
    assert kinds.count(StageKind.PARKED) == (0 if template.is_post_sale else 1)
    working = StageKind.POST if template.is_post_sale else StageKind.OPEN
    assert all(kind == working for kind in kinds[: kinds.index(StageKind.WON)])
    chances = [stage.probability for stage in template.stages if stage.kind == StageKind.OPEN]
    assert chances == sorted(chances)


def test_lost_reasons_mark_what_the_win_rate_leaves_out() -> None:
    assert [name for name, is_excluded in LOST_REASONS if is_excluded] == ["Duplicate", "Test/data error"]
    assert ("Imported, unknown", False) in LOST_REASONS
    assert ("Stale (flush)", False) in LOST_REASONS


def test_stages_are_read_from_one_line() -> None:
    stages = parse_stages("Lead 10% 7d, Contacted 14 days 20 %, Very good 80%")
    assert [(s.name, s.probability, s.rot_days) for s in stages[:3]] == [
        ("Lead", 10, 7),
        ("Contacted", 20, 14),
        ("Very good", 80, None),
    ]
    assert [stage.name for stage in stages[3:]] == ["Won", "Lost", "Fridge"]
    assert [stage.forecast_category for stage in stages[:3]] == ["pipeline", "pipeline", "commit"]


def test_probabilities_left_out_rise_evenly_and_zero_days_mean_never() -> None:
    stages = parse_stages("A, B 0d, Tier 2")
    assert [(s.name, s.probability, s.rot_days) for s in stages[:3]] == [
        ("A", 25, None),
        ("B", 50, None),
        ("Tier 2", 75, None),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No stages given"),
        (" , ", "No stages given"),
        ("Lead,,Won", "has no name"),
        ("10% 7d", "cannot be read"),
        ("7d", "cannot be read"),
        ("Lead 200%", "200% for Lead is more than 100%"),
        ("Lead 10% 20%", "cannot be read"),
        ("Lead 10%, lead 20%", 'The stage "lead" is listed twice'),
        ("Lead, won", '"won" is added by itself'),
    ],
)
def test_stages_that_cannot_be_used_are_named(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        parse_stages(text)

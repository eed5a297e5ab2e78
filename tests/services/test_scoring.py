"""Scores in lists, filters, orders and of one deal, on both engines."""

from pipeboard.domain import commands as c
from pipeboard.domain.list_order import ListOrder
from pipeboard.domain.scoring import ScoreRule
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.workspace import Workspace

from .handlers.asking import add, detail, seen

RULES = (ScoreRule("Met at the fair", "source:fair", 15), ScoreRule("Small", "value<1k | no-value", -30))


def test_a_score_is_the_same_wherever_it_is_asked_for(database: str, clock: FixedClock) -> None:
    workspace = Workspace.open(database, clock, login="anna", person="Anna Nowak", score_rules=RULES)
    try:
        fair = add(workspace, "Fair", source="fair", value_minor=5_000_00)
        small = add(workspace, "Small", source="fair", value_minor=900_00)
        plain = add(workspace, "Plain", value_minor=5_000_00)
        good = add(workspace, "Good", value_minor=5_000_00)
        workspace.execute(c.AnswerBant(seen(good)[0], (("budget", "yes", None), ("need", "yes", None))))
        expected = {fair: 15, small: 0, plain: None, good: 50}
        assert {deal.row.id: deal.score for deal in workspace.listing.deals()} == expected
        for deal_id, score in expected.items():
            found = detail(workspace, deal_id).score
            assert (found.total if found else None) == score
        made = detail(workspace, small).score
        assert made is not None
        assert [(part.label, part.points) for part in made.parts] == [("Met at the fair", 15), ("Small", -30)]
        left = workspace.listing.deals(DealFilter("score>10"))
        assert {deal.row.id: deal.score for deal in left} == {fair: 15, good: 50}
        spoken_of = {one.deal.row.id: one.deal.score for one in workspace.review.review().subjects}
        assert spoken_of == expected
        pipeline = workspace.listing.names().pipelines[0].id
        content = workspace.table.content(pipeline, "", ListOrder("score", True))
        assert list(content.ids) == [good, fair, small, plain]
        stage = workspace.deals.stages()[0]
        assert list(workspace.board.ids(stage, ListOrder("score"))) == [small, fair, good, plain]
    finally:
        workspace.close()

"""The lines of a card as somebody has chosen them, and what is said about names that mean nothing."""

from datetime import timedelta

import pytest

from pipeboard.config import locations
from pipeboard.config.settings import CARD_PARTS, Settings, load
from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from pipeboard.tui.text.cards import CardContext, card_strips
from pipeboard.tui.text.glyphs import UNICODE
from tests.tui.board_harness import LEAD, TODAY, make_card, since, task
from tests.tui.driver import playing
from tests.tui.test_cards import PALETTE


def drawn(*lines: str, **fields: object) -> list[str]:
    """The lines of a card as text."""
    parts = tuple(tuple(line.split()) for line in lines)
    context = CardContext(34, len(lines), TODAY, LEAD, "EUR", {1: "AN"}, PALETTE, UNICODE, parts)
    return [strip.text.rstrip() for strip in card_strips(make_card(1, LEAD, **fields), context)]  # type: ignore[arg-type]


def test_words_stand_at_the_left_and_figures_at_the_right() -> None:
    fields = {"is_hot": True, "probability": 40, **task("Call Bob", -2)}
    assert drawn("title signs", "company owner value", "next days", "close weighted probability", **fields) == [
        " Globex pilot                !  ?",
        " Globex  AN                12,000",
        " ▲ late 2d Call Bob            3d",
        " no close date      w 4,800  40%*",
    ]


def test_every_part_says_what_it_is_about() -> None:
    fields = {**task("Call", 3), **since(9), "expected_close_on": TODAY - timedelta(2), "value_minor": None}
    shown = {part: drawn(part, **fields)[0].strip() for part in CARD_PARTS}
    assert shown == {
        "title": "Globex pilot",
        "company": "Globex",
        "owner": "AN",
        "next": "● Call wed",
        "close": "▲ close 20 nov",
        "value": "no value",
        "weighted": "",
        "days": "9d",
        "idle": "idle 9d",
        "probability": "5%",
        "signs": "?",
        "bant": "",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('card = ["title", "compny value"]', "card: there is no part 'compny'; did you mean 'company'?"),
        ('card = ["zzz"]', "parts are title, company, owner"),
        ('card = "title"', "card must be a list of texts in quotes, for example"),
        ("card = []", "card has one to four lines, none of them empty"),
        ('card = ["title", " "]', "card has one to four lines, none of them empty"),
    ],
)
def test_what_is_wrong_is_said_and_the_usual_lines_are_drawn(line: str, said: str) -> None:
    path = locations.config_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")
    settings = load()
    assert settings.card == ()
    assert said in settings.problems[0]


async def test_the_board_shows_them_and_has_no_more_sizes_than_lines(local_workspace: Workspace) -> None:
    lead = local_workspace.deals.stages()[0]
    local_workspace.execute(CreateDeal("Acme", lead.id, value_minor=12_000_00, company="Roadrunner"))
    chosen = Settings(card=(("company", "value"), ("title", "probability")), density=4)
    async with playing(local_workspace, settings=chosen) as player:
        rows = player.text.splitlines()
        at = next(y for y, row in enumerate(rows) if "Roadrunner" in row)
        assert rows[at][:21].split() == ["┃Roadrunner", "12,000"]
        assert rows[at + 1][:21].split() == ["┃Acme", "5%"]
        assert player.app.board_screen().board.density == 2
        await player.press("z")
        assert "Acme" not in "".join(player.text.splitlines()[1:-1])
        await player.press("z")
        assert "Acme" in player.text

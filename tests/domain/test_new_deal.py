"""Where the deal of a quick-add line goes, and to whom."""

from datetime import UTC, datetime

import pytest

from pipeboard.domain.board import Owner
from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.errors import Ambiguous, InvalidInput, NotFound
from pipeboard.domain.new_deal import DealNames, new_deal
from pipeboard.domain.quick_add import parse
from pipeboard.domain.stage import Pipeline, Stage, StageKind

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
STAGES = (
    Stage(11, 1, "Lead", 0, StageKind.OPEN, 10),
    Stage(12, 1, "Proposal", 1, StageKind.OPEN, 50),
    Stage(13, 1, "Lost", 2, StageKind.LOST, 0),
    Stage(21, 2, "Inquiry", 0, StageKind.OPEN, 10),
    Stage(22, 2, "Proposal", 1, StageKind.OPEN, 50),
    Stage(31, 3, "Gone", 0, StageKind.LOST, 0),
)
NAMES = DealNames(
    (Pipeline(1, "Sales", 0), Pipeline(2, "Consulting", 1), Pipeline(3, "Attic", 2)),
    STAGES,
    (Owner(1, "Anna Nowak"), Owner(2, "Andrew Ng"), Owner(3, "Boris")),
)


def made(line: str, home: Stage | None = None) -> CreateDeal:
    """The command of a line."""
    return new_deal(parse(line, NOW, "EUR"), NAMES, home)


@pytest.mark.parametrize(
    ("line", "home", "stage_id"),
    [
        ("Acme", None, 11),
        ("Acme", STAGES[3], 21),
        ("Acme", STAGES[1], 12),
        ("Acme p:cons", STAGES[1], 21),
        ("Acme p:#2", None, 21),
        ("Acme p:sales", STAGES[1], 11),
        ("Acme stage:prop", None, 12),
        ("Acme stage:prop", STAGES[3], 22),
        ("Acme stage:prop p:cons", STAGES[0], 22),
        ("Acme stage:inq", STAGES[0], 21),
        ("Acme stage:l", STAGES[0], 11),
        ("Acme stage:22", STAGES[0], 22),
    ],
)
def test_a_deal_goes_where_its_line_says_or_home(line: str, home: Stage | None, stage_id: int) -> None:
    assert made(line, home).stage_id == stage_id


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        ("Acme p:xyz", NotFound, 'no pipeline "xyz"'),
        ("Acme stage:inq p:sales", NotFound, 'no stage "inq"'),
        ("Acme stage:xyz", NotFound, "Lead, Proposal, Lost, Inquiry"),
        ("Acme stage:lost", InvalidInput, "not in Lost"),
        ("Acme p:attic", InvalidInput, "no open stage"),
        ("Acme @an", Ambiguous, "Anna Nowak, Andrew Ng"),
        ("Acme @zoe", NotFound, 'no owner "zoe"'),
        ("@boris", InvalidInput, "needs a title"),
    ],
)
def test_what_is_not_clear_is_told(line: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        made(line, STAGES[0])


def test_the_owner_and_the_title_of_a_company() -> None:
    command = made("company:Globex @bor 40%")
    assert (command.title, command.company, command.owner_id, command.probability) == ("Globex", "Globex", 3, 40)


def test_me_is_the_person_at_the_keyboard() -> None:
    said = parse("Acme @me", NOW, "EUR")
    assert new_deal(said, NAMES._replace(me=3)).owner_id == 3
    with pytest.raises(NotFound, match='no owner "me"'):
        new_deal(said, NAMES)

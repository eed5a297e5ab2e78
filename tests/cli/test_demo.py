"""The demo: full, believable, the same for a seed, and gone without a trace."""

import os
from pathlib import Path

import pytest

from pipeboard.cli import demo_start
from pipeboard.config.settings import Settings, load
from pipeboard.domain.commands import MoveDeals, Seen, Undo
from pipeboard.domain.hygiene import Gap
from pipeboard.domain.periods import parse_period
from pipeboard.domain.review import Part
from pipeboard.domain.rules import read_rules
from pipeboard.services.clock import clock_from
from pipeboard.services.demo import CLOSED_DEALS, DemoSize
from pipeboard.services.demo_names import OWNERS, STORIES
from pipeboard.services.listing import DealFilter
from pipeboard.services.waterfall import WaterfallQuery
from pipeboard.services.workspace import Workspace
from tests.cli.conftest import Cli

NOW = "2026-11-22T09:00:00+00:00"


@pytest.fixture(scope="module")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One filled demo for all tests that only read it."""
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIPEBOARD_NOW", NOW)
        demo_start.fill(Settings(database=path, login="anna", person=OWNERS[0], zone="Europe/Warsaw"), DemoSize())
    return path


@pytest.fixture
def demo(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The filled demo, opened."""
    monkeypatch.setenv("PIPEBOARD_NOW", NOW)
    return Workspace.open(demo_database, clock_from(), login="anna")


def test_the_board_is_full_of_everything_a_pipeline_has(demo: Workspace) -> None:
    deals = demo.listing.deals()
    open_deals = [deal for deal in deals if deal.status.name == "OPEN"]
    assert 16 <= len(open_deals) <= 40
    assert {deal.row.stage for deal in open_deals} == {s.name for s in demo.deals.stages() if s.is_open}
    assert {deal.row.owner for deal in deals} == set(OWNERS)
    assert {deal.row.currency for deal in deals} == {"EUR", "USD"}
    assert demo.listing.names().rates == {"USD": 920_000_000}
    assert any(deal.row.value_minor is None for deal in open_deals)
    assert sum(deal.is_rotting for deal in open_deals) >= 2
    assert any(deal.rot.name == "WAITING" for deal in open_deals)
    assert any(deal.row.is_hot for deal in open_deals)
    text = " ".join(deal.row.title for deal in open_deals)
    for awkward in ("Acme [/ EU] framework", "株式会社", "Сервис", "פרויקט", "مشروع", "Żabka"):
        assert awkward in text
    assert max(len(deal.row.title) for deal in open_deals) > 90


def test_the_waterfall_and_hygiene_have_something_to_show(demo: Workspace) -> None:
    quarter, q4 = demo.waterfall.view(WaterfallQuery()).made, parse_period("2026-Q4")
    kinds = {bar.kind for bar in quarter.bars if bar.changes}
    assert {"new", "increased", "reopened", "decreased", "won", "lost", "parked"} <= kinds
    assert "pushed_out" in {bar.kind for bar in demo.waterfall.view(WaterfallQuery(close=q4)).made.bars if bar.changes}
    report = demo.hygiene.report()
    gaps = {group.gap: [deal.row.title[:19] for deal in group.deals] for group in report.groups}
    assert gaps[Gap.PUSHED] == ["Framework agreement"]
    assert {Gap.ROTTING, Gap.CLOSE_PASSED, Gap.NO_NEXT_STEP, Gap.NO_VALUE, Gap.NO_CLOSE_DATE} <= gaps.keys()
    review = demo.review.review()
    assert {part for part, _ in review.parts} >= {Part.TARGET, Part.SLIPPED, Part.EARLY}
    assert review.so_far.target is not None


def test_the_agenda_has_something_in_every_group(demo: Workspace) -> None:
    agenda = demo.agenda.agenda()
    for group in ("overdue", "today", "tomorrow", "later", "no_next_step", "waking", "suggested"):
        assert getattr(agenda, group), group


def test_the_months_behind_it_fill_the_metrics(demo: Workspace) -> None:
    won = demo.listing.deals(DealFilter(status="won"))
    lost = demo.listing.deals(DealFilter(status="lost"))
    assert len(won) + len(lost) == CLOSED_DEALS
    assert 0.4 < len(won) / CLOSED_DEALS < 0.7
    months = {(deal.row.closed_on.year, deal.row.closed_on.month) for deal in won if deal.row.closed_on}
    assert len(months) >= 12
    assert (
        sum(deal.row.closed_on.month == 11 and deal.row.closed_on.year == 2026 for deal in won if deal.row.closed_on)
        >= 3
    )
    assert len({deal.row.lost_reason for deal in lost}) >= 4
    assert all(deal.row.closed_on <= demo.deals.today for deal in won + lost if deal.row.closed_on)


def test_the_history_adds_up(demo_database: str) -> None:
    from pipeboard.services.safety import check

    assert check(demo_database) == []


def test_the_stories_stand_as_long_as_they_say(demo: Workspace) -> None:
    stays = {deal.row.title: deal.days_in_stage for deal in demo.listing.deals() if deal.status.name != "WON"}
    for story in STORIES:
        assert stays[story.title] == story.stay, story.title


def test_undo_works_on_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_NOW", NOW)
    path = str(tmp_path / "demo.db")
    demo_start.fill(Settings(database=path, login="anna", person="Anna", zone="UTC"), DemoSize(deals=5))
    workspace = Workspace.open(path, clock_from(), login="anna")
    assert workspace.execute(Undo()).label.startswith("Undid: ")
    workspace.close()


def test_a_seed_gives_the_same_demo_and_another_seed_another(bare_cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_ZONE", "Europe/Warsaw")
    first = bare_cli.ok("demo")
    assert "Acme [/ EU] framework" in first
    assert bare_cli.ok("demo", "--seed", "7") == first
    assert bare_cli.ok("demo", "--seed", "8") != first


@pytest.mark.parametrize(("wanted", "kept"), [(0, 0), (3, 3), (40, 40), (600, 600)])
def test_any_number_of_deals(wanted: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_NOW", NOW)
    settings = Settings(database=str(tmp_path / "d.db"), login="anna", person="Anna", zone="UTC")
    demo_start.fill(settings, DemoSize(deals=wanted))
    workspace = Workspace.open(settings.database, clock_from(), login="anna")
    assert len(workspace.listing.deals()) == kept
    workspace.close()


def test_it_touches_nothing_and_leaves_nothing(
    cli: Cli, sqlite_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = Path(sqlite_database).read_bytes()
    seen: list[str] = []

    def watch(_settings: Settings, database: str) -> int:
        seen.append(database)
        assert os.stat(os.path.dirname(database)).st_mode & 0o077 == 0
        return 0

    assert cli("demo", "--deals", "3").code == 0
    assert demo_start.in_demo(DemoSize(deals=3), load(), watch) == 0
    assert seen[0].startswith(str(temporary))
    assert list(temporary.iterdir()) == []
    assert Path(sqlite_database).read_bytes() == before
    assert sorted(path.name for path in Path(sqlite_database).parent.iterdir()) == ["pipeboard.db", "temporary"]


def test_the_folder_goes_also_when_showing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def fail(_settings: Settings, _database: str) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo_start.in_demo(DemoSize(deals=1), load(), fail)
    assert list(tmp_path.iterdir()) == []


def test_its_rules_are_understood_and_name_what_is_there(demo: Workspace) -> None:
    rules, problems = read_rules(list(demo_start.RULES))
    assert (rules, problems) == (demo_start.demo_rules(), ())
    automation = demo.follow_rules(rules)
    assert automation.problems() == ()
    assert automation.run_idle().labels == (), "nothing is done before the first key"
    deal = next(deal for deal in demo.listing.deals() if deal.row.stage == "Qualified" and deal.row.value_minor)
    proposal = next(stage for stage in demo.deals.stages() if stage.name == "Proposal made")
    demo.execute(MoveDeals((Seen(deal.row.id),), proposal.id))
    assert automation.run_pending().labels == (f"Rule “Chase proposals”: {deal.row.title}",)
    assert "call about the offer" in [task.title for task in demo.deals.detail(deal.row.id).tasks]

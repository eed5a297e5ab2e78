"""The forecast from a database: what is read, in which currency, by whom, and what left the stages lately."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound, StorageFailure
from pipeboard.domain.events import DealCreated
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.opened import keys_of, opened
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.periods import Period, parse_period
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.clock import FixedClock
from pipeboard.services.figure_export import rows_of, write_csv
from pipeboard.services.forecast import ForecastQuery
from pipeboard.services.workspace import Workspace
from tests.services.test_waterfall import Player, noon

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()
DECEMBER = date(2026, 12, 10)


def add(
    workspace: Workspace, title: str, value: int | None, close: date | None, stage: int = 2, **fields: object
) -> int:
    """A deal in the stage at this place of the pipeline, with fields that only an edit can set."""
    stages = [one for one in workspace.deals.stages() if one.is_open]
    currency = str(fields.pop("currency", "EUR"))
    made = workspace.execute(c.CreateDeal(title, stages[stage].id, value, currency, expected_close_on=close)).events[0]
    assert isinstance(made, DealCreated)
    if fields:
        workspace.execute(c.EditDeals((c.Seen(made.deal_id),), tuple(fields.items())))
    return made.deal_id


def read(workspace: Workspace, **fields: object) -> Forecast:
    return workspace.forecast.forecast(ForecastQuery(**fields))  # type: ignore[arg-type]


def short(found: Sums) -> tuple[int, int, int]:
    return found.value_minor, found.weighted_minor, found.deals


def test_what_is_read(workspace: Workspace) -> None:
    stage = [one for one in workspace.deals.stages() if one.is_open][2]
    assert (stage.name, stage.probability) == ("Qualified", 35)
    workspace.execute(c.SetRate("USD", 500_000_000, date(2026, 1, 1)))
    add(workspace, "plain [/bold", 100_00, DECEMBER, cost_minor=40_00)
    add(workspace, "dollars", 80_00, DECEMBER, currency="USD", probability=50, cost_minor=40_00)
    add(workspace, "francs", 80_00, DECEMBER, currency="CHF")
    add(workspace, "late", 10_00, TODAY - timedelta(days=1))
    add(workspace, "undated", None, None, payment_on=date(2026, 12, 24), forecast_category="commit")
    gone = add(workspace, "deleted", 999_00, DECEMBER)
    workspace.execute(c.DeleteDeals((c.Seen(gone),)))
    won = add(workspace, "won dollars", 60_00, DECEMBER, currency="USD")
    workspace.execute(c.WinDeals((c.Seen(won),), TODAY))
    workspace.execute(c.SetRate("USD", 900_000_000, TODAY + timedelta(days=1)))
    made = read(workspace)
    december = next(row for row in made.months.rows if row.key == "2026-12")
    assert short(december.open) == (100_00 + 40_00, 35_00 + 20_00, 3)
    assert (december.open.unconverted, december.open.unknown_cost) == (1, 0)
    assert (december.open.profit_minor, december.open.weighted_profit_minor) == (60_00 + 20_00, 21_00 + 10_00)
    assert short(made.months.overdue) == (10_00, 3_50, 1)
    assert made.months.no_date.without_value == 1
    assert short(made.won) == (30_00, 30_00, 1)
    for key in keys_of(made):
        opened(made, key)


def test_the_target_comes_from_the_quotas(workspace: Workspace) -> None:
    workspace.execute(c.SetQuota("2026-Q4", 1000_00, pipeline_id=1))
    me = workspace.me
    workspace.execute(c.SetQuota("2026-Q4", 300_00, owner_id=me, pipeline_id=1))
    add(workspace, "mine", 200_00, DECEMBER, owner_id=me)
    made = read(workspace)
    assert made.coverage.target is not None
    assert made.coverage.target.amount == 1000_00
    assert made.coverage.ratio == 0.2
    assert [(row.name, row.coverage.target and row.coverage.target.amount) for row in made.owners] == [
        ("Anna Nowak", 300_00)
    ]
    mine = read(workspace, owner_id=me)
    assert mine.coverage.target is not None
    assert mine.coverage.target.amount == 300_00
    assert read(workspace, period=parse_period("2027-Q1")).coverage.target is None


def test_what_left_the_stages_lately(workspace: Workspace, clock: FixedClock) -> None:
    stages = [one for one in workspace.deals.stages() if one.is_open]
    clock.set(NOW - timedelta(days=250))
    old = add(workspace, "old", 1_00, None, stage=0)
    clock.set(NOW - timedelta(days=20))
    moved = [add(workspace, f"moved {place}", 1_00, None, stage=0) for place in range(3)]
    clock.set(NOW - timedelta(days=10))
    workspace.execute(c.MoveDeals((c.Seen(moved[0]),), stages[2].id))
    workspace.execute(c.LoseDeals((c.Seen(moved[1]),), clock.now().date(), "Price"))
    workspace.execute(c.DeleteDeals((c.Seen(moved[2]),)))
    clock.set(NOW)
    made = read(workspace)
    stays = made.given.stays
    # The old one has stood there for all of the 180 days, two for 10 days each; the deleted one says nothing.
    assert stays[stages[0].id].days == 180 + 10 + 10
    lost = next(one.id for one in workspace.deals.stages() if one.name == "Lost")
    assert stays[stages[0].id].exits == {stages[2].id: 1, lost: 1}
    assert stays[stages[0].id].median_days == 10
    assert stays[stages[2].id].days == 10
    assert made.fill.rows[0].why.startswith("2 of the 20 exits it needs")
    assert old


@pytest.mark.parametrize("seed", [0, 4])
def test_the_trend_is_what_the_forecast_said_then(workspace: Workspace, clock: FixedClock, seed: int) -> None:
    quarter = parse_period("2026-Q4")
    day = date(2026, 10, 12)
    clock.set(noon(day))
    workspace.execute(c.CreatePipeline("Second", TEMPLATES["saas"].stages))
    workspace.execute(c.SetRate("USD", 900_000_000, date(2026, 1, 1)))
    player = Player(workspace, seed)
    said: dict[date, tuple[int, int, int]] = {}
    while day < date(2026, 11, 10):
        clock.set(noon(day))
        if day.weekday() == 0:
            then = read(workspace, pipeline_id=1, period=quarter)
            won = then.won.value_minor
            said[day] = won, won + then.ahead.weighted_minor, won + then.ahead.value_minor
        player.done_today = 0
        for _ in range(6):
            clock.set(clock.now() + timedelta(minutes=1))
            player.play(day)
        day += timedelta(days=1)
    clock.set(noon(day))
    found = {point.on: point for point in workspace.forecast.trend(read(workspace, pipeline_id=1, period=quarter))}
    assert len(said) == 5
    assert any(expected for _, expected, _ in said.values())
    for on, (won, expected, best) in said.items():
        point = found[on]
        assert (point.won_minor, point.best_minor) == (won, best)
        # Each foreign value is rounded before it is weighted here, and after it there.
        assert abs(point.expected_minor - expected) <= len(point.parts)
        assert abs(sum(part.minor or 0 for part in point.parts) - expected) <= 2 * len(point.parts)


def test_the_filters(workspace: Workspace) -> None:
    add(workspace, "gold", 100_00, DECEMBER, product="Gold", source="web")
    add(workspace, "silver", 50_00, DECEMBER, product="Silver", source="fair")
    assert read(workspace, product="Gold").open.value_minor == 100_00
    assert read(workspace, source="fair").open.value_minor == 50_00
    assert read(workspace).open.value_minor == 150_00


def test_a_file_of_all_figures(local_workspace: Workspace, tmp_path: object) -> None:
    from pipeboard.domain.forecast.serialize import to_json

    add(local_workspace, "=cmd|'/C calc'!A0", 100_00, DECEMBER)
    rows = list(rows_of(to_json(read(local_workspace))))
    assert ("months", "2026-12", "best", "100.00") in rows
    folder = Path(str(tmp_path))
    first, second = (write_csv(folder, "pipeboard-forecast", ("a",), rows) for _ in range(2))
    assert (first.name, second.name) == ("pipeboard-forecast.csv", "pipeboard-forecast-2.csv")
    assert first.stat().st_mode & 0o777 == 0o600
    assert first.read_bytes() == second.read_bytes()


def test_a_full_disk_leaves_no_half_of_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeboard.services.new_file.os.fsync", full)
    with pytest.raises(StorageFailure, match=r"no space left on device\. Nothing is there"):
        write_csv(tmp_path, "figures", ("a",), [("1",)])
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_forecast_is_said(local_workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="before it begins"):
        read(local_workspace, period=Period(date(2026, 3, 1), date(2026, 2, 1)))
    with pytest.raises(NotFound):
        read(local_workspace, pipeline_id=77)

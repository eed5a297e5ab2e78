"""The waterfall over real histories: at both ends it is what the board said on that day, whatever happened between."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound, PipeboardError
from pipeboard.domain.events import DealCreated
from pipeboard.domain.metrics.facts import Tally
from pipeboard.domain.periods import Period, parse_period
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.templates import TEMPLATES
from pipeboard.domain.waterfall_words import KEYS
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.waterfall import WaterfallQuery
from pipeboard.services.waterfall_export import csv_rows, to_json
from pipeboard.services.workspace import Workspace

FIRST = date(2026, 9, 1)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def add(workspace: Workspace, title: str, value: int | None, currency: str = "EUR", close: date | None = None) -> int:
    stage = workspace.deals.stages()[0]
    made = workspace.execute(c.CreateDeal(title, stage.id, value, currency, expected_close_on=close)).events[0]
    assert isinstance(made, DealCreated)
    return made.deal_id


def steps(workspace: Workspace, query: WaterfallQuery) -> dict[str, int]:
    view = workspace.waterfall.view(query)
    return {bar.kind: bar.change_minor for bar in view.made.bars if bar.changes}


class Player:
    """Plays at random with a workspace, as several people with bad manners would."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace = workspace
        self.random = Random(seed)
        self.ids: list[int] = []
        stages = [stage for one in (1, 2) for stage in workspace.deals.stages(one)]
        self.open_stages = [stage.id for stage in stages if stage.is_open]
        self.number = 0
        self.done_today = 0

    def play(self, today: date) -> None:
        """Do one thing; what is refused changes nothing."""
        random = self.random
        what = random.choice(("add", "add", "edit", "edit", "date", "move", "win", "lose", "park", "reopen", "delete",
                              "undo", "redo"))  # fmt: skip
        seen = (c.Seen(random.choice(self.ids)),) if self.ids else ()
        command: c.Command
        if what == "add" or not seen:
            self.number += 1
            value = random.choice((None, 0, random.randrange(10**7)))
            stage = random.choice(self.open_stages)
            currency = random.choice(("EUR", "EUR", "USD", "CHF"))
            command = c.CreateDeal(f"Deal {self.number}", stage, value, currency, expected_close_on=self._day(today))
        elif what == "edit":
            command = c.EditDeals(seen, (("value_minor", random.choice((None, random.randrange(10**7)))),))
        elif what == "date":
            command = c.EditDeals(seen, (("expected_close_on", self._day(today)),))
        elif what == "move":
            command = c.MoveDeals(seen, random.choice(self.open_stages))
        elif what == "win":
            command = c.WinDeals(seen, today - timedelta(days=random.choice((0, 0, 3))))
        elif what == "lose":
            command = c.LoseDeals(seen, today, "Price")
        elif what == "park":
            command = c.ParkDeals(seen, today + timedelta(days=9), "later")
        elif what == "reopen":
            command = c.ReopenDeals(seen)
        elif what == "delete":
            command = c.DeleteDeals(seen)
        else:
            command = c.Undo() if what == "undo" else c.Redo()
        # Undo never reaches over midnight: what is taken back later was never there, in every figure.
        if isinstance(command, c.Undo) and not self.done_today:
            return
        try:
            outcome = self.workspace.execute(command)
        except PipeboardError:
            return
        if outcome.action_id is not None:
            self.done_today += -1 if isinstance(command, c.Undo) else 1
        self.ids += [event.deal_id for event in outcome.events if isinstance(event, DealCreated)]

    def _day(self, today: date) -> date | None:
        return self.random.choice((None, today + timedelta(days=self.random.randrange(-10, 60))))


def open_now(workspace: Workspace, pipeline_id: int) -> Tally:
    return workspace.metrics.report(MetricsQuery(pipeline_id)).open


@pytest.mark.parametrize("seed", range(3))
def test_both_ends_are_what_the_board_said_then(workspace: Workspace, clock: FixedClock, seed: int) -> None:
    clock.set(noon(FIRST))
    workspace.execute(c.CreatePipeline("Second", TEMPLATES["saas"].stages))
    workspace.execute(c.SetRate("USD", 900_000_000, FIRST))
    player = Player(workspace, seed)
    said: dict[date, tuple[Tally, Tally]] = {}
    day = FIRST
    for _ in range(12):
        clock.set(noon(day))
        if player.random.random() < 0.4:
            currency, nano = player.random.choice(("USD", "USD", "CHF")), player.random.randrange(10**8, 2 * 10**9)
            workspace.execute(c.SetRate(currency, nano, day))
        said[day] = open_now(workspace, 1), open_now(workspace, 2)
        player.done_today = 0
        for _ in range(9):
            clock.set(clock.now() + timedelta(minutes=1))
            player.play(day)
        day += timedelta(days=1)
    days = sorted(said)
    for since, until in ((days[1], days[5]), (days[3], days[10]), (days[6], days[7])):
        for place, pipeline_id in enumerate((1, 2)):
            made = workspace.waterfall.view(WaterfallQuery(pipeline_id, Period(since, until))).made
            assert made.start_minor == said[since][place].value_minor
            assert made.end_minor == said[until][place].value_minor
            assert made.start_minor + sum(bar.change_minor for bar in made.bars) == made.end_minor
            for moment, changes in ((since, made.start), (until, made.end)):
                then = said[moment][place]
                assert len(changes) == then.deals
                assert sum(one.minor is None for one in changes) == then.without_value + then.unconverted
    running = workspace.waterfall.view(WaterfallQuery(1, Period(days[0], day + timedelta(days=30))))
    assert running.made.end_minor == open_now(workspace, 1).value_minor
    assert running.as_of == days[-1]


def test_the_steps_of_a_month(workspace: Workspace, clock: FixedClock) -> None:
    second = workspace_with_second(workspace, clock)
    close = date(2026, 11, 20)
    ids = {
        name: add(workspace, f"{name} [/bold", 100_00, close=close)
        for name in ("won", "lost", "parked", "raised", "cut", "pushed", "moved", "deleted", "undone")
    }
    ids["away"] = add(workspace, "pulled", 100_00, close=date(2027, 5, 1))
    ids["reopened"] = add(workspace, "reopened", 100_00, close=close)
    workspace.execute(c.LoseDeals((c.Seen(ids["reopened"]),), date(2026, 10, 10), "Price"))
    clock.set(noon(date(2026, 11, 3)))
    do = workspace.execute

    def seen(name: str) -> c.Deals:
        return (c.Seen(ids[name]),)

    do(c.WinDeals(seen("won"), date(2026, 11, 3), 120_00))
    do(c.LoseDeals(seen("lost"), date(2026, 11, 3), "Price"))
    do(c.ParkDeals(seen("parked"), date(2027, 1, 1), "budget"))
    do(c.EditDeals(seen("raised"), (("value_minor", 130_00),)))
    do(c.EditDeals(seen("cut"), (("value_minor", 90_00),)))
    do(c.EditDeals(seen("pushed"), (("expected_close_on", date(2026, 12, 1)),)))
    do(c.EditDeals(seen("away"), (("expected_close_on", close),)))
    do(c.MoveDeals(seen("moved"), second))
    do(c.DeleteDeals(seen("deleted")))
    do(c.ReopenDeals(seen("reopened")))
    add(workspace, "new", 50_00, close=close)
    do(c.WinDeals(seen("undone"), date(2026, 11, 3)))
    do(c.Undo())
    november = parse_period("2026-11")
    assert steps(workspace, WaterfallQuery(1, november, close=november)) == {
        "new": 50_00,
        "pulled_in": 100_00,
        "increased": 20_00 + 30_00,
        "reopened": 100_00,
        "decreased": -10_00,
        "pushed_out": -100_00,
        "won": -120_00,
        "lost": -100_00,
        "parked": -100_00,
        "moved_out": -200_00,
    }
    whole = steps(workspace, WaterfallQuery(1, november))
    assert "pulled_in" not in whole
    assert "pushed_out" not in whole
    assert steps(workspace, WaterfallQuery(2, november)) == {"moved_in": 100_00}
    view = workspace.waterfall.view(WaterfallQuery(1, november, close=november))
    rows = list(csv_rows(view, workspace.waterfall.names(view)))
    assert ("Won", str(ids["won"]), "won [/bold", "-120.00", "EUR", "won 3 Nov 2026") in rows
    assert sum(round(float(row[3]) * 100) for row in rows if row[0] != "End") == view.made.end_minor
    document = to_json(view)
    assert document["schema"] == "pipeboard.waterfall/1"
    assert {key for key in KEYS if key not in ("start", "end")} == {step["kind"] for step in document["steps"]}


def workspace_with_second(workspace: Workspace, clock: FixedClock) -> int:
    """Set the clock to October, add a second pipeline; its first stage."""
    clock.set(noon(date(2026, 10, 10)))
    workspace.execute(c.CreatePipeline("Second", TEMPLATES["saas"].stages))
    return workspace.deals.stages(2)[0].id


def test_only_somebodys_deals(workspace: Workspace, clock: FixedClock) -> None:
    clock.set(noon(date(2026, 11, 3)))
    workspace.execute(c.AddOwner("Boris"))
    boris = next(owner.id for owner in workspace.board.overview().owners if owner.name == "Boris")
    mine, his = add(workspace, "mine", 10_00), add(workspace, "his", 5_00)
    workspace.execute(c.EditDeals((c.Seen(his),), (("owner_id", boris),)))
    november = parse_period("2026-11")
    assert steps(workspace, WaterfallQuery(1, november, boris)) == {"new": 5_00}
    assert steps(workspace, WaterfallQuery(1, november)) == {"new": 15_00}
    assert mine != his


def test_an_imported_past_is_seen_as_it_was(workspace: Workspace) -> None:
    from tests.bench.data import open_deal

    draft = open_deal(1, "Lead")._replace(
        created_on=date(2026, 8, 3), started_on=date(2026, 8, 3), status=DealStatus.WON, closed_on=date(2026, 10, 7),
        stage_name="Won", expected_close_on=None, stage_entered_on=None, value_minor=70_00,
    )  # fmt: skip
    workspace.execute(c.ImportDeals(1, "old.csv", "generic", (draft,)))
    assert steps(workspace, WaterfallQuery(1, parse_period("2026-08"))) == {"new": 70_00}
    assert steps(workspace, WaterfallQuery(1, parse_period("2026-09"))) == {}
    assert steps(workspace, WaterfallQuery(1, parse_period("2026-10"))) == {"won": -70_00}


def test_what_cannot_be_looked_at_is_said(local_workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="before it begins"):
        local_workspace.waterfall.view(WaterfallQuery(1, Period(date(2026, 3, 1), date(2026, 2, 1))))
    with pytest.raises(InvalidInput, match="still to come"):
        local_workspace.waterfall.view(WaterfallQuery(1, parse_period("2027-01")))
    with pytest.raises(NotFound):
        local_workspace.waterfall.view(WaterfallQuery(99))

"""The figures of deals that went through real commands, on both engines."""

import gc
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.serialize import to_json
from pipeboard.domain.periods import Period
from pipeboard.domain.stage import StageKind
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.metrics_deals import summary
from pipeboard.services.workspace import Workspace

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))


class Sales:
    """A workspace driven day by day, with stages by name and deals by title."""

    def __init__(self, workspace: Workspace, clock: FixedClock) -> None:
        self.workspace = workspace
        self.clock = clock
        self.stages = {stage.name: stage.id for stage in workspace.deals.stages()}

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> "Sales":
        """Put the clock to a moment of 2026 in UTC."""
        self.clock.set(datetime(2026, month, day, hour, minute, second, tzinfo=UTC))
        return self

    def add(self, title: str, value: int | None = 100_00, stage: str = "Lead", **fields: object) -> int:
        command = c.CreateDeal(title, self.stages[stage], value_minor=value, **fields)  # type: ignore[arg-type]
        event = self.workspace.execute(command).events[0]
        return int(event.deal_id)  # type: ignore[union-attr]

    def move(self, deal: int, stage: str) -> None:
        self.workspace.execute(c.MoveDeals((c.Seen(deal),), self.stages[stage]))

    def win(self, deal: int, on: date | None = None) -> None:
        self.workspace.execute(c.WinDeals((c.Seen(deal),), on or self.workspace.metrics.today))

    def lose(self, deal: int, reason: str = "Price", on: date | None = None) -> None:
        self.workspace.execute(c.LoseDeals((c.Seen(deal),), on or self.workspace.metrics.today, reason))

    def report(self, period: Period = NOVEMBER, **fields: object) -> Report:
        return self.workspace.metrics.report(MetricsQuery(period=period, **fields))  # type: ignore[arg-type]


@pytest.fixture
def sales(workspace: Workspace, clock: FixedClock) -> Sales:
    return Sales(workspace, clock)


def stage_days(made: Report) -> dict[str, tuple[float | None, int]]:
    return {row.name: (row.mean_days, row.n) for row in made.time_in_stage}


def test_a_won_and_a_lost_deal(sales: Sales) -> None:
    won = sales.at(11, 2).add("Acme", 300_00, company="Acme", product="Gold", source="web")
    sales.at(11, 5).move(won, "Qualified")
    lost = sales.add("Globex", 100_00, product="Silver")
    sales.at(11, 12).win(won)
    sales.lose(lost)
    made = sales.report()
    assert (made.won.deals, made.won.value_minor, made.lost.deals, made.created.deals) == (1, 300_00, 1, 2)
    assert (made.win_rate.value, made.win_rate.by_value) == (0.5, 0.75)
    assert (made.cycle.mean_days, made.lost_cycle.mean_days) == (10, 7)
    assert [row.reached for row in made.funnel.rows] == [2, 1, 1, 1, 1, 1]
    assert stage_days(made)["Lead"] == (5, 2)
    assert stage_days(made)["Qualified"] == (7, 1)
    assert [(row.name, row.won) for row in made.by_product] == [("Gold", 1), ("Silver", 0)]
    assert [(row.reason, row.deals) for row in made.losses.by_reason] == [("Price", 1)]
    assert made.losses.by_stage[0].deals == 1


def test_skipped_stages_are_passed_and_moves_back_take_nothing_away(sales: Sales) -> None:
    deal = sales.at(11, 1).add("Skips")
    sales.at(11, 3).move(deal, "Negotiation")
    sales.at(11, 8).move(deal, "Lead")
    sales.at(11, 10).lose(deal)
    assert [row.reached for row in sales.report().funnel.rows] == [1, 1, 1, 1, 1, 0]
    assert stage_days(sales.report())["Lead"] == (2 + 2, 1)
    assert stage_days(sales.report())["Contacted"] == (None, 0)


def test_a_stage_that_was_entered_again_and_not_left_is_no_sample(sales: Sales) -> None:
    deal = sales.at(11, 1).add("Comes back")
    sales.at(11, 3).move(deal, "Contacted")
    sales.at(11, 8).move(deal, "Lead")
    made = sales.at(11, 20).report()
    assert stage_days(made)["Lead"] == (None, 0)
    assert stage_days(made)["Contacted"] == (5, 1)


def test_a_keyboard_walk_is_one_move(sales: Sales) -> None:
    deal = sales.at(11, 2).add("Walked")
    for second in (0, 2, 4):
        sales.at(11, 6, 9, 0, second).workspace.execute(c.StepDeals((c.Seen(deal),), 1))
    sales.at(11, 16).win(deal)
    made = sales.report()
    assert stage_days(made)["Lead"] == (4, 1)
    assert stage_days(made)["Proposal made"] == (10, 1)
    assert (stage_days(made)["Contacted"], stage_days(made)["Qualified"]) == ((None, 0), (None, 0))


def test_an_undone_action_leaves_no_trace_in_any_figure(sales: Sales) -> None:
    deal = sales.at(11, 2).add("Acme", product="Gold")
    other = sales.add("Globex", 50_00)
    sales.at(11, 6).move(deal, "Qualified")
    sales.at(11, 9).lose(other, "No budget")
    before = to_json(sales.at(11, 20).report())
    for change in (
        c.WinDeals((c.Seen(deal),), date(2026, 11, 20)),
        c.LoseDeals((c.Seen(deal),), date(2026, 11, 20), "Price"),
        c.MoveDeals((c.Seen(deal),), sales.stages["Negotiation"]),
        c.ReopenDeals((c.Seen(other),)),
        c.EditDeals((c.Seen(deal),), (("value_minor", 1), ("product", "Tin"))),
        c.DeleteDeals((c.Seen(deal), c.Seen(other))),
        c.CreateDeal("New", sales.stages["Lead"], value_minor=7),
    ):
        sales.workspace.execute(change)
        assert to_json(sales.report()) != before
        sales.workspace.execute(c.Undo())
        assert to_json(sales.report()) == before


def test_a_reopened_deal_counts_by_what_it_is_now(sales: Sales) -> None:
    deal = sales.at(11, 2).add("Acme", stage="Qualified")
    sales.at(11, 9).win(deal)
    assert sales.report().won.deals == 1
    sales.at(11, 15).workspace.execute(c.ReopenDeals((c.Seen(deal),), "changed their mind"))
    made = sales.report()
    assert (made.won.deals, made.open.deals, made.win_rate.decided, made.velocity.open_deals) == (0, 1, 0, 1)
    sales.at(11, 20).win(deal)
    made = sales.report()
    assert (made.won.deals, made.cycle.mean_days, made.win_rate.cohort.created) == (1, 18, 1)


def test_parked_and_excluded_deals_are_in_no_rate(sales: Sales) -> None:
    parked = sales.at(11, 2).add("Later", 900_00)
    sales.workspace.execute(c.ParkDeals((c.Seen(parked),), date(2027, 1, 1), "budget next year"))
    twice = sales.add("Twice", 500_00)
    sales.at(11, 5).lose(twice, "Duplicate")
    won = sales.add("Acme")
    sales.win(won)
    made = sales.report()
    assert (made.parked.deals, made.excluded.deals, made.lost.deals, made.open.value_minor) == (1, 1, 0, 0)
    assert made.win_rate.value == 1.0
    assert not made.losses.by_reason


def test_two_currencies_and_one_without_a_rate(sales: Sales) -> None:
    execute = sales.at(11, 1).workspace.execute
    execute(c.SetRate("USD", 900_000_000, date(2026, 11, 1)))
    open_dollars = sales.add("Open $", 100_00, currency="USD", probability=50)
    won_dollars = sales.add("Won $", 200_00, currency="USD")
    sales.add("Francs", 999_00, currency="CHF")
    sales.add("No value", None)
    sales.at(11, 5).win(won_dollars)
    execute(c.SetRate("USD", 500_000_000, date(2026, 11, 10)))
    made = sales.at(11, 15).report()
    assert made.won.value_minor == 180_00, "frozen at the close"
    assert made.open.value_minor == 50_00, "at the rate of today"
    assert made.weighted_minor == 25_00
    assert (made.open.without_value, made.open.unconverted, made.unconverted) == (1, 1, 1)
    assert made.deal_ids("open")[0] == open_dollars
    behind = sales.workspace.metrics.deals_behind(made, "open")
    assert sum(deal.value_minor or 0 for deal in behind) == made.open.value_minor
    assert summary(behind, "weighted", "EUR") == "3 open €50 (2 without), weighted €25"


def test_the_day_of_a_win_is_that_of_the_workspace(sales: Sales) -> None:
    """23:30 in Warsaw on the last of November is still November; in UTC it is 22:30."""
    deal = sales.at(11, 30, 8).add("Late")
    sales.at(11, 30, 22, 30).win(deal)
    assert sales.report().won.deals == 1
    assert sales.report(Period(date(2026, 12, 1), date(2027, 1, 1))).won.deals == 0
    other = sales.at(11, 30, 23, 30).add("Later still")
    sales.win(other)
    assert sales.report().won.deals == 1
    assert sales.report(Period(date(2026, 12, 1), date(2027, 1, 1))).won.deals == 1
    assert stage_days(sales.report())["Lead"] == (0, 1)


def test_filters_apply_to_every_figure(sales: Sales) -> None:
    execute = sales.at(11, 2).workspace.execute
    execute(c.AddOwner("Boris"))
    boris = next(i for i, name in sales.workspace.metrics.choices().owners.items() if name == "Boris")
    mine = sales.add("Mine", product="Gold", source="web")
    his = sales.add("His", 50_00, product="Gold", source="fair", owner_id=boris)
    sales.at(11, 6).win(mine)
    sales.win(his)
    assert sales.workspace.metrics.choices()[2:4] == (("fair", "web"), ("Gold",))
    made = sales.report(owner_id=boris)
    assert (made.won.value_minor, made.given.owner, stage_days(made)["Lead"]) == (50_00, "Boris", (4, 1))
    assert sales.report(source="web").deal_ids("won") == (mine,)
    assert sales.report(product="Gold").won.deals == 2
    assert sales.report(product="Gold", source="web", owner_id=boris).won.deals == 0


def test_a_pipeline_of_its_own(sales: Sales) -> None:
    sales.at(11, 2).add("First pipeline")
    stages = sales.workspace.board.overview().pipelines
    with pytest.raises(NotFound):
        sales.report(pipeline_id=stages[0].id + 77)
    with pytest.raises(InvalidInput, match="before it begins"):
        sales.report(Period(date(2026, 11, 2), date(2026, 11, 1)))


def test_the_default_is_ninety_days_and_all_begins_with_the_first_event(sales: Sales) -> None:
    old = sales.at(1, 10).add("Old", started_on=date(2025, 12, 24))
    sales.at(2, 1).win(old)
    reads = sales.at(11, 22).workspace.metrics
    assert reads.report(MetricsQuery()).given.period == Period(date(2026, 8, 25), date(2026, 11, 23))
    assert reads.report(MetricsQuery()).won.deals == 0
    everything = reads.report(MetricsQuery(is_all=True))
    assert everything.given.period == Period(date(2025, 12, 24), date(2026, 11, 23))
    assert (everything.won.deals, everything.cycle.mean_days, everything.previous) == (1, 39, None)
    assert stage_days(everything)["Lead"] == (22, 1)


def test_the_velocity_looks_as_far_back_as_there_are_decided_deals(sales: Sales) -> None:
    for number in range(3):
        deal = sales.at(1, 1 + number).add(f"Old {number}")
        sales.clock.set(datetime(2026, 1, 20, tzinfo=UTC))
        sales.win(deal)
    sales.clock.set(datetime(2028, 1, 1, tzinfo=UTC))
    sales.add("Open", stage="Qualified")
    speed = sales.workspace.metrics.report(MetricsQuery()).velocity
    assert (speed.decided, speed.open_deals, speed.missing) == (3, 1, ())
    assert speed.value_minor == pytest.approx(100_00 / speed.cycle_days if speed.cycle_days else 0)


def test_a_view_has_twelve_months_and_the_rates_before(sales: Sales) -> None:
    for month in (9, 10, 11):
        for number in range(month - 8):
            deal = sales.at(month, 2 + number).add(f"{month}/{number}", stage="Qualified")
            sales.at(month, 8 + number).win(deal)
    view = sales.at(11, 22).workspace.metrics.view(MetricsQuery(period=NOVEMBER))
    assert [month.won.deals for month in view.months] == [0] * 9 + [1, 2, 3]
    assert view.months[-1].period == NOVEMBER
    assert view.report.previous is not None
    assert view.report.previous.won.deals == 2
    assert view.velocity_before is not None
    assert view.velocity_before.decided == 3


@pytest.mark.parametrize(
    "key", ["won", "lost", "created", "win_rate", "average_won", "cycle", "velocity:average_won_value", "month:2026-11"]
)
def test_the_deals_behind_a_figure_add_up_to_it(sales: Sales, key: str) -> None:
    for number in range(4):
        deal = sales.at(11, 1 + number).add(f"Deal {number}", (number + 1) * 100_00 if number else None)
        sales.at(11, 10 + number)
        sales.win(deal) if number % 2 == 0 else sales.lose(deal)
    made = sales.report()
    reads = sales.workspace.metrics
    rows = reads.deals_behind(made, key)
    total = sum(row.value_minor or 0 for row in rows)
    days = [row.days for row in rows if row.days is not None]
    expected = {
        "won": total == made.won.value_minor and len(rows) == made.won.deals,
        "lost": total == made.lost.value_minor and len(rows) == made.lost.deals,
        "created": total == made.created.value_minor and len(rows) == made.created.deals,
        "win_rate": len(rows) == made.win_rate.decided,
        "average_won": total == made.average_won.total_minor and len(rows) == made.average_won.n,
        "cycle": sum(days) / len(days) == made.cycle.mean_days,
        "velocity:average_won_value": total / len(rows) == made.velocity.average_won_minor,
        "month:2026-11": len(rows) == made.win_rate.decided,
    }
    assert expected[key]
    assert [row.id for row in reads.deals_behind(made, key, limit=1)] == [rows[0].id]


def test_the_days_behind_a_stage_are_those_of_its_visits(sales: Sales) -> None:
    deal = sales.at(11, 1).add("Acme")
    sales.at(11, 4).move(deal, "Contacted")
    made = sales.report()
    rows = sales.workspace.metrics.deals_behind(made, f"time:{sales.stages['Lead']}")
    assert [(row.id, row.days) for row in rows] == [(deal, 3)]
    assert summary(rows, f"time:{sales.stages['Lead']}", "EUR") == "1 open €100, mean 3.0 days"
    with pytest.raises(NotFound):
        sales.workspace.metrics.deals_behind(made, "nonsense")


def test_a_deal_deleted_since_is_left_out_of_its_list(sales: Sales) -> None:
    deal = sales.at(11, 1).add("Acme")
    made = sales.report()
    sales.workspace.execute(c.DeleteDeals((c.Seen(deal),)))
    assert sales.workspace.metrics.deals_behind(made, "open") == []
    assert sales.report().open.deals == 0
    assert sales.report().created.deals == 0


def test_the_totals_are_those_of_the_board(sales: Sales) -> None:
    sales.at(11, 1).workspace.execute(c.SetRate("USD", 900_000_000, date(2026, 11, 1)))
    for number, stage in enumerate(("Lead", "Contacted", "Qualified", "Negotiation")):
        sales.add(f"Deal {number}", 111_00 * (number + 1), stage, currency="USD" if number % 2 else None)
    overview = sales.workspace.board.overview()
    open_ids = {stage.id for stage in overview.stages if stage.kind == StageKind.OPEN}
    totals = [total for stage_id, total in overview.totals.items() if stage_id in open_ids]
    made = sales.report()
    assert made.open.value_minor == sum(total.value_minor for total in totals)
    assert abs(made.weighted_minor - sum(total.weighted_minor for total in totals)) <= len(totals)


def test_a_long_past_is_not_read_for_a_short_period(sales: Sales) -> None:
    """Only what a figure can need: of a deal won three years ago nothing enters the report of November."""
    sales.clock.set(datetime(2023, 5, 1, tzinfo=UTC))
    old = sales.add("Old")
    sales.clock.set(sales.clock.now() + timedelta(days=9))
    sales.win(old)
    for number in range(10):
        deal = sales.at(11, 1 + number).add(f"New {number}")
        sales.win(deal)
    assert old not in [deal.id for deal in sales.report().given.deals]
    assert old in [deal.id for deal in sales.workspace.metrics.report(MetricsQuery(is_all=True)).given.deals]


def test_a_stay_counts_in_the_period_in_which_the_stage_was_left_for_good(sales: Sales) -> None:
    before, first, last, after = (sales.at(10, 10).add(name) for name in ("before", "first", "last", "after"))
    for deal, month, day in ((before, 10, 31), (first, 11, 1), (last, 11, 30), (after, 12, 1)):
        sales.at(month, day).move(deal, "Contacted")
    made = sales.at(12, 20).report()
    lead = f"time:{sales.stages['Lead']}"
    assert set(made.deal_ids(lead)) == {first, last}
    assert stage_days(made)["Lead"] == ((22 + 51) / 2, 2)
    assert stage_days(sales.report(is_all=True))["Lead"] == ((21 + 22 + 51 + 52) / 4, 4)
    # Come back and left again in December: its November is no sample any more, and December has both stays.
    sales.at(12, 5).move(last, "Lead")
    assert set(sales.report().deal_ids(lead)) == {first}
    sales.at(12, 8).move(last, "Contacted")
    assert set(sales.at(12, 20).report().deal_ids(lead)) == {first}
    december = sales.report(Period(date(2026, 12, 1), date(2027, 1, 1)))
    assert {
        time.deal_id: time.days for time in december.given.stage_times if time.stage_id == sales.stages["Lead"]
    } == {
        after: 52,
        last: 51 + 3,
    }


def test_the_time_in_stage_leaves_out_deleted_deals_and_those_of_others(sales: Sales) -> None:
    kept, gone = (sales.at(11, 1).add(name, source=name) for name in ("web", "fair"))
    for deal in (kept, gone):
        sales.at(11, 4).move(deal, "Contacted")
    assert stage_days(sales.report(source="web"))["Lead"] == (3, 1)
    assert stage_days(sales.report(source="web", is_all=True))["Lead"] == (3, 1)
    sales.workspace.execute(c.DeleteDeals((c.Seen(gone),)))
    for query in ({}, {"is_all": True}, {"source": "web"}):
        assert stage_days(sales.report(**query))["Lead"] == (3, 1)


def test_a_win_that_is_entered_long_after_it_happened_is_among_the_deals_of_its_stage(sales: Sales) -> None:
    """It left the stage today, and was closed long before anything that the report reads."""
    for number in range(10):
        deal = sales.at(11, 1).add(f"New {number}", stage="Qualified")
        sales.at(11, 3).win(deal)
    sales.clock.set(datetime(2025, 1, 1, 9, tzinfo=UTC))
    late = sales.add("Late")
    sales.at(11, 9).win(late, on=date(2025, 2, 1))
    made = sales.report()
    assert late not in [deal.id for deal in made.given.deals]
    rows = sales.workspace.metrics.deals_behind(made, f"time:{sales.stages['Lead']}")
    assert [(row.id, row.days) for row in rows] == [(late, stage_days(made)["Lead"][0])]


def test_the_rates_before_a_period_to_come_are_those_of_its_own_window(sales: Sales) -> None:
    """The period before one that has not begun is empty, and its rates are of the ninety days before that."""
    for month, count in ((10, 5), (12, 10)):
        for number in range(count):
            sales.clock.set(datetime(2025, month, 20, 9, tzinfo=UTC))
            sales.win(sales.add(f"Deal {month} {number}"))
    coming = Period(date(2027, 1, 1), date(2028, 1, 1))
    before = sales.at(12, 1).workspace.metrics.view(MetricsQuery(period=coming)).velocity_before
    assert before is not None
    assert (before.window, before.decided) == (Period(date(2025, 10, 3), date(2026, 1, 1)), 15)


def test_the_collector_is_left_as_it_was(sales: Sales) -> None:
    assert gc.isenabled()
    sales.report()
    with pytest.raises(NotFound):
        sales.report(pipeline_id=77)
    assert gc.isenabled()

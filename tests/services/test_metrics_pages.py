"""The pages of figures over deals that went through real commands, on both engines."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.metrics.flow import OUTCOMES
from pipeboard.domain.metrics.over_time import MetricsView
from pipeboard.domain.metrics.pages import BusinessPage, Page, StagePage, TeamPage
from pipeboard.domain.metrics.team import REP_FIGURES
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.workspace import Workspace

from .test_metrics import NOVEMBER, Sales

QUERY = MetricsQuery(period=NOVEMBER)


@pytest.fixture
def sales(workspace: Workspace, clock: FixedClock) -> Sales:
    """The awkward deals of November, each by the commands that a person would use."""
    s = Sales(workspace, clock)
    workspace.execute(c.SetRate("USD", 500_000_000, date(2026, 1, 1)))
    workspace.execute(c.AddOwner("Boris"))
    boris = next(owner.id for owner in workspace.board.overview().owners if owner.name == "Boris")
    skips = s.at(11, 2).add("Skips", 300_00, company="Acme", source="web")
    s.at(11, 4).move(skips, "Proposal made")
    s.at(11, 30, 22, 30).win(skips)  # 23:30 in Warsaw, on the last day
    back = s.at(11, 2).add("Back and lost", 100_00, company="Globex", source="fair", owner_id=boris)
    s.at(11, 5).move(back, "Qualified")
    s.at(11, 9).move(back, "Lead")
    s.at(11, 12).lose(back)
    again = s.at(11, 3).add("Reopened", 80_00, company="Acme", source="web")
    s.at(11, 6).win(again)
    s.at(11, 8).workspace.execute(c.ReopenDeals((c.Seen(again),), "changed their mind"))
    parked = s.at(11, 3).add("In the fridge", 60_00, company="Umbrella")
    s.workspace.execute(c.ParkDeals((c.Seen(parked),), date(2026, 11, 20), "budget"))
    s.at(11, 15).workspace.execute(c.ReopenDeals((c.Seen(parked),)))
    s.at(11, 18).win(parked)
    twice = s.at(11, 10).add("Twice")
    s.at(11, 11).lose(twice, "Duplicate")
    dollars = s.at(11, 10).add("Dollars", 90_00, currency="USD", company="Initech", source="fair")
    s.at(11, 11).win(dollars)
    s.at(11, 12).workspace.execute(c.EditDeals((c.Seen(dollars),), (("owner_id", boris),)))
    s.at(11, 12).add("Walked", None, next_step="call", due_on=date(2026, 11, 13))
    walked = s.workspace.deals.find("Walked")
    for second in (0, 2, 4):
        s.at(11, 14, 9, 0, second).workspace.execute(c.StepDeals((c.Seen(walked),), 1))
    s.at(11, 20).workspace.execute(c.LogActivity(walked, "talked", "call"))
    s.workspace.execute(c.AddSpend(date(2026, 11, 3), 50_00, source="Web"))
    s.workspace.execute(c.SetQuota("2026-11", 400_00))
    s.workspace.execute(c.SetQuota("2026-11", deals=2, owner_id=boris))
    s.at(12, 1)
    return s


def read(sales: Sales, name: str, **changes: Any) -> tuple[MetricsView, Any]:
    query = QUERY._replace(**changes)
    view = sales.workspace.metrics.view(query)
    return view, sales.workspace.metrics.page(query, view.report, name)


def opened(sales: Sales, view: MetricsView, page: Page, key: str) -> tuple[list[Any], str]:
    """The deals of a figure, and its formula."""
    found = sales.workspace.metrics.answer(QUERY, view.report, page, key)
    assert found is not None, key
    rows = sales.workspace.metrics.deals_of(view.report, found)
    assert {row.id for row in rows} == set(found.deal_ids), key
    return rows, found.definition.formula


def test_every_visit_of_a_stage_has_one_outcome_and_opens(sales: Sales) -> None:
    view, page = read(sales, "stages")
    assert isinstance(page, StagePage)
    told = {row.name: {name: row.of(name) for name in OUTCOMES if row.of(name)} for row in page.flow}
    assert told["Lead"] == {"advanced": 3, "won": 3, "lost": 1, "parked": 1, "excluded": 1, "still_there": 1}
    assert told["Qualified"] == {"back": 1}
    assert told["Proposal made"] == {"won": 1, "still_there": 1}
    assert told["Contacted"] == {}, "skipped, and walked over in one breath"
    for row in page.flow:
        rows, formula = opened(sales, view, page, f"flow:{row.stage_id}")
        assert sum(one.part for one in rows) == row.entered
        assert formula.startswith(f"{row.entered} came in")
        for outcome in OUTCOMES:
            rows, _ = opened(sales, view, page, f"flow:{row.stage_id}:{outcome}")
            assert sum(one.part for one in rows) == row.of(outcome)


def test_the_other_funnels_open_too(sales: Sales) -> None:
    for mode, counts in (
        ("visited", [4, 0, 1, 1, 0, 3]),
        ("strict", [4, 0, 0, 0, 0, 0]),
        ("cohort", [6, 3, 3, 3, 2, 3]),
    ):
        view = sales.workspace.metrics.view(QUERY)
        page = sales.workspace.metrics.page(QUERY, view.report, "stages", mode)
        assert isinstance(page, StagePage)
        assert page.mode is not None
        reached = [row.reached for row in page.mode.funnel.rows]
        for place, count in enumerate(reached):
            rows, _ = opened(sales, view, page, f"mode:{place}")
            assert len(rows) == count
        if mode != "cohort":
            assert reached == counts, mode


def test_win_rates_customers_and_their_cost(sales: Sales) -> None:
    view, page = read(sales, "business")
    assert isinstance(page, BusinessPage)
    assert (view.report.won.deals, view.report.lost.deals) == (3, 1)
    assert view.report.won.value_minor == 300_00 + 60_00 + 45_00
    names = [row.title for row in opened(sales, view, page, "reopened")[0]]
    assert names == ["Reopened"], "its figures were others before"
    (row,), formula = opened(sales, view, page, "parked_time")
    assert (row.title, row.part, page.parked_days) == ("In the fridge", 12, 12.0)
    assert formula == "12 days / 1 = 12.0 days"
    assert (page.customers.accounts, page.customers.label) == (3, "APV")
    rows, _ = opened(sales, view, page, "acv")
    assert sum(one.part for one in rows) == page.customers.total_minor == view.report.won.value_minor
    assert (page.acquisition.accounts, page.acquisition.cost_minor) == (3, 50_00 / 3)
    assert next((one.source, one.spent_minor, one.accounts) for one in page.acquisition.sources) == ("web", 50_00, 1)
    assert page.response.n == 1, "one deal was called"
    for kind, tops in page.tops.items():
        for top in tops:
            rows, _ = opened(sales, view, page, f"top:{kind}:{top.name}")
            assert (len(rows), sum(one.value_minor or 0 for one in rows)) == (top.deals, top.value_minor)
    for key, count in (("strict", page.strict.decided), ("stale", len(page.strict.stale)), ("loss_rate", 1)):
        assert len(opened(sales, view, page, key)[0]) == count


def test_people_beside_one_another_by_who_closed(sales: Sales) -> None:
    view, page = read(sales, "team")
    assert isinstance(page, TeamPage)
    rows = {row.name: row for row in page.reps}
    assert (rows["Anna Nowak"].won.deals, rows["Boris"].won.deals, rows["Boris"].lost.deals) == (3, 0, 1)
    assert (rows["Anna Nowak"].tasks, rows["Anna Nowak"].late_tasks) == (1, 1)
    assert rows["Anna Nowak"].activities is not None
    assert rows["Anna Nowak"].activities.calls == 1
    for row in page.reps:
        for figure, total in (("open", row.open), ("created", row.created), ("won", row.won), ("lost", row.lost)):
            deals, _ = opened(sales, view, page, f"rep:{row.owner_id or 'none'}:{figure}")
            assert (len(deals), sum(one.value_minor or 0 for one in deals)) == (total.deals, total.value_minor)
        tasks, _ = opened(sales, view, page, f"rep:{row.owner_id or 'none'}:tasks")
        assert sum(one.part for one in tasks) == row.tasks
        late, _ = opened(sales, view, page, f"rep:{row.owner_id or 'none'}:late")
        assert sum(one.part for one in late) == row.late_tasks
        for figure, count in (
            ("value", row.open.deals),
            ("weighted", row.open.deals),
            ("won_value", row.won.deals),
            ("mean", row.won.deals),
            ("cycle", row.won.deals),
            ("rate", row.won.deals + row.lost.deals),
            ("help", row.needs_help),
        ):
            assert len(opened(sales, view, page, f"rep:{row.owner_id or 'none'}:{figure}")[0]) == count, figure
        for figure in REP_FIGURES:
            assert opened(sales, view, page, f"rep:{row.owner_id or 'none'}:{figure}")[1], "says what it is made of"
    anna = f"rep:{rows['Anna Nowak'].owner_id}"
    assert opened(sales, view, page, f"{anna}:rate")[1] == "3 / (3 + 0) = 3 of 3"
    assert len(opened(sales, view, page, f"{anna}:calls")[0]) == 1
    assert opened(sales, view, page, f"{anna}:meetings")[0] == []
    assert sum(row.won.value_minor for row in page.reps) == view.report.won.value_minor
    told = [(one.target.measure, one.done, one.target.amount) for one in page.targets]
    assert told == [("value", 405_00, 400_00), ("count", 0, 2), ("count", 0, 2)], "the team's is that of Boris alone"
    deals, formula = opened(sales, view, page, "target:0")
    assert sum(one.value_minor for one in deals) == 405_00
    assert formula.startswith("€405 / €400 = 101%")
    weeks = [opened(sales, view, page, f"week:0:{at}")[0] for at, _ in enumerate(page.targets[0].weeks)]
    assert sum(one.value_minor for week in weeks for one in week) == 405_00


@pytest.mark.parametrize("changes", [{"source": "web"}, {"filter": "src:web"}])
def test_filters_hold_on_every_page(sales: Sales, changes: dict[str, str]) -> None:
    view, page = read(sales, "stages", **changes)
    assert {row.name: row.entered for row in page.flow}["Lead"] == 3, "the reopened one twice"
    view, page = read(sales, "business", **changes)
    assert [row.name for row in page.tops["source"]] == ["web"]
    assert page.reopened != ()
    assert read(sales, "team", **changes)[1].reps[0].open.deals == 1
    assert view.report.won.deals == 1


def test_an_undone_action_leaves_no_trace_on_any_page(sales: Sales) -> None:
    metrics = sales.workspace.metrics

    def everything() -> dict[str, Any]:
        return metrics.document(QUERY, metrics.report(QUERY))

    before = everything()
    deal = c.Seen(sales.workspace.deals.find("Walked"))
    for change in (
        c.WinDeals((deal,), date(2026, 11, 29)),
        c.MoveDeals((deal,), sales.stages["Negotiation"]),
        c.LogActivity(deal.id, "again", "call"),
        c.AddSpend(date(2026, 11, 3), 1_00),
        c.SetQuota("2026-11", 1_00),
        c.DeleteDeals((deal,)),
        c.EditDeals((deal,), (("source", "web"),)),
    ):
        sales.at(11, 29, 10).workspace.execute(change)
        sales.at(12, 1)
        assert everything() != before, change
        sales.workspace.execute(c.Undo())
        assert everything() == before, change


def test_the_document_keeps_its_contract_and_names_every_page(sales: Sales) -> None:
    metrics = sales.workspace.metrics
    told = metrics.document(QUERY, metrics.report(QUERY))
    assert told["win_rate"]["strict"]["decided"] == 4
    assert (told["win_rate"]["won"], told["win_rate"]["win_loss"], told["win_rate"]["loss_rate"]) == (3, "3:1", 0.25)
    assert told["cycle_days"]["parked_n"] == 1
    assert told["customers"]["cac"] == "16.67"
    assert told["targets"][0]["target"] == "400.00"
    assert sum(week["won"] == "0.00" for week in told["targets"][0]["weeks"]) == 3
    lead = told["stage_flow"][0]
    assert lead["entered"] == sum(value for name, value in lead.items() if name not in ("stage", "entered"))


def test_rebuilding_what_is_derived_changes_no_figure(sales: Sales) -> None:
    from pipeboard.storage.projection import project

    metrics = sales.workspace.metrics
    before = metrics.document(QUERY, metrics.report(QUERY))
    with sales.workspace._store.write(sales.clock.now(), sales.workspace.zone, _nobody()) as tx:
        tx.begin("rebuilt", "")
        ids = [row[0] for row in tx.sql.all("SELECT id FROM deal")]
        tx.sql.run("DELETE FROM stage_visit")
        project(tx.sql, ids, tx.stages, tx.zone)
    assert metrics.document(QUERY, metrics.report(QUERY)) == before


def _nobody() -> Any:
    from pipeboard.storage.transaction import Actor

    return Actor(None, "test", "test")


def test_a_december_read_of_november_says_the_same(sales: Sales) -> None:
    """The last evening of November in Warsaw belongs to November whenever it is looked at."""
    sales.clock.set(datetime(2027, 2, 1, tzinfo=UTC))
    assert sales.workspace.metrics.report(QUERY).won.deals == 3

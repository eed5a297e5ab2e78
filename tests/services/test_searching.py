"""The filter over a database: words from memory, terms from facts read when first asked, on both engines."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from pipeboard.domain.commands import AddOwner, AddTask, CreateDeal, LoseDeals, ParkDeals, Seen, WinDeals
from pipeboard.domain.events import DealCreated
from pipeboard.domain.filter_facts import DealFacts
from pipeboard.domain.filters import matches
from pipeboard.domain.list_order import SORT_COLUMNS, ListOrder
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key
from pipeboard.services.clock import FixedClock
from pipeboard.services.listing import DealFilter
from pipeboard.services.searching import Filtered, SearchIndex
from pipeboard.services.workspace import Workspace
from pipeboard.storage.sql import Statements

TODAY = date(2026, 11, 22)


def add(workspace: Workspace, title: str, stage: int = 0, **fields: Any) -> int:
    """A new deal in the n-th stage; its id."""
    command = CreateDeal(title, workspace.deals.stages()[stage].id, **fields)
    return next(e.deal_id for e in workspace.execute(command).events if isinstance(e, DealCreated))


@pytest.fixture
def filled(workspace: Workspace, clock: FixedClock) -> Workspace:
    """Deals that differ in what a filter can ask; one was won in an earlier month."""
    now = clock.now()
    clock.set(now - timedelta(48))
    won = add(workspace, "Initech renewal", 3, value_minor=500_00, probability=40)
    workspace.execute(WinDeals((Seen(won),), date(2026, 10, 5)))
    clock.set(now)
    rollout = add(workspace, "Żabka rollout", 0, company="Żabka", value_minor=100_00, tags="web vip")
    workspace.execute(AddTask(rollout, "Call", due_on=TODAY - timedelta(2)))
    workspace.execute(AddOwner("Boris Petrov"))
    boris = next(owner.id for owner in workspace.board.overview().owners if owner.name == "Boris Petrov")
    add(workspace, "Acme framework", 1, company="Acme", value_minor=20_000_00, owner_id=boris, source="web site")
    add(workspace, "Acme platform", 2, company="Acme", expected_close_on=date(2026, 11, 30), is_hot=True)
    lost = add(workspace, "Globex pilot", 3, value_minor=7_00)
    workspace.execute(LoseDeals((Seen(lost),), TODAY, "Price"))
    parked = add(workspace, "Umbrella EU", 1)
    workspace.execute(ParkDeals((Seen(parked),), TODAY + timedelta(30), "Budget in spring"))
    return workspace


def index(workspace: Workspace, **options: Any) -> SearchIndex:
    return workspace.board.search_index(workspace.board.overview().pipeline.id, me=workspace.me, **options)


def titles(workspace: Workspace, found: Filtered) -> list[str]:
    return [card.title for ids in found.ids.values() for card in workspace.board.cards(ids)]


FILTERS = [
    ("zabka", ["Żabka rollout"]),
    ("acme", ["Acme framework", "Acme platform"]),
    ("@boris", ["Acme framework"]),
    ("@petr", ["Acme framework"]),
    ("@me acme", ["Acme platform"]),
    ("#vip", ["Żabka rollout"]),
    ("stage:cont", ["Acme framework"]),
    ("value>10k", ["Acme framework"]),
    ("no-value", ["Acme platform", "Umbrella EU"]),
    ("close<eom", ["Acme platform"]),
    ("overdue", ["Żabka rollout"]),
    ("no-task", ["Acme framework", "Acme platform"]),
    ("hot acme", ["Acme platform"]),
    ("source:web", ["Acme framework"]),
    ("company:acme -hot", ["Acme framework"]),
    ("reason:price", ["Globex pilot"]),
    ("parked", ["Umbrella EU"]),
    ("updated>-1d rollout", ["Żabka rollout"]),
    ("age:0 stage:lead", ["Żabka rollout"]),
    ("idle<1 -acme -#web", ["Umbrella EU"]),
    ("created>-1d -status:open", ["Globex pilot", "Umbrella EU"]),
]


@pytest.mark.parametrize(("text", "left"), FILTERS)
def test_the_board_and_the_command_line_understand_the_same(filled: Workspace, text: str, left: list[str]) -> None:
    assert titles(filled, index(filled).filter(text)) == left
    listed = [deal.row.title for deal in filled.listing.deals(DealFilter(text))]
    assert [title for title in listed if title != "Initech renewal"] == left


def test_closed_deals_are_those_of_the_month_unless_all_are_asked_for(filled: Workspace) -> None:
    assert titles(filled, index(filled).filter("status:closed")) == ["Globex pilot"]
    everything = index(filled, is_history=True).filter("status:closed")
    assert titles(filled, everything) == ["Initech renewal", "Globex pilot"]
    sums = {(t.count, t.value_minor, t.weighted_minor) for t in everything.totals.values() if t.count}
    assert sums == {(1, 500_00, 500_00), (1, 7_00, 0)}


def test_totals_are_those_of_what_is_left(filled: Workspace) -> None:
    found = index(filled).filter("acme -hot")
    assert [(t.count, t.value_minor) for t in found.totals.values() if t.count] == [(1, 20_000_00)]


def test_letters_in_order_when_the_words_leave_nothing(filled: Workspace) -> None:
    found = index(filled).filter("acpf")
    assert found.is_fuzzy
    assert titles(filled, found) == ["Acme platform"]
    assert titles(filled, index(filled).filter("acm -hot fwk")) == ["Acme framework"]
    assert not index(filled).filter("qqq").is_fuzzy


def test_words_read_nothing_and_terms_read_once(filled: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Statements.all

    def recording(self: Statements, sql: str, params: Any = ()) -> list[Any]:
        asked.append(sql)
        return real(self, sql, params)

    here = index(filled)
    monkeypatch.setattr(Statements, "all", recording)
    here.filter("acme framework")
    assert asked == []
    here.filter("acme @boris")
    assert len(asked) == 1
    assert "company" not in asked[0]
    here.filter("frame @boris")
    assert len(asked) == 1


def order_of(workspace: Workspace, column: str, *, is_descending: bool = False, text: str = "") -> list[str]:
    pipeline_id = workspace.board.overview().pipeline.id
    content = workspace.table.content(pipeline_id, text, ListOrder(column, is_descending))
    return [card.title.split()[0] + card.title.split()[1][0] for card in workspace.board.cards(content.view(text).ids)]


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        ("value", ["Gp", "Żr", "Af", "Ap", "UE"], ["Af", "Żr", "Gp", "Ap", "UE"]),
        ("close", ["Gp", "Ap", "Żr", "Af", "UE"], ["Ap", "Gp", "Żr", "Af", "UE"]),
        ("title", ["Af", "Ap", "Gp", "UE", "Żr"], ["Żr", "UE", "Gp", "Ap", "Af"]),
        ("owner", ["Żr", "Ap", "Gp", "UE", "Af"], ["Af", "Żr", "Ap", "Gp", "UE"]),
        ("next", ["Żr", "Af", "Ap", "Gp", "UE"], ["Żr", "Af", "Ap", "Gp", "UE"]),
        ("stage", ["Żr", "Af", "Ap", "Gp", "UE"], ["UE", "Gp", "Ap", "Af", "Żr"]),
    ],
)
def test_the_list_is_sorted_and_what_has_no_value_comes_last(
    filled: Workspace, column: str, up: list[str], down: list[str]
) -> None:
    def short(found: list[str]) -> list[str]:
        return [title[0] + title[-1] for title in found]

    assert short(order_of(filled, column)) == up
    assert short(order_of(filled, column, is_descending=True)) == down


@pytest.mark.parametrize("column", [column.name for column in SORT_COLUMNS])
def test_every_column_sorts_the_same_deals(filled: Workspace, column: str) -> None:
    assert sorted(order_of(filled, column)) == sorted(order_of(filled, "stage"))


def test_the_list_has_closed_deals_of_all_time_when_they_are_asked_for(filled: Workspace) -> None:
    assert order_of(filled, "value", text="won") == ["Initechr"]
    content = filled.table.content(filled.board.overview().pipeline.id, "won", ListOrder())
    assert content.answers("won initech")
    assert not content.answers("initech")
    assert not content.answers("")


def test_problems_of_a_filter_are_told(filled: Workspace) -> None:
    assert filled.listing.understood("close<banana").problems == ("close<banana: no day",)


def naive_facts(workspace: Workspace) -> dict[int, DealFacts]:
    """Every deal as facts, from the rows of the list: another query than the one that filters read."""
    found = {}
    day = workspace.clock.now().astimezone(workspace.zone).date()
    for deal in workspace.listing.deals():
        row = deal.row
        detail = workspace.deals.detail(row.id)
        task = row.task_snoozed_until or row.task_due_on
        closed = deal.status in (DealStatus.WON, DealStatus.LOST)
        close = row.expected_close_on
        found[row.id] = DealFacts(
            text=search_key(" ".join(filter(None, (row.title, row.company, row.contact, row.product, row.tags)))),
            title=search_key(row.title),
            owner=search_key(row.owner),
            tags=search_key(row.tags),
            stage=search_key(row.stage),
            pipeline=search_key(row.pipeline),
            status=deal.status,
            value_minor=row.value_minor,
            has_value=row.value_minor is not None,
            probability=deal.probability,
            close_on=close,
            is_close_late=close is not None and close < day and deal.status == DealStatus.OPEN,
            created_on=row.created_at.astimezone(workspace.zone).date() if row.created_at else None,
            started_on=row.started_on,
            closed_on=row.closed_on,
            updated_on=max(entry.at for entry in detail.timeline).astimezone(workspace.zone).date(),
            days_in_stage=deal.days_in_stage,
            idle_days=deal.idle_days,
            source=search_key(row.source),
            product=search_key(row.product),
            company=search_key(row.company),
            contact=search_key(row.contact),
            reason=search_key(row.lost_reason),
            is_hot=row.is_hot,
            rot=deal.rot,
            task_on=None if closed else task,
            is_taskless=row.task_id is None and deal.status == DealStatus.OPEN,
        )
    return found


PIECES = (
    "acme", "re", "zabka", "@anna", "@boris,anna", "#web", "stage:lead,cont", "pipeline:sales", "status:open,won",
    "value>500", "value<=7", "no-value", "prob>=40", "prob<20", "close<eom", "close:none", "close:overdue",
    "created<-1d", "started:none", "closed:2026-10", "updated>-2d", "age>3", "idle<5", "source:web", "no-source",
    "company:acme,umbrella", "reason:price", "hot", "rotting", "overdue", "task:none", "no-task", "won", "parked",
)  # fmt: skip


def test_three_ways_to_evaluate_a_filter_agree(filled: Workspace) -> None:
    """The board's columns, the list's SQL and one deal at a time, for many filters made of all terms."""
    facts = naive_facts(filled)
    board = index(filled, is_history=True)
    dice = random.Random(5)
    for _ in range(150):
        parts = [
            " ".join(dice.choice(("", "", "-")) + piece for piece in dice.sample(PIECES, dice.randint(1, 3)))
            for _ in range(dice.choice((1, 1, 2, 3)))
        ]
        text = " | ".join(parts)
        wanted = board.understood(text)
        assert wanted.problems == (), text
        naive = {deal_id for deal_id, one in facts.items() if matches(wanted, one)}
        assert {deal.row.id for deal in filled.listing.deals(DealFilter(text))} == naive, text
        found = board.filter(text)
        if not found.is_fuzzy:
            assert {i for ids in found.ids.values() for i in ids} == naive, text

"""The cards of a board sorted by something else than the hand, on both engines, under a filter too."""

from datetime import date, timedelta

import pytest

from pipeboard.domain.commands import AddTask, CreateDeal, EditDeals, Seen, SetRate, WinDeals
from pipeboard.domain.list_order import BOARD_ORDERS, MANUAL, ListOrder, order_of, order_text, order_words
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.conftest import NOW


@pytest.fixture
def filled(workspace: Workspace, clock: FixedClock) -> Workspace:
    """Five deals in Lead, the first one on top, and two won ones."""
    lead = workspace.deals.stages()[0]
    workspace.execute(SetRate("USD", 500_000_000, date(2026, 1, 1)))
    rows = (("Echo", 500_00, "EUR", 80, 3), ("Delta", 900_00, "USD", 10, 1), ("Alpha", None, "EUR", 50, None),
            ("Bravo", 700_00, "EUR", 5, 9), ("Charlie", 100_00, "EUR", 90, 2))  # fmt: skip
    for number, (title, value, currency, percent, task_in) in enumerate(reversed(rows)):
        clock.set(NOW + timedelta(days=number))
        workspace.execute(
            CreateDeal(title, lead.id, value_minor=value, currency=currency, probability=percent, company=title[::-1])
        )
        if task_in is not None:
            workspace.execute(AddTask(workspace.deals.find(title), "Call", due_on=date(2026, 12, task_in)))
    for title, day in (("Won early", 2), ("Won late", 20)):
        clock.set(NOW)
        workspace.execute(CreateDeal(title, lead.id, value_minor=day * 100_00))
        workspace.execute(WinDeals((Seen(workspace.deals.find(title)),), date(2026, 11, day)))
    clock.set(NOW + timedelta(days=5))
    return workspace


def initials(workspace: Workspace, order: ListOrder, stage: int = 0) -> str:
    """The first letters of the titles of a stage, as the board shows them."""
    view = workspace.board.view(None, window=3, order=order)
    ids = view.orders[view.overview.stages[stage].id]
    shown = [card.title for card in view.cards[view.overview.stages[stage].id]]
    titles = [card.title for card in workspace.board.cards(ids)]
    assert shown == titles[:3], "the first window is that of the order"
    return "".join(title[0] for title in titles)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ListOrder("value", True), "BEDCA"),  # Delta's 900 dollars are 450 euros; no value comes last
        (ListOrder("value"), "CDEBA"),
        (ListOrder("weighted", True), "ECDBA"),
        (ListOrder("next"), "DCEBA"),
        (ListOrder("days", True), "CBADE"),
        (ListOrder("idle", True), "CBADE"),
        (ListOrder("title"), "ABCDE"),
        (ListOrder("company"), "ADCEB"),
        (ListOrder("created", True), "EDABC"),
        (ListOrder("close"), "EDABC"),
        (ListOrder("owner"), "EDABC"),
    ],
)
def test_every_order_and_equal_ones_as_they_were_put_by_hand(
    filled: Workspace, order: ListOrder, expected: str
) -> None:
    assert initials(filled, order) == expected


def test_a_filter_keeps_the_order_and_the_manual_one_comes_back(filled: Workspace) -> None:
    by_value = filled.board.search_index(1, order=ListOrder("value", True))
    lead = filled.deals.stages()[0]
    found = filled.board.cards(by_value.filter("value>1").ids[lead.id])
    assert [card.title for card in found] == ["Bravo", "Echo", "Delta", "Charlie"]
    assert [card.title for card in filled.board.cards(filled.board.ids(lead))] == [
        "Echo",
        "Delta",
        "Alpha",
        "Bravo",
        "Charlie",
    ]
    assert (
        filled.board.ids(lead, ListOrder("title"))
        == filled.board.view(None, window=1, order=ListOrder("title")).orders[lead.id]
    )


def test_closed_stages_are_sorted_too_and_show_the_same_month(filled: Workspace) -> None:
    won = next(n for n, s in enumerate(filled.board.overview().stages) if s.name == "Won")
    assert initials(filled, ListOrder("value"), won) == "WW"
    filled.execute(EditDeals((Seen(filled.deals.find("Won early")),), (("closed_on", date(2026, 10, 2)),)))
    assert initials(filled, ListOrder("value"), won) == "W"


def test_an_order_can_be_kept_as_a_word() -> None:
    for column in BOARD_ORDERS[1:]:
        for order in (ListOrder(column.name), ListOrder(column.name, True)):
            assert order_of(order_text(order)) == order
            assert order_words(order)
    assert order_of("nonsense") == order_of("") == order_of("stage") == MANUAL
    assert order_words(MANUAL) == ""

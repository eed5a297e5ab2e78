"""Two people doing anything in any order: the state is always what the history says, and undo is exact."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pipeboard.domain import commands as c
from pipeboard.domain import product_commands as p
from pipeboard.domain.errors import Conflict, InvalidInput, NotFound, NothingToUndo, StaleDeal
from pipeboard.domain.stage import DealStatus
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.storage.check import check
from pipeboard.storage.target import target_of

from .states import live_state

EXAMPLES = int(os.environ.get("PIPEBOARD_TEST_EXAMPLES", "60"))
STEPS = int(os.environ.get("PIPEBOARD_TEST_STEPS", "25"))
EXPECTED = (Conflict, InvalidInput, NotFound, NothingToUndo, StaleDeal)
"""What a command may answer instead of doing something; anything else is a bug."""

USER = st.integers(0, 1)
DEAL = st.integers(0, 4)
DEALS = st.lists(DEAL, min_size=1, max_size=3)
PRODUCTS = st.sampled_from(["Gold", "gold!", "Tin", "Tin 2"])
TITLES = st.sampled_from(["a", "b"])


class TwoPeople(RuleBasedStateMachine):
    """Anna and Boris on one small board: few deals, few values, so that they keep getting in each other's way."""

    database: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
        name = self.database()
        self.target = target_of(name)
        self.users = [Workspace.open(name, self.clock, login=login, person=login) for login in ("anna", "boris")]
        stages = self.users[0].deals.stages()
        self.open = [s.id for s in stages if s.is_open][:3]
        self.deals: list[int] = []
        self.tasks: list[int] = []

    def teardown(self) -> None:
        for user in self.users:
            user.close()
        if self.target.is_sqlite:
            shutil.rmtree(os.path.dirname(self.target.path))

    def do(self, user: int, command: c.Command) -> Any:
        """Carry a command out; None when it was refused with a sentence."""
        try:
            outcome = self.users[user].execute(command)
        except EXPECTED:
            return None
        for event in outcome.events:
            if type(event).__name__ == "DealCreated":
                self.deals.append(event.deal_id)  # type: ignore[union-attr]
            if type(event).__name__ == "TaskAdded":
                self.tasks.append(event.task_id)  # type: ignore[union-attr]
        return outcome

    def seen(self, places: list[int]) -> c.Deals:
        return tuple(c.Seen(self.deals[place % len(self.deals)]) for place in places)

    @initialize()
    def begin(self) -> None:
        self.do(0, c.CreateDeal("first", self.open[0], company="Acme"))

    @rule(user=USER, stage=st.integers(0, 2), company=st.sampled_from(["", "Acme", "Żubr"]), step=st.booleans())
    def create(self, user: int, stage: int, company: str, step: bool) -> None:
        if len(self.deals) < 5:
            self.do(user, c.CreateDeal("deal", self.open[stage], company=company, next_step="call" if step else ""))

    @rule(user=USER, deals=DEALS, stage=st.integers(0, 2))
    def move(self, user: int, deals: list[int], stage: int) -> None:
        self.do(user, c.MoveDeals(self.seen(deals), self.open[stage]))

    @rule(user=USER, deals=DEALS, step=st.sampled_from([-1, 1]))
    def step(self, user: int, deals: list[int], step: int) -> None:
        self.do(user, c.StepDeals(self.seen(deals), step))

    @rule(user=USER, deals=DEALS, title=TITLES, value=st.sampled_from([None, 1, 2]))
    def edit(self, user: int, deals: list[int], title: str, value: int | None) -> None:
        self.do(user, c.EditDeals(self.seen(deals), (("title", title), ("value_minor", value))))

    @rule(user=USER, deals=DEALS, company=st.sampled_from(["", "Acme", "Nova"]))
    def rename_company(self, user: int, deals: list[int], company: str) -> None:
        self.do(user, c.EditDeals(self.seen(deals), (("company", company),)))

    @rule(user=USER, deals=DEALS, text=PRODUCTS)
    def sell(self, user: int, deals: list[int], text: str) -> None:
        self.do(user, c.EditDeals(self.seen(deals), (("product", text),)))

    @rule(user=USER, name=PRODUCTS, is_archived=st.booleans())
    def keep_product(self, user: int, name: str, is_archived: bool) -> None:
        self.do(user, p.AddProduct(name))
        if is_archived and self.products():
            self.do(user, p.ArchiveProduct(self.products()[0]))

    @rule(user=USER, place=st.integers(0, 2), name=PRODUCTS)
    def rename_product(self, user: int, place: int, name: str) -> None:
        if found := self.products():
            self.do(user, p.EditProduct(found[place % len(found)], (("name", name),)))

    @rule(user=USER, place=st.integers(0, 2), other=st.integers(0, 2), spelling=PRODUCTS)
    def merge_products(self, user: int, place: int, other: int, spelling: str) -> None:
        if found := self.products():
            kept, gone = found[place % len(found)], found[other % len(found)]
            self.do(user, p.MergeProducts(kept, (gone,), (spelling,) if place == other else ()))

    def products(self) -> list[c.Seen]:
        return [c.Seen(sheet.id) for sheet in self.users[0].catalogues.products().sheets]

    @rule(user=USER, deal=DEAL, other=DEAL, is_after=st.booleans())
    def reorder(self, user: int, deal: int, other: int, is_after: bool) -> None:
        (one,), (two,) = self.seen([deal]), self.seen([other])
        self.do(user, c.ReorderDeal(one, two.id, is_after))

    @rule(user=USER, deals=DEALS, status=st.sampled_from(list(DealStatus)))
    def close(self, user: int, deals: list[int], status: DealStatus) -> None:
        today = self.users[user].board.today
        chosen: dict[DealStatus, c.Command] = {
            DealStatus.OPEN: c.ReopenDeals(self.seen(deals)),
            DealStatus.WON: c.WinDeals(self.seen(deals), today),
            DealStatus.LOST: c.LoseDeals(self.seen(deals), today, "Price"),
            DealStatus.PARKED: c.ParkDeals(self.seen(deals), today + timedelta(days=9), "later"),
        }
        self.do(user, chosen[status])

    @rule(user=USER, deals=DEALS)
    def delete(self, user: int, deals: list[int]) -> None:
        self.do(user, c.DeleteDeals(self.seen(deals)))

    @rule(user=USER, deal=DEAL)
    def add_task(self, user: int, deal: int) -> None:
        if len(self.tasks) < 4:
            self.do(user, c.AddTask(self.seen([deal])[0].id, "call"))

    @precondition(lambda self: self.tasks)
    @rule(user=USER, task=st.integers(0, 3), what=st.sampled_from(["complete", "drop", "snooze"]))
    def finish_task(self, user: int, task: int, what: str) -> None:
        seen = c.Seen(self.tasks[task % len(self.tasks)])
        later = self.users[user].board.today + timedelta(days=3)
        chosen: dict[str, c.Command] = {
            "complete": c.CompleteTask(seen),
            "drop": c.DismissTask(seen),
            "snooze": c.EditTask(seen, (("snoozed_until", later),)),
        }
        self.do(user, chosen[what])

    @rule(user=USER)
    def undo(self, user: int) -> None:
        self.do(user, c.Undo())

    @rule(user=USER)
    def redo(self, user: int) -> None:
        self.do(user, c.Redo())

    @rule(user=USER)
    def undo_and_redo(self, user: int) -> None:
        """Undo followed by redo changes nothing that can be seen."""
        before = live_state(self.users[user])
        if self.do(user, c.Undo()) is not None:
            assert self.do(user, c.Redo()) is not None, "what was just undone can be redone"
            assert live_state(self.users[user]) == before

    @rule(seconds=st.sampled_from([5, 40, 90_000]))
    def wait(self, seconds: int) -> None:
        self.clock.set(self.clock.now() + timedelta(seconds=seconds))

    @invariant()
    def nothing_is_wrong(self) -> None:
        assert check(self.target) == []


def _run(database: Callable[[], str], examples: int, steps: int) -> None:
    machine = type("Machine", (TwoPeople,), {"database": staticmethod(database)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize="PIPEBOARD_TEST_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_state_is_the_folded_history_on_sqlite(sqlite_database: str) -> None:
    def database() -> str:
        path = Path(mkdtemp(prefix="pipeboard-machine-")) / "machine.db"
        shutil.copyfile(sqlite_database, path)
        return str(path)

    _run(database, EXAMPLES, STEPS)


@pytest.mark.skipif("PIPEBOARD_TEST_POSTGRES" not in os.environ, reason="PIPEBOARD_TEST_POSTGRES is not set")
def test_state_is_the_folded_history_on_postgresql(request: pytest.FixtureRequest) -> None:
    _run(request.getfixturevalue("_postgres").empty, max(4, EXAMPLES // 12), STEPS)

"""Random months of selling by real commands, and the figures of November told from a diary kept beside them.

The diary knows nothing of the program: it notes what was done with each deal and adds up by hand, with exact fractions.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeboard.domain import commands as c
from pipeboard.domain.periods import Period
from pipeboard.services.clock import FixedClock
from pipeboard.services.metrics import MetricsQuery
from pipeboard.services.workspace import Workspace

from .handlers.asking import places

NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
ZONE = ZoneInfo("Europe/Warsaw")
BEGIN = datetime(2026, 10, 1, 9, tzinfo=ZONE)
END = datetime(2027, 2, 10, 9, tzinfo=ZONE)
STAGES = ("Lead", "Contacted", "Qualified", "Proposal made", "Negotiation")
BAD = "Duplicate"
REASONS = ("Price", "Timing", BAD)
COMPANIES = ("Acme", "Globex", "Initech", "Umbrella", "")
PERIODIC = (None, 1, 3, 12)


class Kept:
    """What the diary has of one deal: where it stood since when, and how each stay ended."""

    def __init__(self, deal_id: int, at: datetime, company: str, value: int | None, close_on: date | None) -> None:
        self.id, self.company, self.value, self.close_on = deal_id, company, value, close_on
        self.created_at = at
        self.months: int | None = None
        self.closed_on: date | None = None
        self.stays: list[list[Any]] = [[0, at.date(), None]]
        self.state, self.reason = "open", ""
        self.calls: list[datetime] = []
        self.sign_of_life = at.date()

    @property
    def stage(self) -> int:
        """The open stage it stands in, or stood in last."""
        return int(self.stays[-1][0])

    def enter(self, stage: int, on: date) -> None:
        """It stands in an open stage from now on."""
        if self.stays[-1][2] is None:
            self.stays[-1][2] = "advanced" if stage > self.stage else "back"
        self.stays.append([stage, on, None])
        self.sign_of_life = on

    def close(self, state: str, on: date, reason: str = "") -> None:
        """It left the open stages."""
        self.stays[-1][2] = state
        self.state, self.reason = state, reason
        self.closed_on = on if state != "parked" else None


class Diary:
    """Sells at random for four months, and notes every deal."""

    def __init__(self, workspace: Workspace, clock: FixedClock, seed: int) -> None:
        self.workspace, self.clock, self.rng = workspace, clock, Random(seed)
        self.at, self.spent = BEGIN, 0
        self.stage_ids = list(places(workspace))[:5]
        self.deals: list[Kept] = []

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.date()

    def do(self, command: Any) -> Any:
        """Carry a command out at this moment."""
        self.clock.set(self.at)
        return self.workspace.execute(command)

    def live(self) -> None:
        """Until the middle of December something happens every few hours; then silence until February."""
        while self.today < date(2026, 12, 16):
            self.at += timedelta(minutes=self.rng.randrange(40, 540))
            self.step()
        self.at = END
        self.clock.set(END)

    def step(self) -> None:
        """One thing a salesperson does."""
        rng = self.rng
        if len(self.deals) < 6 or rng.random() < 0.3:
            self.create()
            return
        deal = rng.choice(self.deals[-25:])
        seen = (c.Seen(deal.id),)
        if deal.state == "open":
            what = rng.choice(("move", "move", "win", "win", "lose", "lose", "park", "call", "note", "value", "spend"))
        else:
            what = "reopen" if deal.reason != BAD and rng.random() < 0.3 else "nothing"
        if what == "move":
            stage = rng.choice([one for one in range(5) if one != deal.stage])
            self.do(c.MoveDeals(seen, self.stage_ids[stage]))
            deal.enter(stage, self.today)
        elif what == "win":
            self.do(c.WinDeals(seen, self.today))
            deal.close("won", self.today)
        elif what == "lose":
            reason = rng.choice(REASONS)
            self.do(c.LoseDeals(seen, self.today, reason))
            deal.close("lost", self.today, reason)
        elif what == "park":
            self.do(c.ParkDeals(seen, self.today + timedelta(days=90), "budget"))
            deal.close("parked", self.today)
        elif what == "reopen":
            self.do(c.ReopenDeals(seen, "again"))
            deal.state, deal.closed_on, deal.reason = "open", None, ""
            deal.enter(deal.stage, self.today)
        elif what in ("call", "note"):
            self.do(c.LogActivity(deal.id, "hello", what))
            deal.sign_of_life = self.today
            if what == "call":
                deal.calls.append(self.at)
        elif what == "value":
            deal.value, deal.months = rng.choice((None, rng.randrange(10**6))), rng.choice(PERIODIC)
            self.do(c.EditDeals(seen, (("value_minor", deal.value), ("recurring_months", deal.months))))
        elif what == "spend":
            amount = rng.randrange(1, 90_000)
            self.do(c.AddSpend(self.today, amount, source="web"))
            self.spent += amount if NOVEMBER.has(self.today) else 0

    def create(self) -> None:
        """A new lead."""
        rng = self.rng
        company, value = rng.choice(COMPANIES), rng.choice((None, rng.randrange(10**6)))
        close_on = rng.choice((None, self.today + timedelta(days=rng.randrange(0, 120))))
        command = c.CreateDeal(
            f"Deal {len(self.deals)}", self.stage_ids[0], value, company=company, expected_close_on=close_on
        )
        deal_id = int(self.do(command).events[0].deal_id)
        self.deals.append(Kept(deal_id, self.at, company, value, close_on))

    # What the figures must be

    def closed(self, state: str) -> list[Kept]:
        """Won or lost in November as it stands today, without duplicates."""
        return [d for d in self.deals if d.state == state and NOVEMBER.has(d.closed_on) and d.reason != BAD]

    def flow(self) -> list[dict[str, Any]]:
        """Every stay that began in November, by stage and how it ended."""
        rows = []
        for place, name in enumerate(STAGES):
            ends = Counter(
                "excluded" if end == "lost" and deal.reason == BAD else end or "still_there"
                for deal in self.deals
                for stage, on, end in deal.stays
                if stage == place and NOVEMBER.has(on)
            )
            rows.append({"stage": name, "entered": sum(ends.values()), **{key: ends[key] for key in OUTCOMES}})
        return rows

    def stale(self) -> int:
        """Open deals that a strict look takes for lost: over 30 days late, or without a sign of life for 90."""
        return sum(
            1
            for deal in self.deals
            if deal.state == "open"
            and (
                (deal.close_on is not None and (END.date() - deal.close_on).days > 30)
                or (END.date() - deal.sign_of_life).days >= 90
            )
        )

    def accounts(self, deals: list[Kept]) -> set[str]:
        """The customers of these deals; a deal without a company is a customer of its own."""
        return {deal.company or f"#{deal.id}" for deal in deals}

    def new_accounts(self) -> int:
        """Customers whose first win of all time fell into November."""
        before = {d.company for d in self.deals if d.state == "won" and d.closed_on and d.closed_on < NOVEMBER.start}
        return len(self.accounts(self.closed("won")) - before)

    def yearly(self) -> Fraction | None:
        """What the average customer of November brings a year, in euros."""
        valued = [deal for deal in self.closed("won") if deal.value is not None]
        cents = [Fraction(deal.value or 0) * (Fraction(12, deal.months) if deal.months else 1) for deal in valued]
        return sum(cents, Fraction()) / len(self.accounts(valued)) / 100 if valued else None

    def waits(self) -> list[int]:
        """Whole minutes from the birth of November's leads to the first call."""
        leads = [deal for deal in self.deals if NOVEMBER.has(deal.created_at.date())]
        return [int((deal.calls[0] - deal.created_at).total_seconds()) // 60 for deal in leads if deal.calls]


OUTCOMES = ("advanced", "won", "lost", "back", "handed_off", "parked", "excluded", "still_there")


def cents(text: str | None) -> int | None:
    """A decimal string in hundredths."""
    return None if text is None else round(float(text) * 100)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_of_november_are_those_of_the_diary(workspace: Workspace, clock: FixedClock, seed: int) -> None:
    diary = Diary(workspace, clock, seed)
    diary.live()
    query = MetricsQuery(period=NOVEMBER)
    found = workspace.metrics.document(query, workspace.metrics.report(query))
    won, lost = diary.closed("won"), diary.closed("lost")
    assert len(won) + len(lost) > 10, "a month without decisions shows nothing"
    assert found["stage_flow"] == diary.flow()
    for row in found["stage_flow"]:
        assert sum(row[key] for key in OUTCOMES) == row["entered"]
    assert found["win_rate"]["value"] == pytest.approx(len(won) / (len(won) + len(lost)), abs=1e-4)
    assert found["funnel"][-1]["reached"] / found["funnel"][0]["reached"] == pytest.approx(
        found["win_rate"]["value"], abs=1e-4
    )
    stale = diary.stale()
    strict = found["win_rate"]["strict"]
    assert (strict["stale"], strict["decided"]) == (stale, len(won) + len(lost) + stale)
    by_reason = Counter(deal.reason for deal in lost)
    assert {row["reason"]: row["count"] for row in found["losses"]["by_reason"]} == by_reason
    by_stage = {row["stage"]: row["count"] for row in found["losses"]["by_stage"] if row["count"]}
    assert by_stage == Counter(STAGES[deal.stage] for deal in lost)
    customers, yearly = found["customers"], diary.yearly()
    assert (customers["new_accounts"], cents(customers["spent"])) == (diary.new_accounts(), diary.spent)
    assert cents(customers["mean"]) == pytest.approx(float(yearly or 0) * 100, abs=1)
    assert cents(customers["cac"]) == pytest.approx(diary.spent / diary.new_accounts(), abs=1)
    waits = diary.waits()
    assert (found["lead_response"]["n"], found["lead_response"]["median_minutes"]) == (len(waits), median(waits))


def test_an_action_undone_and_a_month_lived_twice_change_no_figure(workspace: Workspace, clock: FixedClock) -> None:
    diary = Diary(workspace, clock, 4)
    diary.live()
    query = MetricsQuery(period=NOVEMBER)

    def figures() -> Any:
        return workspace.metrics.document(query, workspace.metrics.report(query))

    before = figures()
    for state, command in (
        ("open", lambda seen: c.WinDeals(seen, date(2026, 11, 10))),
        ("open", lambda seen: c.LoseDeals(seen, date(2026, 11, 10), "Price")),
        ("won", lambda seen: c.ReopenDeals(seen, "again")),
    ):
        deal = next(d for d in diary.deals if d.state == state and d.created_at.date() < date(2026, 11, 10))
        workspace.execute(command((c.Seen(deal.id),)))
        assert figures() != before
        workspace.execute(c.Undo())
        assert figures() == before

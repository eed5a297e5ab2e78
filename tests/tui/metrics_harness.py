"""An application with nothing but the metrics screen, over deals that went through real commands."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from pipeboard.domain import commands as c
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.metrics_source import MetricsSource
from pipeboard.tui.runner import Runner
from pipeboard.tui.screens.metrics import MetricsScreen
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.theme import DARK_NAME

from .small_app import SmallApp

DEALS = (
    # title, company, value, created on, won or the reason it was lost, closed on, product, source
    ("Wayne audit", "Wayne", 15_000, date(2026, 10, 1), "", date(2026, 11, 18), "Gold", "web"),
    ("Soylent rollout", "Soylent", 9_000, date(2026, 10, 3), "", date(2026, 11, 3), "Gold", "web"),
    ("Tyrell seats", "Tyrell", 14_000, date(2026, 9, 20), "", date(2026, 10, 20), "Silver", "referral"),
    ("Acme [/ EU] framework", "Acme [bold]", 12_000, date(2026, 9, 1), "", date(2026, 9, 30), "Gold", "referral"),
    ("株式会社サクラ 導入", "サクラ", 21_000, date(2026, 9, 5), "", date(2026, 10, 5), "Silver", "web"),
    ("Massive Dynamic", "Massive", 22_000, date(2026, 10, 10), "Price", date(2026, 11, 12), "Gold", "fair"),
    ("Hooli trial", "Hooli", 4_000, date(2026, 10, 12), "No budget", date(2026, 11, 2), "Gold", "fair"),
    ("Initech renewal", "Initech", 8_000, date(2026, 9, 10), "No budget", date(2026, 10, 2), "Silver", "web"),
    ("Vandelay", "Vandelay", 6_000, date(2026, 7, 1), "", date(2026, 7, 20), "Gold", "web"),
    ("Cyberdyne", "Cyberdyne", 5_000, date(2026, 7, 2), "Price", date(2026, 7, 22), "Gold", "web"),
    ("Open one", "Umbrella", 30_000, date(2026, 11, 1), None, None, "Gold", "web"),
    ("Open two", "Stark", 50_000, date(2026, 11, 2), None, None, "Silver", "fair"),
)
WON_VALUE = 71_000


def fill(workspace: Workspace, clock: FixedClock) -> None:
    """Let the deals happen day by day, each through two stages."""
    stages = {stage.name: stage.id for stage in workspace.deals.stages()}
    now = clock.now()
    for title, company, value, created_on, reason, closed_on, product, source in DEALS:
        began = datetime(created_on.year, created_on.month, created_on.day, 10, tzinfo=UTC)
        clock.set(began)
        made = workspace.execute(
            c.CreateDeal(title, stages["Lead"], value * 100, company=company, product=product, source=source)
        )
        deal_id: Any = made.events[0]
        seen = (c.Seen(deal_id.deal_id),)
        clock.set(began + timedelta(days=6))
        workspace.execute(c.MoveDeals(seen, stages["Qualified"]))
        if closed_on is None:
            continue
        clock.set(datetime(closed_on.year, closed_on.month, closed_on.day, 12, tzinfo=UTC))
        workspace.execute(c.LoseDeals(seen, closed_on, reason) if reason else c.WinDeals(seen, closed_on))
    clock.set(now)


class MetricsApp(SmallApp):
    """The metrics screen over a workspace; `answer` is what it was dismissed with."""

    CSS = "Screen { background: $background; }"

    def __init__(self, workspace: Workspace, folder: Path, *, glyphs: Glyphs = UNICODE, theme: str = DARK_NAME) -> None:
        super().__init__(theme=theme)
        self.workspace = workspace
        self.folder = folder
        self.glyphs = glyphs
        self.runner = Runner()
        self.answer: int | str | None = "not yet"
        self.copied = ""

    def on_mount(self) -> None:
        source = MetricsSource(self.runner.read, lambda: self.workspace.metrics)
        overview = self.workspace.board.overview()
        self.push_screen(MetricsScreen(source, overview, glyphs=self.glyphs, folder=self.folder), self.answered)

    def answered(self, answer: int | None) -> None:
        self.answer = answer

    def copy_to_clipboard(self, text: str) -> None:
        self.copied = text

    def on_unmount(self) -> None:
        self.runner.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each carried out to its end."""
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for is on the screen."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()

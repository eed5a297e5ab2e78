"""An application with nothing but the pane or the screen of a deal."""

import asyncio
from collections.abc import Mapping

from textual.app import ComposeResult

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import NotFound
from pipeboard.tui.screens.deal import DealScreen
from pipeboard.tui.text.glyphs import UNICODE, Glyphs
from pipeboard.tui.widgets.side_pane import SidePane

from .deal_details import NOW
from .small_app import SmallApp


class PaneApp(SmallApp):
    """The side pane alone, over the whole screen."""

    def __init__(self, detail: DealDetail | None, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.detail = detail
        self.glyphs = glyphs

    def compose(self) -> ComposeResult:
        yield SidePane(glyphs=self.glyphs)

    def on_mount(self) -> None:
        self.pane.show(self.detail, NOW)

    @property
    def pane(self) -> SidePane:
        """The pane."""
        return self.query_one(SidePane)


class DealApp(SmallApp):
    """The deal screen over deals in memory; `order` is the list one came from, and may name deals that are gone."""

    def __init__(self, deals: Mapping[int, DealDetail], order: tuple[int, ...], *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self.deals = dict(deals)
        self.order = order
        self.glyphs = glyphs
        self.loads: list[int] = []
        self.may_load = asyncio.Event()
        self.may_load.set()
        self.answers: list[int | None] = []

    def on_mount(self) -> None:
        screen = DealScreen(self.order[0], self.load, self.neighbour, now=lambda: NOW, glyphs=self.glyphs)
        self.push_screen(screen, self.answers.append)

    async def load(self, deal_id: int) -> DealDetail:
        """One deal out of memory."""
        self.loads.append(deal_id)
        await self.may_load.wait()
        if deal_id not in self.deals:
            raise NotFound(f"Deal {deal_id} is not there any more.")
        return self.deals[deal_id]

    def neighbour(self, deal_id: int, step: int) -> int | None:
        """The deal so many places on in the order."""
        place = self.order.index(deal_id) + step
        return self.order[place] if 0 <= place < len(self.order) else None

    @property
    def deal_screen(self) -> DealScreen:
        """The screen under test."""
        screen = self.screen
        assert isinstance(screen, DealScreen)
        return screen

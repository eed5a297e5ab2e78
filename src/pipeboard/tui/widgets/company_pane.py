"""The company or contact under the cursor, beside the list."""

from datetime import datetime

from textual.strip import Strip

from pipeboard.domain.companies import Partner
from pipeboard.tui.text.company_lines import partner_strips
from pipeboard.tui.text.deal_context import DealContext
from pipeboard.tui.theme import Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines


class CompanyPane(ScrolledLines):
    """Everything about one of them, scrolled by itself."""

    DEFAULT_CSS = "CompanyPane { background: $surface; }"

    partner: Partner | None = None
    currency: str = ""
    _now: datetime | None = None

    def show(self, partner: Partner | None, now: datetime, currency: str) -> None:
        """Take a new value; the same one keeps its scroll position."""
        old = self.partner
        is_same = old is not None and partner is not None and (old.kind, old.id) == (partner.kind, partner.id)
        self.partner, self._now, self.currency = partner, now, currency
        self.update_lines(from_top=not is_same)

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        if self.partner is None or self._now is None:
            return []
        return partner_strips(self.partner, self.currency, DealContext(width, self._now, tones, self.glyphs))

"""Hygiene: the open deals by kind of gap, how well each person keeps theirs, and the flush."""

from textual.app import ComposeResult

from pipeboard.services.hygiene import Hygiene
from pipeboard.tui.actions import HYGIENE
from pipeboard.tui.grouped_deals import GroupedDeals
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaTerms
from pipeboard.tui.text.deal_context import counted
from pipeboard.tui.text.subject_rows import hygiene_groups
from pipeboard.tui.widgets.quality_line import QualityLine

MOST_DEALS = 200
"""Deals listed of each gap; how many there are is told all the same."""


class HygieneScreen(GroupedDeals):
    """What is wrong with the open deals, to be mended here with the keys of the board."""

    CONTEXT = HYGIENE
    PLACE = "Hygiene"
    HINTS = (
        ("hygiene.flush", "flush", 1),
        ("task.add", "task", 2),
        ("deal.close_date", "date", 2),
        ("deal.value", "value", 3),
        ("deal.lose", "lost", 4),
        ("hygiene.owner", "whose", 5),
        ("deal.open", "deal", 4),
        ("go.to", "go", 6),
        ("app.help", "help", 0),
        ("app.back", "back", 0),
    )

    def __init__(self) -> None:
        super().__init__()
        self._report: Hygiene | None = None

    def below(self) -> ComposeResult:
        yield QualityLine(glyphs=self.app.glyphs, id="quality")

    async def read(self, owner_id: int | None) -> None:
        hygiene = self.app.workspace.hygiene
        self._report = await self.read_beside("report", lambda: hygiene.report(MOST_DEALS, owner_id=owner_id))
        self.query_one(QualityLine).show(self._report.qualities)

    def groups(self, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
        return hygiene_groups(self._report, terms) if self._report is not None else ()

    def summary(self) -> str:
        if self._report is None:
            return ""
        stale = f", {len(self._report.stale):,} stale" if self._report.stale else ""
        return f"{counted(self._report.open_deals, 'open deal')}{stale}"

    def nothing(self) -> str:
        return "Nothing is wrong with the open deals."

    def action_flush(self) -> None:
        """Close the stale deals as lost, after showing which."""
        report = self._report
        if report is None or not report.stale:
            self.tell("Nothing is stale: idle for 90 days, or begun 180 days ago and idle for 30", "muted")
            return
        self.app.run_question(self._flush(report))

    async def _flush(self, report: Hygiene) -> None:
        from pipeboard.domain.commands import FlushDeals, Seen
        from pipeboard.services.safety import backup_before
        from pipeboard.tui.dialogs.flush import FlushDialog

        app, versions = self.app, dict(report.stale)
        deals = await self.read_beside("stale", lambda: app.workspace.hygiene.deals(tuple(versions)))

        def answered(ids: tuple[int, ...] | None) -> None:
            if not ids:
                return
            command = FlushDeals(tuple(Seen(i, versions[i]) for i in ids), self._today())
            app.run_guarded(flush(command), "flush")

        async def flush(command: FlushDeals) -> None:
            workspace = app.workspace
            await app.read("backup", lambda: backup_before(str(workspace.target), workspace.clock, "flush"))
            self._do(command)

        app.ask(FlushDialog(deals), answered)

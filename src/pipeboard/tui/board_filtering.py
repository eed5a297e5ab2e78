"""The filter of the board: typed live, kept through moves, cleared by Esc."""

from textual import on

from pipeboard.services.searching import Filtered
from pipeboard.tui.board_on_show import BoardOnShow
from pipeboard.tui.filter_line import open_filter_line
from pipeboard.tui.filter_menu import FilterMenu
from pipeboard.tui.filtering import FilterChanged, FilterClosed, FilterOpened, filter_echo
from pipeboard.tui.taking_out import TakingOut
from pipeboard.tui.time_travel import TimeTravel
from pipeboard.tui.touring import Touring


class BoardFiltering(TakingOut, FilterMenu, TimeTravel, Touring, BoardOnShow):  # type: ignore[misc]  # both say what `app` is
    """What the board leaves out."""

    def action_filter(self) -> None:
        """Type words; the board follows."""
        open_filter_line(self.app, self, self._filter_text, filter_echo(self.app))

    @on(FilterOpened)
    def _filter_opened(self) -> None:
        self.app.keys_taken_by(self.query_one("#filter"))

    @on(FilterChanged)
    def _filter_changed(self, message: FilterChanged) -> None:
        self._run(self._filter(message.text), "filter")

    @on(FilterClosed)
    def _filter_closed(self, message: FilterClosed) -> None:
        if not message.is_kept:
            self._clear_filter()
        elif self._filter_text:
            self.notice("filtered")
        self.board.focus()

    async def _filter(self, text: str) -> None:
        from pipeboard.tui.widgets.filter_bar import FilterBar

        app = self.app
        self._filter_text = text.strip()
        if not self._filter_text:
            self._clear_filter()
            return
        pipeline_id = self.overview.pipeline.id
        index = self._index
        if index is None or index.pipeline_id != pipeline_id:
            index = self._index = await app.read("index", lambda: self._search_index(pipeline_id))
        wanted = self._filter_text
        filtered = await app.read("filter", lambda: index.filter(wanted))
        if self._filter_text == wanted:
            self._filtered = filtered
            self._source.show_ids(filtered.ids)
            self._paint()
            self._show_a_hit(filtered)
            if filtered.is_fuzzy:
                for bar in self.query(FilterBar):
                    bar.tell_similar()

    def _show_a_hit(self, filtered: Filtered) -> None:
        """Put the cursor on a deal that the filter leaves, also when it stands out of sight; say when there is none."""
        if self.board.selected is not None:
            return
        hits = [(n, stage) for n, stage in enumerate(self.overview.stages, 1) if filtered.ids.get(stage.id)]
        in_sight = [place for place, stage in hits if stage.id not in self.folded()]
        if in_sight:
            self.board.jump_to_stage(in_sight[0])
        elif hits:
            place, stage = hits[0]
            self.board.jump_to_stage(place)
            self.tell(f"Found in {stage.name}, which is folded: Z shows its cards", "accent")
        else:
            self.tell("Nothing found: Esc shows all deals again", "muted")

    @property
    def filter_text(self) -> str:
        """What the board is filtered by; the list shares it."""
        return self._filter_text

    def take_filter(self, text: str) -> None:
        """Show what another filter leaves (one that was changed in the list)."""
        if text != self._filter_text:
            self._run(self._filter(text), "filter")

    def go_on_with(self, pipeline_id: int, text: str, deal_id: int | None) -> None:
        """Take over where somebody was in the list: the pipeline, the filter, the deal."""
        if pipeline_id != self._pipeline_id:
            self._run(self._go_on_with(pipeline_id, text, deal_id), "switch")
            return
        self.take_filter(text)
        if deal_id is not None:
            self.board.select(deal_id)

    async def _go_on_with(self, pipeline_id: int, text: str, deal_id: int | None) -> None:
        await self._switch(pipeline_id)
        if text:
            await self._filter(text)
        if deal_id is not None:
            self.board.select(deal_id)

    def action_clear_filter(self) -> None:
        """Show all deals again."""
        if not self._filter_text:
            self.tell("No filter is set", "muted")
        self._clear_filter()

    def _clear_filter(self) -> None:
        self._filter_text, self._index = "", None
        if self._filtered is not None:
            self._filtered = None
            self._take(self._view)
            self._run(self.reload(), "reload")

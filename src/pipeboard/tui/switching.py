"""Going to another pipeline, with the same keys on every screen that shows one."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeboard.domain.board import Overview
    from pipeboard.tui.app import PipeboardApp


class Switching:
    """Asks for another pipeline; mixed into a screen, which knows how to show it."""

    if TYPE_CHECKING:
        overview: Overview

        @property
        def app(self) -> "PipeboardApp": ...

        def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None: ...

        def _run(self, work: Coroutine[Any, Any, None], group: str) -> None: ...

    async def _switch(self, pipeline_id: int) -> None:
        """Show another pipeline."""
        raise NotImplementedError

    def action_neighbour(self, step: int) -> None:
        """The next or previous pipeline."""
        ids = [pipeline.id for pipeline in self.overview.pipelines]
        place = ids.index(self.overview.pipeline.id) + step
        if len(ids) > 1:
            self._run(self._switch(ids[place % len(ids)]), "switch")
        else:
            self.tell("There is one pipeline only", "muted")

    def action_pick_pipeline(self) -> None:
        """Choose the pipeline."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [Choice(p.id, p.name, "", str(n) if n <= 9 else "") for n, p in enumerate(self.overview.pipelines, 1)]

        def answered(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self._run(self._switch(choice.value), "switch")

        self.app.ask(Choose("Pipeline", choices, placeholder="pipeline"), answered)

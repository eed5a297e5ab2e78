"""The tour: five things to do, one after the other, on the board that is there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.domain.events import Outcome
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.widgets.tour_panel import TourPanel


class Touring:
    """Mixed into the board: begins and ends the tour, and notices what was done."""

    _tour: "TourPanel | None" = None

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    def action_tour(self) -> None:
        """Begin the tour, or begin it again."""
        from pipeboard.tui.bindings import first_key
        from pipeboard.tui.tour_steps import STEPS
        from pipeboard.tui.widgets.tour_panel import TourPanel

        self.leave_tour()
        actions = self.app.actions
        self._tour = TourPanel(STEPS, lambda name: first_key(actions, name), glyphs=self.app.glyphs, id="tour")
        self.mount(self._tour, before="#foot")  # type: ignore[attr-defined]

    def notice(self, happened: str) -> None:
        """Go on when what happened is what the tour waits for."""
        if self._tour is not None:
            self._tour.notice(happened)

    def notice_outcome(self, outcome: "Outcome") -> None:
        """The same for what a command did; what an undo did teaches nothing new."""
        if self._tour is not None and not outcome.label.startswith(("Undid", "Redid")):
            for event in outcome.events:
                self._tour.notice(type(event).__name__)

    def leave_tour(self) -> bool:
        """End the tour; whether there was one."""
        panel, self._tour = self._tour, None
        if panel is None:
            return False
        panel.remove()
        return True

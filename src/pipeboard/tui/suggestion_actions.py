"""What can be done with a suggested task on the agenda: taken, or hidden."""

from datetime import date
from typing import TYPE_CHECKING, Any

from pipeboard.domain.suggestions import Reason
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.targets import Target

if TYPE_CHECKING:
    from pipeboard.tui.text.agenda_rows import AgendaRow


class SuggestionActions(DealActions):
    """The actions on the suggestion of the row; a part of those of the agenda."""

    def row(self) -> "AgendaRow | None":
        """The row under the cursor."""
        raise NotImplementedError

    def _suggested(self) -> tuple[Target, Reason] | None:
        """The deal and the suggestion of the row; None on another row."""
        row, found = self.row(), self.targets()
        return (found[0], row.reason) if row is not None and row.reason is not None and found else None

    def action_take_suggestion(self) -> None:
        """Plan for today what is suggested; on another row take nothing."""
        from pipeboard.domain.commands import Seen, TakeSuggestion

        suggested = self._suggested()
        if suggested is None:
            self.app.say("Nothing is suggested on this row. t plans a task.", "muted")
            return
        target, reason = suggested
        self._do(TakeSuggestion(Seen(target.id, target.version), reason.kind, self._today()))

    def action_snooze_task(self) -> None:
        """Put the task off; a suggestion is hidden until a day."""
        suggested = self._suggested()
        if suggested is None:
            super().action_snooze_task()
            return
        from pipeboard.tui.snoozing import AT_ONCE, snooze_day, snooze_echo

        options: dict[str, Any] = {"placeholder": "1, 2, 3 or a day", "at_once": AT_ONCE}
        self._line(
            f"Hide “{suggested[1].words}” until",
            snooze_echo(self._now),
            lambda text: self._hide(*suggested, snooze_day(text, self._now())),
            **options,
        )

    def hide_for_good(self) -> bool:
        """Hide the suggestion of the row, if there is one; whether there is."""
        suggested = self._suggested()
        if suggested is not None:
            self._hide(*suggested, None)
        return suggested is not None

    def _hide(self, target: Target, reason: Reason, until: date | None) -> None:
        from pipeboard.domain.commands import HideSuggestion

        self._do(HideSuggestion(target.id, reason.kind, until))

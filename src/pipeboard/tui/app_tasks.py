"""What the application can do about tasks from anywhere: answer a reminder, show the tasks of a deal, begin the day."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


class AppTasks:
    """A part of the application."""

    def action_answer_reminder(self: "PipeboardApp") -> None:  # type: ignore[misc]
        """Complete, put off or open what rang last."""
        from pipeboard.tui.answering import answer_reminder

        answer_reminder(self)

    def open_tasks(self: "PipeboardApp", deal_id: int) -> None:  # type: ignore[misc]
        """Show the tasks of a deal, with a cursor on them."""
        from pipeboard.tui.open_tasks import open_tasks

        open_tasks(self, deal_id)

    def action_focus_next(self: "PipeboardApp") -> None:  # type: ignore[misc]
        """Tab: Textual's own binding of it comes before ours, on screens where it goes to the tasks."""
        here = (action for action in self.actions_here() if action.id == "task.focus")
        if any("tab" in action.keys.split(",") for action in here):
            self.screen.action_focus_tasks()  # type: ignore[attr-defined]
        else:
            self.screen.focus_next()

    def show_start(self: "PipeboardApp") -> None:  # type: ignore[misc]
        """Show the screen that the settings begin with, above the board."""
        if self.settings.start != "board":
            self.action_go(self.settings.start)

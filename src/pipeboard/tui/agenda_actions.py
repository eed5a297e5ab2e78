"""What can be done from the agenda: with the task of the row, and with its deal as on the board."""

from typing import TYPE_CHECKING

from pipeboard.domain.stage import Stage
from pipeboard.services.agenda import AgendaTask
from pipeboard.tui.suggestion_actions import SuggestionActions
from pipeboard.tui.targets import Target, target_of_listed, target_of_task
from pipeboard.tui.text.agenda_rows import AgendaRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeboard.domain.commands import Command, Seen
    from pipeboard.tui.dialogs.choose import Choice


class AgendaActions(SuggestionActions):
    """The actions on tasks, and those on deals for the deal of the row; mixed into the agenda's screen."""

    # -- what the screen provides -----------------------------------------------------------------

    def row(self) -> AgendaRow | None:
        """The row under the cursor."""
        raise NotImplementedError

    def all_stages(self) -> tuple[Stage, ...]:
        """The stages of every pipeline."""
        raise NotImplementedError

    def show_without_task(self, task_id: int) -> None:
        """Take a task off the list before that is on disk; the cursor goes to the row after it."""
        raise NotImplementedError

    # -- what the actions on deals need -----------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The deal of the row. The task that is meant is that of the row, or the deal's next one."""
        row = self.row()
        if row is None:
            return ()
        about = row.about
        return (target_of_task(about) if isinstance(about, AgendaTask) else target_of_listed(about),)

    def stages(self) -> tuple[Stage, ...]:
        """The stages of the pipeline in which the deal of the row stands."""
        row = self.row()
        if row is None:
            return ()
        about = row.about
        pipeline_id = about.pipeline_id if isinstance(about, AgendaTask) else about.row.pipeline_id
        return tuple(stage for stage in self.all_stages() if stage.pipeline_id == pipeline_id)

    def _wanted(self) -> tuple[Target, ...]:
        found = self.targets()
        if not found:
            self.app.say("Nothing is listed here. g b goes to the board.", "muted")
        return found

    def _do(self, command: "Command", show: "Callable[[], None] | None" = None) -> None:
        """Queue a command. A task that leaves its place does so at once, so that the next key means the next one."""
        from pipeboard.domain.commands import CompleteTask, DismissTask, EditTask

        super()._do(command, show)
        is_snooze = isinstance(command, EditTask) and [name for name, _ in command.changes] == ["snoozed_until"]
        if isinstance(command, (CompleteTask, DismissTask)) or (isinstance(command, EditTask) and is_snooze):
            self.show_without_task(command.task.id)

    # -- the task of the row ------------------------------------------------------------------------

    def _row_task(self) -> AgendaTask | None:
        row = self.row()
        return row.task if row is not None else None

    def action_reschedule(self) -> None:
        """Another day, with or without a time, for the task; without a task the deal's close date."""
        from pipeboard.domain.commands import EditTask
        from pipeboard.domain.dates import parse_when
        from pipeboard.tui.echoes import date_echo

        task = self._row_task()
        if task is None:
            self.action_set_field("close")
            return

        def answered(text: str) -> None:
            when = parse_when(text, self._now()) if text.strip() else None
            changes = (("due_on", when.on if when else None), ("due_time", when.at if when else None))
            # Another day takes the place of the one until which it was put off.
            put_off = (("snoozed_until", None),) if task.snoozed_until is not None else ()
            self._do(EditTask(_seen(task), (*changes, *put_off)))

        day = f"{task.due_on}" if task.due_on is not None else ""
        clock = f" {task.due_time:%H:%M}" if task.due_time is not None else ""
        self._line(
            f"“{task.title}” is due",
            date_echo(self._now, is_optional=True),
            answered,
            about=("due", task.id),
            value=day + clock,
            placeholder="fri 15:00",
            is_selected=True,
        )

    def action_assign(self) -> None:
        """Give the task to somebody; without a task the deal."""
        from pipeboard.domain.commands import EditTask
        from pipeboard.tui.dialogs.choose import Choice, Choose

        task = self._row_task()
        if task is None:
            self.action_set_owner()
            return
        owners = self.app.owners()
        choices = [
            Choice(o.id, o.name, "now" if o.id == task.assignee_id else "", str(n) if n <= 9 else "")
            for n, o in enumerate(owners, 1)
        ]
        choices.append(Choice(None, "nobody", "", "0"))

        def answered(choice: "Choice | None") -> None:
            if choice is not None:
                self._do(EditTask(_seen(task), (("assignee_id", choice.value),)))

        self._ask(Choose(f"Who does “{task.title}”?", choices, placeholder="owner"), answered)

    def action_rename(self) -> None:
        """Other words for the task; without a task a field of the deal."""
        from pipeboard.domain.commands import EditTask
        from pipeboard.tui.echoes import any_text

        task = self._row_task()
        if task is None:
            self.action_edit_deal()
            return
        self._line(
            "Task",
            any_text("What is to be done; d sets the day."),
            lambda text: self._do(EditTask(_seen(task), (("title", text),))),
            about=("title", task.id),
            value=task.title,
        )

    def action_dismiss_task(self) -> None:
        """Drop the task, after asking; without a task the deal is taken off the board."""
        from pipeboard.domain.commands import DismissTask
        from pipeboard.tui.dialogs.confirm import Confirm

        task = self._row_task()
        if task is None:
            if not self.hide_for_good():
                self.action_delete()
            return
        if task.every:
            self._drop_of_series(task)
            return

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self._do(DismissTask(_seen(task)))

        self._ask(
            Confirm(
                f"Drop “{task.title}”?",
                f"It was not done, and leaves the list of {task.deal}; u brings it back.",
                yes="Drop",
                no="Keep",
            ),
            answered,
        )

    def _drop_of_series(self, task: AgendaTask) -> None:
        """Leave one of a series out, or end the series."""
        from pipeboard.domain.commands import DismissTask, EditTask, SkipTask
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [
            Choice("skip", "Skip this one", "it comes again on the next day of its series", "s"),
            Choice("last", "This one is the last", "do it, and the series ends", "l"),
            Choice("drop", "Drop it and end the series", "u brings it back", "d"),
        ]

        def answered(choice: "Choice | None") -> None:
            if choice is None:
                return
            seen = _seen(task)
            if choice.value == "skip":
                self._do(SkipTask(seen))
            else:
                self._do(DismissTask(seen) if choice.value == "drop" else EditTask(seen, (("recurrence", None),)))

        self._ask(Choose(f"“{task.title}” comes again", choices, is_filtered=False), answered)


def _seen(task: AgendaTask) -> "Seen":
    from pipeboard.domain.commands import Seen

    return Seen(task.id, task.version)

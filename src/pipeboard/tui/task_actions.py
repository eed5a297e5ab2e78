"""What can be done with the next tasks of deals: planned, done, put off; and what happened, noted."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from pipeboard.domain.commands import AddTask, Command, Seen
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.dialogs.complete import CompleteAnswer


class TaskActions:
    """The actions on tasks and activities; a part of the actions on deals, which know how to ask and to do."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def _do(self, command: "Command", show: Callable[[], None] | None = None) -> None: ...

        def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None: ...

        def _telling(self, on_done: Callable[[bool], None], work: Callable[[], None]) -> None: ...

        def _line(
            self, title: str, describe: Callable[[str], Any], answer: Callable[[str], None], **options: Any
        ) -> None: ...

        def _now(self) -> datetime: ...

        def _today(self) -> date: ...

    def action_add_task(self) -> None:
        """Plan a next step."""
        from pipeboard.tui.echoes import task_echo

        if found := self._wanted():
            self._line(
                _next_step_of(found)[0],
                task_echo(self._now, [owner.name for owner in self.app.owners()], self._my_place()),
                lambda text: self._plan(found, text),
                placeholder="call Bob fri 15:00 !30m every:2w",
            )

    def _plan(self, found: tuple[Target, ...], text: str) -> None:
        from pipeboard.domain.commands import AddTasks
        from pipeboard.domain.recurrence import rule_text
        from pipeboard.domain.task_line import parse_task_line

        line = parse_task_line(text, self._now())
        assignee = self._owner_id(line.assignee)
        every = rule_text(line.rule) if line.rule else ""
        self._do(AddTasks(_ids(found), *line[:2], line.due_on, line.due_time, assignee, line.remind_minutes, every))

    def _owner_id(self, typed: str | None) -> int | None:
        """The person that is meant; None when nobody is named."""
        from pipeboard.domain.names import match_name

        owners = self.app.owners()
        names = [owner.name for owner in owners]
        return owners[match_name(typed, names, "owner", me=self._my_place())].id if typed else None

    def _my_place(self) -> int | None:
        """Who is meant by "@me", as a place among the owners."""
        from pipeboard.domain.names import place_of

        return place_of(self.app.owners(), self.app.workspace.me)

    def action_focus_tasks(self) -> None:
        """Go to the tasks of the deal, the first one where several are marked."""
        if found := self._wanted():
            self.app.open_tasks(found[0].id)

    def action_complete_task(self) -> None:
        """Tick the next task of each deal off, and plan what follows."""
        tasks = self._next_tasks(found := self._wanted())
        if tasks:
            self.app.run_question(self._complete(found, tasks))

    async def _complete(self, found: tuple[Target, ...], tasks: "tuple[Seen, ...]") -> None:
        """Ask for what comes next. A task that comes again has its next one already: it is done at once."""
        from pipeboard.domain.commands import CompleteTask, CompleteTasks
        from pipeboard.domain.next_steps import suggested_steps
        from pipeboard.tui.dialogs.complete import CompleteAnswer, CompleteDialog

        kind, title, stage = "todo", "", ""
        if len(tasks) == 1:
            (one,) = (target for target in found if target.task_id == tasks[0].id)
            workspace = self.app.workspace
            detail = await self.app.read("completing", lambda: workspace.deals.detail(one.id))
            task = next((task for task in detail.tasks if task.id == one.task_id), None)
            if task is not None and task.comes_again(self._today()) and detail.is_live:
                self._do(CompleteTask(tasks[0]))
                return
            kind, title, stage = (task.kind if task else kind), one.task_title, detail.stage

        def answered(answer: CompleteAnswer | None) -> None:
            if answer is None:
                return

            def done(is_done: bool) -> None:
                # The task may be gone by now: what was to follow it can still be planned for the deal.
                if not is_done and answer.typed:
                    self.app.unsent[_next_step_of(found)] = answer.typed
                    self.app.say("Not done. The next step you typed is kept: t goes on with it", "overdue")

            def work() -> None:
                step = self._step(answer)
                self._do(CompleteTask(tasks[0], step) if len(tasks) == 1 else CompleteTasks(tasks, step))

            self._telling(done, work)

        dialog = CompleteDialog(
            _task_words(found),
            suggested_steps(kind, title, stage),
            today=self._today(),
            now_local=self._now(),
            owners=[owner.name for owner in self.app.owners()],
            me=self._my_place(),
        )
        self._ask(dialog, answered)

    def _step(self, answer: "CompleteAnswer") -> "AddTask | None":
        """The next step that was answered with."""
        from pipeboard.domain.commands import AddTask
        from pipeboard.domain.recurrence import rule_text

        line = answer.line
        if line is None:
            return None
        who = self._owner_id(line.assignee)
        every = rule_text(line.rule) if line.rule else ""
        return AddTask(0, line.title, line.kind, line.due_on, line.due_time, who, line.remind_minutes, every)

    def _next_tasks(self, found: tuple[Target, ...]) -> "tuple[Seen, ...]":
        """The next task of each deal that has one; says so when none has."""
        from pipeboard.domain.commands import Seen

        tasks = tuple(Seen(t.task_id) for t in found if t.task_id is not None)
        if found and not tasks:
            has = "has" if len(found) == 1 else "have"
            self.app.say(f"{named(found)} {has} no open task; t plans one.", "muted")
        return tasks

    def action_snooze_task(self) -> None:
        """Put the next task of each deal off."""
        from pipeboard.domain.commands import EditTask, EditTasks
        from pipeboard.tui.snoozing import AT_ONCE, snooze_day, snooze_echo

        tasks = self._next_tasks(found := self._wanted())
        if not tasks:
            return

        def answered(text: str) -> None:
            changes = (("snoozed_until", snooze_day(text, self._now())),)
            self._do(EditTask(tasks[0], changes) if len(tasks) == 1 else EditTasks(tasks, changes))

        what = f"“{_task_words(found)}”" if len(found) == 1 else _task_words(found)
        self._line(
            f"Snooze {what} until",
            snooze_echo(self._now),
            answered,
            placeholder="1, 2, 3 or a day",
            at_once=AT_ONCE,
        )


def _next_step_of(found: tuple[Target, ...]) -> tuple[str, *tuple[int, ...]]:
    """What is asked when a next step is planned for deals, and for which: its line is kept under that."""
    return (f"Next step for {named(found)}", *_ids(found))


def _ids(found: tuple[Target, ...]) -> tuple[int, ...]:
    return tuple(target.id for target in found)


def _task_words(found: tuple[Target, ...]) -> str:
    """How a question speaks of the next tasks of these deals, and of those that have none."""
    if len(found) == 1:
        return found[0].task_title
    count = sum(target.task_id is not None for target in found)
    tasks = f"{count} task{'' if count == 1 else 's'}"
    return tasks if count == len(found) else f"{tasks} of {len(found)} deals"

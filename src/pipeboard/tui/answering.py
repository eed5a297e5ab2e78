"""Answering a reminder from wherever one is: done, put off, or the deal opened."""

from typing import TYPE_CHECKING

from pipeboard.domain.stage import Stage
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.targets import Target, target_of_task

if TYPE_CHECKING:
    from pipeboard.services.agenda import AgendaTask, Ring
    from pipeboard.tui.app import PipeboardApp


class OneTask(DealActions):
    """The actions on one task, whatever screen is on show."""

    def __init__(self, app: "PipeboardApp", task: "AgendaTask") -> None:
        self._app = app
        self._task = task

    @property
    def app(self) -> "PipeboardApp":
        """The application."""
        return self._app

    def targets(self) -> tuple[Target, ...]:
        return (target_of_task(self._task),)

    def stages(self) -> tuple[Stage, ...]:
        return ()

    def snooze(self, typed: str) -> None:
        """Put it off until a day: 1 tomorrow, 2 Monday, 3 in a week."""
        from pipeboard.domain.commands import EditTask, Seen
        from pipeboard.tui.snoozing import snooze_day

        until = snooze_day(typed, self._now())
        self._do(EditTask(Seen(self._task.id, self._task.version), (("snoozed_until", until),)))


def answer_reminder(app: "PipeboardApp") -> None:
    """Ask what to do with what rang last."""
    rings = app.reminders.latest if app.reminders is not None else ()
    waiting = [ring for ring in rings if ring.task is not None]
    if not waiting:
        app.say("Nothing has rung. g t opens the agenda.", "muted")
    elif len(waiting) == 1:
        _ask_what(app, waiting[0])
    else:
        choices = [
            Choice(ring, ring.title, ring.deal, str(n) if n <= 9 else "") for n, ring in enumerate(reversed(waiting), 1)
        ]

        def picked(choice: Choice | None) -> None:
            if choice is not None:
                _ask_what(app, choice.value)  # type: ignore[arg-type]

        app.ask(Choose("It is time", choices, placeholder="task"), picked)


def _ask_what(app: "PipeboardApp", ring: "Ring") -> None:
    task = ring.task
    assert task is not None
    one = OneTask(app, task)
    choices = [
        Choice("done", "Done", "and what comes next", "c"),
        Choice("1", "Put off until tomorrow", "", "1"),
        Choice("2", "Put off until Monday", "", "2"),
        Choice("3", "Put off for a week", "", "3"),
        Choice("day", "Put off until another day", "", "s"),
        Choice("open", "Open the deal", task.deal, "o"),
    ]

    def picked(choice: Choice | None) -> None:
        if choice is None:
            return
        what = str(choice.value)
        _forget(app, ring)
        if what == "done":
            one.action_complete_task()
        elif what == "day":
            one.action_snooze_task()
        elif what == "open":
            app.open_deal(task.deal_id, lambda _deal, _step: None, lambda _: None)
        else:
            one.snooze(what)

    app.ask(Choose(f"{task.title}: {task.deal}", choices, is_filtered=False), picked)


def _forget(app: "PipeboardApp", ring: "Ring") -> None:
    """It is answered: the next one is asked about."""
    if app.reminders is not None:
        app.reminders.latest = tuple(one for one in app.reminders.latest if one is not ring)
    app.clear_notifications()

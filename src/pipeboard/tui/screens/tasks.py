"""The tasks of one deal with a cursor on them, beside what is on show: every action on tasks works here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.errors import NotFound
from pipeboard.domain.stage import Stage
from pipeboard.services.agenda import AgendaTask
from pipeboard.tui.actions import TASKS
from pipeboard.tui.agenda_actions import AgendaActions
from pipeboard.tui.bindings import first_key, first_keys
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.targets import Target, target_of_detail
from pipeboard.tui.text.agenda_rows import About, AgendaRow, AgendaTerms, without
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.safe import safe
from pipeboard.tui.text.task_groups import moved, same_day, task_groups
from pipeboard.tui.widgets.agenda_list import AgendaList
from pipeboard.tui.widgets.foot_bar import FootBar

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.tui.app import PipeboardApp

_HINTS = (
    ("task.complete", "done", 1),
    ("task.snooze", "snooze", 2),
    ("agenda.reschedule", "day", 3),
    ("agenda.assign", "who", 5),
    ("task.add", "new", 4),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)


class TasksScreen(AgendaActions, ModalScreen[None]):
    """Late, today, next, without a day, done. What is done here is shown at once and taken back by `u`."""

    CONTEXT = TASKS
    CSS_PATH = "tasks.tcss"
    AUTO_FOCUS = "#tasks"

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, deal_id: int) -> None:
        super().__init__()
        self._deal_id = deal_id
        self._detail: DealDetail | None = None
        self._deal_stages: tuple[Stage, ...] = ()
        self._gone: set[int] = set()

    def compose(self) -> ComposeResult:
        """The deal, its tasks, the keys."""
        with Vertical(id="panel"):
            yield Static("", id="heading")
            yield AgendaList(glyphs=self.app.glyphs, id="tasks")
            yield FootBar(glyphs=self.app.glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(TASKS))])
        self.styles.background = "transparent"
        self.tell("")
        self.app.run_guarded(self.reload(), "tasks", on=self)

    @property
    def listing(self) -> AgendaList:
        """The rows."""
        return self.query_one(AgendaList)

    # -- reading ----------------------------------------------------------------------------------

    async def reload(self) -> None:
        """Read the deal again."""
        app, deal_id = self.app, self._deal_id
        generation = app.runner.generation
        try:
            detail = await app.read("tasks", lambda: app.workspace.deals.detail(deal_id))
            self._deal_stages = await app.read("tasks-stages", lambda: app.workspace.deals.stages(detail.pipeline_id))
        except Superseded:
            return
        except NotFound:
            self.dismiss(None)
            return
        if app.runner.pending_writes or app.runner.generation != generation:
            return
        self._detail = detail
        self._gone.clear()
        self._show_rows()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()
        self.app.run_guarded(self.reload(), "tasks", on=self)

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        label = message.outcome.label
        if message.outcome.action_id is not None:
            self.tell(label, "won", is_undoable=not label.startswith("Undid"))

    def _terms(self) -> AgendaTerms:
        return AgendaTerms(self.app.local_now(), self.app.workspace.info.currency)

    def _show_rows(self) -> None:
        if self._detail is None:
            return
        self.query_one("#heading", Static).update(safe(f"Tasks of {self._detail.title}"))
        groups = without(task_groups(self._detail, self._terms()), self._is_gone)
        new = first_key(self.app.actions, "task.add")
        self.listing.show(groups, words="No next step.", hints=[(new, "plans one")])

    def _is_gone(self, about: About) -> bool:
        return isinstance(about, AgendaTask) and about.id in self._gone

    # -- telling ----------------------------------------------------------------------------------

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        actions = self.app.actions
        keys = [KeyHint(first_key(actions, action_id), label, priority) for action_id, label, priority in _HINTS]
        keys.insert(4, KeyHint(first_keys(actions, "task.lower", "task.raise"), "order", 6))
        undo = KeyHint(first_key(actions, "history.undo"), "undo") if is_undoable else None
        self.query_one(FootBar).show(FootLine(words, tone, undo, tuple(hint for hint in keys if hint.key)))

    # -- what the actions need ----------------------------------------------------------------------

    def row(self) -> AgendaRow | None:
        row = self.listing.selected
        return row if row is not None and row.sign != "done" else None

    def targets(self) -> tuple[Target, ...]:
        found = super().targets()
        if found or self._detail is None:
            return found
        return (target_of_detail(self._detail)._replace(task_id=None, task_title=""),)

    def stages(self) -> tuple[Stage, ...]:
        return self._deal_stages

    def show_without_task(self, task_id: int) -> None:
        self._gone.add(task_id)
        self._show_rows()

    def _do(self, command: "Command", show: "Callable[[], None] | None" = None) -> None:
        from pipeboard.domain.commands import EditTask

        super()._do(command, show)
        if isinstance(command, EditTask) and command.task.id in self._gone:
            self._gone.discard(command.task.id)  # put off it stays in the list of its deal
            self._show_rows()

    # -- order --------------------------------------------------------------------------------------

    def action_order_task(self, step: int) -> None:
        """Move the task down or up among those of its day."""
        from pipeboard.domain.commands import OrderTasks

        row = self.row()
        if row is None or self._detail is None:
            return
        ids = same_day(self._detail, row.key.id, self._terms())
        order = moved(ids, row.key.id, step)
        if list(order) == ids:
            self.tell("Tasks of one day have an order; d sets another day", "muted")
        else:
            self._do(OrderTasks(order))

    # -- moving about -------------------------------------------------------------------------------

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down."""
        self.listing.move(dy)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        self.listing.page(step)

    def action_first(self) -> None:
        """Go to the first task."""
        self.listing.edge(-1)

    def action_last(self) -> None:
        """Go to the last task."""
        self.listing.edge(1)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

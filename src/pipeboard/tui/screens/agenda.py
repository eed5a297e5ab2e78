"""The agenda: the day's work of all deals, done from one list."""

from datetime import date
from typing import Any

from pipeboard.services.agenda import Agenda, AgendaTask
from pipeboard.tui.actions import AGENDA
from pipeboard.tui.agenda_arranging import AgendaArranging
from pipeboard.tui.filter_menu import FilterMenu
from pipeboard.tui.text.agenda_rows import About, AgendaGroup, AgendaTerms
from pipeboard.tui.text.bars import KeyHint, TopLine

MOST_DEALS = 500
"""Deals read for each of the groups of deals; how many there are is told all the same."""

_MINUTE = 60.0


class AgendaScreen(AgendaArranging, FilterMenu):
    """Tasks by the day they ask for attention, then deals that nobody has planned anything for."""

    CONTEXT = AGENDA
    PLACE = "Agenda"
    HINTS = (
        ("task.complete", "done", 1),
        ("task.snooze", "snooze", 2),
        ("agenda.reschedule", "reschedule", 3),
        ("agenda.assign", "reassign", 5),
        ("task.add", "new", 3),
        ("agenda.arrange", "day, week", 7),
        ("activity.log", "log", 4),
        ("deal.open", "deal", 4),
        ("go.to", "go", 6),
        ("app.help", "help", 0),
        ("app.back", "back", 0),
    )

    def __init__(self) -> None:
        super().__init__()
        self._agenda: Agenda | None = None
        self._day: date | None = None
        self._gone: set[int] = set()

    def on_mount(self) -> None:
        self.set_interval(_MINUTE, self._minute_passed)

    # -- what is listed -------------------------------------------------------------------------------

    async def read(self, owner_id: int | None) -> None:
        settings, reads = self.app.settings, self.app.workspace.agenda
        wanted: dict[str, Any] = {
            "owner_id": owner_id,
            "kinds": settings.suggestions,
            "silent_days": settings.silent_days,
        }
        self._agenda = await self.read_beside("tasks", lambda: reads.agenda(MOST_DEALS, **wanted))

    def groups(self, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
        self._day = terms.today
        return self._arranged(self._agenda, terms) if self._agenda is not None else ()

    def fitted(self, groups: tuple[AgendaGroup, ...]) -> tuple[AgendaGroup, ...]:
        return groups

    def hides(self) -> bool:
        return super().hides() or bool(self._gone)

    def is_gone(self, about: About) -> bool:
        return super().is_gone(about) or (isinstance(about, AgendaTask) and about.id in self._gone)

    def _minute_passed(self) -> None:
        """What the rows say of the time of day goes on; a new day is another agenda."""
        if self._day is not None and self.app.local_now().date() != self._day:
            self._run(self.reload(), "reload")
        else:
            self.show_rows()

    def take_back_hidden(self) -> None:
        super().take_back_hidden()
        self._gone.clear()

    def show_without_task(self, task_id: int) -> None:
        self._gone.add(task_id)
        self.show_rows()

    # -- what is said of it ---------------------------------------------------------------------------

    def empty(self, *, is_filtered: bool) -> tuple[str, list[tuple[str, str]]]:
        if is_filtered:
            return super().empty(is_filtered=True)
        board = (f"{self._key('go.to')} b", f"the board: {self._key('task.add')} there plans a task for a deal")
        if self._is_mine:
            return "Nothing waits for you.", [(self._key("agenda.mine"), "shows the work of everybody"), board]
        return "Nothing is to be done, and no deal is without a next step.", [board]

    def summary(self) -> str:
        return self._span()

    def headline(self) -> TopLine:
        line = super().headline()
        if (value := self._agenda) is None:
            return line
        late, due = (sum(task.id not in self._gone for task in tasks) for tasks in (value.overdue, value.today))
        return line._replace(overdue=late, due_today=due, unplanned=value.unplanned_count)

    def hints(self) -> list[KeyHint]:
        """On a suggestion the key that takes it comes first."""
        found, row = super().hints(), self.row()
        if row is not None and row.reason is not None:
            found.insert(0, KeyHint(self._key("agenda.take"), row.reason.proposed.title.lower(), 0))
        return found

"""How the agenda is arranged: as a list, a day or a week; and whose work it shows."""

from datetime import date, timedelta

from pipeboard.services.agenda import Agenda, Load
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.grouped_deals import GroupedDeals
from pipeboard.tui.text.agenda_days import AgendaView, arranged, span_words
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaTerms

_WORDS = {AgendaView.LIST: "The whole agenda", AgendaView.DAY: "One day", AgendaView.WEEK: "One week"}


class AgendaArranging(GroupedDeals):
    """The arrangement and the person; the agenda's screen reads."""

    _agenda: Agenda | None = None
    _view = AgendaView.LIST
    _shown_on: date | None = None
    _done_since: date | None = None

    def first_day(self) -> date:
        """The first day on show, or the Monday of the present week: from then on what was done is read."""
        today = self.app.local_now().date()
        shown = self._shown_on or today
        first = shown - timedelta(shown.weekday()) if self._view is AgendaView.WEEK else shown
        return min(first, today - timedelta(today.weekday()))

    def _arranged(self, value: Agenda, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
        """The groups of the present arrangement."""
        return arranged(value, terms, self._view, self._shown_on or terms.today)

    def _span(self) -> str:
        """Which day or week is on show."""
        today = self.app.local_now().date()
        return span_words(self._view, self._shown_on or today, today)

    def who(self) -> str:
        """Whose work is listed."""
        owners = self.app.owners()
        wanted = self._whose if len(owners) > 1 else self.app.workspace.me
        return next((owner.name for owner in owners if owner.id == wanted), "everybody")

    @property
    def _is_mine(self) -> bool:
        return self._whose is not None and self._whose == self.app.workspace.me

    def action_arrange(self) -> None:
        """As a list, then one day, then one week."""
        self._view, self._shown_on = self._view.following, None
        self.tell(_WORDS[self._view], "accent")
        self.show_rows()

    def action_group(self, step: int) -> None:
        """Go to the next or previous group; in a day or week to the next or previous one."""
        if self._view is AgendaView.LIST:
            super().action_group(step)
            return
        days = 7 if self._view is AgendaView.WEEK else 1
        self._shown_on = (self._shown_on or self.app.local_now().date()) + timedelta(days * step)
        self.show_rows()
        self.listing.edge(-1)
        if self._done_since is not None and self.first_day() < self._done_since:
            self._run(self.reload(), "reload")

    def action_only_mine(self) -> None:
        """Mine, or that of everybody."""
        self._show_work_of(None if self._is_mine else self.app.workspace.me)

    def action_whose(self) -> None:
        """Choose whose work is listed, with how much waits for each."""
        loads = self._agenda.workload if self._agenda is not None else ()
        known = {load.owner_id: load for load in loads}
        people = [(owner.id, owner.name) for owner in self.app.owners()]
        choices = [Choice(None, "everybody", load_words(loads), "0")]
        choices += [
            Choice(owner_id, name, load_words([known[owner_id]] if owner_id in known else []), str(n) if n <= 9 else "")
            for n, (owner_id, name) in enumerate(people, 1)
        ]
        if None in known:
            choices.append(Choice(-1, "nobody", load_words([known[None]])))

        def answered(choice: Choice | None) -> None:
            if choice is not None and choice.value != -1:
                self._show_work_of(choice.value if isinstance(choice.value, int) else None)

        self.app.ask(Choose("Whose work", choices, placeholder="person"), answered)

    def _show_work_of(self, owner_id: int | None) -> None:
        self._whose = owner_id
        self.tell("Only what is yours" if self._is_mine else f"The work of {self.who()}", "accent")
        self._run(self.reload(), "reload")


def load_words(loads: "tuple[Load, ...] | list[Load]") -> str:
    """How much waits: "3 late, 2 today, 5 this week, 14 open"."""
    late, today, week, every = (sum(getattr(one, name) for one in loads) for name in Load._fields[2:])
    if not every:
        return "nothing waits"
    parts = [(late, "late"), (today, "today"), (week, "this week"), (every, "open")]
    return ", ".join(f"{count:,} {word}" for count, word in parts if count)

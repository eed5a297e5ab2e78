"""What can be done with the timeline of the deal on show: narrow it, mend and take away own entries."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeboard.domain.task import TimelineEntry
from pipeboard.domain.timeline import ALL, KINDS, kind_of_entry
from pipeboard.tui.deal_actions import DealActions
from pipeboard.tui.log_actions import instant_of_line
from pipeboard.tui.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from pipeboard.domain.activity_line import ActivityLine
    from pipeboard.domain.detail import DealDetail
    from pipeboard.tui.dialogs.choose import Choice

_KEYS = {ALL: "a", "call": "c", "email": "m", "meeting": "v", "note": "n", "task": "t", "change": "e", "move": "s"}


class TimelineActions(DealActions):
    """The actions on the timeline; mixed into the deal's screen."""

    if TYPE_CHECKING:
        detail: "DealDetail | None"

    def panes(self) -> tuple[SidePane, ...]:
        """The panes that show the deal."""
        raise NotImplementedError

    def action_filter_timeline(self) -> None:
        """Choose the kind of entries to show."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        if self.detail is None:
            return
        counts = dict.fromkeys(KINDS, 0)
        for entry in self.detail.timeline:
            counts[ALL] += 1
            counts[kind_of_entry(entry)] += 1
        choices = [Choice(kind, name, f"{counts[kind]:,}", _KEYS[kind]) for kind, name in KINDS.items()]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                for pane in self.panes():
                    pane.show_kind(str(choice.value))

        self._ask(Choose("Show of the timeline", choices, is_filtered=False), answered)

    def action_edit_activity(self) -> None:
        """Choose an own entry and change its line."""
        self._choose_own("Change which entry?", self._edit_entry)

    def action_delete_activity(self) -> None:
        """Choose an own entry and take it away."""
        from pipeboard.domain.commands import DeleteActivity, Seen

        def delete(entry: TimelineEntry) -> None:
            if entry.activity_id is not None:
                self._do(DeleteActivity(Seen(entry.activity_id, entry.version)))

        self._choose_own("Delete which entry?", delete)

    def _choose_own(self, title: str, act: Callable[[TimelineEntry], None]) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        me, zone = self.app.workspace.me, self.app.workspace.zone
        own = [e for e in (self.detail.timeline if self.detail else ()) if not e.is_change and e.actor_id in (None, me)]
        if not own:
            self.app.say("You have logged nothing here that could be changed; a logs something", "muted")
            return
        choices = [
            Choice(place, f"{e.at.astimezone(zone):%d %b %H:%M}  {_summary(e)}", e.outcome or "")
            for place, e in enumerate(own)
        ]

        def answered(choice: "Choice | None") -> None:
            if choice is not None and isinstance(choice.value, int):
                act(own[choice.value])

        self._ask(Choose(title, choices, placeholder="a few of its words"), answered)

    def _edit_entry(self, entry: TimelineEntry) -> None:
        from pipeboard.domain.activity_line import write_activity_line

        before = self._line_of(entry)
        text = write_activity_line(before)
        if "\n" in text:
            self.app.run_question(self._edit_in_editor(entry, text))
            return
        from pipeboard.tui.echoes import activity_echo

        self._line(
            "Change the entry",
            activity_echo(self._now),
            lambda changed: self._save(entry, changed),
            about=("entry", entry.activity_id),
            value=text,
        )

    async def _edit_in_editor(self, entry: TimelineEntry, text: str) -> None:
        from pipeboard.tui.editor import draft_of, edited, forget

        app = self.app
        draft = draft_of(str(app.workspace.target), entry.activity_id or 0, "entry-")
        written = edited(app, draft, text)
        if written is None:
            return

        def done(is_done: bool) -> None:
            if is_done:
                forget(draft, written)
            else:
                app.say("Not saved. What you wrote is kept: A goes on with it", "overdue")

        self._telling(done, lambda: self._save(entry, written))

    def _line_of(self, entry: TimelineEntry) -> "ActivityLine":
        """An entry as the line that would log it."""
        from pipeboard.domain.activity_line import ActivityLine
        from pipeboard.domain.dates import When

        local = entry.at.astimezone(self.app.workspace.zone)
        when = When(local.date(), local.time().replace(second=0, microsecond=0))
        return ActivityLine(entry.kind, entry.direction, entry.outcome, entry.text, when)

    def _save(self, entry: TimelineEntry, text: str) -> None:
        from pipeboard.domain.activity_line import parse_activity_line
        from pipeboard.domain.commands import EditActivity, Seen
        from pipeboard.domain.errors import InvalidInput

        line = parse_activity_line(text, self._now())
        if line.problem:
            raise InvalidInput(line.problem)
        changes: dict[str, object] = {
            "kind": line.kind,
            "direction": line.direction,
            "outcome": line.outcome,
            "body": line.body,
        }
        # The line knows minutes; an entry whose minute stays keeps its seconds.
        if line.when is not None and line.when != self._line_of(entry).when:
            changes["at"] = instant_of_line(line, self._now()) or entry.at
        if entry.activity_id is not None:
            self._do(EditActivity(Seen(entry.activity_id, entry.version), tuple(changes.items())))


def _summary(entry: TimelineEntry) -> str:
    """An entry in a few words."""
    return f"{entry.kind}: {entry.text.partition(chr(10))[0]}" if entry.text else entry.kind

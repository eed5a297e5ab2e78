"""Noting what happened with deals: in one line, from a template, or in the editor."""

from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from pipeboard.domain.activity_line import ActivityLine
    from pipeboard.domain.commands import Command
    from pipeboard.tui.app import PipeboardApp


class LogActions:
    """The actions that log; a part of the actions on deals, which know how to ask and to do."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def _do(self, command: "Command", show: Callable[[], None] | None = None) -> None: ...

        def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None: ...

        def _line(
            self, title: str, describe: Callable[[str], Any], answer: Callable[[str], None], **options: Any
        ) -> None: ...

        def _telling(self, on_done: Callable[[bool], None], work: Callable[[], None]) -> None: ...

        def _now(self) -> datetime: ...

    def action_log_activity(self) -> None:
        """Note what happened."""
        if found := self._wanted():
            self._ask_log(found)

    def _ask_log(self, found: tuple[Target, ...], typed: str = "") -> None:
        """Ask for the line; keys lead to the templates and to the editor."""
        from pipeboard.tui.dialogs.ask_line import LineKey
        from pipeboard.tui.echoes import activity_echo
        from pipeboard.tui.text.bars import KeyHint

        keys = [LineKey("ctrl+o", KeyHint("Ctrl+O", "editor", 4), lambda text: self._open_editor(found, text))]
        if self.app.settings.templates:
            keys.append(
                LineKey("ctrl+t", KeyHint("Ctrl+T", "template", 4), lambda text: self._pick_template(found, text))
            )
        self._line(
            f"What happened with {named(found)}",
            activity_echo(self._now),
            lambda text: self._log(found, text),
            about="log",
            placeholder="call: they compare us with Initrode",
            value=typed,
            line_keys=keys,
        )

    def _log(self, found: tuple[Target, ...], text: str) -> None:
        """Log a text with the deals."""
        from pipeboard.domain.activity_line import parse_activity_line
        from pipeboard.domain.commands import LogActivities
        from pipeboard.domain.errors import InvalidInput

        line = parse_activity_line(text, self._now())
        if line.problem:
            raise InvalidInput(line.problem)
        ids = tuple(target.id for target in found)
        at = instant_of_line(line, self._now())
        self._do(LogActivities(ids, line.body, line.kind, line.direction, line.outcome, at))

    def _pick_template(self, found: tuple[Target, ...], typed: str) -> None:
        """Choose a template; one of a single line goes into the line, a longer one into the editor."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        templates = self.app.settings.templates
        choices = [Choice(name, name, text.strip().partition("\n")[0][:40]) for name, text in templates.items()]

        def answered(choice: Choice | None) -> None:
            if choice is None:
                self._ask_log(found, typed)
                return
            text = " ".join(filter(None, (typed, templates[str(choice.value)].strip("\n"))))
            if "\n" in text:
                self._open_editor(found, text)
            else:
                self._ask_log(found, text)

        self._ask(Choose("Template", choices, placeholder="template"), answered)

    def _open_editor(self, found: tuple[Target, ...], text: str) -> None:
        self.app.run_question(self._log_in_editor(found, text))

    async def _log_in_editor(self, found: tuple[Target, ...], text: str) -> None:
        """Write the activity in the editor; its first line begins with what it was, as in the line."""
        from pipeboard.tui.editor import draft_of, edited, forget

        app = self.app
        draft = draft_of(str(app.workspace.target), found[0].id, "log-")
        written = edited(app, draft, text)
        if written is None or not written.strip():
            app.say("Nothing was logged", "muted")
            return

        def done(is_done: bool) -> None:
            if is_done:
                forget(draft, written)
            else:
                app.say("Not logged. What you wrote is kept: a, then Ctrl+O, goes on with it", "overdue")

        self._telling(done, lambda: self._log(found, written))


def instant_of_line(line: "ActivityLine", now: datetime) -> datetime | None:
    """When it happened, None for just now; a day without a time is its noon, but never later than now."""
    from pipeboard.domain.dates import instant_of

    if line.when is None or now.tzinfo is None:
        return None
    at = instant_of(line.when, now.tzinfo, default=time(12))
    return min(at, now) if line.when.at is None else at

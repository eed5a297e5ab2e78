"""A task is done: what comes next? Or any other line that makes a task."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.names import match_name
from pipeboard.domain.task_line import TaskLine, describe_task_line, parse_task_line
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList, with_keys
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.dialogs.echo import Echo, EchoLines, EchoPart, problem, told
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.text.bars import KeyHint

_NO_TITLE = "Say what is to be done, for example: call Bob fri 15:00."
_TONES = {"title": "strong", "due": "text", "remind": "waiting", "every": "waiting"}


class CompleteAnswer(NamedTuple):
    """The next step as it was understood (None when there is to be none), and as it was typed."""

    line: TaskLine | None
    typed: str = ""


class CompleteDialog(Dialog[CompleteAnswer]):
    """Answers with the next step typed as `call Bob fri 15:00`, and how the done task is followed by none.

    Enter alone takes the first of the suggestions, Esc leaves no next step: the task is done either way, and `u`
    takes it back. While nothing is typed, a digit puts one of the suggestions in the line; the arrows go through
    them. With `owners`, a name after @ has to be one of theirs.
    """

    DEFAULT_CSS = """
    CompleteDialog {
        EchoLines { margin: 0 1; }
        &.-roomy > .panel > LineInput { margin: 1; }
        &.-roomy > .panel > ChoiceList { margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,shift+tab", "suggest(-1)", show=False),
        Binding("down,tab", "suggest(1)", show=False),
    ]
    KEYS = (KeyHint("Enter", "done", 0), KeyHint("Esc", "no next step", 0))

    def __init__(
        self,
        task_title: str,
        suggestions: Sequence[str] = (),
        *,
        today: date,
        now_local: datetime,
        owners: Sequence[str] | None = None,
        me: int | None = None,
    ) -> None:
        super().__init__(f"Done: {task_title}")
        self._owners, self._me = owners, me
        self._suggestions = with_keys([Choice(text, text) for text in suggestions[:9]])
        self._today = today
        self._now = now_local

    def body(self) -> Iterable[Widget]:
        yield LineInput(placeholder="What next? call Bob fri 15:00", before_key=self._suggested_by_key)
        yield EchoLines(least=1, most=3)
        if self._suggestions:
            yield ChoiceList(self._suggestions, cursor=-1, glyphs=self.glyphs)

    def on_mount(self) -> None:
        if self._suggestions:
            choices = self.query_one(ChoiceList)
            choices.styles.height = len(self._suggestions)
            choices.can_focus = False
        self.query_one(LineInput).focus()
        self._describe()

    def action_suggest(self, step: int) -> None:
        """Put the next suggestion in the line, unless something else was typed there."""
        typed = self.query_one(LineInput).value.strip()
        texts = [choice.label.strip() for choice in self._suggestions]
        if not texts or (typed and typed not in texts):
            return
        place = texts.index(typed) + step if typed else (0 if step > 0 else -1)
        self._take(self._suggestions[place % len(texts)])

    @property
    def _line(self) -> TaskLine:
        """What the typed line means."""
        return parse_task_line(self.query_one(LineInput).value, self._now)

    @on(Input.Changed)
    def _text_changed(self) -> None:
        self._describe()

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        line = self._line
        if wrong := self._wrong_name():
            self.query_one(EchoLines).show(problem(wrong, "overdue"))
        elif line.title:
            self.dismiss(CompleteAnswer(line, self.query_one(LineInput).value.strip()))
        elif self.query_one(LineInput).value.strip():
            self.query_one(EchoLines).show(problem(_NO_TITLE, "overdue"))
        else:
            self.dismiss(CompleteAnswer(self._first))

    @property
    def _first(self) -> TaskLine | None:
        """The suggestion that Enter alone takes."""
        return parse_task_line(str(self._suggestions[0].value), self._now) if self._suggestions else None

    def action_cancel(self) -> None:
        """Empty the line; when it is empty, the task is done and nothing is planned after it."""
        if self.query_one(LineInput).value.strip():
            self.query_one(LineInput).value = ""
        else:
            self.dismiss(CompleteAnswer(None))

    @on(ChoiceList.Picked)
    def _suggestion_clicked(self, message: ChoiceList.Picked) -> None:
        self._take(message.choice)

    def _suggested_by_key(self, event: events.Key) -> bool:
        """Take a suggestion by its digit while nothing is typed."""
        if self.query_one(LineInput).value or not self._suggestions:
            return False
        choice = self.query_one(ChoiceList).choice_of(event)
        if choice is None or not choice.key.isdecimal():
            return False
        self._take(choice)
        return True

    def _take(self, choice: Choice) -> None:
        """Put a suggestion in the line, ready for a day to be typed after it."""
        line = self.query_one(LineInput)
        line.value = f"{choice.value} "
        line.cursor_position = len(line.value)
        line.focus()
        self.query_one(ChoiceList).stand_on(choice)

    def _describe(self) -> None:
        """Tell the typed line back."""
        self.query_one(EchoLines).show(self._echo())

    def _echo(self) -> Echo:
        """What the typed line means, in words."""
        if not self.query_one(LineInput).value.strip():
            first = self._first
            if first is None:
                return told("Enter leaves no next step.")
            taken = ", ".join(words for kind, words in describe_task_line(first, self._today) if kind != "kind")
            return told(f"Enter: {taken}. Esc leaves no next step.")
        parts = [
            EchoPart(words, _TONES.get(kind, "muted")) for kind, words in describe_task_line(self._line, self._today)
        ]
        between = EchoPart(f" {self.glyphs.dot} ", "faint")
        joined = [part for one in parts for part in (between, one)][1:]
        wrong = self._wrong_name()
        return Echo((tuple(joined), (EchoPart(wrong, "overdue"),)) if wrong else (tuple(joined),))

    def _wrong_name(self) -> str:
        """Why the name after @ is none of the owners'; "" when it is, or none is typed."""
        assignee = self._line.assignee
        if assignee is None or self._owners is None:
            return ""
        try:
            match_name(assignee, self._owners, "owner", me=self._me)
        except PipeboardError as error:
            return str(error)
        return ""

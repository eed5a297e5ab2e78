"""A small form: an optional list to pick from and a few one-line fields, saved together by one key."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from pipeboard.domain.errors import InvalidInput, PipeboardError
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList
from pipeboard.tui.dialogs.dialog import ROOMY_ROWS, Answer, Dialog
from pipeboard.tui.dialogs.echo import Describe, Echo, EchoLines, echo_of, problem
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.safe import safe

_ROWS_AROUND = 7
_AIR = 2
_MOST_ROWS = 16


class Field(NamedTuple):
    """A one-line question. With `describe` the input is short and its meaning stands beside it."""

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    describe: Describe | None = None


class FieldProblem(InvalidInput):
    """A sentence about one field."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


class _Row(Horizontal):
    """A label, an input, and what it means."""

    DEFAULT_CSS = """
    _Row {
        height: 1;
        padding: 0 1;
        & > .label { width: 10; color: $muted; text-wrap: nowrap; }
        & > LineInput { margin: 0; }
        &.-described > LineInput { width: 1fr; max-width: 20; }
        & > EchoLines { margin-left: 2; }
    }
    """

    def __init__(self, field: Field) -> None:
        super().__init__(classes="-described" if field.describe else "")
        self.field = field

    def compose(self) -> ComposeResult:
        yield Static(safe(self.field.label), classes="label")
        yield LineInput(self.field.value, placeholder=self.field.placeholder, is_selected=True, id=self.field.name)
        if self.field.describe:
            yield EchoLines(least=1, most=1)

    @property
    def line(self) -> LineInput:
        """The input."""
        return self.query_one(LineInput)

    @property
    def text(self) -> str:
        """What was typed, without spaces at its ends."""
        return self.line.value.strip()

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what stood there at first."""
        return self.text != self.field.value.strip()

    def describe(self) -> Echo:
        """Show what the text means; a problem is returned for the form to show, as it needs more room."""
        echo = echo_of(self.field.describe, self.text)
        if self.field.describe:
            self.query_one(EchoLines).show(echo if echo.is_ok else Echo())
        return echo


class FormDialog(Dialog[Answer]):
    """Answers when a choice is picked by its key, by Enter anywhere, or by Ctrl+S.

    A problem is told in a sentence at the bottom, the field gets the focus, and nothing typed is lost. Esc
    leaves at once, or at the second press when something was typed.
    """

    DEFAULT_CSS = """
    FormDialog {
        ChoiceList { margin: 0 0 1 0; }
        #problem { margin: 0 1; }
        &.-roomy .panel > .title { margin: 0 0 1 0; }
        &.-roomy ChoiceList { margin: 0 0 1 0; }
        &.-roomy #problem { margin: 1 1 0 1; }
        &.-roomy > .panel > FootBar { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
    ]
    KEYS = (KeyHint("Tab", "next field", 5), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    IS_KEY_FINAL: ClassVar[bool] = True
    """Whether a choice's key (or a click on it) answers at once; else it only moves the cursor."""

    IS_HINT_BESIDE: ClassVar[bool] = False
    """Whether the hints of the choices stand beside the labels."""

    def __init__(self, title: str, *, fields: Sequence[Field], choices: Sequence[Choice] = (), cursor: int = 0) -> None:
        super().__init__(title)
        self._fields = fields
        self._choices = choices
        self._start = cursor
        self._has_asked = False

    @abstractmethod
    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> Answer:
        """The answer made of the fields (by name) and the choice; FieldProblem or InvalidInput when there is none."""

    def lead(self) -> Iterable[Widget]:
        """What stands between the title and the list."""
        return ()

    def body(self) -> Iterable[Widget]:
        yield from self.lead()
        if self._choices:
            yield ChoiceList(self._choices, cursor=self._start, is_hint_beside=self.IS_HINT_BESIDE, glyphs=self.glyphs)
        for field in self._fields:
            yield _Row(field)
        yield EchoLines(least=2, most=2, id="problem")

    def on_mount(self) -> None:
        for row in self.query(_Row):
            row.describe()
        if self._choices:
            self._fit_height(self.app.size.height)
            self._list.focus()
        else:
            self.query(LineInput).first().focus()

    def on_resize(self, event: events.Resize) -> None:
        if self._choices:
            self._fit_height(event.size.height)

    def _fit_height(self, screen: int) -> None:
        """As tall as all choices, within what the screen has beside the fields."""
        around = _ROWS_AROUND + len(self._fields) + (_AIR if screen >= ROOMY_ROWS else 0)
        self._list.styles.height = max(1, min(len(self._choices), _MOST_ROWS, screen - around))

    @property
    def _list(self) -> ChoiceList:
        """The list; only when there are choices."""
        return self.query_one(ChoiceList)

    def say(self, echo: Echo) -> None:
        """Show a sentence at the bottom."""
        self.query_one("#problem", EchoLines).show(echo)

    # Keys

    def action_go(self, step: int) -> None:
        """Move in the list from any field; without a list, to the next field."""
        if self._choices:
            self._list.action_move(step)
        elif step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_save(self) -> None:
        """Answer, or say what is wrong."""
        texts = {row.field.name: row.text for row in self.query(_Row)}
        choice = self._list.choice if self._choices else None
        try:
            answer = self.answer(texts, choice)
        except FieldProblem as error:
            self.say(problem(str(error), "overdue"))
            self.query_one(f"#{error.name}", LineInput).focus()
        except PipeboardError as error:
            self.say(problem(str(error), "overdue"))
        else:
            self.dismiss(answer)

    def action_cancel(self) -> None:
        if not self._has_asked and any(row.is_changed for row in self.query(_Row)):
            self._has_asked = True
            self.say(problem("Esc again throws away what was typed.", "soon"))
            return
        self.dismiss(None)

    # Events

    @on(Input.Changed)
    def _text_changed(self, message: Input.Changed) -> None:
        row = message.input.parent
        if isinstance(row, _Row):
            self._has_asked = False
            echo = row.describe()
            self.say(Echo() if echo.is_ok else echo)

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        self.action_save()

    @on(ChoiceList.Picked)
    def _choice_picked(self, message: ChoiceList.Picked) -> None:
        self._list.stand_on(message.choice)
        if self.IS_KEY_FINAL or not message.is_direct:
            self.action_save()


Read = TypeVar("Read")


def of_field(name: str, read: Callable[[], Read]) -> Read:
    """What `read` returns; its InvalidInput becomes a problem of that field."""
    try:
        return read()
    except InvalidInput as error:
        raise FieldProblem(name, str(error)) from None

"""A form of many one-line fields that scrolls: each says at once what is wrong with it and completes what is known."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable, search_key
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.dialogs.dialog import ROOMY_ROWS, Dialog
from pipeboard.tui.dialogs.echo import Describe, Echo, EchoLines, EchoPart, echo_of, problem, told
from pipeboard.tui.dialogs.form import FieldProblem
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.dialogs.month import MonthDialog
from pipeboard.tui.text.bars import FootLine, KeyHint
from pipeboard.tui.text.safe import safe
from pipeboard.tui.widgets.foot_bar import FootBar

_AROUND = 8
_MOST_ROWS = 26
_PAGE = 8
_KEYS_OF_A_SHEET = (KeyHint("Tab", "next field", 5), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))


class SheetField(NamedTuple):
    """A one-line field. `values` complete what is typed (its last word with `is_words`); `is_day` offers a calendar.

    `read_day` gives the day that a text means, for the calendar to start on. `suggest` gives what `→` puts into it
    while it is empty, and the words that stand there then, from the texts of all fields.
    """

    name: str
    label: str
    value: str = ""
    placeholder: str = ""
    describe: Describe | None = None
    values: Sequence[str] = ()
    is_words: bool = False
    read_day: Callable[[str], date | None] | None = None
    suggest: Callable[[Mapping[str, str]], tuple[str, str]] | None = None


class _Known(Suggester):
    """Completes the typed text, or its last word, with the first known value that begins with it."""

    def __init__(self, is_words: bool) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.is_words = is_words
        self.values: Sequence[str] = ()
        self._keys: list[str] = []

    def offer(self, values: Sequence[str]) -> None:
        """Take the known values."""
        self.values = values
        self._keys = [value.casefold() for value in values]

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text as it would be."""
        before, last = self._split(value)
        typed = last.casefold()
        if not typed:
            return None
        found = next((v for v, key in zip(self.values, self._keys, strict=True) if key.startswith(typed)), None)
        return None if found is None or found.casefold() == typed else before + last + found[len(last) :]

    def with_value(self, text: str, value: str) -> str:
        """The text after a value was picked from the list."""
        if not self.is_words:
            return value
        before, last = self._split(text)
        sign = last[:1] if last[:1] in ("+", "-", "#") else ""
        is_begun = bool(last) and search_key(value).startswith(search_key(last.lstrip("+-#")))
        return f"{before}{sign}{value} " if is_begun else f"{text.rstrip()} {value} ".lstrip()

    def _split(self, text: str) -> tuple[str, str]:
        if not self.is_words:
            return "", text
        before, space, last = text.rpartition(" ")
        return before + space, last


class SheetRow(Horizontal):
    """A label, an input, and beside it what the text means."""

    DEFAULT_CSS = """
    SheetRow {
        height: 1;
        padding: 0 1;
        & > .label { width: 16; color: $muted; text-wrap: nowrap; }
        & > LineInput { margin: 0; width: 1fr; }
        & > EchoLines { width: 1fr; margin-left: 2; }
        &.-wrong > .label { color: $error; text-style: bold; }
        &:focus-within > .label { color: $primary; text-style: bold; }
    }
    """

    def __init__(self, field: SheetField, text: str, before_key: Callable[["SheetRow", events.Key], bool]) -> None:
        super().__init__()
        self.field = field
        self.known = _Known(field.is_words)
        self.known.offer(field.values)
        self._start = text
        self.seen = text
        self.suggested = ""
        self._before_key = before_key

    def compose(self) -> ComposeResult:
        yield Static(safe(self.field.label), classes="label")
        line = LineInput(
            self._start,
            placeholder=self.field.placeholder,
            is_selected=True,
            before_key=lambda event: self._before_key(self, event),
            id=self.field.name,
        )
        line.suggester = self.known
        yield line
        if self.field.describe:
            yield EchoLines(least=1, most=1)

    def know(self, field: SheetField) -> None:
        """Take known values, and what a text means in their light."""
        self.known.offer(field.values)
        self.field = self.field._replace(values=field.values, describe=field.describe, suggest=field.suggest)
        self.describe()

    def suggest(self, texts: Mapping[str, str]) -> None:
        """Say in the empty field what it may take."""
        if self.field.suggest is not None:
            self.suggested, words = self.field.suggest(texts)
            self.line.placeholder = printable(words or self.field.placeholder)

    @property
    def line(self) -> LineInput:
        """The input."""
        return self.query_one(LineInput)

    @property
    def text(self) -> str:
        """What stands in it, without spaces at its ends."""
        return self.line.value.strip()

    @property
    def is_typed(self) -> bool:
        """Whether it differs from what stood there when the form was opened."""
        return self.text != self._start.strip()

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the present value of the field."""
        return self.text != self.field.value.strip()

    def describe(self) -> Echo:
        """Show what the text means and whether it can be used."""
        if not self.is_changed:
            echo = echo_of(self.field.describe, self.text)._replace(is_ok=True) if self.text else Echo()
        elif self.text:
            echo = echo_of(self.field.describe, self.text)
        else:
            echo = echo_of(self.field.describe, "")
            echo = told("will be removed", "soon") if echo.is_ok else echo
        self.set_class(not echo.is_ok, "-wrong")
        for beside in self.query(EchoLines):
            beside.show(Echo() if _is_hint(echo) else echo)
        return echo


class Sheet(Dialog[Mapping[str, str]]):
    """Answers with the texts of the fields that differ from their present values, by name.

    `check` raises a FieldProblem or another PipeboardError when these cannot be used together; `keep` is told at
    every key what would be lost; `draft` are texts typed before, which stand in the fields again.
    """

    DEFAULT_CSS = """
    Sheet {
        & > .panel { width: 92; }
        VerticalScroll { height: 10; scrollbar-size-vertical: 1; }
        #help { margin: 0 1; }
        &.-narrow SheetRow > EchoLines { display: none; }
        &.-roomy .panel > .title { margin: 0 0 1 0; }
        &.-roomy #help { margin: 1 1 0 1; }
        &.-roomy > .panel > FootBar { margin: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    KEYS = _KEYS_OF_A_SHEET

    def __init__(
        self,
        title: str,
        fields: Sequence[SheetField],
        *,
        today: date,
        check: Callable[[Mapping[str, str]], Any] | None = None,
        keep: Callable[[Mapping[str, str]], None] | None = None,
        draft: Mapping[str, str] | None = None,
        given: Mapping[str, str] | None = None,
        ready: Callable[["Sheet"], None] | None = None,
    ) -> None:
        super().__init__(title)
        self._fields = fields
        self._today = today
        self._check = check
        self._keep = keep
        self._draft = draft or {}
        self._given = given or {}
        self._ready = ready
        self._has_asked = False
        self._is_draft_told = bool(self._draft)

    def compose(self) -> ComposeResult:
        with self.panel():
            yield Static(safe(self._heading), classes="title")
            with VerticalScroll(can_focus=False):
                for field in self._fields:
                    yield SheetRow(field, self._text_of(field), self._key_of_a_row)
            yield EchoLines(least=2, most=2, id="help")
            yield FootBar(glyphs=self.glyphs)

    def _text_of(self, field: SheetField) -> str:
        """What stands in a field at first."""
        return self._draft.get(field.name, self._given.get(field.name, field.value))

    def on_mount(self) -> None:
        self._fit(self.app.size.height)
        for row in self.rows:
            row.describe()
        self._suggest()
        self.query(LineInput).first().focus()
        if self._ready is not None:
            self._ready(self)
        if self._draft:
            self.say(problem("You typed this before and it was not saved. Enter saves it, Esc throws it away.", "soon"))

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size.height)

    def _fit(self, screen: int) -> None:
        """As tall as all fields, within what the screen has."""
        air = 2 if screen >= ROOMY_ROWS else 0
        rows = max(2, min(len(self._fields), _MOST_ROWS, screen - _AROUND - air))
        self.query_one(VerticalScroll).styles.height = rows

    @property
    def rows(self) -> list[SheetRow]:
        """All fields in order."""
        return list(self.query(SheetRow))

    def changed(self) -> dict[str, str]:
        """The texts that differ from the present values, by name."""
        return {row.field.name: row.text for row in self.rows if row.is_changed}

    def offer(self, fields: Sequence[SheetField]) -> None:
        """Fields that know more by now: values to complete with, and what a text means."""
        known = {field.name: field for field in fields}
        for row in self.rows:
            if (field := known.get(row.field.name)) is not None:
                row.know(field)
        self._suggest()
        self._help()

    def _suggest(self) -> None:
        texts = {row.field.name: row.text for row in self.rows}
        for row in self.rows:
            row.suggest(texts)

    def say(self, echo: Echo) -> None:
        """Show a sentence below the fields."""
        self.query_one("#help", EchoLines).show(echo)

    # Moving and completing

    @property
    def _row(self) -> SheetRow | None:
        """The field with the focus."""
        parent = self.focused.parent if self.focused is not None else None
        return parent if isinstance(parent, SheetRow) else None

    def _key_of_a_row(self, row: SheetRow, event: events.Key) -> bool:
        """The keys that a field gives to the form; whether this one was."""
        if event.key == "down" and row.field.read_day is not None:
            self._pick_day(row, row.field.read_day)
        elif event.key == "down" and row.known.values:
            self._pick_value(row)
        elif event.key in ("up", "down"):
            self._go(row, 1 if event.key == "down" else -1)
        elif event.key in ("pageup", "pagedown"):
            self._go(row, _PAGE if event.key == "pagedown" else -_PAGE)
        elif event.key == "right" and row.suggested and not row.line.value:
            self._put(row, row.suggested)
        else:
            return False
        return True

    def _go(self, row: SheetRow, step: int) -> None:
        rows = self.rows
        place = rows.index(row) + step
        rows[max(0, min(place, len(rows) - 1)) if abs(step) > 1 else place % len(rows)].line.focus()

    def _pick_value(self, row: SheetRow) -> None:
        """Choose among everything that is known."""
        choices = [Choice(value, value) for value in row.known.values]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self._put(row, row.known.with_value(row.line.value, str(choice.value)))

        self._open(Choose(row.field.label.capitalize(), choices, placeholder="a few letters"), answered)

    def _pick_day(self, row: SheetRow, read: Callable[[str], date | None]) -> None:
        """Choose in a calendar."""
        try:
            day = read(row.text)
        except PipeboardError:
            day = None

        def answered(picked: date | None) -> None:
            if picked is not None:
                self._put(row, picked.isoformat())

        self._open(MonthDialog(row.field.label.capitalize(), day or self._today, self._today), answered)

    def _open(self, dialog: Screen[Any], answer: Callable[[Any], None]) -> None:
        ask: Callable[[Any, Any], Any] = getattr(self.app, "ask", self.app.push_screen)
        ask(dialog, answer)

    def _put(self, row: SheetRow, text: str) -> None:
        row.line.value = text
        row.line.cursor_position = len(text)

    # Ending

    def action_save(self) -> None:
        """Answer, or say what is wrong and go there."""
        for row in self.rows:
            echo = row.describe()
            if row.is_changed and not echo.is_ok:
                self._refuse(row.field.name, _in_red(echo))
                return
        try:
            if self._check is not None:
                self._check(self.changed())
        except FieldProblem as error:
            self._refuse(error.name, problem(str(error), "overdue"))
        except PipeboardError as error:
            self.say(problem(str(error), "overdue"))
        else:
            self.dismiss(self.changed())

    def _refuse(self, name: str, echo: Echo) -> None:
        for row in self.rows:
            if row.field.name == name:
                row.add_class("-wrong")
                row.line.focus()
        # The focus says something of its own when it arrives.
        self.call_after_refresh(self.say, echo)

    def action_cancel(self) -> None:
        if not self._has_asked and any(row.is_typed for row in self.rows):
            self._has_asked = True
            self.say(problem("Esc again throws away what was typed.", "soon"))
            return
        self.dismiss(None)

    # Events

    @on(Input.Changed)
    def _text_changed(self, message: Input.Changed) -> None:
        row = message.input.parent
        # The first value of an input is told as a change too.
        if isinstance(row, SheetRow) and row.line.value != row.seen:
            row.seen = row.line.value
            self._has_asked = self._is_draft_told = False
            row.describe()
            self._suggest()
            if self._keep is not None:
                self._keep(self.changed())
            if row is self._row:
                self._help()

    @on(Input.Submitted)
    def _enter_pressed(self) -> None:
        self.action_save()

    def on_descendant_focus(self) -> None:
        """Say what the field with the focus means."""
        self._help()

    def _help(self) -> None:
        """The keys and the meaning of the field with the focus; the sentence about a draft stays until a key."""
        row = self._row
        if row is None:
            return
        echo = row.describe()
        keys: tuple[KeyHint, ...] = ()
        if row.field.read_day is not None:
            keys = (KeyHint("↓", "calendar", 3),)
        elif row.known.values:
            keys = (KeyHint("→", "completes", 4), KeyHint("↓", "list", 3))
        elif row.suggested and not row.line.value:
            keys = (KeyHint("→", "takes it", 3),)
        self.query_one(FootBar).show(FootLine("", "muted", None, (*keys, *self.KEYS)))
        if self._is_draft_told:
            return
        if not row.text and not row.is_changed:
            echo = echo_of(row.field.describe, "")._replace(is_ok=True)
        is_beside = self.has_class("-wide") and echo.is_ok and not _is_hint(echo)
        self.say(Echo() if is_beside else _in_red(echo) if not echo.is_ok else echo)


def _is_hint(echo: Echo) -> bool:
    """Whether it says how to type instead of what was typed: that stands below the field with the focus alone."""
    return all(part.tone == "faint" for line in echo.lines for part in line)


def _in_red(echo: Echo) -> Echo:
    """A problem in the colour of one."""
    lines = echo.lines or problem("This cannot be used yet.").lines
    return Echo(tuple(tuple(EchoPart(part.text, "overdue") for part in line) for line in lines), is_ok=False)

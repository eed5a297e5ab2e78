"""What a stage asks for, to be ticked."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from pipeboard.domain.criteria import Check
from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList, with_keys
from pipeboard.tui.dialogs.dialog import Dialog
from pipeboard.tui.text.bars import KeyHint

Ticks = tuple[tuple[str, bool], ...]

_MOST_ROWS = 16
_ROWS_AROUND = 8


class Checklist(Dialog[Ticks]):
    """Answers with the criteria whose tick changed. A digit or Space ticks, Enter saves, Esc leaves all as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", show=False),
        Binding("ctrl+s", "save", show=False),
    ]
    KEYS = (KeyHint("Space", "tick", 2), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    def __init__(self, title: str, checks: Sequence[Check]) -> None:
        super().__init__(title)
        self._checks = tuple(checks)
        self._done = [check.is_done for check in checks]

    def body(self) -> Iterable[Widget]:
        yield ChoiceList(self._choices(), glyphs=self.glyphs)

    def on_mount(self) -> None:
        self._list.styles.height = max(1, min(len(self._checks), _MOST_ROWS, self.app.size.height - _ROWS_AROUND))
        self._list.focus()
        self._tell()

    @property
    def _list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _choices(self) -> tuple[Choice, ...]:
        signs = {True: self.glyphs.done, False: self.glyphs.none}
        return with_keys(
            [
                Choice(place, f"{signs[done]} {check.text}", "required" if check.is_required else "")
                for place, (check, done) in enumerate(zip(self._checks, self._done, strict=True))
            ]
        )

    def _tell(self) -> None:
        missing = sum(check.is_required and not done for check, done in zip(self._checks, self._done, strict=True))
        self.tell(f"{sum(self._done)} of {len(self._done)}" + (f", {missing} required open" if missing else ""))

    def action_tick(self) -> None:
        """Tick the criterion under the cursor, or take the tick off."""
        if self._list.choice is not None:
            self._turn(int(str(self._list.choice.value)))

    def _turn(self, place: int) -> None:
        self._done[place] = not self._done[place]
        self._list.show(self._choices(), cursor=place)
        self._tell()

    @on(ChoiceList.Picked)
    def _picked(self, message: ChoiceList.Picked) -> None:
        if message.is_direct:
            self._turn(int(str(message.choice.value)))
        else:
            self.action_save()

    def action_save(self) -> None:
        """Answer with what changed."""
        pairs = zip(self._checks, self._done, strict=True)
        self.dismiss(tuple((check.text, done) for check, done in pairs if done != check.is_done))

"""Parked: until when, and why."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from textual import events

from pipeboard.tui.dialogs.choice_list import Choice, ChoiceList, with_keys
from pipeboard.tui.dialogs.form import Field, FieldProblem, FormDialog, of_field
from pipeboard.tui.dialogs.line_input import LineInput
from pipeboard.tui.dialogs.typed_values import read_waking_day, waking_day_echo
from pipeboard.tui.text.bars import KeyHint

READY_REASONS: Final = ("No budget this period", "Bad timing", "Waiting for them", "No answer", "Project on hold")
"""What deals are usually parked for."""


class ParkAnswer(NamedTuple):
    """The local day on which the deal comes back, and why it waits."""

    wake_on: date
    reason: str


class ParkDialog(FormDialog[ParkAnswer]):
    """A ready reason's key saves at once; any other letter begins a reason of one's own, which then counts."""

    KEYS = (KeyHint("Tab", "day, own reason", 5), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    def __init__(
        self,
        names: str,
        *,
        today: date,
        now_local: datetime,
        reasons: Sequence[str] = READY_REASONS,
        wake: str = "in 90 days",
        remark: str = "",
    ) -> None:
        self._today = today
        self._now = now_local
        self._remark = remark
        super().__init__(
            f"Park: {names}",
            fields=(
                Field("wake", "until", wake, describe=waking_day_echo(now_local, today)),
                Field("reason", "because", placeholder="or a reason of your own"),
            ),
            choices=with_keys([Choice(reason, reason) for reason in reasons]),
        )

    def tell(self, text: str, tone: str = "muted") -> None:
        """Say something left of the keys; while there is nothing else to say, the remark."""
        super().tell(text or self._remark, tone if text else "soon")

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> ParkAnswer:
        day = of_field("wake", lambda: read_waking_day(texts["wake"], self._now, self._today))
        reason = texts["reason"] or (str(choice.value) if choice else "")
        if not reason:
            raise FieldProblem("reason", "Say why it is parked: whoever wakes it will want to know.")
        return ParkAnswer(day, reason)

    def on_key(self, event: events.Key) -> None:
        """A letter that picks and moves nothing begins an own reason."""
        if not isinstance(self.focused, ChoiceList) or event.character is None or not event.character.isalpha():
            return
        if event.character in "jk":
            return
        event.stop()
        line = self.query_one("#reason", LineInput)
        line.take_letter(event.character)

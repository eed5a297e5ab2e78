"""Lost: why, and on which day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.dialogs.choice_list import Choice, with_keys
from pipeboard.tui.dialogs.form import Field, FormDialog, of_field
from pipeboard.tui.dialogs.typed_values import closing_day_echo, read_closing_day
from pipeboard.tui.text.bars import KeyHint


class LoseAnswer(NamedTuple):
    """One of the reasons, the local day of closing, and a note."""

    reason: str
    closed_on: date
    note: str


class LoseDialog(FormDialog[LoseAnswer]):
    """A reason's key saves at once, with what stands in the fields; `default` is the reason it starts on."""

    KEYS = (KeyHint("Tab", "day, note", 5), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    def __init__(
        self,
        names: str,
        reasons: Sequence[str],
        *,
        today: date,
        now_local: datetime,
        default: str = "",
        remark: str = "",
    ) -> None:
        self._today = today
        self._now = now_local
        self._remark = remark
        super().__init__(
            f"Lost: {names}",
            fields=(
                Field("day", "closed", "today", describe=closing_day_echo(now_local, today)),
                Field("note", "note", placeholder="what was missing"),
            ),
            choices=with_keys([Choice(reason, reason) for reason in reasons]),
            cursor=reasons.index(default) if default in reasons else 0,
        )

    def tell(self, text: str, tone: str = "muted") -> None:
        """Say something left of the keys; while there is nothing else to say, the remark."""
        super().tell(text or self._remark, tone if text else "soon")

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> LoseAnswer:
        if choice is None:
            raise InvalidInput("There is no reason to choose from; add one in the settings.")
        day = of_field("day", lambda: read_closing_day(texts["day"], self._now, self._today))
        return LoseAnswer(str(choice.value), day, texts["note"])

"""Won: on which day, and for how much in the end."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.money import format_money
from pipeboard.tui.dialogs.choice_list import Choice
from pipeboard.tui.dialogs.form import Field, FormDialog, of_field
from pipeboard.tui.dialogs.typed_values import closing_day_echo, read_closing_day, read_value, value_echo


class WinAnswer(NamedTuple):
    """The local day of closing, the final value in minor units (None: it stays as it is), and a note."""

    closed_on: date
    value_minor: int | None
    note: str


class WinDialog(FormDialog[WinAnswer]):
    """Enter at once means today and the same value. Several deals (`count`) are not asked for a value."""

    def __init__(
        self, names: str, *, today: date, now_local: datetime, value_minor: int | None, currency: str, count: int = 1
    ) -> None:
        self._today = today
        self._now = now_local
        self._currency = currency
        self._value_minor = value_minor
        fields = [Field("day", "closed", "today", describe=closing_day_echo(now_local, today))]
        if count == 1:
            value = "" if value_minor is None else format_money(value_minor, currency)
            fields.append(Field("value", "value", value, "none", describe=value_echo(currency, value_minor)))
        fields.append(Field("note", "note", placeholder="what won it"))
        super().__init__(f"Won: {names}", fields=fields)

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> WinAnswer:  # noqa: ARG002
        day = of_field("day", lambda: read_closing_day(texts["day"], self._now, self._today))
        typed = texts.get("value", "")
        value = of_field("value", lambda: read_value(typed, self._currency)) if typed else None
        return WinAnswer(day, None if value == self._value_minor else value, texts["note"])

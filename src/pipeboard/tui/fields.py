"""One-line questions for single fields: what is asked, how it is understood, what it changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.text import printable
from pipeboard.tui import echoes
from pipeboard.tui.dialogs.ask_line import Echo

if TYPE_CHECKING:
    from pipeboard.domain.detail import DealDetail
    from pipeboard.tui.app import PipeboardApp

EDITABLE_FIELDS = (
    ("title", "title", "", "1"),
    ("value", "value", "$", "2"),
    ("company", "company", "", "3"),
    ("contact", "contact", "", "4"),
    ("owner", "owner", "@", "5"),
    ("close", "expected close date", "d", "6"),
    ("tags", "tags", "#", "7"),
    ("probability", "probability", "%", "8"),
    ("source", "source", "", "9"),
    ("product", "product", "", ""),
    ("payment", "payment date", "", ""),
    ("started", "start date", "", ""),
    ("closed", "day of closing", "", ""),
    ("wake", "day to wake up", "", ""),
)
"""What `e` offers: name, words, the key that asks for it directly, the digit in the list."""

_TEXTS = {"title": "title", "company": "company", "contact": "contact", "source": "source", "product": "product"}
_DAYS = {
    "close": ("expected_close_on", "Expected close date", False),
    "payment": ("payment_on", "Payment date", False),
    "started": ("started_on", "Start date", True),
    "closed": ("closed_on", "Day of closing", True),
    "wake": ("wake_on", "Day to wake up", False),
}


class Question(NamedTuple):
    """A question about one field; `changes` turns the answer into the fields of `EditDeals`."""

    title: str
    describe: Callable[[str], Echo]
    changes: Callable[[str], dict[str, Any]]
    value: str = ""
    placeholder: str = ""


def question(field: str, deal: "DealDetail | None", app: "PipeboardApp") -> Question:
    """The question for a field, with the present value where there is one deal."""
    if field == "value":
        return _value(deal, app.workspace.info.currency)
    if field == "probability":
        own = f"{deal.probability}%" if deal and deal.probability is not None else ""
        return Question("Probability", echoes.percent_echo, _probability, own, "40%")
    if field == "tags":
        hint = "web eu replaces all tags, +web adds, -web removes; an empty line removes all."
        tags = deal.tags if deal else ""
        return Question("Tags", echoes.any_text(hint, is_required=False), lambda text: {"tags": text}, tags, "web eu")
    if field in _DAYS:
        return _day(field, deal, app)
    name = _TEXTS[field]
    is_required = field == "title"
    value = printable(str(getattr(deal, field))) if deal else ""
    describe = echoes.any_text("" if is_required else "An empty line removes it.", is_required=is_required)
    return Question(name.capitalize(), describe, lambda text: {name: text}, value)


def _value(deal: "DealDetail | None", base: str) -> Question:
    from pipeboard.domain.money import number

    currency = deal.currency if deal else base
    value = "" if deal is None or deal.value_minor is None else number(deal.value_minor, currency)

    def changes(text: str) -> dict[str, Any]:
        if not text.strip():
            return {"value_minor": None}
        minor, code = echoes.money_of(text, currency)
        return {"value_minor": minor} if code == currency else {"value_minor": minor, "currency": code}

    return Question("Value", echoes.money_echo(currency), changes, value, "12k")


def _probability(text: str) -> dict[str, Any]:
    return {"probability": echoes.percent_of(text) if text.strip() else None}


def _day(field: str, deal: "DealDetail | None", app: "PipeboardApp") -> Question:
    column, title, is_past = _DAYS[field]
    present = getattr(deal, column) if deal else None

    def changes(text: str) -> dict[str, Any]:
        from pipeboard.domain.dates import parse_when

        on = parse_when(text, app.local_now(), is_past=is_past).on if text.strip() else None
        return {column: on}

    describe = echoes.date_echo(app.local_now, is_past=is_past, is_optional=True)
    return Question(title, describe, changes, present.isoformat() if present else "", "eom")

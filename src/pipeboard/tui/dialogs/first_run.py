"""The first start without a database: three questions with good answers, one Enter."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import currency_of, exponent, format_money
from pipeboard.services.clock import zone_of
from pipeboard.tui.dialogs.choice_list import Choice, with_keys
from pipeboard.tui.dialogs.echo import Echo, told
from pipeboard.tui.dialogs.form import Field, FormDialog, of_field
from pipeboard.tui.text.bars import KeyHint
from pipeboard.tui.text.safe import safe

_SAMPLE_UNITS = 12_000


class FirstRunAnswer(NamedTuple):
    """The key of a template, an ISO currency, an IANA time zone, and the name of the workspace."""

    template: str
    currency: str
    zone: str
    name: str


class FirstRun(FormDialog[FirstRunAnswer]):
    """The whole screen before there is a board. Esc, or q outside a field, leaves and nothing is created.

    `templates` are (key, name, description), the first one on offer; `database` is where the data will be.
    """

    DEFAULT_CSS = """
    FirstRun {
        background: $background;
        .panel { width: 78; }
        .lead { padding: 0 1; color: $muted; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-roomy .panel > .title { margin: 0; }
        &.-roomy .panel > .lead { margin: 0 0 1 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "cancel", show=False)]
    IS_KEY_FINAL = False
    IS_HINT_BESIDE = True
    KEYS = (KeyHint("Tab", "next", 5), KeyHint("Enter", "start", 0), KeyHint("Esc", "leave", 0))

    def __init__(
        self,
        templates: Sequence[tuple[str, str, str]],
        *,
        currency: str,
        zone: str,
        database: str,
        name: str = "Sales",
    ) -> None:
        self._database = database
        super().__init__(
            "Pipeboard",
            fields=(
                Field("currency", "currency", currency, describe=_currency_echo),
                Field("zone", "time zone", zone, describe=_zone_echo),
                Field("workspace", "name", name, describe=_name_echo),
            ),
            choices=with_keys([Choice(key, label, description) for key, label, description in templates]),
        )

    @property
    def is_over_board(self) -> bool:
        return False

    def lead(self) -> Iterable[Widget]:
        yield Static(safe(f"A new board will be made in {self._database}"), classes="lead")

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> FirstRunAnswer:
        if choice is None:
            raise InvalidInput("There is no template to start from.")
        currency = of_field("currency", lambda: _read_currency(texts["currency"]))
        of_field("zone", lambda: zone_of(texts["zone"]))
        return FirstRunAnswer(str(choice.value), currency, texts["zone"], texts["workspace"] or "Sales")


def _read_currency(text: str) -> str:
    """The ISO code of a typed currency; InvalidInput when there is none."""
    code = currency_of(text) if text else None
    if code is None:
        raise InvalidInput("That is no currency. Use a code like EUR, USD or PLN.")
    return code


def _currency_echo(text: str) -> Echo:
    """How amounts will look."""
    code = _read_currency(text)
    return told(f"amounts like {format_money(_SAMPLE_UNITS * 10 ** exponent(code), code)}")


def _zone_echo(text: str) -> Echo:
    """What the zone is for."""
    zone_of(text)
    return told("rules what a day is")


def _name_echo(text: str) -> Echo:
    """What the name is for."""
    return told("of the workspace" if text else "Sales")

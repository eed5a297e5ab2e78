"""What every screen of figures asks for in the same words: a filter in the language of the board, and a target."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.periods import Period, label, period_key
from pipeboard.tui import echoes
from pipeboard.tui.dialogs.ask_line import AskLine, Echo
from pipeboard.tui.filtering import filter_echo

if TYPE_CHECKING:
    from pipeboard.domain.commands import SetQuota
    from pipeboard.tui.app import PipeboardApp


def ask_filter(app: "PipeboardApp", value: str, take: Callable[[str], None]) -> None:
    """Type a filter; what it means is shown live."""
    told = filter_echo(app)

    def describe(text: str) -> Echo:
        echo = told(text)
        words = echo.problem or echo.understood or "Words and terms as on the board: @anna #web value>10k -hot"
        return Echo((echoes.one(words, "overdue" if echo.problem else "muted"),))

    def answered(text: str | None) -> None:
        if text is not None:
            take(text)

    app.ask(AskLine("Figures of", value=value, describe=describe, enter="show"), answered)


def ask_target(
    app: "PipeboardApp", period: Period, owner_id: int | None, tell: Callable[[str], None], done: Callable[[], None]
) -> None:
    """Set the target of a period for a person, or (None) for the team."""
    key = period_key(period)
    if key is None:
        tell("A target is for a month, a quarter or a year: d chooses one")
        return
    name = next((owner.name for owner in app.owners() if owner.id == owner_id), "")
    who, base = f"@{name}" if name else "the team", app.workspace.info.currency

    def describe(text: str) -> Echo:
        if not text:
            words = "an amount such as 120k, or a number of deals such as 20 deals"
            return Echo((echoes.one(words, "faint"),), is_ok=False)
        command = typed_target(text, key, owner_id, base)
        size = f"{command.deals:,} won deals" if command.deals else text
        return Echo((echoes.one(f"{size} of {who} in {label(period)}", "won"),))

    def answered(text: str | None) -> None:
        if text is not None:
            app.submit(typed_target(text, key, owner_id, base), lambda _: done())

    app.ask(AskLine(f"Target {label(period)}", describe=describe, enter="show"), answered)


def typed_target(text: str, period: str, owner_id: int | None, base: str) -> "SetQuota":
    """The command that a typed target means; InvalidInput where it means none."""
    from pipeboard.domain.commands import SetQuota
    from pipeboard.domain.money import to_minor
    from pipeboard.domain.money_text import parse_money

    number = text.lower().removesuffix("deals").removesuffix("deal").strip()
    if number != text.lower().strip():
        if not (number.isascii() and number.isdigit() and int(number[:18])):
            raise InvalidInput(f"{text[:40]!r} is no number of deals.")
        return SetQuota(period, deals=int(number[:18]), owner_id=owner_id)
    found = parse_money(text, home=base)
    if found is None or found.amount <= 0:
        raise InvalidInput(f"{text[:40]!r} is no amount of money. Write for example 120k, or 20 deals.")
    currency = found.currency or base
    return SetQuota(period, to_minor(found.amount, currency), currency, owner_id=owner_id)

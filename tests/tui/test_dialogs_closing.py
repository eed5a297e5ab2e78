"""Won, lost, parked and reopened: few keys, told back, nothing lost."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.currencies import is_currency
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.money import LARGEST_MINOR, format_money
from pipeboard.tui.dialogs.choose import Choice
from pipeboard.tui.dialogs.lose import LoseAnswer, LoseDialog
from pipeboard.tui.dialogs.park import ParkAnswer, ParkDialog
from pipeboard.tui.dialogs.reopen import ReopenAnswer, ReopenDialog
from pipeboard.tui.dialogs.typed_values import read_closing_day, read_value, read_waking_day
from pipeboard.tui.dialogs.win import WinAnswer, WinDialog

from .dialog_harness import NOW, TODAY, asking

REASONS = ["Price", "Competitor", "No budget"]


def win(**changes: Any) -> WinDialog:
    """A deal of €48,000."""
    fields: dict[str, Any] = {"today": TODAY, "now_local": NOW, "value_minor": 4_800_000, "currency": "EUR", "count": 1}
    return WinDialog("Acme platform", **(fields | changes))


def lose(**changes: Any) -> LoseDialog:
    """One deal and three reasons."""
    return LoseDialog("Acme platform", REASONS, today=TODAY, now_local=NOW, **changes)


def park() -> ParkDialog:
    """One deal and the ready reasons."""
    return ParkDialog("Acme platform", today=TODAY, now_local=NOW)


def reopen() -> ReopenDialog:
    """One deal and three stages, of which the second is where it came from."""
    stages = [Choice(10, "Lead"), Choice(20, "Contacted"), Choice(30, "Qualified")]
    return ReopenDialog("Acme platform", stages, 20)


async def test_won_is_one_key_after_the_dialog_opens() -> None:
    async with asking(win()) as asked:
        assert "Sun 22 Nov 2026, today" in asked.text
        await asked.press("enter")
        assert asked.answer == WinAnswer(TODAY, None, "")


async def test_won_on_another_day_for_another_value() -> None:
    async with asking(win()) as asked:
        await asked.type("fri")
        assert "Fri 20 Nov 2026, 2 days ago" in asked.text
        await asked.press("tab")
        await asked.type("45k")
        assert "€45,000, was €48,000" in asked.text
        await asked.press("tab")
        await asked.type("great demo")
        await asked.press("ctrl+s")
        assert asked.answer == WinAnswer(date(2026, 11, 20), 4_500_000, "great demo")


async def test_a_wrong_day_is_told_where_it_stands_and_nothing_is_lost() -> None:
    async with asking(win()) as asked:
        await asked.press("tab", "tab")
        await asked.type("note")
        await asked.press("shift+tab", "shift+tab")
        await asked.type("12.13")
        assert "there is no month 13" in asked.text
        await asked.press("tab", "enter")
        assert asked.is_open
        focused = asked.app.focused
        assert focused is not None
        assert focused.id == "day"
        await asked.type("today")
        await asked.press("enter")
        assert asked.answer == WinAnswer(TODAY, None, "note")


async def test_a_value_in_another_currency_is_refused() -> None:
    async with asking(win()) as asked:
        await asked.press("tab")
        await asked.type("$500")
        await asked.press("enter")
        assert asked.is_open
        assert "The deal is in EUR" in asked.text


async def test_several_deals_are_not_asked_for_a_value() -> None:
    async with asking(win(count=3)) as asked:
        assert "value" not in asked.text
        await asked.press("enter")
        assert asked.answer == WinAnswer(TODAY, None, "")


async def test_a_value_may_be_given_where_there_was_none() -> None:
    async with asking(win(value_minor=None)) as asked:
        assert "no value" in asked.text
        await asked.press("tab")
        await asked.type("1 200")
        await asked.press("enter")
        assert asked.answer == WinAnswer(TODAY, 120_000, "")


@pytest.mark.parametrize(("key", "reason"), [("2", "Competitor"), ("enter", "Price")])
async def test_lost_with_a_reason_is_one_key_after_the_dialog_opens(key: str, reason: str) -> None:
    async with asking(lose()) as asked:
        await asked.press(key)
        assert asked.answer == LoseAnswer(reason, TODAY, "")


async def test_lost_starts_on_the_given_reason() -> None:
    async with asking(lose(default="No budget")) as asked:
        await asked.press("enter")
        assert asked.answer.reason == "No budget"


async def test_lost_on_a_day_with_a_note_for_the_reason_under_the_cursor() -> None:
    async with asking(lose()) as asked:
        await asked.press("down", "tab")
        await asked.type("2 days ago")
        await asked.press("tab")
        await asked.type("1 offer")
        await asked.press("down", "enter")
        assert asked.answer == LoseAnswer("No budget", date(2026, 11, 20), "1 offer")


async def test_a_reason_picked_beside_a_wrong_day_is_kept() -> None:
    async with asking(lose()) as asked:
        await asked.press("tab")
        await asked.type("tomorrow")
        assert "has not come yet" in asked.text
        await asked.press("shift+tab", "3")
        assert asked.is_open
        await asked.type("today")
        await asked.press("enter")
        assert asked.answer == LoseAnswer("No budget", TODAY, "")


async def test_parked_for_90_days_with_a_ready_reason() -> None:
    async with asking(park()) as asked:
        assert "Sat 20 Feb 2027, in 90 days" in asked.text
        await asked.press("2")
        assert asked.answer == ParkAnswer(date(2027, 2, 20), "Bad timing")


@pytest.mark.parametrize("own", ["Budget frozen", "бюджет"])
async def test_letters_begin_an_own_reason(own: str) -> None:
    async with asking(park()) as asked:
        await asked.type(own)
        await asked.press("shift+tab")
        await asked.type("+1m")
        await asked.press("enter")
        assert asked.answer == ParkAnswer(date(2026, 12, 22), own)


async def test_reopened_by_enter_or_into_a_picked_stage() -> None:
    async with asking(reopen()) as asked:
        await asked.press("enter")
        assert asked.answer == ReopenAnswer(20, "")
    async with asking(reopen()) as asked:
        await asked.press("tab")
        await asked.type("they called")
        await asked.press("shift+tab", "3")
        assert asked.answer == ReopenAnswer(30, "they called")


@pytest.mark.parametrize("make", [win, lose, park, reopen])
async def test_escape_leaves_and_asks_only_when_something_was_typed(make: Any) -> None:
    async with asking(make()) as asked:
        await asked.press("escape")
        assert asked.answer is None
    async with asking(make()) as asked:
        await asked.press("tab")
        await asked.type("so")
        await asked.press("escape")
        assert asked.is_open
        assert "Esc again" in asked.text
        await asked.press("escape")
        assert asked.answer is None


@pytest.mark.parametrize("text", ["", "tomorrow", "fri 15:00", "31.02", "nonsense"])
def test_days_that_cannot_be_closing_days(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_closing_day(text, NOW, TODAY)


@pytest.mark.parametrize("text", ["", "today", "yesterday", "tomorrow 9:00"])
def test_days_that_cannot_be_waking_days(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_waking_day(text, NOW, TODAY)


@pytest.mark.parametrize("text", ["", "abc", "-5", "12.3456", "$5", "1e6", "9" * 30])
def test_amounts_that_cannot_be_values(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_value(text, "EUR")


@given(st.integers(0, LARGEST_MINOR), st.sampled_from(["EUR", "USD", "PLN", "RUB", "JPY", "BHD", "CHF", "CAD", "UYW"]))
def test_a_value_reads_back_as_it_is_shown(minor: int, currency: str) -> None:
    assert is_currency(currency)
    assert read_value(format_money(minor, currency), currency) == minor

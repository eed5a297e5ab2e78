"""How one column of a file writes its numbers, decided for the column (DOMAIN.md 3, rule 4).

Nearly every number says by itself which mark is the decimal one. The exception is one mark before exactly
three digits ("1.234"): thousands, unless other values of the column show that this mark is the decimal one;
then the value is refused rather than guessed.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from pipeboard.domain.imports.date_columns import NO_DATE
from pipeboard.domain.money_text import ParsedMoney, parse_money

NO_NUMBER: Final = NO_DATE
"""Cells that say there is no number."""

_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,2})?")
_OPEN: Final = re.compile(r"(?<![0-9.,' ])[1-9][0-9]{0,2}([.,])[0-9]{3}(?![0-9.,' ]*[0-9])")
_DECIMALS: Final = re.compile(r"([.,])(?:[0-9]{1,2}|[0-9]{4,})(?![0-9.,])")
_GROUPS: Final = re.compile(r"([.,])[0-9]{3}(?=[.,])")
_PERCENT: Final = re.compile(r"(-?[0-9]{1,3}(?:[.,][0-9]{1,6})?)\s?%?")


class NumberColumn(NamedTuple):
    """What was decided: `rule` in words, and the number of every value that is one.

    `has_guess` tells that every mark in the column stands before three digits and was read as thousands.
    """

    rule: str
    numbers: dict[str, ParsedMoney]
    has_guess: bool = False


def decide_numbers(values: Iterable[str], home: str | None = None) -> NumberColumn:
    """Decide how these (distinct) values write amounts; `home` is the currency a shared sign means.

    Values that are no number, or could be two, are missing from `numbers`. Never raises.
    """
    texts = [value for value in values if value.strip() not in NO_NUMBER]
    decimals: set[str] = set()
    groups: set[str] = set()
    for text in texts:
        if not _PLAIN.fullmatch(text):
            decimals.update(_DECIMALS.findall(text))
            groups.update(_GROUPS.findall(text))
        elif "." in text:
            decimals.add(".")
    numbers: dict[str, ParsedMoney] = {}
    guesses: set[str] = set()
    for text in texts:
        mark = None if _PLAIN.fullmatch(text) else _OPEN.search(text)
        if mark is not None and mark[1] in decimals:
            continue
        number = _number(text, home)
        if number is not None:
            numbers[text] = number
            if mark is not None:
                guesses.add(mark[1])
    return NumberColumn(_rule(decimals, groups | guesses), numbers, bool(guesses) and not decimals and not groups)


def decide_percents(values: Iterable[str], *, is_sheet: bool = False) -> NumberColumn:
    """Decide whether these (distinct) values are percents (0 to 100, "75%") or parts of one (0 to 1).

    They are parts of one when none is above 1 and one of them has decimals and no percent sign; in a workbook
    (`is_sheet`), whose cell of 100 % is a 1, also when none has decimals. The numbers are percents; others are
    missing from `numbers`. Never raises.
    """
    found: dict[str, Decimal] = {}
    for value in values:
        if match := _PERCENT.fullmatch(value.strip()):
            found[value] = Decimal(match[1].replace(",", "."))
    is_part = bool(found) and max(found.values()) <= 1
    is_part = is_part and (is_sheet or any(n % 1 for n in found.values())) and not any("%" in text for text in found)
    scale = 100 if is_part else 1
    numbers = {t: ParsedMoney(n * scale, None) for t, n in found.items() if 0 <= n * scale <= 100}
    return NumberColumn("0 to 1" if is_part else "percent", numbers)


def why_no_number(value: str, rule: str) -> str:
    """The reason why a value is no amount in a column with this rule."""
    if mark := _OPEN.search(value):
        digits = mark[0]
        return f"may be {digits.replace(mark[1], '')} or {digits.replace(mark[1], '.')} in this column ({rule})"
    return f"not an amount ({rule})"


def _number(text: str, home: str | None) -> ParsedMoney | None:
    """The amount of one value."""
    if _PLAIN.fullmatch(text):
        return ParsedMoney(Decimal(text), None)
    return parse_money(text, home=home)


def _rule(decimals: set[str], groups: set[str]) -> str:
    """The rule in words, as the preview shows it."""
    names = {".": "point", ",": "comma"}
    parts = [f"decimal {names[mark]}" for mark in sorted(decimals)]
    parts += [f"thousands by {names[mark]}" for mark in sorted(groups - decimals)]
    return ", ".join(parts) or "whole numbers"

"""Files of deals in every mix of writings and containers, drawn together with what is in them."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NamedTuple

import xlsxwriter
from hypothesis import strategies as st

WORDS = {
    "cp1252": ["Müller & Söhne", "Société générale", "Größe", "plain", "Señor Núñez", "Ångström"],
    "cp1250": ["Spółka Łąkowa", "Wdrożenie", "Żółć i gęś", "plain", "Kraków – święta", "Źródło"],
    "cp1251": ["Закупка оборудования", "ООО Ромашка", "Переговоры", "Договор", "Внедрение"],
    "utf-8": ["Łódź", "日本語", "Acme [/ EU]", "עברית", 'He said "no"', "a, b; c|d\te", "two\nlines", "🚀"],
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
HEADER = ["Deal name", "Amount", "Stage", "Start date", "Expected close date", "Probability"]

DATES: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "iso time": lambda d: f"{d.isoformat()} 14:30:00",
    "iso T": lambda d: f"{d.isoformat()}T00:00:00.000Z",
    "d.m.y": lambda d: f"{d:%d.%m.%Y}",
    "d/m/y": lambda d: f"{d:%d/%m/%Y}",
    "m/d/y": lambda d: f"{d:%m/%d/%Y}",
    "m/d/y short": lambda d: f"{d.month}/{d.day}/{d:%y} 9:05 AM",
    "d-m-y": lambda d: f"{d:%d-%m-%Y}",
    "y/m/d": lambda d: f"{d:%Y/%m/%d}",
    "words": lambda d: f"{d:%b} {d.day}, {d.year}",
    "serial": lambda d: str((d - date(1899, 12, 30)).days),
}


def grouped(minor: int, thousands: str, decimal: str) -> str:
    whole = f"{abs(minor) // 100:,}".replace(",", thousands)
    return f"{'-' * (minor < 0)}{whole}{decimal}{abs(minor) % 100:02d}"


class Writing(NamedTuple):
    """How amounts are written: the text, what it is in, and to how many minor units it is exact."""

    text: Callable[[int], str]
    currency: str = "USD"
    unit: int = 1
    has_minus: bool = False


NUMBERS: dict[str, Writing] = {
    "plain": Writing(lambda m: f"{m / 100:.2f}", has_minus=True),
    "comma": Writing(lambda m: f"{m // 100},{m % 100:02d}"),
    "english": Writing(lambda m: grouped(m, ",", "."), has_minus=True),
    "german": Writing(lambda m: grouped(m, ".", ",")),
    "spaces": Writing(lambda m: grouped(m, " ", ",")),
    "narrow": Writing(lambda m: grouped(m, "\u00a0", ",")),
    "swiss": Writing(lambda m: grouped(m, "'", ".")),
    "dollars": Writing(lambda m: "$" + grouped(m, ",", ".")),
    "sign behind": Writing(lambda m: grouped(m, ".", ",") + " €", "EUR"),
    "code before": Writing(lambda m: "EUR " + grouped(m, ",", "."), "EUR"),
    "code behind": Writing(lambda m: grouped(m, ",", ".") + " CHF", "CHF"),
    "accounting": Writing(lambda m: f"({grouped(-m, ',', '.')})" if m < 0 else grouped(m, ",", "."), has_minus=True),
    "thousands": Writing(lambda m: f"{m / 100_000:.2f}k", unit=1_000),
    "millions": Writing(lambda m: f"€{m / 100_000_000:.2f}m", "EUR", 1_000_000),
    "whole": Writing(lambda m: f"{m // 100}", unit=100),
    "whole english": Writing(lambda m: f"{m // 100:,}", unit=100),
    "whole german": Writing(lambda m: f"{m // 100:,}".replace(",", "."), unit=100),
}
PERCENTS: dict[str, Callable[[int], str]] = {
    "sign": lambda p: f"{p}%",
    "spaced": lambda p: f"{p} %",
    "bare": str,
    "decimal": lambda p: f"{p}.0%",
    "part": lambda p: f"{p / 100:.2f}",
}


class Made(NamedTuple):
    """A deal before it is written."""

    title: str
    value: int
    started_on: date
    close_on: date
    probability: int


class Written(NamedTuple):
    """A file with its deals and the lines that are none; `orders` are those of its days of three numbers."""

    content: bytes
    deals: list[tuple[int, Made]]
    skipped: list[tuple[int, str]]
    currency: str
    orders: set[str]
    is_whole: bool


class _Plan(NamedTuple):
    """What was drawn before it is written: a table of cells, each row a deal or a reason why it is none."""

    rows: list[tuple[Made | str, list[Any]]]
    currency: str
    orders: set[str]
    is_whole: bool


@st.composite
def _plans(draw: st.DrawFn, words: list[str], *, is_native: bool, has_noise: bool) -> _Plan:
    """Deals in one mix of writings; with `is_native` columns may hold numbers and days in place of texts."""
    name = draw(st.sampled_from([*sorted(NUMBERS), *(["native"] * 6 if is_native else [])]))
    number = NUMBERS.get(name, Writing(str, has_minus=True))
    layouts = [draw(st.sampled_from([*sorted(DATES), *(["native"] * 4 if is_native else [])])) for _ in range(2)]
    percent = draw(st.sampled_from([*sorted(PERCENTS), *(["native"] * 3 if is_native else [])]))
    days = st.dates(date(2001, 1, 1), date(2049, 12, 31))
    values = st.integers(-(10**10) if number.has_minus else 0, 10**10).map(lambda v: v // number.unit * number.unit)
    deal = st.builds(Made, st.sampled_from(words), values, days, days, st.integers(0, 100))
    first = Made(words[0], 1_000_000, date(2020, 1, 2), date(2021, 3, 4), 25)
    deals = [first, *draw(st.lists(deal, max_size=8))]

    def amount(value: int) -> Any:
        return value / 100 if name == "native" else number.text(value)

    def cells(made: Made) -> list[Any]:
        dates = [day if how == "native" else DATES[how](day) for how, day in zip(layouts, made[2:4], strict=True)]
        share = made.probability / 100 if percent == "native" else PERCENTS[percent](made.probability)
        return [made.title, amount(made.value), "Lead", *dates, share]

    rows: list[tuple[Made | str, list[Any]]] = [(made, cells(made)) for made in deals]
    if has_noise:
        rows = _with_noise(draw, rows, amount(sum(made.value for made in deals)))
    orders = {{"d": "dmy", "m": "mdy"}.get(how[0], "") for how in layouts} - {""}
    return _Plan(rows, number.currency, orders, number.unit == 100)


def _with_noise(
    draw: st.DrawFn, rows: list[tuple[Made | str, list[Any]]], total: Any
) -> list[tuple[Made | str, list[Any]]]:
    """The rows with lines that are none: a preamble, blank rows, the header again, totals and footers."""
    blank = [""] * len(HEADER)
    preamble = draw(st.lists(st.sampled_from(["Pipeline report", "Exported on Friday", ""]), max_size=3))
    noisy: list[tuple[Made | str, list[Any]]] = [("before the header", [text, *blank[1:]]) for text in preamble]
    noisy.append(("header", HEADER))
    for row in rows:
        noisy.append(row)
        if kind := draw(st.sampled_from(["", "", "", "", "blank", "the header again", "a total"])):
            noise = {"blank": blank, "the header again": HEADER, "a total": ["Subtotal", total, *blank[2:]]}
            noisy.append((kind, noise[kind]))
    if draw(st.booleans()):
        noisy.append(("a total", [draw(st.sampled_from(["Total", "TOTAL:", "Summe", "Итого"])), total, *blank[2:]]))
    if draw(st.booleans()):
        noisy += [("blank", blank), ("a footer", ["Copyright (c) 2026 Somebody", *blank[1:]])]
    return noisy


def _lined(plan: _Plan, content: bytes, lines: list[int]) -> Written:
    """The file with the line of every row."""
    pairs = list(zip(lines, plan.rows, strict=True))
    deals = [(line, what) for line, (what, _) in pairs if isinstance(what, Made)]
    skipped = [(line, what) for line, (what, _) in pairs if isinstance(what, str) and what != "header"]
    return Written(content, deals, skipped, plan.currency, plan.orders, plan.is_whole)


@st.composite
def csv_files(draw: st.DrawFn) -> Written:
    """Text with separators, in old and new encodings."""
    encoding = draw(st.sampled_from([*UNICODE, "cp1252", "cp1250", "cp1251"]))
    words = WORDS["utf-8" if encoding in UNICODE else encoding]
    plan = draw(_plans(words, is_native=False, has_noise=True))
    if encoding not in (*UNICODE, "cp1251"):  # "Итого" has letters that these lack
        plan = plan._replace(rows=[(what, [_latin(cell) for cell in cells]) for what, cells in plan.rows])
    out = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(
        out,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=end,
    )
    lines = []
    for _, cells in plan.rows:
        lines.append(1 + out.getvalue().count("\n"))
        writer.writerow(cells)
    return _lined(plan, out.getvalue().encode(encoding, errors="replace"), lines)


def _latin(cell: Any) -> Any:
    return "Total" if cell == "Итого" else cell


@st.composite
def sheet_files(draw: st.DrawFn) -> Written:
    """Workbooks with numbers, days and parts of one as such, or as texts."""
    words = [word for word in WORDS["utf-8"] if "\n" not in word]
    plan = draw(_plans(words, is_native=True, has_noise=True))
    while plan.rows[-1][0] == "blank":  # a sheet ends with its last cell
        plan.rows.pop()
    file = io.BytesIO()
    said = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", "in_memory": True, **said}) as book:
        sheet = book.add_worksheet("Deals")
        share = book.add_format({"num_format": "0%"})
        for number, (_, cells) in enumerate(plan.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime.combine(cell, time()))
                else:
                    sheet.write(number, column, cell, *((share,) if column == 5 else ()))
    return _lined(plan, file.getvalue(), list(range(1, len(plan.rows) + 1)))


@st.composite
def json_files(draw: st.DrawFn) -> Written:
    """A list of objects, an object that holds one, or one object a line; numbers as such or as texts."""
    plan = draw(_plans(WORDS["utf-8"], is_native=True, has_noise=False))
    objects = []
    for _, cells in plan.rows:
        texts = [cell.isoformat() if isinstance(cell, date) else cell for cell in cells]
        objects.append(dict(zip(HEADER, texts, strict=True)))
    is_ascii = draw(st.booleans())
    shape = draw(st.sampled_from(["list", "held", "lines", "spaced lines"]))
    dumped = [json.dumps(one, ensure_ascii=is_ascii) for one in objects]
    if shape == "list":
        content, lines = json.dumps(objects, indent=draw(st.sampled_from([None, 2]))), list(range(2, len(objects) + 2))
    elif shape == "held":
        content, lines = json.dumps({"data": objects, "count": len(objects)}), list(range(2, len(objects) + 2))
    elif shape == "lines" and len(dumped) > 1:
        content, lines = "\n".join(dumped), list(range(1, len(objects) + 1))
    else:
        content, lines = "\n\n".join([*dumped, ""]), list(range(1, 2 * len(objects), 2))
    return _lined(plan, content.encode(), lines)


def packed(file: Written) -> Written:
    """The file, gzipped."""
    return file._replace(content=gzip.compress(file.content, 1, mtime=0))

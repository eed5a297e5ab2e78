"""Generated files in every mix of writings are read exactly or refused: there is no silent difference."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.transfer.planning import ImportPlan

Planner = Callable[..., ImportPlan]

WORDS = {
    "cp1252": ["Müller & Söhne", "Société générale", "Größe", "plain", "Señor Núñez", "Ångström"],
    "cp1250": ["Spółka Łąkowa", "Wdrożenie", "Żółć i gęś", "plain", "Kraków – święta", "Źródło"],
    "cp1251": ["Закупка оборудования", "ООО Ромашка", "Переговоры", "Договор", "Внедрение"],
    "utf-8": ["Łódź", "日本語", "Acme [/ EU]", "עברית", 'He said "no"', "a, b; c|d\te", "two\nlines", "🚀"],
}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
DATES: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "iso time": lambda d: f"{d.isoformat()} 14:30:00",
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
    return f"{minor // 100:,}".replace(",", thousands) + f"{decimal}{minor % 100:02d}"


NUMBERS: dict[str, Callable[[int], str]] = {
    "plain": lambda m: f"{m // 100}.{m % 100:02d}",
    "comma": lambda m: f"{m // 100},{m % 100:02d}",
    "english": lambda m: grouped(m, ",", "."),
    "german": lambda m: grouped(m, ".", ","),
    "spaces": lambda m: grouped(m, " ", ","),
    "narrow": lambda m: grouped(m, "\u00a0", ","),
    "swiss": lambda m: grouped(m, "'", "."),
    "dollars": lambda m: "$" + grouped(m, ",", "."),
    "whole": lambda m: f"{m // 100}",
    "whole english": lambda m: f"{m // 100:,}",
    "whole german": lambda m: f"{m // 100:,}".replace(",", "."),
}


class Made(NamedTuple):
    """A deal before it is written."""

    title: str
    value: int
    started_on: date
    close_on: date


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[Made], dict[str, str]]:
    """The bytes of a file, the deals in it, and the layouts that were drawn."""
    encoding = draw(st.sampled_from([*UNICODE, "cp1252", "cp1250", "cp1251"]))
    words = WORDS["utf-8" if encoding in UNICODE else encoding]
    number = draw(st.sampled_from(sorted(NUMBERS)))
    layouts = [draw(st.sampled_from(sorted(DATES))) for _ in range(2)]
    days = st.dates(date(2001, 1, 1), date(2049, 12, 31))
    deal = st.builds(Made, st.sampled_from(words), st.integers(0, 10**10), days, days)
    deals = [Made(words[0], 100, date(2020, 1, 2), date(2021, 3, 4)), *draw(st.lists(deal, max_size=12))]
    if "whole" in number:
        deals = [made._replace(value=made.value // 100 * 100) for made in deals]
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerow(["Deal name", "Amount", "Stage", "Start date", "Expected close date"])
    for made in deals:
        cells = [DATES[layout](day) for layout, day in zip(layouts, made[2:], strict=True)]
        writer.writerow([made.title, NUMBERS[number](made.value), "Lead", *cells])
    asked = {"encoding": encoding, "number": number, "start": layouts[0], "close": layouts[1]}
    return out.getvalue().encode(encoding), deals, asked


def right_order(layout: str) -> str | None:
    return {"d": "dmy", "m": "mdy"}.get(layout[0])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files())
def test_read_exactly_or_refused(plan: Planner, made: tuple[bytes, list[Made], dict[str, str]]) -> None:
    content, deals, asked = made
    read = plan(content)
    orders = {right_order(asked[name]) for name in ("start", "close")} - {None}
    if read.doubts and len(orders) == 1:
        read = plan(content, date_order=orders.pop())
    if read.doubts:
        return
    assert len(read.deals) + len(read.rejected) == len(deals) == read.rows
    lines = {one.line for one in read.rejected}
    accepted = [deal for at, deal in enumerate(deals) if line_of(deals, at) not in lines]
    expected = [(" ".join(d.title.split()), d.value, d.started_on, d.close_on) for d in accepted]
    assert [(d.title, d.value_minor, d.started_on, d.expected_close_on) for d in read.deals] == expected
    if "whole" not in asked["number"]:
        assert not read.rejected


def line_of(deals: list[Made], at: int) -> int:
    """The line a deal begins in: titles may hold line ends."""
    return 2 + at + sum(deal.title.count("\n") for deal in deals[:at])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_plan_or_a_sentence(plan: Planner, content: bytes) -> None:
    try:
        read = plan(b"Deal name,Stage,Amount\n" + content)
    except InvalidInput as error:
        said = str(error)
    else:
        assert read.rows == len(read.deals) + len(read.rejected)
        return
    assert said.endswith((".", "?"))
    assert "\0" not in said

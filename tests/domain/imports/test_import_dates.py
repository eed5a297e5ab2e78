"""The writing of dates is decided by the whole column."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pipeboard.domain.imports.date_columns import Order, decide_dates


@pytest.mark.parametrize(
    ("values", "rule", "first"),
    [
        (["2026-03-04"], "YYYY-MM-DD", "2026-03-04"),
        (["2026-3-4"], "YYYY-MM-DD", "2026-03-04"),
        (["2026/03/04"], "YYYY/MM/DD", "2026-03-04"),
        (["2026-03-04 10:20:30"], "YYYY-MM-DD HH:MM", "2026-03-04"),
        (["2026-03-04T10:20:30.000Z"], "YYYY-MM-DD HH:MM", "2026-03-04"),
        (["20260304"], "YYYYMMDD", "2026-03-04"),
        (["03/04/2026", "13/04/2026"], "DD/MM/YYYY", "2026-04-03"),
        (["03/04/2026", "04/13/2026"], "MM/DD/YYYY", "2026-03-04"),
        (["3/4/2026 2:05 PM", "4/13/2026 11:59 AM"], "MM/DD/YYYY", "2026-03-04"),
        (["03-04-2026", "13-04-2026"], "DD-MM-YYYY", "2026-04-03"),
        (["03.04.2026"], "DD.MM.YYYY", "2026-04-03"),
        (["03.04.2026, 14:30"], "DD.MM.YYYY", "2026-04-03"),
        (["03.04.26", "31.12.99"], "DD.MM.YY", "2026-04-03"),
        (["04.13.2026", "03.04.2026"], "MM.DD.YYYY", "2026-04-13"),
        (["05/05/2026"], "DD/MM/YYYY", "2026-05-05"),
        (["Sep 12, 2026"], "month D, YYYY", "2026-09-12"),
        (["12 Sep 2026"], "D month YYYY", "2026-09-12"),
        (["12-Sep-26"], "D month YYYY", "2026-09-12"),
        (["Sat, 12 September 2026"], "D month YYYY", "2026-09-12"),
        (["12 сентября 2026 г."], "D month YYYY", "2026-09-12"),
        (["12 września 2026"], "D month YYYY", "2026-09-12"),
        (["12. März 2026"], "D month YYYY", "2026-03-12"),
        (["45631"], "spreadsheet serial", "2024-12-05"),
        (["45631.75"], "spreadsheet serial", "2024-12-05"),
    ],
)
def test_rules(values: list[str], rule: str, first: str) -> None:
    column = decide_dates(values)
    assert (column.rule, column.doubt) == (rule, "")
    assert column.days[values[0]] == date.fromisoformat(first)
    assert len(column.days) == len(values)


def test_iso_wins_beside_others() -> None:
    column = decide_dates(["2026-11-15", "10/31/2026", "Sep 12, 2026"])
    assert column.days == {
        "2026-11-15": date(2026, 11, 15),
        "10/31/2026": date(2026, 10, 31),
        "Sep 12, 2026": date(2026, 9, 12),
    }


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2025", "2025-02-30", "2025-13-01", "10", "5", "2026", "12", "soon", "1e5", "99999", "12345",
        "00/00/0000", "32.01.2026", "Foo 12, 2026", "12 Foo 2026", "10/11", "1/2/3", "2026-01-01 25:00",
        "٠١/٠٢/٢٠٢٦", "9999999999999", "-45631", "tomorrow",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left_out(text: str) -> None:
    column = decide_dates([text, "2026-01-01", "14/01/2026"])
    assert set(column.days) == {"2026-01-01", "14/01/2026"}


@pytest.mark.parametrize("values", [["03/04/2026"], ["03-04-2026"], ["13-04-26"], ["13/04/2026", "04/13/2026"]])
def test_doubts_until_told(values: list[str]) -> None:
    assert decide_dates(values).doubt
    for order in ("dmy", "mdy"):
        assert not decide_dates(values, order).doubt


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 4, 3)), ("mdy", date(2026, 3, 4))])
def test_told_order_settles_what_is_open(order: Order, day: date) -> None:
    assert decide_dates(["03/04/2026"], order).days == {"03/04/2026": day}


def test_a_clear_column_is_not_overruled() -> None:
    column = decide_dates(["03/04/2026", "04/13/2026"], "dmy")
    assert column.overruled
    assert column.days["03/04/2026"] == date(2026, 3, 4)


def test_an_impossible_day_leans_but_a_real_one_decides() -> None:
    assert decide_dates(["31/02/2025", "05/03/2025"]).days == {"05/03/2025": date(2025, 3, 5)}
    assert decide_dates(["31/02/2025", "03/25/2025"]).rule == "MM/DD/YYYY"


def test_instants_move_into_the_zone_and_days_do_not() -> None:
    zone = ZoneInfo("Europe/Warsaw")
    column = decide_dates(["2026-01-01T23:30:00.000Z", "2026-01-01T00:00:00.000Z", "2026-01-01 23:30"], None, zone)
    assert [day.day for day in column.days.values()] == [2, 1, 1]


def test_marks_are_decided_apart() -> None:
    column = decide_dates(["13/04/2026", "04-13-2026"])
    assert set(column.days.values()) == {date(2026, 4, 13)}
    assert column.rule == "DD/MM/YYYY or MM-DD-YYYY"

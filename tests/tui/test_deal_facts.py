"""What the side pane says of a deal itself, in every state a deal can be in."""

from datetime import date, timedelta
from typing import Any

import pytest
from rich.style import Style

from pipeboard.domain.detail import DealDetail, Relative
from pipeboard.domain.products import Product
from pipeboard.tui.text.deal_context import WHOLE

from .deal_details import ACME, LOST, PARKED, TODAY, WON, a_task, stay
from .deal_reading import TONES, fact, lines, section, style_of


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "€48,000  35% → w €16,800"),
        ({"probability": 60}, "€48,000  60%* → w €28,800"),
        ({"probability": 0}, "€48,000  0%* → w €0"),
        ({"currency": "USD", "value_minor": 333}, "$3.33  35% → w $1.17"),
        ({"value_minor": None}, "no value  35%"),
        ({"value_minor": 0}, "€0  35% → w €0"),
    ],
)
def test_the_value_and_what_is_expected_of_it(changes: dict[str, Any], expected: str) -> None:
    assert expected in lines(ACME._replace(**changes))


def test_a_hot_deal_says_so_beside_its_value() -> None:
    assert any(line.startswith("€48,000") and line.endswith("! hot") for line in lines(ACME._replace(is_hot=True)))


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (WON, "✓ won 18 Nov 2026 after 7 days"),
        (WON._replace(closed_on=date(2026, 11, 12)), "✓ won 12 Nov 2026 after 1 day"),
        (WON._replace(closed_on=None), "✓ won"),
        (WON._replace(started_on=date(2026, 11, 1)), "✓ won 18 Nov 2026 after 17 days"),
        (LOST._replace(created_on=None), "lost 18 Nov 2026: Price (in Qualified)"),
        (LOST._replace(created_on=None, lost_reason="", closed_from=""), "lost 18 Nov 2026: no reason"),
        (PARKED, "◇ wakes 4 dec: budget opens in December"),
        (PARKED._replace(wake_on=TODAY), "● wakes today: budget opens in December"),
        (PARKED._replace(wake_on=TODAY - timedelta(3), park_reason=""), "▲ woke 3d ago"),
        (PARKED._replace(wake_on=None, park_reason=""), "◇ no wake date"),
    ],
)
def test_how_a_deal_ended(detail: DealDetail, expected: str) -> None:
    found = lines(detail)
    assert found[found.index("€48,000") + 1] == expected


def test_a_closed_deal_is_neither_weighted_nor_asked_for_anything() -> None:
    for detail in (WON, LOST, PARKED):
        text = "\n".join(lines(detail._replace(exit_criteria="Budget confirmed")))
        assert not any(words in text for words in ("→ w", "To leave", "in stage", "no activity"))
    assert "Two years at once." in lines(WON)


def test_the_value_stands_beside_the_list_price_of_its_product() -> None:
    gold = Product(1, 1, "Gold package", price_minor=60_000_00, currency="EUR")
    assert "list €60,000, 20% below" in lines(ACME._replace(listed=gold))
    assert "list €60,000" in lines(ACME._replace(listed=gold, value_minor=None))
    assert not any(line.startswith("list") for line in lines(ACME._replace(listed=gold, currency="USD")))


@pytest.mark.parametrize(
    ("changes", "label", "expected"),
    [
        ({}, "close", "Fri 18 Dec, in 26 days"),
        ({"expected_close_on": date(2027, 1, 8)}, "close", "Fri 8 Jan 2027, in 47 days"),
        ({"expected_close_on": date(2026, 11, 1)}, "close", "▲ Sun 1 Nov, 21 days ago"),
        ({"expected_close_on": None}, "close", "no close date"),
        ({"owner": ""}, "owner", "nobody"),
        ({"product": ""}, "source", "web"),
        ({"source": ""}, "product", "Gold package"),
        ({}, "tags", "#key-account #emea"),
        ({}, "in stage", "4 days (limit 10) · 11 in all"),
        ({"rot_days": None}, "in stage", "4 days · 11 in all"),
        ({"created_on": None}, "in stage", "4 days (limit 10)"),
        ({"entered_on": TODAY, "created_on": TODAY}, "in stage", "since today (limit 10)"),
        ({"is_entry_known": False}, "in stage", "at least 4 days (limit 10) / 11 in all"),
        ({"entered_on": None, "created_on": None}, "in stage", "for an unknown time (limit 10)"),
    ],
)
def test_the_fields(changes: dict[str, Any], label: str, expected: str) -> None:
    assert fact(ACME._replace(**changes), label) == expected


def test_the_deal_screen_says_where_the_deal_stands() -> None:
    assert fact(ACME, "stage", is_whole=True) == "Qualified · B2B sales"
    assert not any(line.startswith("stage") for line in lines(ACME))


@pytest.mark.parametrize(
    ("idle", "task_in", "expected", "tone"),
    [
        (6, None, "", TONES.text),
        (7, None, "no activity for 7 days, limit 10", TONES.soon),
        (10, None, "◆ no activity for 10 days, limit 10", TONES.rotting),
        (120, None, "◆ no activity for 120 days, limit 10", TONES.rotting),
        (10, -1, "◆ no activity for 10 days, limit 10", TONES.rotting),
        (10, 30, "◆ no activity for 10 days, limit 10", TONES.rotting),
        (10, 0, "◇ no activity for 10 days, limit 10, next", TONES.waiting),
    ],
)
def test_why_a_deal_rots(idle: int, task_in: int | None, expected: str, tone: Style) -> None:
    tasks = () if task_in is None else (a_task(1, "Call", TODAY + timedelta(task_in)),)
    detail = ACME._replace(idle_on=TODAY - timedelta(idle), tasks=tasks)
    found = lines(detail)
    below_value = found[found.index("€48,000  35% → w €16,800") + 1]
    assert below_value == expected
    if expected:
        assert style_of(detail, "no activity") == tone


@pytest.mark.parametrize(
    ("stays", "is_known", "expected"),
    [
        (
            [("Lead", 1, 4), ("Contacted", 4, 10), ("Qualified", 10, None)],
            True,
            "Lead 3d → Contacted 6d → / Qualified 12d",
        ),
        (
            [("Contacted", 1, 13), ("Lead", 13, 13), ("Contacted", 13, None)],
            True,
            "Contacted 12d → Lead 0d → / Contacted 9d (21d in 2 visits)",
        ),
        ([("Lead", 1, 4), ("Contacted", 4, None)], False, "Lead 3d → Contacted ≥18d"),
    ],
)
def test_the_way_a_deal_came(stays: list[tuple[str, int, int | None]], is_known: bool, expected: str) -> None:
    path = tuple(
        stay(name, date(2026, 11, first), date(2026, 11, last) if last else None) for name, first, last in stays
    )
    detail = ACME._replace(stays=path, entered_on=path[-1].entered_on, is_entry_known=is_known)
    assert fact(detail, "path") == expected


def test_a_stay_of_unknown_length_makes_the_sum_a_lower_bound() -> None:
    first = stay("Lead", date(2026, 11, 1), date(2026, 11, 5))._replace(days=None)
    detail = WON._replace(
        stays=(first, stay("Won", date(2026, 11, 5), date(2026, 11, 8)), stay("Lead", date(2026, 11, 8), TODAY))
    )
    assert fact(detail, "path", 76) == "Lead → Won 3d → Lead 14d (≥14d in 2 visits)"


def test_a_long_way_is_shortened_beside_the_board_only() -> None:
    day = date(2026, 10, 1)
    path = tuple(stay(f"S{n}", day + timedelta(n), day + timedelta(n + 1)) for n in range(30))
    detail = ACME._replace(stays=path)
    assert fact(detail, "path").startswith("22 earlier → S22 1d")
    assert fact(detail, "path", limits=WHOLE).startswith("S0 1d → S1 1d")


def test_a_deal_that_never_moved_has_no_way() -> None:
    assert not any(line.startswith("path") for line in lines(ACME._replace(stays=ACME.stays[-1:])))


def test_exit_criteria_have_a_tick_or_none() -> None:
    done = ACME._replace(criteria_done=f"{ACME.stage_id} budget confirmed")
    assert section(done, "To leave Qualified") == [
        "✓ Budget confirmed",
        "○ The one who signs is known",
        "○ Both sites named, and the days by which",
        "  they run",
    ]
    required = ACME._replace(exit_criteria="! Budget confirmed")
    assert section(required, "To leave Qualified") == ["○ Budget confirmed (required)"]


def test_bant_and_relatives_are_told_when_there_are_any() -> None:
    detail = ACME._replace(
        bant="budget yes 40k approved\nneed no", relatives=(Relative(7, "Acme", "Customers", "Handover", False),)
    )
    assert section(detail, "BANT") == [
        "✓ Budget    40k approved",
        "? Authority",
        "- Need      no",
        "? Timeline",
    ]
    assert any("copy     #7 Customers · Handover" in line for line in lines(detail))


def test_imported_columns_stand_as_they_were() -> None:
    extra = "Label: warm\nA header that is longer than its column: 12\nAddress: Main street 1\nWarsaw\n"
    assert section(ACME._replace(extra=extra), "More") == [
        "Label           warm",
        "A header that is longer than its column",
        "                12",
        "Address         Main street 1",
        "                Warsaw",
    ]
    assert section(ACME._replace(extra="no colon"), "More") == ["         no colon"]

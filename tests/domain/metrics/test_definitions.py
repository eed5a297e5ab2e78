"""Every figure says what it means; a key that names no figure is refused by lists and definitions alike."""

import pytest

from pipeboard.domain.errors import NotFound
from pipeboard.domain.metrics.opened import SIMPLE_KEYS
from pipeboard.domain.metrics.report import Report, report
from pipeboard.domain.metrics.win_rate import fraction, rate_text

from .cases import AWKWARD, AWKWARD_TIMES, given

VELOCITY_KEYS = ("velocity", *(f"velocity:{part}" for part in ("open_deals", "win_rate", "average_won_value")))
OTHER_KEYS = ("velocity:cycle_days", "funnel:11", "funnel:won", "time:13", "reason:Price", "lost_from:none")
NAMED_KEYS = ("loss:11:Timing", "owner:Anna", "source:(none)", "product:Gold", "company:Globex")
UNKNOWN_KEYS = ("", "profit", "velocity:", "velocity:x", "funnel:77", "time:won", "time:", "lost_from:77", "loss:7")


@pytest.fixture(scope="module")
def november() -> Report:
    return report(given(AWKWARD, AWKWARD_TIMES))


@pytest.mark.parametrize("key", [*SIMPLE_KEYS, *VELOCITY_KEYS, *OTHER_KEYS, *NAMED_KEYS])
def test_every_figure_has_a_definition_and_deals(november: Report, key: str) -> None:
    found = november.definition(key)
    assert found.sentence.endswith(".")
    assert any(letter.isdigit() for letter in found.formula)
    assert november.deal_ids(key)


@pytest.mark.parametrize("key", UNKNOWN_KEYS)
def test_no_such_figure(november: Report, key: str) -> None:
    with pytest.raises(NotFound, match="no figure called"):
        november.definition(key)
    with pytest.raises(NotFound, match="no figure called"):
        november.deal_ids(key)


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        ("win_rate", "8 / (8 + 3) = 72.7%"),
        ("open", "3 deals, €700 (1 no value, 1 not converted)"),
        ("average_won", "€560 / 6 = €93.33; median €25"),
        (
            "cycle",
            "mean 35.0 days, median 40.0 days, three quarters within 40.0 days; 6 deals, "
            "1 closed before begun, 1 without a start",
        ),
        (
            "velocity",
            "2 x 75.0% x €137.14 / 34.3 days = €6; rates of 2 Sep to 30 Nov 2026, 12 decided; +1 deal moves it most",
        ),
        ("funnel:11", "11 of 11 decided; 72.7% of them won; on to Contacted 9 / 11 = 81.8%"),
        ("funnel:won", "8 of 11 decided; 100.0% of them won"),
        ("reason:Timing", "1 of 3 lost, €50"),
        ("loss:11:Timing", "1 of 3 lost"),
        ("loss:12:Timing", "0 of 3 lost"),
        ("owner:Anna", "3 open; 6 / (6 + 2) = 75.0%; won €560"),
        ("owner:Bob", "0 open; 2 / (2 + 0) = 2 of 2; won €0"),
        ("owner:Nobody", "no deals"),
        ("cohort", "0 / (0 + 1) = 0 of 1; of 3 created 1 still open"),
    ],
)
def test_formulas_carry_the_values(november: Report, key: str, formula: str) -> None:
    assert november.definition(key).formula == formula


def test_missing_parts_of_the_velocity_are_named() -> None:
    formula = report(given(())).definition("velocity").formula
    assert formula.startswith("0 x - x - / - = -;")
    assert formula.endswith("missing: win rate, average won value, cycle days")


def test_few_decided_deals_are_shown_as_a_fraction() -> None:
    assert fraction(3, 4) == "3 of 4"
    assert [rate_text(*pair) for pair in ((0, 0), (3, 4), (3, 5))] == ["-", "3 of 4", "60.0%"]


def test_a_name_without_deals_opens_an_empty_list(november: Report) -> None:
    assert november.deal_ids("owner:Nobody") == november.deal_ids("reason:") == ()

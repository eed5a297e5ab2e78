"""The JSON contract: every key of INTERFACE.md section 5, money as strings, unknown as null."""

import json
from typing import Any

import pytest

from pipeboard.domain.metrics.report import report
from pipeboard.domain.metrics.serialize import to_json

from .cases import AWKWARD, AWKWARD_TIMES, given

CONTRACT: dict[str, Any] = {
    "period": ["start", "end"],
    "filters": ["pipeline", "owner"],
    "deals": ["open", "won", "lost", "parked", "excluded", "created"],
    "value": ["open", "weighted", "won", "lost", "created", "without_value", "unconverted"],
    "win_rate": ["value", "won", "decided", "by_value", "cohort"],
    "average_won_value": ["mean", "median", "n"],
    "cycle_days": ["mean", "median", "p75", "n", "lost_mean", "lost_median"],
    "velocity_per_day": [
        "value",
        "open_deals",
        "win_rate",
        "average_won_value",
        "cycle_days",
        "window",
        "missing",
    ],
    "losses": ["by_reason", "by_stage"],
}
ROWS = {
    "funnel": ["stage", "reached", "conversion", "eventually_won"],
    "time_in_stage": ["stage", "mean_days", "median_days", "n"],
    "by_owner": ["name", "open", "won", "lost", "won_value", "win_rate", "cycle_days_mean"],
    "by_source": ["name", "open", "won", "lost", "won_value", "win_rate", "cycle_days_mean"],
    "by_product": ["name", "open", "won", "lost", "won_value", "win_rate", "cycle_days_mean"],
    "by_company": ["name", "open", "won", "lost", "won_value", "win_rate", "cycle_days_mean"],
}


@pytest.fixture(scope="module")
def printed() -> Any:
    return json.loads(json.dumps(to_json(report(given(AWKWARD, AWKWARD_TIMES))), allow_nan=False))


def test_every_key_of_the_contract_is_there(printed: Any) -> None:
    assert printed["schema"] == "pipeboard.metrics/1"
    assert {"now", "zone", "currency", "previous"} <= printed.keys()
    for key, parts in CONTRACT.items():
        assert set(parts) <= printed[key].keys(), key
    for key, parts in ROWS.items():
        assert printed[key], key
        assert all(set(parts) <= row.keys() for row in printed[key]), key
    assert printed["losses"]["by_reason"][0] == {"reason": "Price", "count": 1, "value": "70.00"}
    assert printed["losses"]["by_stage"][0] == {"stage": "Lead", "count": 2}


def test_values(printed: Any) -> None:
    assert (printed["now"], printed["zone"]) == ("2026-12-05T09:00:00+00:00", "UTC")
    assert printed["period"] == {"start": "2026-11-01", "end": "2026-12-01"}
    assert printed["value"]["open"] == "700.00"
    assert printed["value"]["weighted"] == "35.00"
    assert printed["win_rate"]["value"] == 0.727273
    assert printed["average_won_value"] == {"mean": "93.33", "median": "25.00", "n": 6}
    assert printed["velocity_per_day"]["value"] == 6.0
    assert printed["velocity_per_day"]["window"] == {"start": "2026-09-02", "end": "2026-12-01"}
    assert printed["funnel"][-1] == {"stage": "Won", "reached": 8, "conversion": None, "eventually_won": 1.0}
    assert printed["previous"]["period"] == {"start": "2026-10-01", "end": "2026-11-01"}
    assert printed["previous"]["value"]["won"] == "400.00"


def test_unknown_is_null_and_never_zero() -> None:
    empty: Any = to_json(report(given(())))
    assert empty["win_rate"]["value"] is None
    assert empty["average_won_value"] == {"mean": None, "median": None, "n": 0}
    assert empty["cycle_days"]["p75"] is None
    assert empty["velocity_per_day"]["value"] is None
    assert empty["velocity_per_day"]["missing"] == ["win_rate", "average_won_value", "cycle_days"]
    assert empty["value"]["won"] == "0.00"


def test_a_currency_without_cents() -> None:
    yen: Any = to_json(report(given(AWKWARD, AWKWARD_TIMES, currency="JPY")))
    assert yen["value"]["won"] == "56000"
    assert yen["average_won_value"]["mean"] == "9333"
    assert yen["velocity_per_day"]["value"] == 600.0

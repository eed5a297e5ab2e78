"""The forecast as the JSON contract `pipeboard.forecast/1`: money as decimal strings, unknown as null."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.forecast.coverage import Coverage
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.months import MonthRow, MonthTable
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.forecast.trend import TrendPoint
from pipeboard.domain.money import decimal_string


def to_json(made: Forecast, trend: Sequence[TrendPoint] = ()) -> dict[str, Any]:
    """Every figure, with how the forecast stood before. Keys are only ever added."""
    given = made.given
    return {
        "schema": "pipeboard.forecast/1",
        "now": given.now.isoformat(),
        "zone": given.zone,
        "today": given.today.isoformat(),
        "period": {"start": given.period.start.isoformat(), "end": given.period.end.isoformat()},
        "currency": given.currency,
        "filters": {
            "pipeline": given.pipeline, "owner": given.owner, "source": given.source, "product": given.product,
            **({"filter": given.filter} if given.filter else {}),
        },
        "months": [_month(made, row) for row in made.months.rows],
        "overdue": _sums(made, made.months.overdue),
        "no_date": _sums(made, made.months.no_date),
        "later": _sums(made, made.months.later),
        "overdue_in_period": _sums(made, made.overdue_in_period),
        "horizons": {str(row.days or "all"): _sums(made, row.sums) for row in made.horizons},
        "won": _sums(made, made.won),
        "expected": _sums(made, made.ahead),
        "open": _sums(made, made.open),
        "categories": [
            {"category": row.category, **_sums(made, row.own), "rolled_up": _money(made, row.rolled_minor)}
            for row in made.categories
        ],
        "coverage": _coverage(made, made.coverage),
        "owners": [
            {
                "name": row.name,
                "won": _money(made, row.won.value_minor),
                "weighted": _money(made, row.ahead.weighted_minor),
                "open": _money(made, row.ahead.value_minor),
                "commit": _money(made, row.commit_minor),
                "best": _money(made, row.best_minor),
                "coverage": _coverage(made, row.coverage),
            }
            for row in made.owners
        ],
        "payments": _payments(made, made.payments),
        "stage_fill": _fill(made),
        "reverse_funnel": _reverse(made),
        "trend": [
            {
                "on": point.on.isoformat(),
                "won": _money(made, point.won_minor),
                "expected": _money(made, point.expected_minor),
                "best_case": _money(made, point.best_minor),
            }
            for point in trend
        ],
    }  # fmt: skip


def _money(made: Forecast, minor: float | None) -> str | None:
    return None if minor is None else decimal_string(round(minor), made.given.currency)


def _sums(made: Forecast, found: Sums) -> dict[str, Any]:
    return {
        "value": _money(made, found.value_minor),
        "weighted": _money(made, found.weighted_minor),
        "deals": found.deals,
        "without_value": found.without_value,
        "unconverted": found.unconverted,
        **_profit(made, found),
    }


def _profit(made: Forecast, found: Sums) -> dict[str, Any]:
    is_known = found.deals > found.without_value + found.unconverted + found.unknown_cost
    return {
        "profit": _money(made, found.profit_minor if is_known else None),
        "weighted_profit": _money(made, found.weighted_profit_minor if is_known else None),
        "unknown_cost": found.unknown_cost,
    }


def _month(made: Forecast, row: MonthRow) -> dict[str, Any]:
    both = row.won.with_those(row.open)
    return {
        "month": row.key,
        "won": _money(made, row.won.value_minor),
        "weighted": _money(made, row.open.weighted_minor),
        "best": _money(made, row.open.value_minor),
        "deals": both.deals,
        "won_deals": row.won.deals,
        "open_deals": row.open.deals,
        "expected": _money(made, row.expected_minor),
        "best_case": _money(made, row.best_minor),
        "without_value": both.without_value,
        "unconverted": both.unconverted,
        **_profit(made, both),
    }


def _coverage(made: Forecast, covered: Coverage) -> dict[str, Any]:
    is_count = covered.target is not None and covered.target.is_count

    def amount(found: float | None) -> Any:
        return found if is_count else _money(made, found)

    return {
        "target": amount(covered.target.amount) if covered.target else None,
        "measure": None if covered.target is None else "count" if is_count else "value",
        "source": covered.target.source if covered.target else None,
        "won": amount(covered.won),
        "open": amount(covered.open),
        "remaining": amount(covered.remaining),
        "ratio": covered.ratio,
        "needed": covered.needed,
        "pipeline_ratio": covered.plain_ratio,
        "attainment": covered.attainment,
        "pace": covered.elapsed_share,
        "due_by_now": amount(covered.due_by_now),
        "projected": amount(covered.projected),
        "projected_share": covered.projected_share,
    }


def _payments(made: Forecast, table: MonthTable) -> dict[str, Any]:
    return {
        "months": [
            {
                "month": row.key,
                "won": _money(made, row.won.value_minor),
                "weighted": _money(made, row.open.weighted_minor),
                "expected": _money(made, row.expected_minor),
                "deals": row.won.deals + row.open.deals,
            }
            for row in table.rows
        ],
        "overdue": _sums(made, table.overdue),
        "no_date": _sums(made, table.no_date.with_those(table.won_no_date)),
        "later": _sums(made, table.later.with_those(table.won_later)),
    }


def _fill(made: Forecast) -> dict[str, Any]:
    return {
        "stages": [
            {
                "stage": row.name,
                "now": row.now,
                **{str(point.days): round(count, 4) for point, count in zip(made.fill.points, row.later, strict=True)},
                "exits": row.exits,
                "why": row.why or None,
            }
            for row in made.fill.rows
        ],
        "won": {
            str(point.days): {"deals": round(point.won, 4), "value": _money(made, point.won_minor)}
            for point in made.fill.points
        },
        "is_measured": made.fill.is_measured,
    }


def _reverse(made: Forecast) -> dict[str, Any]:
    found, rates = made.reverse, made.given.rates
    names = {stage.id: stage.name for stage in made.given.stages}
    return {
        "wins": found.wins,
        "leads": found.leads,
        "expected_wins": None if found.wins is None else round(found.expected, 4),
        "push": names.get(found.push_id) if found.push_id is not None else None,
        "missing": list(found.missing),
        "stages": [
            {
                "stage": row.name,
                "needed": row.needed,
                "have": row.have,
                "eventually_won": row.share,
                "is_measured": row.is_measured,
            }
            for row in found.rows
        ],
        "rates": {
            "win_rate": rates.win_rate,
            "average_won_value": _money(made, rates.average_won_minor),
            "decided": rates.decided,
            "window": {"start": rates.window.start.isoformat(), "end": rates.window.end.isoformat()},
        },
    }

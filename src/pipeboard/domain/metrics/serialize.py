"""The report as `metrics --json` prints it (the contract: INTERFACE.md section 5)."""

from collections.abc import Sequence

from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.cycle import Cycle
from pipeboard.domain.metrics.deal_size import DealSize
from pipeboard.domain.metrics.figures import Figures, Headline
from pipeboard.domain.metrics.velocity import Velocity
from pipeboard.domain.metrics.win_rate import WinRate
from pipeboard.domain.money import decimal_string, divide_half_even, exponent
from pipeboard.domain.periods import Period

SCHEMA = "pipeboard.metrics/1"
Json = dict[str, object]


def _number(value: float | None) -> float | None:
    """A rate or a mean to six decimals, null when unknown."""
    return None if value is None else round(value, 6)


def _major(minor: float | None, currency: str) -> float | None:
    """Minor units as a plain number of the currency's main unit, for figures that are rates."""
    return None if minor is None else round(minor / 10 ** exponent(currency), 6)


def _period(period: Period) -> Json:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _win_rate(rate: WinRate) -> Json:
    cohort = rate.cohort
    return {
        "value": _number(rate.value),
        "won": rate.won,
        "decided": rate.decided,
        "by_value": _number(rate.by_value),
        "cohort": {
            "created": cohort.created,
            "won": cohort.won,
            "lost": cohort.lost,
            "open": cohort.open,
            "value": _number(cohort.value),
        },
    }


def _deal_size(size: DealSize, currency: str) -> Json:
    if not size.n or size.median_minor is None:
        return {"mean": None, "median": None, "n": 0}
    return {
        "mean": decimal_string(divide_half_even(size.total_minor, size.n), currency),
        "median": decimal_string(round(size.median_minor), currency),
        "n": size.n,
    }


def _cycle(won: Cycle) -> Json:
    return {
        "mean": _number(won.mean_days),
        "median": _number(won.median_days),
        "p75": _number(won.p75_days),
        "n": won.n,
        "negative": won.n_negative,
        "unknown": won.n_unknown,
    }


def _velocity(velocity: Velocity, currency: str) -> Json:
    return {
        "value": _major(velocity.value_minor, currency),
        "open_deals": velocity.open_deals,
        "win_rate": _number(velocity.win_rate),
        "average_won_value": _major(velocity.average_won_minor, currency),
        "cycle_days": _number(velocity.cycle_days),
        "decided": velocity.decided,
        "window": _period(velocity.window),
        "missing": list(velocity.missing),
        "best_lever": velocity.best.name if velocity.best else None,
        "levers": [{"name": lever.name, "gain": _major(lever.gain_minor, currency)} for lever in velocity.levers],
    }


def _breakdown(rows: Sequence[BreakdownRow], currency: str) -> list[Json]:
    return [
        {
            "name": row.name,
            "open": row.open,
            "won": row.won,
            "lost": row.lost,
            "won_value": decimal_string(row.won_value_minor, currency),
            "win_rate": _number(row.win_rate),
            "cycle_days_mean": _number(row.cycle_days_mean),
        }
        for row in rows
    ]


def _previous(before: Headline | None, currency: str) -> Json:
    """The figures of the period before that have a counterpart; empty when nothing comes before."""
    if before is None:
        return {}
    return {
        "period": _period(before.period),
        "deals": {
            "won": before.won.deals,
            "lost": before.lost.deals,
            "excluded": before.excluded.deals,
            "created": before.created.deals,
        },
        "value": {
            "won": decimal_string(before.won.value_minor, currency),
            "lost": decimal_string(before.lost.value_minor, currency),
            "created": decimal_string(before.created.value_minor, currency),
        },
        "win_rate": _win_rate(before.win_rate),
        "average_won_value": _deal_size(before.average_won, currency),
        "cycle_days": _cycle(before.cycle),
    }


def _head(figures: Figures) -> Json:
    given = figures.given
    return {
        "schema": SCHEMA,
        "now": given.now.isoformat(),
        "zone": given.zone,
        "period": _period(given.period),
        "currency": given.currency,
        "filters": {
            "pipeline": given.pipeline,
            "owner": given.owner,
            "source": given.source,
            "product": given.product,
        },
    }


def _totals(figures: Figures) -> Json:
    currency = figures.given.currency
    return {
        "deals": {
            "open": figures.open.deals,
            "won": figures.won.deals,
            "lost": figures.lost.deals,
            "parked": figures.parked.deals,
            "excluded": figures.excluded.deals,
            "created": figures.created.deals,
            "undated": figures.undated.deals,
        },
        "value": {
            "open": decimal_string(figures.open.value_minor, currency),
            "weighted": decimal_string(figures.weighted_minor, currency),
            "won": decimal_string(figures.won.value_minor, currency),
            "lost": decimal_string(figures.lost.value_minor, currency),
            "created": decimal_string(figures.created.value_minor, currency),
            "without_value": figures.without_value,
            "unconverted": figures.unconverted,
        },
    }


def _stages(figures: Figures) -> Json:
    return {
        "funnel": [
            {
                "stage": row.name,
                "reached": row.reached,
                "conversion": _number(row.conversion),
                "eventually_won": _number(row.eventually_won),
            }
            for row in figures.funnel.rows
        ],
        "time_in_stage": [
            {
                "stage": row.name,
                "mean_days": _number(row.mean_days),
                "median_days": _number(row.median_days),
                "n": row.n,
            }
            for row in figures.time_in_stage
        ],
    }


def _losses(figures: Figures) -> Json:
    losses, currency = figures.losses, figures.given.currency
    return {
        "by_reason": [
            {"reason": row.reason, "count": row.deals, "value": decimal_string(row.value_minor, currency)}
            for row in losses.by_reason
        ],
        "by_stage": [{"stage": row.name, "count": row.deals} for row in losses.by_stage],
        "matrix": [list(counts) for counts in losses.matrix],
    }


def to_json(figures: Figures) -> Json:
    """The report as a dictionary of the contract: money as decimal strings, rates to six decimals.

    What cannot be computed is None, never 0. The velocity is a rate and so a number, in main units a day.
    """
    currency = figures.given.currency
    lost = figures.lost_cycle
    return {
        **_head(figures),
        **_totals(figures),
        "win_rate": _win_rate(figures.win_rate),
        "average_won_value": _deal_size(figures.average_won, currency),
        "cycle_days": {
            **_cycle(figures.cycle),
            "lost_mean": _number(lost.mean_days),
            "lost_median": _number(lost.median_days),
        },
        "velocity_per_day": _velocity(figures.velocity, currency),
        **_stages(figures),
        "losses": _losses(figures),
        "by_owner": _breakdown(figures.by_owner, currency),
        "by_source": _breakdown(figures.by_source, currency),
        "by_product": _breakdown(figures.by_product, currency),
        "by_company": _breakdown(figures.by_company, currency),
        "previous": _previous(figures.previous, currency),
    }

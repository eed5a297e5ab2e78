"""The figures of the pages in the JSON document: keys beside those of the contract, never in their place."""

from collections.abc import Mapping, Sequence

from pipeboard.domain.metrics.activities import ActivityRow
from pipeboard.domain.metrics.flow import OUTCOMES
from pipeboard.domain.metrics.pages import BusinessPage, StagePage, TeamPage
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.samples import ratio
from pipeboard.domain.metrics.serialize import Json, to_json
from pipeboard.domain.metrics.team import RepRow
from pipeboard.domain.metrics.top import TopRow
from pipeboard.domain.money import decimal_string
from pipeboard.domain.periods import period_key
from pipeboard.domain.quota import COUNT, Attainment


def document(made: Report, stages: StagePage, business: BusinessPage, team: TeamPage) -> Json:
    """Everything: the report as its contract says, and the pages."""
    whole = to_json(made)
    for key, more in (("win_rate", _rates(made, business)), ("cycle_days", _parked(business))):
        known = whole[key]
        assert isinstance(known, dict)
        whole[key] = {**known, **more}
    return {**whole, **_stages(stages), **_business(business, made), **_team(team, made)}


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _money(minor: float | None, made: Report) -> str | None:
    return None if minor is None else decimal_string(round(minor), made.given.currency)


def _rates(made: Report, page: BusinessPage) -> Json:
    won, lost, cohort = made.won.deals, made.lost.deals, made.win_rate.cohort
    strict = page.strict
    return {
        "loss_rate": _number(ratio(lost, won + lost)),
        "win_loss": f"{won}:{lost}",
        "won_of_created": _number(ratio(cohort.won, cohort.created)),
        "strict": {"value": _number(strict.value), "decided": strict.decided, "stale": len(strict.stale)},
        "reopened": len(page.reopened),
    }


def _parked(page: BusinessPage) -> Json:
    return {"parked_mean": _number(page.parked_days), "parked_n": len(page.parked)}


def _stages(page: StagePage) -> Json:
    turning = page.turning
    return {
        "stage_flow": [
            {"stage": row.name, "entered": row.entered, **dict(zip(OUTCOMES, row.outcomes, strict=True))}
            for row in page.flow
        ],
        "bottlenecks": [
            {"stage": one.name, "kinds": [cause.kind for cause in one.causes], "reason": one.reason}
            for one in page.bottlenecks
        ],
        "turning_point": None
        if turning is None
        else {
            "stage": turning.name,
            "before": _number(turning.before),
            "after": _number(turning.after),
            "is_warning": turning.is_warning,
        },
        "calibration": [
            {
                "stage": row.name,
                "probability": row.probability,
                "share": _number(row.share),
                "won": row.won,
                "n": row.n,
                "low": _number(row.interval.low if row.interval else None),
                "high": _number(row.interval.high if row.interval else None),
            }
            for row in page.calibration
        ],
    }


def _business(page: BusinessPage, made: Report) -> Json:
    value, cost, told = page.customers, page.acquisition, page.response
    return {
        "customers": {
            "label": value.label,
            "mean": _money(value.mean_minor, made),
            "accounts": value.accounts,
            "new_accounts": cost.accounts,
            "spent": _money(cost.spent_minor, made),
            "cac": _money(cost.cost_minor, made),
            "unconverted": cost.unconverted,
        },
        "source_returns": [
            {
                "name": row.source,
                "spent": _money(row.spent_minor, made),
                "won_value": _money(row.won_minor, made),
                "new_accounts": row.accounts,
                "cac": _money(row.cost_minor, made),
                "return": _number(row.roi),
            }
            for row in cost.sources
        ],
        "lead_response": {
            "median_minutes": _number(told.median_minutes),
            "mean_minutes": _number(told.mean_minutes),
            "p75_minutes": _number(told.p75_minutes),
            "n": told.n,
            "unanswered": len(told.unanswered),
        },
        "top": {kind: _tops(rows, made) for kind, rows in page.tops.items()},
    }


def _tops(rows: Sequence[TopRow], made: Report) -> list[Json]:
    return [
        {
            "name": row.name,
            "value": _money(row.value_minor, made),
            "deals": row.deals,
            "share": _number(row.share),
            "share_of_deals": _number(row.share_of_deals),
            "previous_value": _money(row.before_minor, made),
            "previous_deals": row.before_deals,
        }
        for row in rows
    ]


def _team(page: TeamPage, made: Report) -> Json:
    done = page.activities
    owners: Mapping[int, str] = made.given.owners
    return {
        "activities": {
            **_did(done.total),
            "per_day": _number(done.per_day),
            "attempts_won": _number(done.attempts_won),
            "attempts_lost": _number(done.attempts_lost),
            "given_up": len(done.given_up),
        },
        "team": [_rep(row, made) for row in page.reps],
        "targets": [_target(one, made, owners) for one in page.targets],
        "help_needed": [
            {"deal_id": one.deal_id, "owner": owners.get(one.owner_id or 0), "why": one.why} for one in page.help
        ],
    }


def _did(row: ActivityRow) -> Json:
    return {
        "calls": row.calls,
        "emails": row.emails,
        "meetings": row.meetings,
        "notes": row.notes,
        "touches": row.touches,
    }


def _rep(row: RepRow, made: Report) -> Json:
    return {
        "name": row.name,
        "open": row.open.deals,
        "open_value": _money(row.open.value_minor, made),
        "weighted": _money(row.weighted_minor, made),
        "created": row.created.deals,
        "won": row.won.deals,
        "lost": row.lost.deals,
        "won_value": _money(row.won.value_minor, made),
        "win_rate": _number(row.win_rate),
        "average_won_value": _money(row.average_minor, made),
        "cycle_days_mean": _number(row.cycle_days),
        "velocity_per_day": _money(row.velocity_minor, made),
        "tasks": row.tasks,
        "late_tasks": row.late_tasks,
        "help_needed": row.needs_help,
        "activities": None if row.activities is None else _did(row.activities),
    }


def _target(one: Attainment, made: Report, owners: Mapping[int, str]) -> Json:
    is_count = one.target.measure == COUNT

    def amount(number: int | None) -> str | int | None:
        return number if is_count else _money(number, made)

    return {
        "name": "team" if one.target.owner_id is None else owners.get(one.target.owner_id, ""),
        "measure": one.target.measure,
        "period": period_key(one.target.period),
        "target": amount(one.target.amount),
        "won": amount(one.done),
        "share": _number(one.share),
        "pace": _number(one.pace),
        "due": amount(one.due),
        "projected": amount(one.projected),
        "is_rolled_up": one.target.is_rolled_up,
        "weeks": [
            {"start": line.week.start.isoformat(), "plan": amount(line.plan), "won": amount(line.fact)}
            for line in one.weeks
        ],
    }

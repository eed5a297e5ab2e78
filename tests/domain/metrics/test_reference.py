"""Three more sets of real deals against the reference figures that two independent programs agree on: reasons and
stages of loss, targets of people, and deals that nobody knows the beginning of.

Skipped where the data is absent (see test_maven).
"""

import csv
import json
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

import pytest

from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.facts import DealFact, MetricsInput, select
from pipeboard.domain.metrics.report import Report, report
from pipeboard.domain.metrics.top import tops
from pipeboard.domain.metrics.win_rate import cohort_of
from pipeboard.domain.periods import Period, parse_period
from pipeboard.domain.quota import VALUE, Quota, Win, attainment, target_for
from pipeboard.domain.stage import DealStatus

from .cases import stage
from .test_maven import DATA, day

NAMES = ("pipeline_command_center", "meridian_demo", "duckflow_crm")
pytestmark = pytest.mark.skipif(
    not all((DATA / f"reference_{name}.json").exists() for name in NAMES), reason="the shared data is absent"
)
CLOSED = {"Closed Won": DealStatus.WON, "Closed Lost": DealStatus.LOST}


class Known(NamedTuple):
    """One data set: its deals as facts, its reference figures, and the report over all of it."""

    name: str
    given: MetricsInput
    figures: dict[str, Any]
    made: Report


def _rows(name: str) -> list[dict[str, str]]:
    file = "opportunities.csv" if name == "pipeline_command_center" else "deals.csv"
    with (DATA / name / file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _value(row: dict[str, str]) -> int | None:
    text = row.get("amount") or row.get("deal_value") or ""
    return round(float(text) * 100) if text else None


def _known(name: str) -> Known:
    rows = _rows(name)
    reference = json.loads((DATA / f"reference_{name}.json").read_text(encoding="utf-8"))
    order = ["Prospecting", "Qualification", "Discovery", "Proposal", "Negotiation"]
    stages = [stage(at, title, counts=True) for at, title in enumerate(order, 1)]
    people = sorted({row.get("owner") or row.get("rep_id") or "" for row in rows})
    deals = []
    for number, row in enumerate(rows, 1):
        status = CLOSED.get(row["stage"], DealStatus.OPEN)
        lost_at = row.get("lost_at_stage") or ""
        deals.append(
            DealFact(
                id=number,
                status=status,
                stage_id=90 + status if row["stage"] in CLOSED else order.index(row["stage"]) + 1,
                owner_id=people.index(row.get("owner") or row.get("rep_id") or ""),
                company=row.get("account_name") or row.get("contact_id") or "",
                product=row.get("product") or row.get("product_line") or "",
                source=row.get("lead_source") or row.get("source") or "",
                value_minor=_value(row),
                is_unconverted=False,
                weighted_hundredths=None,
                created_on=day(row.get("created_date") or ""),
                started_on=None,
                closed_on=day(row["close_date"]) if status != DealStatus.OPEN else None,
                lost_reason=row.get("loss_reason") or "",
                is_excluded=False,
                furthest_position=order.index(lost_at) if lost_at else None,
                closed_from_stage_id=order.index(lost_at) + 1 if lost_at else None,
                is_velocity_stage=status == DealStatus.OPEN,
            )
        )
    today = date.fromisoformat(reference["as_of"])
    given = MetricsInput(
        period=Period(date(2020, 1, 1), date.fromordinal(today.toordinal() + 1)),
        now=datetime.combine(today, time(12), UTC),
        today=today,
        zone="UTC",
        currency="USD",
        pipeline=name,
        stages=stages,
        owners=dict(enumerate(people)),
        deals=deals,
        stage_times=(),
        is_all=True,
    )
    figures = {key: figure["value"] for key, figure in reference["figures"].items()}
    return Known(name, given, figures, report(given))


@pytest.fixture(scope="module", params=NAMES)
def known(request: pytest.FixtureRequest) -> Known:
    return _known(request.param)


def same(found: float | None, wanted: float | None) -> bool:
    """The reference rounds to six decimals."""
    return found is None if wanted is None else found == pytest.approx(wanted, abs=1e-6)


def major(minor: float | None) -> float | None:
    return None if minor is None else minor / 100


def test_counts_money_and_rates(known: Known) -> None:
    made, figures = known.made, known.figures
    assert (made.open.deals, made.won.deals, made.lost.deals) == tuple(
        figures[f"{name}_count"] for name in ("open", "won", "lost")
    )
    for name in ("open", "won", "lost"):
        assert major(getattr(made, name).value_minor) == figures[f"{name}_value"]
    assert same(made.win_rate.value, figures["win_rate_closed"])
    assert same(made.win_rate.by_value, figures["win_rate_value"])
    assert made.average_won.n == figures["won_with_value"]
    assert same(major(made.average_won.mean_minor), figures["avg_won_value"])
    assert same(major(made.average_won.median_minor), figures["median_won_value"])


def test_cycle_and_velocity(known: Known) -> None:
    made, figures = known.made, known.figures
    assert made.cycle.n == figures["cycle_won_n"]
    assert same(made.cycle.mean_days, figures["cycle_won_mean_days_nonneg"])
    assert same(made.cycle.median_days, figures["cycle_won_median_days"])
    assert made.cycle.n_negative + made.lost_cycle.n_negative == figures["cycle_negative_n"]
    assert same(major(made.velocity.value_minor), figures["velocity_open_per_day"])
    assert bool(made.velocity.missing) == (figures["velocity_open_per_day"] is None)


@pytest.mark.parametrize("kind", ["owner", "product", "source"])
def test_every_owner_product_and_source(known: Known, kind: str) -> None:
    wanted = known.figures[f"by_{kind}"]
    rows: dict[str, tuple[BreakdownRow, ...]] = {
        "owner": known.made.by_owner,
        "product": known.made.by_product,
        "source": known.made.by_source,
    }
    if wanted is None:
        assert [row.name for row in rows[kind]] in (["(none)"], [""], ["#0"])
        return
    assert {row.name for row in rows[kind]} == set(wanted)
    for row in rows[kind]:
        one = wanted[row.name]
        assert (row.open, row.won, row.lost) == (one["open"], one["won"], one["lost"])
        assert major(row.won_value_minor) == one["won_value"]
        assert same(row.win_rate, one["win_rate"])
        assert same(row.cycle_days_mean, one["cycle_won_mean_days"])


def test_the_largest_customers_with_their_share(known: Known) -> None:
    rows = tops(known.given, select(known.given.deals, known.given.period), None)["company"]
    wanted = known.figures["top_accounts_by_won_value"]
    ordered = sorted(rows, key=lambda row: (-row.value_minor, row.name))
    assert [(row.name, major(row.value_minor)) for row in ordered[: len(wanted)]] == [(n, v) for n, v, *_ in wanted]
    assert [row.value_minor for row in rows] == [row.value_minor for row in ordered]
    shares = [row.share for row in rows if row.share is not None]
    assert sum(shares) == pytest.approx(1)


def test_reasons_and_stages_of_loss(known: Known) -> None:
    made, wanted = known.made.losses, known.figures["lost_by_reason"]
    if wanted is not None:
        found = {row.reason: (row.deals, major(row.value_minor)) for row in made.by_reason}
        assert found == {reason: (one["n"], one["value"]) for reason, one in wanted.items()}
    by_stage = known.figures["lost_by_stage"]
    if by_stage is not None:
        counts = {row.name: row.deals for row in made.by_stage if row.deals}
        assert counts == {name: one["n"] for name, one in by_stage.items()}
        assert [sum(column) for column in zip(*made.matrix, strict=True)] == [row.deals for row in made.by_stage]


@pytest.mark.parametrize("grain", ["month", "quarter"])
def test_every_month_and_quarter_by_closing(known: Known, grain: str) -> None:
    for text, wanted in known.figures[f"by_close_{grain}"].items():
        chosen = select(known.given.deals, parse_period(text.replace("Q", "-Q")))
        assert (len(chosen.won), len(chosen.lost)) == (wanted["won"], wanted["lost"])
        made = report(known.given._replace(period=parse_period(text.replace("Q", "-Q")), is_all=False))
        assert same(made.win_rate.value, wanted["win_rate"])
        assert (major(made.won.value_minor), major(made.lost.value_minor)) == (
            wanted["won_value"],
            wanted["lost_value"],
        )


def test_the_cohort_of_every_month(known: Known) -> None:
    for text, wanted in (known.figures["by_created_month"] or {}).items():
        cohort = cohort_of(select(known.given.deals, parse_period(text)).created)
        assert (cohort.created, cohort.won, cohort.lost, cohort.open) == (
            wanted["n"],
            wanted["won"],
            wanted["lost"],
            wanted["open"],
        )
        assert same(cohort.value, wanted["win_rate"])


def test_targets_of_the_people_of_meridian() -> None:
    """Quarter 1 of 2026: the quotas of the file, and the wins of the reference."""
    known = _known("meridian_demo")
    with (DATA / "meridian_demo" / "reps.csv").open(encoding="utf-8", newline="") as file:
        people = {row["rep_id"]: int(row["quota_q1_2026"]) * 100 for row in csv.DictReader(file)}
    ids = {name: owner for owner, name in known.given.owners.items()}
    ids |= {name: 1000 + at for at, name in enumerate(sorted(set(people) - set(ids)))}
    quotas = [
        Quota(at, ids[name], None, "2026-Q1", VALUE, amount, "USD", None)
        for at, (name, amount) in enumerate(people.items())
    ]
    wins = [
        Win(deal.id, deal.owner_id, 1, deal.closed_on, deal.value_minor)
        for deal in known.given.deals
        if deal.status == DealStatus.WON and deal.closed_on
    ]
    quarter = parse_period("2026-Q1")

    def reached(owner_id: int | None) -> tuple[int, int, bool]:
        target = target_for(quotas, quarter, 1, owner_id, VALUE, lambda minor, _: minor)
        assert target is not None
        made = attainment(target, wins, known.given.today)
        assert sum(line.fact for line in made.weeks) == made.done
        assert made.pace == 1.0
        return made.done, target.amount, target.is_rolled_up

    for name, quota in people.items():
        won = known.figures["by_owner"].get(name, {}).get("won_value", 0.0)
        assert reached(ids[name]) == (round(won * 100), quota, False)
    assert reached(None) == (known.made.won.value_minor, sum(people.values()), True)

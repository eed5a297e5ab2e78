"""A written table of awkward deals, and an input made of them."""

from datetime import UTC, date, datetime
from typing import Any

from pipeboard.domain.forecast.facts import ForecastDeal
from pipeboard.domain.forecast.report import ForecastInput, PastRates
from pipeboard.domain.forecast.stage_fill import StageStays
from pipeboard.domain.metrics.funnel import Funnel, FunnelRow
from pipeboard.domain.periods import Period
from pipeboard.domain.quota import Quota
from pipeboard.domain.stage import DealStatus, Stage, StageKind

TODAY = date(2026, 11, 22)
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
LEAD = Stage(1, 1, "Lead", 0, StageKind.OPEN, 10, 7, forecast_category="omitted")
PROPOSAL = Stage(2, 1, "Proposal", 1, StageKind.OPEN, 50, 14, forecast_category="best")
CLOSING = Stage(3, 1, "Closing", 2, StageKind.OPEN, 80, 10, forecast_category="commit")
WON = Stage(4, 1, "Won", 3, StageKind.WON, 100)
LOST = Stage(5, 1, "Lost", 4, StageKind.LOST, 0)
STAGES = (LEAD, PROPOSAL, CLOSING)
EVERY = {stage.id: stage for stage in (*STAGES, WON, LOST)}

Row = dict[str, Any]


def row(what: str, value: int | None, **fields: Any) -> Row:
    return {
        "what": what, "value": value, "cost": None, "stage": 2, "percent": 50, "is_won": False, "close_on": None,
        "closed_on": None, "payment_on": None, "owner": 1, "category": "best", "is_unconverted": False, **fields,
    }  # fmt: skip


def won(what: str, value: int | None, day: date, **fields: Any) -> Row:
    return row(what, value, is_won=True, closed_on=day, stage=4, percent=100, **fields)


TABLE: tuple[Row, ...] = (
    won("first day of the quarter", 100_00, date(2026, 10, 1)),
    won("the day before the quarter", 7_00, date(2026, 9, 30)),
    won("today", 55_55, TODAY, owner=2, cost=20_00),
    won("without a value", None, date(2026, 11, 2)),
    won("without a rate", None, date(2026, 11, 2), is_unconverted=True),
    won("paid next month", 33_33, date(2026, 10, 30), payment_on=date(2026, 12, 1)),
    won("expected elsewhere than it closed", 10_00, date(2026, 11, 3), close_on=date(2027, 3, 1)),
    row("closes today", 1_01, close_on=TODAY),
    row("closes on the last day", 2_03, close_on=date(2026, 12, 31), cost=1_00),
    row("closes on the first day after", 4_05, close_on=date(2027, 1, 1)),
    row("should have closed yesterday", 8_07, close_on=date(2026, 11, 21)),
    row("should have closed last year", 16_09, close_on=date(2025, 1, 1), owner=2),
    row("no day", 32_11, stage=1, percent=10, category="omitted"),
    row("no day and no value", None),
    row("no value", None, close_on=date(2026, 12, 5)),
    row("no rate", None, close_on=date(2026, 12, 5), is_unconverted=True),
    row("worth nothing", 0, close_on=date(2026, 12, 6)),
    row("sure", 64_13, close_on=date(2026, 12, 7), percent=100, category="commit", owner=2),
    row("hopeless", 128_15, close_on=date(2026, 12, 8), percent=0, category="pipeline"),
    row("within 30 days, the last of them", 3_33, close_on=date(2026, 12, 21), percent=33),
    row("on the 31st day", 5_55, close_on=date(2026, 12, 22), percent=33),
    row("left out", 7_77, close_on=date(2026, 12, 9), stage=1, percent=10, category="omitted"),
    row("nobody's", 9_99, close_on=date(2026, 12, 10), owner=None, percent=75),
    row("in two years", 11_11, close_on=date(2028, 11, 1), payment_on=date(2026, 11, 30)),
    row("to be paid before it is won", 13_13, close_on=date(2026, 12, 11), payment_on=date(2026, 10, 10)),
)  # fmt: skip


def deal_of(place: int, one: Row) -> ForecastDeal:
    value, cost = one["value"], one["cost"]
    return ForecastDeal(
        place + 1, DealStatus.WON if one["is_won"] else DealStatus.OPEN, one["stage"], one["owner"], one["percent"],
        value, one["is_unconverted"], None if value is None else value * one["percent"],
        None if value is None or cost is None else value - cost, one["category"], one["close_on"], one["closed_on"],
        one["payment_on"],
    )  # fmt: skip


def quota(amount: int | None, owner_id: int | None = None, period: str = "2026-Q4", **fields: Any) -> Quota:
    return Quota(1, owner_id, 1, period, "value", amount, "EUR", None)._replace(**fields)


def made_input(rows: tuple[Row, ...] = TABLE, **fields: Any) -> ForecastInput:
    """The rows as an input: 5 of 8 decided deals were won with a mean of 40.00."""
    funnel = Funnel(
        (
            FunnelRow(1, "Lead", 8, 0.75, 0.625),
            FunnelRow(2, "Proposal", 6, 5 / 6, 5 / 6),
            FunnelRow(3, "Closing", 4, 1.0, 1.0),
            FunnelRow(None, "Won", 5, None, 1.0),
        ),
        0.625,
    )
    given = ForecastInput(
        period=QUARTER,
        now=datetime(2026, 11, 22, 9, tzinfo=UTC),
        today=TODAY,
        zone="UTC",
        currency="EUR",
        pipeline_id=1,
        pipeline="Sales",
        stages=STAGES,
        every_stage=EVERY,
        owners={1: "Anna", 2: "Boris [/x]"},
        deals=[deal_of(place, one) for place, one in enumerate(rows)],
        quotas=(),
        to_base=lambda minor, currency: minor if currency == "EUR" else None,
        stays={stage.id: StageStays(0, {}, None) for stage in STAGES},
        rates=PastRates(Period(date(2026, 8, 25), date(2026, 11, 23)), 8, 0.625, 40_00.0, funnel),
    )
    return given._replace(**fields)

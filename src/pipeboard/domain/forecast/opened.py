"""Every figure of a forecast opens: what it means with its actual values, and the deals it is made of."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from pipeboard.domain.errors import NotFound
from pipeboard.domain.figure_parts import DealPart, OpenedFigure, total_of
from pipeboard.domain.forecast.categories import rolled
from pipeboard.domain.forecast.explained import explained
from pipeboard.domain.forecast.facts import ForecastDeal, sums
from pipeboard.domain.forecast.months import (
    Day,
    ahead_in,
    in_horizon,
    is_later,
    is_overdue,
    month_key,
    open_day,
    payment_day,
    won_day,
    won_in,
)
from pipeboard.domain.forecast.report import Forecast, overdue_in
from pipeboard.domain.money import format_money
from pipeboard.domain.periods import Period, day_label

EXPECTED, FULL = "expected", "full"
"""What a deal adds: its weighted value (a won one all of it), or its value."""

_NO_OWNER = "none"


def opened(made: Forecast, key: str) -> OpenedFigure:
    """The figure behind a key (see `keys_of`); NotFound for one that names no figure."""
    deals, how = _deals(made, key)
    known = explained(made, key)
    parts = tuple(_part(made, deal, how) for deal in deals)
    return OpenedFigure(key, known.title, known.sentence, known.formula, parts, _total(made, deals, parts, how))


def keys_of(made: Forecast) -> tuple[str, ...]:
    """The keys of all figures of a forecast."""
    months = [row.key for row in made.months.rows]
    parts = ("won", "expected", "best")
    return (
        *(f"{part}:{month}" for month in months for part in parts),
        *(f"paid:{month}" for month in months),
        *("overdue", "no_date", "later", "overdue_in_period", "paid_overdue", "paid_no_date", "paid_later"),
        *(f"horizon:{row.days or 'all'}" for row in made.horizons),
        *(f"category:{row.category}" for row in made.categories),
        *("won", "ahead", "open", "coverage", "attainment", "projection", "pace"),
        *(f"owner:{_NO_OWNER if row.owner_id is None else row.owner_id}" for row in made.owners),
        *(f"fill:{row.stage_id}" for row in made.fill.rows),
        *(f"filled:{point.days}" for point in made.fill.points),
        *(f"need:{row.stage_id}" for row in made.reverse.rows),
        *("need:wins", "need:leads"),
    )


def _deals(made: Forecast, key: str) -> tuple[list[ForecastDeal], str]:
    given = made.given
    today, period, deals = given.today, given.period, given.deals
    won, ahead = won_in(deals, period), ahead_in(deals, period, today)
    open_deals = [deal for deal in deals if not deal.is_won]
    end = made.months.rows[-1].month.end
    simple: dict[str, tuple[Callable[[], Iterable[ForecastDeal]], str]] = {
        "won": (lambda: won, FULL),
        "ahead": (lambda: ahead, EXPECTED),
        "open": (lambda: open_deals, FULL),
        "coverage": (lambda: ahead, FULL),
        "attainment": (lambda: won, FULL),
        "pace": (lambda: won, FULL),
        "projection": (lambda: [*won, *ahead], EXPECTED),
        "overdue": (lambda: [d for d in open_deals if is_overdue(d, today)], FULL),
        "overdue_in_period": (lambda: overdue_in(given), FULL),
        "no_date": (lambda: [d for d in open_deals if d.close_on is None], FULL),
        "later": (lambda: [d for d in open_deals if is_later(d.close_on, end, today)], FULL),
        "paid_overdue": (lambda: [d for d in open_deals if is_overdue(d, today, payment_day)], EXPECTED),
        "paid_no_date": (lambda: [d for d in deals if d.payment_on is None], EXPECTED),
        "paid_later": (lambda: _paid_later(made, end), EXPECTED),
    }
    if key in simple:
        found, how = simple[key]
        return list(found()), how
    kind, _, name = key.partition(":")
    if kind in ("won", "expected", "best", "paid"):
        month = _month(made, key, name)
        if kind == "paid":
            return _in_month(deals, month, today, payment_day, payment_day), EXPECTED
        mine = _in_month(deals, month, today, open_day, won_day)
        return [d for d in mine if d.is_won] if kind == "won" else mine, EXPECTED if kind == "expected" else FULL
    if kind == "horizon":
        for row in made.horizons:
            if name == str(row.days or "all"):
                return in_horizon(open_deals, today, row.days), FULL
    if kind == "category" and name in {row.category for row in made.categories}:
        return rolled(ahead, won, name), FULL
    if kind == "owner":
        ids = {_NO_OWNER if row.owner_id is None else str(row.owner_id): row.owner_id for row in made.owners}
        if name in ids:
            return [d for d in (*won, *ahead) if d.owner_id == ids[name]], EXPECTED
    if kind in ("fill", "filled", "need"):
        return _stage_deals(made, open_deals, kind, name, key), FULL
    raise NotFound(f"There is no figure called {key!r}.")


def _stage_deals(
    made: Forecast, open_deals: Sequence[ForecastDeal], kind: str, name: str, key: str
) -> list[ForecastDeal]:
    """The open deals in a stage (`fill`), in it or past it (`need`), or all that are projected (`filled`)."""
    ids = [stage.id for stage in made.given.stages]
    if kind == "need" and name in ("wins", "leads"):
        return list(open_deals)
    if kind == "filled" and name in {str(point.days) for point in made.fill.points}:
        return [deal for deal in open_deals if deal.stage_id in ids]
    if not name.isdecimal() or int(name) not in ids:
        raise NotFound(f"There is no figure called {key!r}.")
    place = ids.index(int(name))
    wanted = ids[place : place + 1] if kind == "fill" else ids[place:]
    return [deal for deal in open_deals if deal.stage_id in wanted]


def _paid_later(made: Forecast, end: date) -> list[ForecastDeal]:
    """The deals whose money is to arrive after the last month on show."""
    return [
        deal
        for deal in made.given.deals
        if deal.payment_on is not None
        and (deal.payment_on >= end if deal.is_won else is_later(deal.payment_on, end, made.given.today))
    ]


def _in_month(deals: Iterable[ForecastDeal], month: Period, today: date, day: Day, won: Day) -> list[ForecastDeal]:
    """The deals of a month: won ones by one day, open ones by another unless that has passed."""
    ahead = Period(max(month.start, today), month.end)
    return [deal for deal in deals if (month.has(won(deal)) if deal.is_won else ahead.has(day(deal)))]


def _month(made: Forecast, key: str, name: str) -> Period:
    for row in made.months.rows:
        if month_key(row.month) == name:
            return row.month
    raise NotFound(f"There is no figure called {key!r}.")


def _part(made: Forecast, deal: ForecastDeal, how: str) -> DealPart:
    if deal.is_won:
        note = f"won {day_label(deal.closed_on)}" if deal.closed_on else "won"
    elif deal.close_on is None:
        note = f"no close date, {deal.percent}%"
    else:
        late = "was to close" if deal.close_on < made.given.today else "closes"
        note = f"{late} {day_label(deal.close_on)}, {deal.percent}%"
    return DealPart(deal.id, deal.weighted_minor if how == EXPECTED else deal.value_minor, note)


def _total(made: Forecast, deals: Sequence[ForecastDeal], parts: Sequence[DealPart], how: str) -> str:
    """What the deals come to, in words, and how many of them are in no sum."""
    found, currency = sums(deals), made.given.currency
    amount = found.weighted_minor if how == EXPECTED else total_of(parts)
    words = f"{len(deals):,} deal{'' if len(deals) == 1 else 's'}, {format_money(amount, currency)}"
    if how == EXPECTED:
        words += " won or weighted"
    gaps = [(found.without_value, "without a value"), (found.unconverted, "without a rate")]
    return ", ".join([words, *(f"{count:,} {text}" for count, text in gaps if count)])

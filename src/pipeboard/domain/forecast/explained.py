"""What the figures of a forecast mean, in a sentence, and how they came about, with the values put in."""

from collections.abc import Callable
from typing import NamedTuple

from pipeboard.domain.errors import NotFound
from pipeboard.domain.forecast.coverage import Coverage
from pipeboard.domain.forecast.facts import Sums
from pipeboard.domain.forecast.report import Forecast
from pipeboard.domain.money import format_money
from pipeboard.domain.periods import label

UNKNOWN = "-"
CATEGORY_NAMES = {"commit": "Commit", "best": "Best case", "pipeline": "Open pipeline", "omitted": "Omitted"}


class Explained(NamedTuple):
    """A figure in words."""

    title: str
    sentence: str
    formula: str


def explained(made: Forecast, key: str) -> Explained:
    """The words for a figure; NotFound for a key that names none."""
    kind, _, name = key.partition(":")
    maker = _MAKERS.get(kind)
    found = maker(made, name) if maker is not None else None
    if found is None:
        raise NotFound(f"There is no figure called {key!r}.")
    return found


def _money(made: Forecast, minor: float | None) -> str:
    return UNKNOWN if minor is None else format_money(round(minor), made.given.currency)


def amount_words(made: Forecast, covered: Coverage, amount: float | None) -> str:
    """An amount of a coverage: money, or deals where the target counts deals."""
    if amount is None:
        return UNKNOWN
    if covered.target is not None and covered.target.is_count:
        return f"{amount:,.1f} deals" if amount != round(amount) else f"{amount:,.0f} deal{'' if amount == 1 else 's'}"
    return _money(made, amount)


def profit_words(made: Forecast, found: Sums, *, is_weighted: bool = False) -> str:
    """The profit of deals, with how many costs are not known; "" when none is known."""
    known = found.deals - found.without_value - found.unconverted - found.unknown_cost
    if not known:
        return ""
    profit = found.weighted_profit_minor if is_weighted else found.profit_minor
    gap = f" ({found.unknown_cost:,} without a cost)" if found.unknown_cost else ""
    return f"profit {_money(made, profit)}{gap}"


def _month(made: Forecast, name: str, kind: str) -> Explained | None:
    row = next((row for row in made.months.rows if row.key == name), None)
    if row is None:
        return None
    month, won = label(row.month), _money(made, row.won.value_minor)
    if kind == "won":
        return Explained(
            f"Won in {month}",
            f"Deals that are won, by the day they were closed, in {month}.",
            f"{row.won.deals:,} deals = {won}{_beside(profit_words(made, row.won))}",
        )
    if kind == "expected":
        share, total = _money(made, row.open.weighted_minor), _money(made, row.expected_minor)
        return Explained(
            f"Expected in {month}",
            f"Won in {month}, and the open deals expected to close in it, each by its probability; overdue ones not.",
            f"{won} won + {share} weighted = {total}{_beside(profit_words(made, row.open, is_weighted=True))}",
        )
    value, total = _money(made, row.open.value_minor), _money(made, row.best_minor)
    return Explained(
        f"Best case of {month}",
        f"Won in {month}, and every open deal expected to close in it in full; overdue ones not.",
        f"{won} won + {value} open = {total}{_beside(profit_words(made, row.open))}",
    )


def _beside(words: str) -> str:
    return f"; {words}" if words else ""


def _paid(made: Forecast, name: str) -> Explained | None:
    row = next((row for row in made.payments.rows if row.key == name), None)
    if row is None:
        return None
    won, share = _money(made, row.won.value_minor), _money(made, row.open.weighted_minor)
    return Explained(
        f"Money in {label(row.month)}",
        "Money that is to arrive, by the payment date: of won deals in full, of open ones by their probability.",
        f"{won} of won deals + {share} weighted = {_money(made, row.expected_minor)}",
    )


def _bucket(title: str, sentence: str, pick: Callable[[Forecast], Sums]) -> Callable[[Forecast, str], Explained]:
    def made_of(made: Forecast, _: str) -> Explained:
        found = pick(made)
        words = f"{found.deals:,} deal{'' if found.deals == 1 else 's'}, {_money(made, found.value_minor)} in full"
        return Explained(title, sentence, f"{words}, {_money(made, found.weighted_minor)} weighted")

    return made_of


def _horizon(made: Forecast, name: str) -> Explained | None:
    row = next((row for row in made.horizons if str(row.days or "all") == name), None)
    if row is None:
        return None
    span = f"within {row.days} days" if row.days else "at any time"
    found = row.sums
    return Explained(
        f"Expected {span}",
        f"Open deals expected to close {span} from today; overdue ones and those without a date are not in it.",
        f"{found.deals:,} deals, {_money(made, found.value_minor)} in full, "
        f"{_money(made, found.weighted_minor)} weighted{_beside(profit_words(made, found))}",
    )


_TAKES_IN = {
    "commit": "Won in the period, and open deals in the category commit expected in the rest of it.",
    "best": "Commit, and open deals in the category best.",
    "pipeline": "Open deals in the categories commit, best and pipeline expected in the rest of the period.",
    "omitted": "Open deals that are left out of every other sum of the categories.",
}


def _category(made: Forecast, name: str) -> Explained | None:
    row = next((row for row in made.categories if row.category == name), None)
    if row is None:
        return None
    own = f"{row.own.deals:,} deals of its own with {_money(made, row.own.value_minor)}"
    return Explained(CATEGORY_NAMES[name], _TAKES_IN[name], f"{own}; rolled up {_money(made, row.rolled_minor)}")


def _coverage(made: Forecast, _: str) -> Explained:
    covered = made.coverage
    sentence = (
        "Coverage = open value expected in the rest of the period / (target - won in it); needed is 1 / win rate."
    )
    if covered.target is None:
        return Explained("Coverage", sentence, f"no target is set for {label(made.given.period)}")
    left, won = amount_words(made, covered, covered.open), amount_words(made, covered, covered.won)
    target = amount_words(made, covered, covered.target.amount)
    result = "the target is met" if covered.remaining == 0 else f"{covered.ratio or 0:.1f} times"
    needed = f"needed {covered.needed:.1f} times" if covered.needed else "no win rate to say what is needed"
    return Explained("Coverage", sentence, f"{left} / ({target} - {won}) = {result}; {needed}{_plain(covered)}")


def _plain(covered: Coverage) -> str:
    return "" if covered.plain_ratio is None else f"; the whole pipeline is {covered.plain_ratio:.1f} times the target"


def _attainment(made: Forecast, _: str) -> Explained:
    covered = made.coverage
    sentence = "Attainment = won in the period / target."
    if covered.target is None or covered.attainment is None:
        return Explained("Attainment", sentence, f"no target is set for {label(made.given.period)}")
    won, target = amount_words(made, covered, covered.won), amount_words(made, covered, covered.target.amount)
    return Explained("Attainment", sentence, f"{won} / {target} = {covered.attainment:.0%} ({covered.target.source})")


def _pace(made: Forecast, _: str) -> Explained:
    covered = made.coverage
    sentence = "Pace: the target times the share of the period's workdays (Monday to Friday) that are over, with today."
    if covered.due_by_now is None:
        return Explained("Pace", sentence, f"{covered.elapsed_share:.0%} of the workdays are over; no target is set")
    by_now, won = amount_words(made, covered, round(covered.due_by_now)), amount_words(made, covered, covered.won)
    gap = covered.won - round(covered.due_by_now)
    side = "ahead" if gap >= 0 else "behind"
    formula = (
        f"{covered.elapsed_share:.0%} over: {by_now} by now, {won} won, {amount_words(made, covered, abs(gap))} {side}"
    )
    return Explained("Pace", sentence, formula)


def _projection(made: Forecast, _: str) -> Explained:
    covered = made.coverage
    won, rest = amount_words(made, covered, covered.won), amount_words(made, covered, covered.weighted)
    share = "" if covered.projected_share is None else f", {covered.projected_share:.0%} of the target"
    return Explained(
        "Projection",
        "Projection = won in the period + the weighted value of the open deals expected in the rest of it.",
        f"{won} + {rest} = {amount_words(made, covered, covered.projected)}{share}",
    )


def _owner(made: Forecast, name: str) -> Explained | None:
    for row in made.owners:
        if name == ("none" if row.owner_id is None else str(row.owner_id)):
            won, share = _money(made, row.won.value_minor), _money(made, row.ahead.weighted_minor)
            total = _money(made, row.won.value_minor + row.ahead.weighted_minor)
            return Explained(
                row.name,
                f"What {row.name} has won in the period, and the weighted value of the deals expected in its rest.",
                f"{won} won + {share} weighted = {total}",
            )
    return None


def _fill(made: Forecast, name: str) -> Explained | None:
    for row in made.fill.rows:
        if name == str(row.stage_id):
            then = ", ".join(
                f"{count:.1f} in {point.days} days" for count, point in zip(row.later, made.fill.points, strict=True)
            )
            basis = row.why or f"by the {row.exits:,} exits of the last 180 days"
            return Explained(
                f"{row.name}, projected",
                "How many of today's open deals will stand in it, at the speed of the last 180 days; new deals not.",
                f"{row.now:,} now, {then}; {basis}",
            )
    return None


def _filled(made: Forecast, name: str) -> Explained | None:
    for point in made.fill.points:
        if name == str(point.days):
            return Explained(
                f"Won within {name} days, projected",
                "How many of today's open deals will have been won, at the speed of the last 180 days; new deals not.",
                f"{point.won:.1f} won with about {_money(made, point.won_minor)}, {point.lost:.1f} lost,"
                f" {point.gone:.1f} parked or handed over",
            )
    return None


def _need(made: Forecast, name: str) -> Explained | None:
    found, rates = made.reverse, made.given.rates
    sentence = "Wins = what remains / average won value; deals in a stage = wins / the share won from it in the end."
    rate, size = rates.win_rate, _money(made, rates.average_won_minor)
    if name in ("wins", "leads"):
        if found.wins is None:
            return Explained("Reverse funnel", sentence, f"cannot be said without {' and '.join(found.missing)}")
        remaining = amount_words(made, made.coverage, made.coverage.remaining)
        wins = f"{found.wins:,} wins"
        if made.coverage.target is not None and not made.coverage.target.is_count:
            wins = f"{remaining} / {size} = {wins}"
        leads = f"; {found.wins:,} / {rate:.1%} = {found.leads:,} leads" if rate and found.leads is not None else ""
        return Explained("Reverse funnel", sentence, f"{wins}{leads}; rates of {rates.decided:,} decided deals")
    for row in found.rows:
        if name == str(row.stage_id):
            source = "of those decided" if row.is_measured else "the stage's probability"
            needed = UNKNOWN if row.needed is None else f"{row.needed:,}"
            formula = f"{found.wins:,} wins / {row.share:.0%} ({source}) = {needed}; {row.have:,} are there or further"
            return Explained(f"Needed in {row.name}", sentence, formula)
    return None


_WON_IN_PERIOD = _bucket(
    "Won in the period", "Deals won in the period, by the day they were closed.", lambda made: made.won
)

_MAKERS: dict[str, Callable[[Forecast, str], Explained | None]] = {
    "expected": lambda made, name: _month(made, name, "expected"),
    "best": lambda made, name: _month(made, name, "best"),
    "won": lambda made, name: _month(made, name, "won") if name else _WON_IN_PERIOD(made, name),
    "paid": _paid,
    "overdue": _bucket(
        "Overdue",
        "Open deals whose expected close date has passed: in no month, because nobody knows when they will close.",
        lambda made: made.months.overdue,
    ),
    "overdue_in_period": _bucket(
        "Overdue in the period",
        "Open deals that should have closed in the period before today: in none of its sums until they get a new date.",
        lambda made: made.overdue_in_period,
    ),
    "no_date": _bucket(
        "No close date", "Open deals without an expected close date: in no month.", lambda made: made.months.no_date
    ),
    "later": _bucket(
        "Later", "Open deals expected to close after the last month on show.", lambda made: made.months.later
    ),
    "paid_overdue": _bucket(
        "Payment overdue",
        "Open deals whose payment date has passed before they were won.",
        lambda made: made.payments.overdue,
    ),
    "paid_no_date": _bucket(
        "No payment date",
        "Open deals, and deals won in the months on show, without a payment date.",
        lambda made: made.payments.no_date.with_those(made.payments.won_no_date),
    ),
    "paid_later": _bucket(
        "Paid later",
        "Deals whose money is to arrive after the last month on show.",
        lambda made: made.payments.later.with_those(made.payments.won_later),
    ),
    "horizon": _horizon,
    "category": _category,
    "ahead": _bucket(
        "Expected in the rest of the period",
        "Open deals expected to close in the period, today or later.",
        lambda made: made.ahead,
    ),
    "open": _bucket("Open pipeline", "Every open deal, whenever it is expected to close.", lambda made: made.open),
    "coverage": _coverage,
    "attainment": _attainment,
    "pace": _pace,
    "projection": _projection,
    "owner": _owner,
    "fill": _fill,
    "filled": _filled,
    "need": _need,
}

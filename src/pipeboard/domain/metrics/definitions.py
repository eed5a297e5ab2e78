"""What every figure means, in a sentence, and how its value came about, in numbers."""

from collections.abc import Callable
from typing import NamedTuple

from pipeboard.domain.errors import NotFound
from pipeboard.domain.metrics.breakdown import BreakdownRow
from pipeboard.domain.metrics.cycle import Cycle
from pipeboard.domain.metrics.facts import Tally
from pipeboard.domain.metrics.figures import Figures
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import format_money
from pipeboard.domain.periods import label

UNKNOWN = "-"
"""What stands for a figure that cannot be computed."""


class Definition(NamedTuple):
    """The meaning of a figure and the formula with the values of this report in it."""

    sentence: str
    formula: str


_SENTENCES = {
    "open": "Open deals: deals in an open stage now; those without a value are counted, not summed.",
    "weighted": "Weighted value: value x probability over the open deals of now that have a value.",
    "won": "Won: deals that are won now and were closed in the period.",
    "lost": "Lost: deals that are lost now and were closed in the period; duplicates and tests left out.",
    "parked": "Parked: deals that wait in the fridge now; they are in no other figure.",
    "excluded": "Excluded: deals closed in the period as duplicate or test; they are in no rate.",
    "created": "New pipeline: deals created in the period, with the value they have now.",
    "undated": "Undated: won or lost deals whose closing day is unknown; they belong to no period.",
    "without_value": "Without value: open, won, lost or new deals that no value was entered for.",
    "unconverted": "Not converted: open, won, lost or new deals in a currency without a rate; in no sum.",
    "win_rate": "Win rate = won / (won + lost), by the day they were closed; duplicates and tests left out.",
    "win_rate_by_value": "Win rate by value = won value / (won + lost value); unknown if lost value is 0.",
    "cohort": "Cohort: deals created in the period; won / (won + lost) of those decided so far.",
    "average_won": "Average deal = won value / won deals with a value; 0 counts, none entered does not.",
    "cycle": "Cycle = days from start (else creation) to close of won deals; closed before begun left out.",
    "cycle_negative": "Closed before begun: won deals whose dates contradict each other; in no average.",
    "lost_cycle": "Lost cycle = days from start (else creation) to close of lost deals.",
    "velocity": "Velocity per day = open deals x win rate x average won value / mean cycle in days.",
}


def definition(figures: Figures, key: str) -> Definition:
    """The definition of a figure by its key (see `opened`); NotFound for a key that names no figure."""
    formula = _FORMULAS.get(key)
    if formula is not None:
        return Definition(_SENTENCES[key], formula(figures))
    kind, _, name = key.partition(":")
    if kind in _NAMED:
        return _NAMED[kind](figures, name)
    raise NotFound(f"There is no figure called {key!r}.")


def _money(figures: Figures, minor: float | None) -> str:
    return UNKNOWN if minor is None else format_money(round(minor), figures.given.currency)


def _days(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1f} days"


def _percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.1%}"


def _tally(figures: Figures, total: Tally) -> str:
    text = f"{total.deals} deals, {_money(figures, total.value_minor)}"
    left_out = []
    if total.without_value:
        left_out.append(f"{total.without_value} no value")
    if total.unconverted:
        left_out.append(f"{total.unconverted} not converted")
    return f"{text} ({', '.join(left_out)})" if left_out else text


def _rate(won: int, lost: int) -> str:
    return f"{won} / ({won} + {lost}) = {rate_text(won, won + lost)}"


def _win_rate(figures: Figures) -> str:
    return _rate(figures.won.deals, figures.lost.deals)


def _by_value(figures: Figures) -> str:
    won, lost = (_money(figures, part.value_minor) for part in (figures.won, figures.lost))
    return f"{won} / ({won} + {lost}) = {_percent(figures.win_rate.by_value)}"


def _cohort(figures: Figures) -> str:
    cohort = figures.win_rate.cohort
    return f"{_rate(cohort.won, cohort.lost)}; of {cohort.created} created {cohort.open} still open"


def _average(figures: Figures) -> str:
    size = figures.average_won
    mean, median = _money(figures, size.mean_minor), _money(figures, size.median_minor)
    return f"{_money(figures, size.total_minor)} / {size.n} = {mean}; median {median}"


def _cycle_text(length: Cycle) -> str:
    text = f"mean {_days(length.mean_days)}, median {_days(length.median_days)}, "
    text += f"three quarters within {_days(length.p75_days)}; {length.n} deals"
    if length.n_negative:
        text += f", {length.n_negative} closed before begun"
    if length.n_unknown:
        text += f", {length.n_unknown} without a start"
    return text


def _velocity(figures: Figures) -> str:
    speed = figures.velocity
    average, days = _money(figures, speed.average_won_minor), _days(speed.cycle_days)
    text = f"{speed.open_deals} x {_percent(speed.win_rate)} x {average} / {days} = "
    text += _money(figures, speed.value_minor)
    text += f"; rates of {label(speed.window)}, {speed.decided} decided"
    if speed.best is not None:
        text += f"; {speed.best.name} moves it most"
    if speed.missing:
        text += f"; missing: {', '.join(name.replace('_', ' ') for name in speed.missing)}"
    return text


_FORMULAS: dict[str, Callable[[Figures], str]] = {
    "open": lambda figures: _tally(figures, figures.open),
    "weighted": lambda figures: f"{_money(figures, figures.weighted_minor)} of {_tally(figures, figures.open)}",
    "won": lambda figures: _tally(figures, figures.won),
    "lost": lambda figures: _tally(figures, figures.lost),
    "parked": lambda figures: _tally(figures, figures.parked),
    "excluded": lambda figures: _tally(figures, figures.excluded),
    "created": lambda figures: _tally(figures, figures.created),
    "undated": lambda figures: _tally(figures, figures.undated),
    "without_value": lambda figures: f"{figures.without_value} deals",
    "unconverted": lambda figures: f"{figures.unconverted} deals",
    "win_rate": _win_rate,
    "win_rate_by_value": _by_value,
    "cohort": _cohort,
    "average_won": _average,
    "cycle": lambda figures: _cycle_text(figures.cycle),
    "cycle_negative": lambda figures: f"{figures.cycle.n_negative} deals",
    "lost_cycle": lambda figures: _cycle_text(figures.lost_cycle),
    "velocity": _velocity,
}


def _velocity_part(figures: Figures, part: str) -> Definition:
    speed = figures.velocity
    parts = {
        "open_deals": ("open deals of now in the stages that count for the velocity", str(speed.open_deals)),
        "win_rate": ("won / (won + lost) in the trailing window", _percent(speed.win_rate)),
        "average_won_value": (
            "average value won in the trailing window",
            _money(figures, speed.average_won_minor),
        ),
        "cycle_days": ("mean cycle won in the trailing window", _days(speed.cycle_days)),
    }
    if part not in parts:
        raise NotFound(f"There is no figure called 'velocity:{part}'.")
    meaning, value = parts[part]
    window = f"{label(speed.window)}, {speed.decided} decided"
    return Definition(f"Part of the velocity: {meaning}.", f"{value} ({window})" if part != "open_deals" else value)


def _funnel(figures: Figures, name: str) -> Definition:
    rows = figures.funnel.rows
    names = ["won" if row.stage_id is None else str(row.stage_id) for row in rows]
    if name not in names:
        raise NotFound(f"There is no figure called 'funnel:{name}'.")
    place = names.index(name)
    row = rows[place]
    sentence = (
        f"Reached {row.name}: deals decided in the period that came at least this far; "
        "a skipped stage counts as passed, a won deal passed them all."
    )
    formula = f"{row.reached} of {rows[0].reached} decided; {_percent(row.eventually_won)} of them won"
    if row.conversion is not None:
        following = rows[place + 1]
        formula += f"; on to {following.name} {following.reached} / {row.reached} = {_percent(row.conversion)}"
    return Definition(sentence, formula)


def _time(figures: Figures, name: str) -> Definition:
    for row in figures.time_in_stage:
        if str(row.stage_id) == name:
            sentence = f"Time in {row.name}: days of deals that left it in the period, re-entries summed."
            mean, median = _days(row.mean_days), _days(row.median_days)
            return Definition(sentence, f"mean {mean}, median {median}; {row.n} deals")
    raise NotFound(f"There is no figure called 'time:{name}'.")


def _reason(figures: Figures, name: str) -> Definition:
    count = value = 0
    for row in figures.losses.by_reason:
        if row.reason == name:
            count, value = row.deals, row.value_minor
    formula = f"{count} of {figures.lost.deals} lost, {_money(figures, value)}"
    return Definition(f"Lost for the reason {name}: deals closed in the period.", formula)


def _lost_from(figures: Figures, name: str) -> Definition:
    for row in figures.losses.by_stage:
        if name == ("none" if row.stage_id is None else str(row.stage_id)):
            formula = f"{row.deals} of {figures.lost.deals} lost"
            return Definition(f"Lost from {row.name}: the last open stage before the loss.", formula)
    raise NotFound(f"There is no figure called 'lost_from:{name}'.")


def _loss(figures: Figures, name: str) -> Definition:
    place, _, reason = name.partition(":")
    where = _lost_from(figures, place).sentence.partition(":")[0]
    losses = figures.losses
    count = 0
    for row, counts in zip(losses.by_reason, losses.matrix, strict=True):
        for stage, cell in zip(losses.by_stage, counts, strict=True):
            if row.reason == reason and place == ("none" if stage.stage_id is None else str(stage.stage_id)):
                count = cell
    return Definition(f"{where} for the reason {reason}.", f"{count} of {figures.lost.deals} lost")


def _row_of(dimension: str) -> Callable[[Figures, str], Definition]:
    """The definition of one row of a breakdown."""

    def named(figures: Figures, name: str) -> Definition:
        rows: dict[str, tuple[BreakdownRow, ...]] = {
            "owner": figures.by_owner,
            "source": figures.by_source,
            "product": figures.by_product,
            "company": figures.by_company,
        }
        sentence = f"The deals of {dimension} {name}: open now, won and lost in the period."
        for row in rows[dimension]:
            if row.name == name:
                value = _money(figures, row.won_value_minor)
                return Definition(sentence, f"{row.open} open; {_rate(row.won, row.lost)}; won {value}")
        return Definition(sentence, "no deals")

    return named


_NAMED: dict[str, Callable[[Figures, str], Definition]] = {
    "velocity": _velocity_part,
    "funnel": _funnel,
    "time": _time,
    "reason": _reason,
    "lost_from": _lost_from,
    "loss": _loss,
    "owner": _row_of("owner"),
    "source": _row_of("source"),
    "product": _row_of("product"),
    "company": _row_of("company"),
}

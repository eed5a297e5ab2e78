"""The figures of one person opened: what each means, with its values put in, and the deals it was made of."""

from pipeboard.domain.metrics.activities import TOUCH_KINDS
from pipeboard.domain.metrics.answer import Answer, answer
from pipeboard.domain.metrics.pages import TeamPage
from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.team import RepRow, deals_of, speed_of
from pipeboard.domain.metrics.win_rate import rate_text
from pipeboard.domain.money import format_money
from pipeboard.services.activity_figures import span_of
from pipeboard.services.metrics_pages import Setting
from pipeboard.storage.hot import activities, open_deals
from pipeboard.storage.sql import Statements

UNKNOWN = "-"

_SENTENCES = {
    "open": "Open deals of {name} now, and their value.",
    "value": "Value of the open deals of {name} now.",
    "weighted": "Weighted value of the open deals of {name} now: of each its value x its probability.",
    "created": "New pipeline of {name}: deals created in the period that are {name}'s.",
    "won": "Won by {name} in the period: the owner at the closing counts, not the owner of today.",
    "won_value": "Value won by {name} in the period: the owner at the closing counts, not the owner of today.",
    "lost": "Lost by {name} in the period: the owner at the closing counts, not the owner of today.",
    "rate": "Win rate of {name} = won / (won + lost) in the period, by who closed them.",
    "mean": "Mean value of the deals {name} won in the period; those without a value are left out.",
    "cycle": "Mean days from the start to the closing of the deals {name} won in the period.",
    "velocity": "Velocity of {name} = open deals x win rate x average won / mean cycle, rates of the team's window.",
    "tasks": "Open tasks of {name}: those given to {name}, and those of nobody in {name}'s deals.",
    "late": "Open tasks of {name} whose day is past and that are not put off.",
    "touches": "Calls, mails and meetings that {name} logged in the period, in whoever's deals.",
    "calls": "Calls that {name} logged in the period, in whoever's deals.",
    "emails": "Mails that {name} logged in the period, in whoever's deals.",
    "meetings": "Meetings that {name} logged in the period, in whoever's deals.",
    "help": "Help needed by {name}: open deals of the early stages that rot, or stand 1.5 times as long as usual.",
}
_KINDS = {"touches": TOUCH_KINDS, "calls": ("call",), "emails": ("email",), "meetings": ("meeting",)}


def rep_answer(
    sql: Statements, made: Report, page: TeamPage, setting: Setting, row: RepRow, figure: str
) -> Answer | None:
    """What a figure in the row of a person opens to; None for one that is not there."""
    if figure not in _SENTENCES:
        return None
    sentence = _SENTENCES[figure].format(name=row.name)
    if figure in ("tasks", "late"):
        late_on = setting.today if figure == "late" else None
        parts = open_deals.deals_of_tasks(sql, setting.scope, row.owner_id, late_on)
        return answer(sentence, _tasks(row), tuple(parts), parts=parts, unit="tasks")
    if figure in _KINDS:
        return _activities(sql, made, setting, row, sentence, figure)
    if figure == "help":
        notes = {one.deal_id: one.why for one in page.help if one.owner_id == row.owner_id}
        return answer(sentence, _counted(len(notes)), tuple(notes), notes=notes)
    ids = deals_of(made.given, row.owner_id, figure)
    return answer(sentence, _formula(made, row, figure, len(ids)), ids)


def _counted(count: int) -> str:
    return f"{count:,} deal{'' if count == 1 else 's'}"


def _tasks(row: RepRow) -> str:
    return f"{row.tasks:,} open tasks, {row.late_tasks:,} of them late"


def _activities(sql: Statements, made: Report, setting: Setting, row: RepRow, sentence: str, figure: str) -> Answer:
    """What a person logged. What nobody did is in nobody's row."""
    ids: tuple[int, ...] = ()
    formula = "0 calls, mails and meetings"
    if row.owner_id is not None:
        scope, span = setting.scope._replace(owner_id=row.owner_id), span_of(made.given.period, setting.zone)
        ids = activities.deals_with(sql, scope, span, _KINDS[figure])
    if (did := row.activities) is not None:
        formula = f"{did.calls} calls + {did.emails} mails + {did.meetings} meetings = {did.touches}"
    return answer(sentence, f"{formula}, in {_counted(len(ids))}", ids)


def _formula(made: Report, row: RepRow, figure: str, deals: int) -> str:
    """A figure that is made of deals, with its values put in."""

    def money(minor: float | None) -> str:
        return UNKNOWN if minor is None else format_money(round(minor), made.given.currency)

    decided = row.won.deals + row.lost.deals
    if figure == "rate":
        return f"{row.won.deals} / ({row.won.deals} + {row.lost.deals}) = {rate_text(row.won.deals, decided)}"
    if figure == "weighted":
        return f"{money(row.weighted_minor)} of {money(row.open.value_minor)}, {_counted(deals)}"
    if figure == "mean":
        return f"{money(row.won.value_minor)} in {_counted(deals)}, mean {money(row.average_minor)}"
    if figure == "cycle":
        days = UNKNOWN if row.cycle_days is None else f"{row.cycle_days:.1f} days"
        return f"mean {days} over {_counted(deals)}"
    if figure == "velocity":
        speed = speed_of(made.given, row.owner_id, made.velocity.window)
        rate = UNKNOWN if speed.win_rate is None else f"{speed.win_rate:.1%}"
        cycle = UNKNOWN if speed.cycle_days is None else f"{speed.cycle_days:.1f} days"
        parts = f"{speed.open_deals} x {rate} x {money(speed.average_minor)} / {cycle}"
        return f"{parts} = {money(speed.value_minor)} a day"
    tallies = {"open": row.open, "value": row.open, "created": row.created, "won": row.won, "won_value": row.won}
    total = tallies.get(figure, row.lost)
    return f"{_counted(total.deals)}, {money(total.value_minor)}"

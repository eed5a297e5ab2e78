"""What makes some deals of the demo worth opening: answers, ticks, talks, changed values, a task that comes again."""

from datetime import date, timedelta
from typing import NamedTuple

from pipeboard.domain.commands import AddTask, AnswerBant, Command, EditDeals, LogActivity, Seen, TickCriterion


class Detail(NamedTuple):
    """Something that was done with a deal so many hours ago."""

    hours_ago: int
    command: Command


def details_of(title: str, deal_id: int, today: date) -> tuple[Detail, ...]:
    """What was done with the deal of this title since it came to its stage, the oldest first."""
    deal = Seen(deal_id)
    if title == "Acme platform":
        return (
            Detail(90, AnswerBant(deal, (("need", "yes", "the audit in March"), ("budget", "yes", "48k approved")))),
            Detail(71, LogActivity(deal_id, "Sent the architecture and two references", "email", direction="out")),
            Detail(46, LogActivity(deal_id, "They ask for the security answers first", "email", direction="in")),
            Detail(23, AnswerBant(deal, (("authority", "yes", "Anna Lind signs"), ("timeline", "unknown", "March?")))),
            Detail(22, LogActivity(deal_id, "Went through the audit list, six points are open", "meeting")),
        )
    if title == "Wonka logistics":
        return (
            Detail(150, TickCriterion(deal, "Value set")),
            Detail(120, TickCriterion(deal, "Close date agreed with the buyer")),
        )
    if title == "Wayne tower":
        return (Detail(80, EditDeals((deal,), (("value_minor", 3_000_000),))),)
    if title == "Mertz & Söhne Wartung":
        return (
            Detail(120, EditDeals((deal,), (("value_minor", 4_100_000),))),
            Detail(100, LogActivity(deal_id, "Ein Standort weniger, dafür drei Jahre", "call", direction="in")),
        )
    if title.startswith("Framework agreement"):
        again = AddTask(deal_id, "Call the site manager", "call", today + timedelta(days=9), recurrence="FREQ=WEEKLY")
        return (Detail(30, again),)
    return ()

"""Suggested tasks: taken or hidden."""

from pipeboard.domain.commands import AddTask, HideSuggestion, ReopenDeals, Seen, TakeSuggestion
from pipeboard.domain.dates import describe_day
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.events import Event, SetupChanged
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.suggestions import SUGGESTED, Proposed
from pipeboard.services.handlers.closing import reopen_deals
from pipeboard.services.handlers.tasks import add_step
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]


def take_suggestion(command: TakeSuggestion, tx: Transaction) -> Facts:
    """Plan what is proposed; a lost deal is reopened in the same action."""
    proposed = _proposed(command.kind)
    (deal,) = tx.deals([command.deal])
    title = command.title or proposed.title
    facts: Facts = ()
    if deal.status == DealStatus.LOST:
        facts = reopen_deals(ReopenDeals((command.deal,), "given up too early"), tx)
    else:
        tx.begin("task.added", f"Planned “{title}” for {deal.title}")
    step = AddTask(deal.id, title, proposed.kind, command.due_on)
    return facts + add_step(step, tx, [(deal.id, deal.owner_id)])


def hide_suggestion(command: HideSuggestion, tx: Transaction) -> Facts:
    """Note that nobody wants to see it, or until another day than before."""
    _proposed(command.kind)
    (deal,) = tx.deals([Seen(command.deal_id)])
    until = command.until_on
    if until is not None and until <= tx.today:
        raise InvalidInput("A suggestion is hidden until a day to come.")
    when = f"until {describe_day(until, tx.today)}" if until else "for good"
    tx.begin("suggestion.hidden", f"Hid a suggestion about {deal.title} {when}")
    known = tx.sql.value(
        "SELECT id FROM dismissal WHERE deleted = 0 AND deal_id = ? AND kind = ? ORDER BY id", (deal.id, command.kind)
    )
    if known is None:
        made = tx.create("dismissal", {"deal_id": deal.id, "kind": command.kind, "until_on": until})
        return (SetupChanged("dismissal", made),)
    (row,) = tx.rows("dismissal", [known]).values()
    changed = tx.change("dismissal", {**row, "deal_id": None}, {"until_on": until}, kind="dismissal.edited")
    return (SetupChanged("dismissal", known),) if changed else ()


def _proposed(kind: str) -> Proposed:
    if kind not in SUGGESTED:
        raise InvalidInput(f"{kind!r} is no kind of suggestion. Kinds: {', '.join(SUGGESTED)}.")
    return SUGGESTED[kind]

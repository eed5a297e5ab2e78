"""Ticking what a stage asks for, and answering the four questions of BANT."""

from typing import cast

from pipeboard.domain.bant import QUESTIONS, Verdict, answered, bant_text, read_bant
from pipeboard.domain.commands import AnswerBant, TickCriteria, TickCriterion
from pipeboard.domain.criteria import read_criteria, ticked
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import DealEdited, Event
from pipeboard.domain.names import match_name
from pipeboard.domain.text import clean
from pipeboard.storage.transaction import Transaction

_VERDICTS = ("yes", "no", "unknown")


def tick_criterion(command: TickCriterion, tx: Transaction) -> tuple[Event, ...]:
    """Tick a criterion of the deal's stage, or take the tick away."""
    return tick_criteria(TickCriteria(command.deal, ((command.text, command.is_done),)), tx)


def tick_criteria(command: TickCriteria, tx: Transaction) -> tuple[Event, ...]:
    """Tick criteria of the deal's stage, or take ticks away. Nobody's other ticks are touched."""
    (deal,) = tx.deals([command.deal])
    stage = tx.stage(deal.stage_id)
    texts = [criterion.text for criterion in read_criteria(stage.exit_criteria)]
    if not texts:
        raise NotFound(f"{stage.name} asks for nothing before a deal leaves it.")
    done = deal.criteria_done
    for typed, is_done in command.ticks:
        text = texts[match_name(typed, texts, "criterion")]
        done = ticked(done, stage.id, text, is_done=is_done)
    if len(command.ticks) == 1:
        label = f"{'Ticked' if is_done else 'Took the tick off'} “{text}” for {deal.title}"
    else:
        label = f"Changed {len(command.ticks)} ticks of {deal.title}"
    tx.begin("deal.edited", label)
    fields = tx.change_deal(deal, "deal.edited", criteria_done=done)
    return (DealEdited(deal.id, fields),) if fields else ()


def answer_bant(command: AnswerBant, tx: Transaction) -> tuple[Event, ...]:
    """Answer some of the questions; the others stay as they are."""
    (deal,) = tx.deals([command.deal])
    names = [question.name for question in QUESTIONS]
    bant = read_bant(deal.bant)
    said = []
    for typed, verdict, note in command.answers:
        name = names[match_name(typed, names, "question")]
        if verdict not in _VERDICTS:
            raise InvalidInput(f"{verdict!r} is no answer; it can be {', '.join(_VERDICTS)}.")
        bant = answered(bant, name, cast("Verdict", verdict), None if note is None else clean(note))
        said.append(f"{name} {verdict}")
    tx.begin("deal.edited", f"BANT of {deal.title}: {', '.join(said)} ({bant.words})")
    fields = tx.change_deal(deal, "deal.edited", bant=bant_text(bant))
    return (DealEdited(deal.id, fields),) if fields else ()

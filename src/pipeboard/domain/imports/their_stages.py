"""A pipeline of our own as the other tool has it: its open stages in their likely order, with what each is worth.

The other tool's file does not say in which order its stages stand. What deals in them are said to be worth tells it
best; then the stages that tools begin with, by name (their documentation); then words that mean the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.imports.stages import depth_of
from pipeboard.domain.imports.status import name_key
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.templates import CLOSED_STAGES, StageTemplate

_KNOWN: Final = """
20 appointment scheduled|40 qualified to buy|60 presentation scheduled|80 decision maker bought-in|90 contract sent
10 prospecting|15 qualification|20 needs analysis|50 value proposition|60 id. decision makers|70 perception analysis
75 proposal/price quote|75 proposal price quote|90 negotiation/review
10 qualified|20 contact made|40 demo scheduled|60 proposal made|80 negotiations started
20 identify decision makers|65 proposal|10 new|30 preparation|10 новая|30 подготовка документов|50 счет на предоплату
70 в работе|90 финальный счет|10 первичный контакт|30 переговоры|60 принимают решение|80 согласование договора
"""
_FIRST: Final = 10
_LAST: Final = 90


def _table() -> dict[str, int]:
    """Name of a stage that tools begin with, and its usual probability."""
    found: dict[str, int] = {}
    for part in _KNOWN.replace("\n", "|").split("|"):
        percent, _, name = part.strip().partition(" ")
        if name:
            found.setdefault(name_key(name), int(percent))
    return found


_USUAL: Final = _table()


def mean_probabilities(deals: Iterable[ImportedDeal]) -> dict[str, int]:
    """What the open deals of each stage are said to be worth, in percent; a stage of which none says it is absent."""
    found: dict[str, list[int]] = {}
    for deal in deals:
        if deal.status == DealStatus.OPEN and deal.probability is not None:
            found.setdefault(deal.stage_name, []).append(deal.probability)
    return {stage: round(sum(some) / len(some)) for stage, some in found.items()}


def stages_like_theirs(names: Sequence[str], probabilities: Mapping[str, int]) -> tuple[StageTemplate, ...]:
    """The stages of a new pipeline: theirs in order, then won, lost and fridge.

    `names` are as they come in the file, `probabilities` those the file tells. Stages that nothing is known of stand
    behind the one before them in the file. At least one open stage is made.
    """
    ranked: list[tuple[float, int, str]] = []
    last = 0.0
    for place, name in enumerate(dict.fromkeys(names or ("Lead",))):
        known = probabilities.get(name, _USUAL.get(name_key(name)))
        last = float(known) if known is not None else _by_words(name, last)
        ranked.append((last, place, name))
    ordered = [name for _, _, name in sorted(ranked)]
    step = (_LAST - _FIRST) / max(1, len(ordered) - 1)
    made = []
    for place, name in enumerate(ordered):
        even = round(_FIRST + place * step) if len(ordered) > 1 else 50
        percent = probabilities.get(name, _USUAL.get(name_key(name), even))
        made.append(StageTemplate(name, probability=percent, counts_for_velocity=True))
    return (*made, *CLOSED_STAGES)


def _by_words(name: str, last: float) -> float:
    """How deep a stage stands whose name has words that mean something; behind the one before when it has none."""
    depth = depth_of(name)
    return last + 0.5 if depth is None else float((5, 15, 35, 55, 75)[depth])


def without_echo(deals: Sequence[ImportedDeal], stages: Sequence[StageTemplate]) -> list[ImportedDeal]:
    """The deals without a probability of their own where it is that of their stage."""
    usual = {stage.name: stage.probability for stage in stages}
    return [
        deal._replace(probability=None) if deal.probability == usual.get(deal.stage_name) else deal for deal in deals
    ]

"""Three questions that make a pipeline (DOMAIN 41): which steps must the buyer pass, what do we do at each, which
of them are key. The steps become stages, what we do their exit criteria, and the key ones count for the velocity.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeboard.domain.criteria import Criterion, criteria_text
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import StageKind
from pipeboard.domain.templates import CLOSED_STAGES, StageTemplate
from pipeboard.domain.text import clean, search_key

MANY_STAGES: Final = 10
"""More open stages than this are steps rather than stages: nobody keeps so many up to date."""

FIRST_CHANCE: Final = 5
LAST_CHANCE: Final = 80
"""Percent suggested for the first and the last stage; those between rise evenly."""

EARLY_DAYS: Final = 7
LATE_DAYS: Final = 14
"""Days until a deal rots that are suggested for the first half of the stages and for the second."""


class Step(NamedTuple):
    """A step of the buyer: what we do in it, and whether it is key."""

    name: str
    tasks: tuple[str, ...] = ()
    is_key: bool = False


def read_steps(text: str) -> tuple[str, ...]:
    """The steps typed as "asks for a demo, tries it, agrees on terms"; InvalidInput for none, or one twice."""
    names = tuple(filter(None, (clean(part) for part in re.split(r"[,;\n]", text))))
    if not names:
        raise InvalidInput("Name at least one step, for example: asks for a demo, tries it, agrees on terms.")
    seen: set[str] = set()
    for name in names:
        key = search_key(name)
        if key in {search_key(stage.name) for stage in CLOSED_STAGES}:
            raise InvalidInput(f'"{name}" is added by itself; leave it out.')
        if key in seen:
            raise InvalidInput(f'The step "{name}" is named twice.')
        seen.add(key)
    return names


def read_tasks(text: str) -> tuple[str, ...]:
    """What we do in a step, typed as "send the offer, book the next call"; nothing is an answer too."""
    return tuple(filter(None, (clean(part) for part in re.split(r"[,;\n]", text))))


def stages_of(steps: Sequence[Step]) -> tuple[StageTemplate, ...]:
    """The stages that the answers make, closed ones included.

    Where no step is key, those from the second on count for the velocity. What we do in a key step is required
    before the deal leaves it; elsewhere it is advice.
    """
    has_key = any(step.is_key for step in steps)
    count = len(steps)
    stages = []
    for place, step in enumerate(steps):
        chance = FIRST_CHANCE if count == 1 else FIRST_CHANCE + (LAST_CHANCE - FIRST_CHANCE) * place // (count - 1)
        criteria = criteria_text([Criterion(task, step.is_key) for task in step.tasks])
        counts = step.is_key if has_key else place > 0
        category = "commit" if chance >= 75 else "best" if chance >= 50 else "pipeline" if chance > 5 else "omitted"
        days = EARLY_DAYS if place * 2 < count else LATE_DAYS
        stages.append(StageTemplate(step.name, StageKind.OPEN, chance, days, counts, category, criteria))
    return (*stages, *CLOSED_STAGES)

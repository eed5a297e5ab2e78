"""What a stage asks for before a deal leaves it: lines of the stage, ticked deal by deal.

A stage keeps its criteria as lines of text; one that begins with `!` is required. A deal keeps what is ticked as
lines of stage id and folded words, so that a tick survives a change of order and is dropped by other words.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.text import clean, search_key

REQUIRED: Final = "!"
"""What a line of a required criterion begins with."""


class Criterion(NamedTuple):
    """One thing a stage asks for."""

    text: str
    is_required: bool = False


class Check(NamedTuple):
    """A criterion and whether a deal meets it."""

    text: str
    is_required: bool
    is_done: bool


def read_criteria(lines: str) -> tuple[Criterion, ...]:
    """The criteria of a stage in order, each once."""
    found: dict[str, Criterion] = {}
    for line in lines.splitlines():
        text = clean(line.strip().removeprefix(REQUIRED))
        if text:
            found.setdefault(search_key(text), Criterion(text, line.strip().startswith(REQUIRED)))
    return tuple(found.values())


def criteria_text(criteria: Sequence[Criterion]) -> str:
    """Criteria as a stage keeps them."""
    return "\n".join(f"{REQUIRED} {text}" if is_required else text for text, is_required in criteria)


def checklist(stage_id: int, lines: str, done: str) -> tuple[Check, ...]:
    """What the stage asks for, with what the deal (`done`: its ticks) has of it."""
    ticks = set(done.splitlines())
    return tuple(Check(text, needed, _tick(stage_id, text) in ticks) for text, needed in read_criteria(lines))


def ticked(done: str, stage_id: int, text: str, *, is_done: bool) -> str:
    """A deal's ticks with one criterion of a stage ticked, or not."""
    tick = _tick(stage_id, text)
    kept = [line for line in done.splitlines() if line and line != tick]
    return "\n".join([*kept, tick] if is_done else kept)


def open_required(stage_id: int, lines: str, done: str) -> tuple[str, ...]:
    """The required criteria that a deal does not meet yet."""
    return tuple(check.text for check in checklist(stage_id, lines, done) if check.is_required and not check.is_done)


def goes_on(stage: Stage, target: Stage) -> bool:
    """Whether a deal that goes from `stage` to `target` makes progress: further along, won, or handed to another
    pipeline. Only then is it asked what is open; going back asks nothing."""
    if target.pipeline_id != stage.pipeline_id:
        return True
    return target.kind == StageKind.WON or (target.is_open and target.position > stage.position)


def open_words(count: int) -> str:
    """ "2 open criteria", as the history says it."""
    return f"{count} open criteri{'on' if count == 1 else 'a'}"


def _tick(stage_id: int, text: str) -> str:
    return f"{stage_id} {search_key(text)}"

"""The fields of a stage as questions: what stands there, how a typed line is read."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pipeboard.domain.criteria import REQUIRED, criteria_text, read_criteria
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import Stage
from pipeboard.domain.text import clean
from pipeboard.tui.dialogs.echo import Describe, Echo, EchoPart, told

DEFINITION = "What:\nWhen:\nWhy:\nOne sees that it worked by:\nPlaybook:\n"
"""What a definition begins with when it is written for the first time."""


class StageQuestion(NamedTuple):
    """A field that is set in one line."""

    title: str
    value: str
    placeholder: str
    read: Callable[[str], Any]
    describe: Describe


def question(field: str, stage: Stage) -> StageQuestion:
    """The question about a field of a stage."""
    return {
        "name": _name,
        "probability": _probability,
        "rot_days": _rot_days,
        "deal_limit": _deal_limit,
        "exit_criteria": _exit_criteria,
    }[field](stage)


def _name(stage: Stage) -> StageQuestion:
    def read(text: str) -> str:
        if not clean(text):
            raise InvalidInput("A stage needs a name.")
        return clean(text)

    return StageQuestion("Name of the stage", stage.name, "", read, lambda text: told(f"the stage {read(text)}"))


def _number(what: str, low: int, high: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        digits = text.strip().rstrip("%d ")
        if not digits:
            return None
        if not digits.isdecimal() or not low <= int(digits) <= high:
            raise InvalidInput(f"{what} is a whole number from {low} to {high}.")
        return int(digits)

    return read


def _probability(stage: Stage) -> StageQuestion:
    read = _number("The probability", 0, 100)

    def strict(text: str) -> int:
        found = read(text)
        if found is None:
            raise InvalidInput("The probability is a whole number from 0 to 100.")
        return found

    def describe(text: str) -> Echo:
        return told(f"{strict(text)}%: counts at once for open deals without a probability of their own")

    return StageQuestion(f"Probability of {stage.name}", f"{stage.probability}", "percent", strict, describe)


def _rot_days(stage: Stage) -> StageQuestion:
    read = _number("The number of days", 0, 3650)

    def describe(text: str) -> Echo:
        days = read(text)
        return told(f"a deal rots after {days} days without a sign of life" if days else "deals never rot here")

    return StageQuestion(f"Days until rotting in {stage.name}", str(stage.rot_days or ""), "never", read, describe)


def _deal_limit(stage: Stage) -> StageQuestion:
    read = _number("The limit", 0, 9999)

    def describe(text: str) -> Echo:
        limit = read(text)
        return told(f"more than {limit} deals are marked on the board" if limit else "as many deals as there are")

    return StageQuestion(f"Limit of {stage.name}", str(stage.deal_limit or ""), "none", read, describe)


def _exit_criteria(stage: Stage) -> StageQuestion:
    def read(text: str) -> str:
        return criteria_text(read_criteria(text.replace(";", "\n")))

    def describe(text: str) -> Echo:
        found = read_criteria(text.replace(";", "\n"))
        if not found:
            return told(f"What is asked before a deal leaves; semicolons between, {REQUIRED} before what is required")
        parts: list[EchoPart] = []
        for one in found:
            parts.append(EchoPart(one.text, "text"))
            parts.append(EchoPart(" required   " if one.is_required else "   ", "rotting"))
        return Echo((tuple(parts),))

    value = stage.exit_criteria.replace("\n", "; ")
    return StageQuestion(f"Before a deal leaves {stage.name}", value, "! Value set; Next step booked", read, describe)

"""What a figure of a page opens to: its definition and the deals it was made of, with what each adds."""

from collections.abc import Mapping
from typing import NamedTuple

from pipeboard.domain.metrics.definitions import Definition


class Answer(NamedTuple):
    """A figure opened.

    `parts` is what each deal adds where that is not its value, in units of `unit` ("days", "visits", "calls"): the
    sum of the parts is the figure, or its mean where `is_mean`. `notes` say something about single deals.
    """

    definition: Definition
    deal_ids: tuple[int, ...]
    parts: Mapping[int, int] = {}
    unit: str = ""
    is_mean: bool = False
    notes: Mapping[int, str] = {}


def answer(sentence: str, formula: str, deal_ids: tuple[int, ...] | list[int], **more: object) -> Answer:
    """An answer from its sentence, its formula with the values put in, and its deals."""
    return Answer(Definition(sentence, formula), tuple(deal_ids), **more)  # type: ignore[arg-type]

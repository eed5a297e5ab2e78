"""When deals entered their stages: from columns such as HubSpot's "Date entered ...", or a file of its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

_ENTERED: Final = re.compile(r"""\s*date\s+entered\s+["'“”‘’„]?(?P<stage>.+?)["'“”‘’]?\s*""", re.IGNORECASE)
_PIPELINE: Final = re.compile(r"\s*\([^()]*\)$")
_CURRENT: Final = frozenset({"current stage", "stage"})


class StageEntry(NamedTuple):
    """A stage of ours that a deal entered; `on` is None where only the order is known."""

    stage: str
    on: date | None


def entered_stage(header: str) -> str:
    """The stage that a header such as `Date entered "Contract sent (Sales)"` speaks of; "" for any other."""
    match = _ENTERED.fullmatch(header)
    if match is None:
        return ""
    stage = _PIPELINE.sub("", match["stage"].strip("\"'“”‘’")).strip("\"'“”‘’ ")
    return "" if stage.casefold() in _CURRENT else stage


def in_order(entries: Iterable[StageEntry], places: Mapping[str, int]) -> tuple[StageEntry, ...]:
    """Entries by day, those of one day as the stages stand on the board; what repeats the one before is left out."""
    dated = sorted(
        (entry for entry in entries if entry.on is not None),
        key=lambda entry: (entry.on or date.min, places.get(entry.stage, 0)),
    )
    return without_repeats(dated)


def without_repeats(entries: Sequence[StageEntry]) -> tuple[StageEntry, ...]:
    """The entries without those into the stage where the deal stands already."""
    kept: list[StageEntry] = []
    for entry in entries:
        if not kept or kept[-1].stage != entry.stage:
            kept.append(entry)
    return tuple(kept)

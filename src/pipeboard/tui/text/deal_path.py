"""The stages a deal stood in, with the days of each stay: "Lead 3d → Contacted 9d (31d in 2 visits)"."""

from collections.abc import Sequence
from datetime import date

from pipeboard.domain.detail import DealDetail, StageStay
from pipeboard.domain.stage import DealStatus
from pipeboard.tui.text.glyphs import Glyphs


def path_words(detail: DealDetail, today: date, glyphs: Glyphs, most: int) -> tuple[str, ...]:
    """The stays in order, the last `most` of them; the last stay in a stage says what all stays in it make.

    A stay whose beginning is not known has no days, and the sum it belongs to is a lower bound; in the present
    stage the days since the day it was first seen there are a lower bound too.
    """
    stays = detail.stays
    days = [_days(stay, detail, today) for stay in stays]
    bounds = [
        day is None or (stay.left_on is None and not detail.is_entry_known)
        for stay, day in zip(stays, days, strict=True)
    ]
    words = []
    for place, stay in enumerate(stays):
        shown = _amount(days[place], bounds[place], glyphs)
        if _is_last_of_several(stays, place):
            same = [i for i, other in enumerate(stays) if other.stage == stay.stage]
            total = _amount(sum(days[i] or 0 for i in same), any(bounds[i] for i in same), glyphs)
            shown = f"{shown} ({total} in {len(same)} visits)".lstrip()
        words.append(f"{stay.stage} {shown}".rstrip())
    hidden = len(words) - most
    return (f"{hidden} earlier", *words[hidden:]) if hidden > 0 else tuple(words)


def stage_days(detail: DealDetail, today: date) -> int | None:
    """Days since the present stage was entered; None when that day is unknown."""
    return max(0, (today - detail.entered_on).days) if detail.entered_on is not None else None


def _days(stay: StageStay, detail: DealDetail, today: date) -> int | None:
    """The days of a stay, up to today for the present one; None for an unknown number and in a closed stage."""
    if stay.left_on is not None:
        return stay.days
    return stage_days(detail, today) if detail.status == DealStatus.OPEN else None


def _amount(days: int | None, is_bound: bool, glyphs: Glyphs) -> str:
    """ "9d", "≥9d", or nothing for an unknown number."""
    if days is None or (is_bound and not days):
        return ""
    return f"{glyphs.at_least if is_bound else ''}{days}d"


def _is_last_of_several(stays: Sequence[StageStay], place: int) -> bool:
    """Whether the deal stood in this stage before and not again since."""
    name = stays[place].stage
    earlier = any(stay.stage == name for stay in stays[:place])
    return earlier and not any(stay.stage == name for stay in stays[place + 1 :])

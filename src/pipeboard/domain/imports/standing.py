"""Where each row stands on our board: its stage and status from the columns that say something about them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.imports.stages import StageMap, closing_stage
from pipeboard.domain.imports.status import flag, is_deleted, status_of_flags, status_of_word
from pipeboard.domain.stage import DealStatus, Stage, status_of

CLOSING = (DealStatus.WON, DealStatus.LOST)
"""The statuses of deals that are over."""


class Signs(NamedTuple):
    """The cells of one row that say where it stands; empty where the file has no such column."""

    stage: str
    status: str
    is_won: str
    is_lost: str
    is_closed: str
    is_deleted: str = ""


class Standing(NamedTuple):
    """Our stage and status; `closed_from` is the open stage a closed deal was in, where known."""

    status: DealStatus
    stage_name: str
    closed_from: str = ""


SIGN_FIELDS = Signs._fields
"""The fields that these signs come from, in their order."""


def told_status(signs: Signs) -> DealStatus | None:
    """What a status word or the yes/no columns say, apart from the stage; a word goes first."""
    word = status_of_word(signs.status) if signs.status else None
    return word if word is not None else status_of_flags(signs.is_won, signs.is_lost, signs.is_closed)


def _is_gone(signs: Signs) -> bool:
    """Whether the other tool had thrown the deal away."""
    return is_deleted(signs.status) or flag(signs.is_deleted) is True


def needs_stage(signs: Signs) -> bool:
    """Whether the row stands where its stage column says: it is not closed by anything else, nor deleted."""
    return told_status(signs) not in CLOSING and not _is_gone(signs)


def decide_standings(
    seen: Iterable[Signs], matched: StageMap, stages: Sequence[Stage], has_stages: bool
) -> dict[Signs, Standing | str | None]:
    """The standing of every distinct set of signs; a text is the reason why there is none, None a deleted deal.

    Without a column of stages (`has_stages` false) open deals go to the first open stage.
    """
    return {signs: _standing(signs, matched.ours, stages, has_stages) for signs in seen}


def _standing(
    signs: Signs, ours: Mapping[str, Stage], stages: Sequence[Stage], has_stages: bool
) -> Standing | str | None:
    """The standing of one set of signs."""
    if _is_gone(signs):
        return None
    told = told_status(signs)
    stage = ours.get(signs.stage) if has_stages else _first_open(stages)
    if told in CLOSING:
        return _closed(told, stage if has_stages else None, signs, stages)
    if stage is None:
        return "no stage of ours for this one"
    status = status_of(stage.kind)
    if told == DealStatus.OPEN and status in CLOSING and not signs.status:
        return f"the stage {signs.stage!r} is closed, another column says the deal is open"
    return Standing(status, stage.name)


def _closed(told: DealStatus | None, stage: Stage | None, signs: Signs, stages: Sequence[Stage]) -> Standing | str:
    """The standing of a deal that a status or flag closes."""
    status = DealStatus.WON if told == DealStatus.WON else DealStatus.LOST
    if stage is not None and status_of(stage.kind) in CLOSING:
        if status_of(stage.kind) != status:
            return f"the stage says {signs.stage!r}, another column says {status.name.lower()}"
        return Standing(status, stage.name)
    end = closing_stage(status, stages)
    if end is None:
        return f"the pipeline has no stage for {status.name.lower()} deals"
    return Standing(status, end.name, stage.name if stage is not None and stage.is_open else "")


def _first_open(stages: Sequence[Stage]) -> Stage | None:
    """The first stage that is worked on."""
    return next((stage for stage in stages if stage.is_open), None)

"""Finding the one thing meant by a typed name: stage, owner, lost reason, pipeline, deal."""

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from pipeboard.domain.errors import Ambiguous, NotFound
from pipeboard.domain.text import clean, printable, search_key

_LISTED: Final = 8


class Named(Protocol):
    """What a person asks for by its name or its id."""

    @property
    def id(self) -> int:
        """The number by which scripts ask for it."""

    @property
    def name(self) -> str:
        """The name by which people do."""


_Thing = TypeVar("_Thing", bound=Named)


def match_thing(typed: str, things: Sequence[_Thing], what: str) -> _Thing:
    """The thing that is meant by its id ("7" or "#7") or its name as in `match_name`, whose errors it raises."""
    if (found := with_id(typed, things)) is not None:
        return found
    return things[match_name(typed, [thing.name for thing in things], what)]


def with_id(typed: str, things: Sequence[_Thing]) -> _Thing | None:
    """The thing with the id that was typed ("7" or "#7"), unless a thing is called that."""
    digits = typed.strip().removeprefix("#")
    if not digits.isdecimal() or any(thing.name == typed.strip() for thing in things):
        return None
    return next((thing for thing in things if thing.id == int(digits)), None)


def place_of(things: Sequence[_Thing], thing_id: int | None) -> int | None:
    """The place of the thing with an id; None when it is not there."""
    return next((place for place, thing in enumerate(things) if thing.id == thing_id), None)


def match_name(typed: str, names: Sequence[str], what: str = "name", *, me: int | None = None) -> int:
    """The index of the only name that begins with what was typed; case and accents do not matter.

    `me` is the place of the person at the keyboard, who is meant by "me".

    A name equal to it wins over longer ones. Raises NotFound or Ambiguous with a sentence that lists the
    candidates; `what` says what was looked for ("stage", "owner").
    """
    shown = printable(clean(typed))
    key = search_key(clean(typed))
    if not key:
        raise NotFound(f"No {what} given. {_choices('There is', names)}")
    if me is not None and key == "me":
        return me
    keys = [search_key(clean(name)) for name in names]
    for candidates in (
        [at for at, name in enumerate(names) if clean(name) == clean(typed)],
        [at for at, name in enumerate(keys) if name == key],
        [at for at, name in enumerate(keys) if name.startswith(key)],
    ):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            found = [names[at] for at in candidates]
            raise Ambiguous(f'"{shown}" could be several: {_listed(found)}.')
    raise NotFound(f'There is no {what} "{shown}". {_choices("There is", names)}')


def _choices(lead: str, names: Sequence[str]) -> str:
    """A sentence with what there is to choose from."""
    return f"{lead}: {_listed(names)}." if names else f"{lead} none yet."


def _listed(names: Sequence[str]) -> str:
    """The first names of a list in words, and how many more there are."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(printable(name) for name in names[:_LISTED]) + more

"""Their people and ours: spellings that differ in case, accents or spaces are one person."""

from collections.abc import Iterable, Sequence

from pipeboard.domain.board import Owner
from pipeboard.domain.text import clean, search_key


def join_owners(theirs: Iterable[str], owners: Sequence[Owner]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The name of ours for every owner cell of a file, and the names of people not known yet.

    A known person keeps the spelling we have; of several spellings of a new one the alphabetically first
    stays, so that the result does not hang on the order of rows.
    """
    names = {search_key(clean(owner.name)): owner.name for owner in owners}
    known = set(names)
    joined: dict[str, str] = {}
    for cell in sorted(theirs):
        if name := clean(cell):
            joined[cell] = names.setdefault(search_key(name), name)
    return joined, tuple(name for key, name in names.items() if key not in known)

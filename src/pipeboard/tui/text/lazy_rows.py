"""Rows that are put into words when somebody looks at them: of ten thousand tasks a screen shows thirty."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

About = TypeVar("About")
Row = TypeVar("Row")


class LazyRows(Sequence[Row], Generic[About, Row]):
    """A row for each of the things that the rows are about (`abouts`), made when first asked for."""

    def __init__(self, abouts: Sequence[About], put: Callable[[About], Row]) -> None:
        self.abouts = abouts
        self._put = put
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.abouts)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(place, slice):
            return tuple(self._at(at) for at in range(*place.indices(len(self))))
        return self._at(range(len(self))[place])

    def _at(self, place: int) -> Row:
        if place not in self._made:
            self._made[place] = self._put(self.abouts[place])
        return self._made[place]

    def kept(self, is_kept: Callable[[About], bool]) -> "LazyRows[About, Row]":
        """The rows about those things that are to be kept."""
        return LazyRows([about for about in self.abouts if is_kept(about)], self._put)

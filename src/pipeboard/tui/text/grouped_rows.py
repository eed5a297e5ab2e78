"""Groups of rows as one list with a line for each: where everything is, without making a row."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple, overload

from pipeboard.tui.text.agenda_rows import About, AgendaGroup, AgendaRow, RowKey, deal_id_of
from pipeboard.tui.text.lazy_rows import LazyRows

_TASK = "task"
_ABOVE = 2
"""Lines above the rows of a group: air, and its name."""


class Line(NamedTuple):
    """A line of the list: the name of a group, a row by its number, or (without both) air."""

    group: AgendaGroup | None = None
    row: int | None = None


_AIR = Line()


class GroupedRows(Sequence[AgendaRow]):
    """All rows of some groups in their order."""

    def __init__(self, groups: Sequence[AgendaGroup] = ()) -> None:
        self._groups = groups
        ends = list(accumulate(len(group.rows) for group in groups))
        self.starts = [0, *ends][: len(groups)]
        self._count = ends[-1] if ends else 0
        self._names = [start + _ABOVE * at + 1 for at, start in enumerate(self.starts)]
        self._places: dict[int, dict[object, int]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> AgendaRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[AgendaRow, ...]: ...

    def __getitem__(self, place: int | slice) -> AgendaRow | tuple[AgendaRow, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(self._count)))
        at = range(self._count)[place]
        group = self._group_of(at)
        return self._groups[group].rows[at - self.starts[group]]

    def __iter__(self) -> Iterator[AgendaRow]:
        return chain.from_iterable(group.rows for group in self._groups)

    def _group_of(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    # What the rows are about

    @property
    def abouts(self) -> Iterator[About]:
        """The task or deal behind each row."""
        return chain.from_iterable(_abouts(group.rows) for group in self._groups)

    @property
    def deal_ids(self) -> Iterator[int]:
        """The deal of each row."""
        return map(deal_id_of, self.abouts)

    def place_of_deal(self, deal_id: int) -> int | None:
        """The first row of a deal."""
        return next((place for place, one in enumerate(self.deal_ids) if one == deal_id), None)

    def key_at(self, place: int) -> RowKey:
        """What a row is."""
        group = self._group_of(place)
        rows = self._groups[group].rows
        at = place - self.starts[group]
        return RowKey(_TASK, rows.abouts[at].id) if isinstance(rows, LazyRows) else rows[at].key

    def place_of(self, key: RowKey) -> int | None:
        """Where a row is."""
        for at in range(len(self._groups)):
            found = self._places_in(at).get(key.id if key.kind == _TASK else key)
            if found is not None:
                return self.starts[at] + found
        return None

    def _places_in(self, at: int) -> dict[object, int]:
        """The rows of a group: tasks by their id, others by their key."""
        if at not in self._places:
            rows = self._groups[at].rows
            if isinstance(rows, LazyRows):
                keys: Iterator[object] = (task.id for task in rows.abouts)
            else:
                keys = (row.key.id if row.key.kind == _TASK else row.key for row in rows)
            self._places[at] = {key: place for place, key in enumerate(keys)}
        return self._places[at]

    # Its lines

    @property
    def lines(self) -> int:
        """How many lines there are: rows, names and air."""
        return self._count + _ABOVE * len(self._groups)

    def line_of(self, place: int) -> int:
        """The line of a row."""
        return place + _ABOVE * (self._group_of(place) + 1)

    def line_at(self, line: int) -> Line:
        """What is on a line; air outside."""
        at = bisect_right(self._names, line) - 1
        if at < 0 or line >= self.lines:
            return _AIR
        if line == self._names[at]:
            return Line(group=self._groups[at])
        row = self.starts[at] + line - self._names[at] - 1
        return Line(row=row) if row < self.starts[at] + len(self._groups[at].rows) else _AIR

    def place_from(self, line: int) -> int:
        """The first row on a line or below it; the number of rows where there is none."""
        at = bisect_right(self._names, line) - 1
        if at < 0:
            return 0
        return min(self.starts[at] + max(0, line - self._names[at] - 1), self.starts[at] + len(self._groups[at].rows))


def _abouts(rows: Sequence[AgendaRow]) -> Sequence[About] | Iterator[About]:
    return rows.abouts if isinstance(rows, LazyRows) else (row.about for row in rows)

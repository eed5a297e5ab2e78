"""Groups of rows as one list: the arithmetic of lines agrees with walking through them."""

from datetime import timedelta
from functools import partial

import pytest

from pipeboard.services.agenda import AgendaTask
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow, AgendaTerms, RowKey, task_row, without
from pipeboard.tui.text.grouped_rows import GroupedRows, Line
from pipeboard.tui.text.lazy_rows import LazyRows
from tests.conftest import NOW

TERMS = AgendaTerms(NOW, "EUR")


def task(number: int) -> AgendaTask:
    """A task for Monday after next of a deal of its own."""
    day = (NOW + timedelta(days=14)).date()
    names = (f"Deal {number}", "Globex", f"Call {number}", "call")
    return AgendaTask(
        number, 1, 100 + number, *names, day, None, None, None, 1, "Anna", 1, 1, 1, "Lead", None, "EUR", False
    )


def group(name: str, *numbers: int, is_lazy: bool = True) -> AgendaGroup:
    """A group of such tasks."""
    tasks = [task(number) for number in numbers]
    put = partial(task_row, group="later", terms=TERMS)
    return AgendaGroup(name, "text", LazyRows(tasks, put) if is_lazy else tuple(map(put, tasks)), len(tasks))


GROUPS = (group("Late", 1, 2, 3), group("Free"), group("Later", 4, is_lazy=False), group("No date", 5, 6))


def walked(groups: tuple[AgendaGroup, ...]) -> list[Line]:
    """The lines, one after the other."""
    lines: list[Line] = []
    row = 0
    for one in groups:
        lines += [Line(), Line(group=one)]
        for _ in one.rows:
            lines.append(Line(row=row))
            row += 1
    return lines


@pytest.mark.parametrize("groups", [GROUPS, GROUPS[:1], GROUPS[1:2], ()])
def test_every_line_and_row_is_where_walking_finds_it(groups: tuple[AgendaGroup, ...]) -> None:
    rows, lines = GroupedRows(groups), walked(groups)
    assert rows.lines == len(lines)
    assert [rows.line_at(at) for at in range(-1, len(lines) + 1)] == [Line(), *lines, Line()]
    assert [rows.line_of(place) for place in range(len(rows))] == [
        at for at, line in enumerate(lines) if line.row is not None
    ]
    for at in range(-1, len(lines) + 2):
        assert rows.place_from(at) == sum(rows.line_of(place) < at for place in range(len(rows)))


def test_rows_are_found_by_what_they_are_about() -> None:
    rows = GroupedRows(GROUPS)
    keys = [row.key for row in rows]
    assert keys == [RowKey("task", number) for number in range(1, 7)]
    assert [rows.key_at(place) for place in range(6)] == keys
    assert [rows.place_of(key) for key in keys] == list(range(6))
    assert rows.place_of(RowKey("unplanned", 1)) is None
    assert list(rows.deal_ids) == [101, 102, 103, 104, 105, 106]
    assert rows.place_of_deal(104) == 3
    assert rows.place_of_deal(1) is None
    assert rows[-1] == rows[5:][0]


def test_a_row_is_made_once_and_only_when_asked_for() -> None:
    made: list[int] = []

    def put(one: AgendaTask) -> AgendaRow:
        made.append(one.id)
        return task_row(one, "later", TERMS)

    rows = LazyRows([task(number) for number in range(1000)], put)
    kept = rows.kept(lambda one: one.id % 2 == 1)
    assert len(kept) == 500
    assert made == []
    assert [row.title for row in kept[:2]] == ["Call 1", "Call 3"]
    assert kept[0] is kept[0]
    assert made == [1, 3]


def test_rows_that_are_gone_are_left_out_of_the_total() -> None:
    left = without(GROUPS, lambda about: isinstance(about, AgendaTask) and about.id in (2, 4))
    assert [(one.name, one.total, [row.key.id for row in one.rows]) for one in left] == [
        ("Late", 2, [1, 3]),
        ("Free", 0, []),
        ("No date", 2, [5, 6]),
    ]

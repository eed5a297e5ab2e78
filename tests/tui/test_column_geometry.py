"""Where cards are in a column: the arithmetic of scrolling and pointing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.tui.text.column_geometry import HEADER, ColumnGeometry


@pytest.mark.parametrize(
    ("height", "density", "head_y", "body_y", "capacity"),
    [
        (21, 3, 1, 4, 4),
        (42, 3, 1, 5, 9),
        (17, 3, 0, 3, 3),
        (21, 1, 1, 4, 17),
        (21, 4, 1, 4, 3),
        (3, 3, 0, 3, 1),
        (0, 3, 0, 3, 1),
    ],
)
def test_the_head_and_as_many_whole_cards_as_fit(
    height: int, density: int, head_y: int, body_y: int, capacity: int
) -> None:
    geometry = ColumnGeometry(height, density, 100, 0)
    assert (geometry.head_y, geometry.body_y, geometry.capacity) == (head_y, body_y, capacity)


def test_scrolling_is_the_least_that_shows_the_card() -> None:
    geometry = ColumnGeometry(21, 3, 100, 10)
    assert [geometry.showing(index) for index in (9, 10, 13, 14, 0, 99)] == [9, 10, 10, 11, 0, 96]
    assert [geometry.clamped(top) for top in (-5, 96, 99)] == [0, 96, 96]
    assert geometry.below == 86


GEOMETRIES = st.builds(
    ColumnGeometry, st.integers(0, 120), st.sampled_from((1, 2, 3, 4)), st.integers(0, 500), st.integers(0, 500)
)


@given(GEOMETRIES)
def test_every_row_of_a_card_points_back_at_it(geometry: ColumnGeometry) -> None:
    geometry = geometry._replace(top=geometry.clamped(geometry.top))
    seen = [*geometry.rows(HEADER)]
    for index in range(geometry.top, min(geometry.cards, geometry.top + geometry.capacity)):
        rows = geometry.rows(index)
        assert [geometry.place_at(y) for y in rows] == [(index, line) for line in range(len(rows))]
        assert rows.start > max(seen)
        seen += rows
    assert len(seen) == len(set(seen))


@given(GEOMETRIES)
def test_the_thumb_is_one_run_and_touches_the_ends_with_the_cards(geometry: ColumnGeometry) -> None:
    geometry = geometry._replace(top=geometry.clamped(geometry.top))
    thumb = [y for y in range(geometry.height) if geometry.is_thumb(y)]
    if geometry.cards <= geometry.capacity or geometry.height <= geometry.body_y:
        assert not thumb
        return
    assert thumb == list(range(thumb[0], thumb[-1] + 1))
    assert thumb[0] >= geometry.body_y
    if not geometry.below:
        assert thumb[-1] == geometry.height - 1
    if geometry.top == 0:
        assert thumb[0] == geometry.body_y

"""Counts what a screen lays out, draws and paints: costs that do not depend on the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor
from textual.screen import Screen
from textual.strip import Strip

from pipeboard.tui.text.column_geometry import ColumnGeometry
from pipeboard.tui.widgets.stage_column import StageColumn


class Counts:
    """The layouts, the lines of columns drawn (each with the layout it was drawn after), and the paints."""

    def __init__(self) -> None:
        self.layouts = 0
        self.lines: list[tuple[StageColumn, int, int]] = []
        self.paints = 0

    def clear(self) -> None:
        """Begin again."""
        self.layouts, self.paints = 0, 0
        self.lines.clear()


@contextmanager
def counting() -> Iterator[Counts]:
    """Count while the block runs."""
    counts = Counts()
    plain_layout, plain_line = Screen._refresh_layout, StageColumn.draw_line
    plain_update = Compositor.render_update

    def lay_out(self: Screen[Any], *args: Any, **options: Any) -> None:
        counts.layouts += 1
        plain_layout(self, *args, **options)

    def draw(self: StageColumn, y: int, geometry: ColumnGeometry, width: int) -> Strip:
        counts.lines.append((self, y, counts.layouts))
        return plain_line(self, y, geometry, width)

    def update(self: Compositor, *args: Any, **options: Any) -> Any:
        found = plain_update(self, *args, **options)
        counts.paints += found is not None
        return found

    with (
        patch.object(Screen, "_refresh_layout", lay_out),
        patch.object(StageColumn, "draw_line", draw),
        patch.object(Compositor, "render_update", update),
    ):
        yield counts

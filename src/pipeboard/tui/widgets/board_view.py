"""From the state of the board to what its columns and the line below them show."""

from collections.abc import Sequence

from pipeboard.domain.text import initials
from pipeboard.tui.text.board_layout import MARGIN, BoardLayout
from pipeboard.tui.text.cards import CardContext
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.position import Overflow, Position
from pipeboard.tui.theme import Palette
from pipeboard.tui.widgets.board_state import BoardState
from pipeboard.tui.widgets.stage_column import ColumnView, StageColumn


def column_view(
    state: BoardState,
    place: int,
    layout: BoardLayout,
    *,
    density: int,
    marked: frozenset[int],
    anchor: int | None,
    lines: tuple[tuple[str, ...], ...],
    palette: Palette,
    glyphs: Glyphs,
) -> ColumnView:
    """What the column at a place of the board shows; the state has taken its first values."""
    overview, source = state.overview, state.source
    assert overview is not None
    assert source is not None
    several = overview.owners if len(overview.owners) > 1 else ()
    context = CardContext(
        width=layout.widths[place - layout.first] - 1,
        density=density,
        today=overview.today,
        stage=state.heads[place].stage,
        currency=overview.workspace.currency,
        owners={owner.id: initials(owner.name) for owner in several},
        palette=palette,
        glyphs=glyphs,
        lines=lines,
    )
    is_last = place == layout.first + layout.shown - 1
    return ColumnView(state.heads[place], source, context, marked, is_last, anchor)


def position_of(state: BoardState, layout: BoardLayout, columns: Sequence[StageColumn]) -> Position:
    """What is out of sight: `columns` are the visible ones; one without a size yet says nothing."""
    overflows = tuple(
        Overflow(MARGIN + 1 + layout.x_of(place), layout.widths[place] - 3, column.top, column.below)
        for place, column in enumerate(columns)
        if column.size.height and not column.is_folded
    )
    names = tuple(f"{head.stage.name} {head.shown:,}" for head in state.heads)
    return Position(overflows, names, layout.first, layout.shown)

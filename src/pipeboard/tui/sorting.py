"""The question by what deals are sorted, the same on the board and in the list."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeboard.domain.list_order import ListOrder, SortColumn
from pipeboard.tui.dialogs.choose import Choice, Choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeboard.tui.app import PipeboardApp


def turned(now: ListOrder, column: SortColumn) -> ListOrder:
    """The order by a column; that by which is sorted already turns round. The manual order has one direction."""
    if column.name == now.column and column.name != "stage":
        return ListOrder(column.name, not now.is_descending)
    return ListOrder(column.name, column.is_descending)


def ask_order(
    app: "PipeboardApp", columns: Sequence[SortColumn], now: ListOrder, answer: "Callable[[SortColumn], None]"
) -> None:
    """Ask for one of these columns."""

    def hint(column: SortColumn) -> str:
        if column.name != now.column:
            return ""
        return "now" if column.name == "stage" else "now, again turns it round"

    def answered(choice: Choice | None) -> None:
        if choice is not None and isinstance(choice.value, SortColumn):
            answer(choice.value)

    choices = [Choice(c, c.label, hint(c), str(n) if n <= 9 else "") for n, c in enumerate(columns, 1)]
    app.ask(Choose("Sort by", choices, placeholder="column"), answered)

"""The catalogue of products as rows of the settings: name, code, list price, what is sold; and what deals say else."""

from typing import TYPE_CHECKING

from pipeboard.tui.text.cells import cut, fit, width_of
from pipeboard.tui.text.sheet_rows import Cell, SheetRow, heading

if TYPE_CHECKING:
    from pipeboard.services.catalogues import ProductList, ProductSheet, UnknownProduct

_MOST_NAME, _MOST_CODE = 28, 14
_ROOMY = 90
_MOST_TEXTS = 100


def product_rows(found: "ProductList", width: int, keys: dict[str, str]) -> list[SheetRow]:
    """All of it; a key is ("products", id) or, for what means no product, ("texts", text)."""
    hint = f"{keys['add']} new  {keys['rename']} rename  {keys['merge']} merge  {keys['archive']} archive"
    rows = [*heading("Products", hint)]
    if not found.sheets:
        words = f"none: {keys['add']} adds one with its list price; deals may say any other all the same"
        rows.append(SheetRow(("products", 0), (Cell(words, "muted"),)))
    one = [sheet.product for sheet in found.sheets]
    name = min(_MOST_NAME, max((width_of(p.name) for p in one), default=0)) + 2
    code = min(_MOST_CODE, max((width_of(p.code) for p in one), default=0)) + 2
    price = max((width_of(p.price) for p in one), default=0)
    rows += [_row(sheet, (name, code, price), is_roomy=width >= _ROOMY) for sheet in found.sheets]
    if found.others:
        rows.append(SheetRow(None, (Cell("on deals, not in the catalogue", "faint"),), _text_hint(keys)))
        rows += [_text(other) for other in found.others[:_MOST_TEXTS]]
    if (more := len(found.others) - _MOST_TEXTS) > 0:
        words = f"and {more:,} more: `pipeboard product list --unknown`"
        rows.append(SheetRow(None, (Cell(words, "faint"),)))
    return rows


def _text_hint(keys: dict[str, str]) -> tuple[Cell, ...]:
    return (Cell(f"{keys['add']} adds it  {keys['merge']} merges it into a product", "faint"),)


def _row(sheet: "ProductSheet", rooms: tuple[int, int, int], *, is_roomy: bool) -> SheetRow:
    one, (name, code, price) = sheet.product, rooms
    tone = "faint" if one.is_archived else "text"
    left = [Cell(fit(cut(one.name, name - 2), name), tone)]
    left.append(Cell(fit(cut(one.code, code - 2), code) if code > 2 else "", "muted"))
    left.append(Cell(" " * (price - width_of(one.price)) + one.price, tone))
    if is_roomy and one.category:
        left.append(Cell(f"  {one.category}", "muted"))
    if sheet.spellings:
        left.append(Cell(f"  also {', '.join(sheet.spellings)}", "faint"))
    sold = _sold(sheet.open_count, sheet.won_count, "archived" if one.is_archived else "")
    return SheetRow(("products", one.id), tuple(left), (Cell(sold, "muted"),))


def _text(other: "UnknownProduct") -> SheetRow:
    sold = _sold(other.open_count, other.won_count)
    return SheetRow(("texts", other.text), (Cell(other.text),), (Cell(sold, "muted"),))


def _sold(alive: int, won: int, state: str = "") -> str:
    """What of it is open and what was won, in words."""
    parts = (state, f"{alive:,} open" if alive else "", f"{won:,} won" if won else "")
    return ", ".join(filter(None, parts))

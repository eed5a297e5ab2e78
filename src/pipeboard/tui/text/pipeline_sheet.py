"""Pipelines and their stages as rows: the list, the table, and what is known of one stage."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeboard.domain.criteria import read_criteria
from pipeboard.domain.pipeline_wizard import MANY_STAGES
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.sheet_rows import Cell, SheetRow, columns_row
from pipeboard.tui.text.table_columns import Column, lay_out
from pipeboard.tui.text.wrapping import wrapped

if TYPE_CHECKING:
    from pipeboard.services.catalogues import PipelineSheet, StageSheet

KIND_WORDS: Final = {
    StageKind.OPEN: "open",
    StageKind.POST: "after sale",
    StageKind.WON: "won",
    StageKind.LOST: "lost",
    StageKind.PARKED: "parked",
}
_KIND_TONES = {StageKind.WON: "won", StageKind.LOST: "lost", StageKind.PARKED: "waiting"}

COLUMNS: Final = (
    Column("name", "Stage", 14, 32, 0, 1),
    Column("kind", "Kind", 10, 10, 6),
    Column("chance", "Chance", 6, 6, 1, 0, True),
    Column("rots", "Rots", 5, 5, 2, 0, True),
    Column("limit", "Limit", 5, 5, 7, 0, True),
    Column("velocity", "Velocity", 8, 8, 8),
    Column("forecast", "Forecast", 8, 8, 5),
    Column("asks", "Asks", 6, 6, 4, 0, True),
    Column("deals", "Deals", 6, 6, 3, 0, True),
)
"""From left to right; those with a high priority number go first where it is narrow."""


class SetupKeys(NamedTuple):
    """The keys that the rows name, because they can be remapped."""

    add: str
    criteria: str
    definition: str
    checklist: str
    wizard: str


def pipeline_rows(sheets: "Sequence[PipelineSheet]", keys: SetupKeys) -> list[SheetRow]:
    """The pipelines, each with the number of its open deals."""
    rows = [SheetRow(None, (Cell("Pipelines", "muted"),), (Cell("open", "muted"),))]
    for sheet in sheets:
        name = Cell(sheet.pipeline.name, "strong" if not sheet.pipeline.is_post_sale else "waiting")
        rows.append(SheetRow(sheet.pipeline.id, (name,), (Cell(f"{sheet.open_count:,}", "muted"),)))
    rows += [
        SheetRow(None),
        SheetRow(None, (Cell(f"{keys.add} ", "accent"), Cell("a new one", "muted"))),
        SheetRow(None, (Cell(f"{keys.wizard} ", "accent"), Cell("by questions", "muted"))),
    ]
    return rows


def stage_rows(sheet: "PipelineSheet | None", width: int, glyphs: Glyphs) -> list[SheetRow]:
    """The stages of a pipeline as a table."""
    columns = lay_out(width, COLUMNS)
    heads = [Cell(column.head, "muted") for column, _ in columns]
    rows = [columns_row(None, columns, heads, glyphs)]
    for one in sheet.stages if sheet is not None else ():
        cells = _cells(one, glyphs)
        rows.append(columns_row(one.stage.id, columns, [cells[column.name] for column, _ in columns], glyphs))
    return rows


def _cells(one: "StageSheet", glyphs: Glyphs) -> dict[str, Cell]:
    stage, count = one
    asked = read_criteria(stage.exit_criteria)
    required = sum(criterion.is_required for criterion in asked)
    asks = f"{len(asked)}{f' ({required}!)' if required else ''}" if asked else ""
    is_over = stage.deal_limit is not None and stage.is_open and count > stage.deal_limit
    return {
        "name": Cell(stage.name, "strong" if stage.is_open else _KIND_TONES.get(stage.kind, "text")),
        "kind": Cell(KIND_WORDS[stage.kind], "muted"),
        "chance": Cell(f"{stage.probability}%" if stage.is_open else "", "text"),
        "rots": Cell(f"{stage.rot_days}d" if stage.rot_days else "never" if stage.is_open else "", "muted"),
        "limit": Cell(str(stage.deal_limit or ""), "muted"),
        "velocity": Cell("counts" if stage.counts_for_velocity and stage.is_open else "", "muted"),
        "forecast": Cell(stage.forecast_category if stage.is_open else "", "muted"),
        "asks": Cell(asks, "text"),
        "deals": Cell(f"{count:,}{glyphs.rotting if is_over else ''}", "rotting" if is_over else "text"),
    }


def about_rows(sheet: "PipelineSheet", stage: Stage | None, width: int, keys: SetupKeys) -> list[SheetRow]:
    """What is known of the stage under the cursor, and what the pipeline as a whole is warned of."""
    rows: list[SheetRow] = []
    count = len(sheet.open_stages)
    if count > MANY_STAGES:
        words = (
            f"{count} stages are many; 7 to {MANY_STAGES} stay in the head. {keys.checklist} turns one into a checklist"
        )
        rows += [*_text(f"{words} of the stage before it.", "rotting", width), SheetRow(None)]
    if stage is None:
        return rows
    rows.append(SheetRow(None, (Cell(stage.name, "strong"),)))
    if stage.definition:
        rows += _text(stage.definition, "text", width)
    elif stage.is_open:
        words = "writes what is done here, when and why, and how one sees that it worked"
        rows += _hint(keys.definition, words, width)
    criteria = read_criteria(stage.exit_criteria)
    if criteria:
        rows += [SheetRow(None), SheetRow(None, (Cell("Before a deal leaves it", "muted"),))]
        for one in criteria:
            required = " (required)" if one.is_required else ""
            rows += _text(f"{one.text}{required}", "rotting" if one.is_required else "text", width, bullet="- ")
    elif stage.is_open:
        words = "asks for something before a deal leaves it, as a checklist in the deal"
        rows += _hint(keys.criteria, words, width)
    return rows


def _hint(key: str, words: str, width: int) -> list[SheetRow]:
    first, *rest = wrapped(words, max(8, width - len(key) - 1))
    rows = [SheetRow(None, (Cell(f"{key} ", "accent"), Cell(first, "muted")))]
    return rows + [SheetRow(None, (Cell(" " * (len(key) + 1) + line, "muted"),)) for line in rest]


def _text(text: str, tone: str, width: int, bullet: str = "") -> list[SheetRow]:
    rows = []
    for line in text.splitlines():
        for place, part in enumerate(wrapped(line, max(8, width - len(bullet))) or [""]):
            lead = bullet if place == 0 else " " * len(bullet)
            rows.append(SheetRow(None, (Cell(lead + part, tone),)))
    return rows

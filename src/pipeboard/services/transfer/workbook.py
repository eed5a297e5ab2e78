"""Deals as an Excel workbook: real numbers, days and percentages, totals, and a sheet with the figures."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from pipeboard.domain.periods import last_days
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.metrics import DEFAULT_DAYS, MetricsQuery
from pipeboard.services.metrics_export import rows_of
from pipeboard.services.transfer.deal_rows import COLUMNS, Cell, amount, custom_names, rows
from pipeboard.services.workspace import Workspace

_MOST_TEXT = 32_767
"""Characters of a cell; Excel reads no more."""

_MOST_ROWS = 1_048_575


def write_xlsx(workspace: Workspace, asked: DealFilter, file: BinaryIO) -> int:
    """Write a workbook with the deals that a filter leaves, and the figures of the last 90 days; how many deals."""
    import xlsxwriter

    deals = workspace.listing.deals(asked)[:_MOST_ROWS]
    # No text is taken for a formula, a number or a link: what a customer wrote stays text.
    options = {
        "in_memory": False,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": workspace.info.name, "created": datetime.combine(workspace.deals.today, time())})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8E8EC"}),
            "text": book.add_format({}),
            "number": book.add_format({"num_format": "0"}),
            "percent": book.add_format({"num_format": '0"%"'}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "total": book.add_format({"bold": True, "num_format": "#,##0.00"}),
        }
        _deals(workspace, book.add_worksheet("Deals"), deals, styles)
        _totals(book.add_worksheet("Totals"), deals, styles)
        _figures(workspace, book.add_worksheet("Figures"), styles)
    return len(deals)


def _deals(workspace: Workspace, sheet: Any, deals: Sequence[ListedDeal], styles: dict[str, Any]) -> None:
    rests = workspace.listing.rests([deal.row.id for deal in deals])
    custom = custom_names(list(rests.values()))
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    kinds = [*(column.kind for column in COLUMNS), *("text" for _ in custom)]
    _row(
        sheet, 0, [*(column.name for column in COLUMNS), *custom, workspace.sign()], ["head"] * (len(kinds) + 1), styles
    )
    sheet.freeze_panes(1, 2)
    for number, cells in enumerate(rows(deals, rests, custom), 1):
        _row(sheet, number, cells, kinds, styles)
    if deals:
        sheet.autofilter(0, 0, len(deals), len(kinds) - 1)


def _row(sheet: Any, number: int, cells: Sequence[Cell], kinds: Sequence[str], styles: dict[str, Any]) -> None:
    for at, (value, kind) in enumerate(zip(cells, kinds, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(number, at, value[:_MOST_TEXT], styles[kind])
        elif isinstance(value, date):
            sheet.write_datetime(number, at, datetime.combine(value, time()), styles[kind])
        else:
            sheet.write_number(number, at, float(value) if isinstance(value, Decimal) else value, styles[kind])


def _totals(sheet: Any, deals: Sequence[ListedDeal], styles: dict[str, Any]) -> None:
    """How many deals of each stage there are and what they are worth, by currency: nothing is converted here."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for deal in deals:
        row = deal.row
        found = sums.setdefault((row.pipeline, row.stage, row.currency), [0, 0, 0, 0])
        found[0] += 1
        found[1] += row.value_minor or 0
        found[2] += deal.weighted_minor or 0
        found[3] += row.value_minor is None
    heads = ("pipeline", "stage", "currency", "deals", "without a value", "value", "weighted value")
    sheet.set_column(0, len(heads) - 1, 16)
    _row(sheet, 0, heads, ["head"] * len(heads), styles)
    kinds = ("text", "text", "text", "number", "number", "money", "money")
    cells: tuple[Cell, ...]
    for number, ((pipeline, stage, currency), found) in enumerate(sums.items(), 1):
        cells = (pipeline, stage, currency, found[0], found[3], amount(found[1], currency), amount(found[2], currency))
        _row(sheet, number, cells, kinds, styles)
    by_currency: dict[str, list[int]] = {}
    for (_, _, currency), found in sums.items():
        both = by_currency.setdefault(currency, [0, 0, 0])
        both[0], both[1], both[2] = both[0] + found[0], both[1] + found[1], both[2] + found[2]
    for number, (currency, (count, value, weighted)) in enumerate(by_currency.items(), len(sums) + 2):
        cells = ("All", "", currency, count, None, amount(value, currency), amount(weighted, currency))
        _row(sheet, number, cells, ["total"] * len(cells), styles)


def _figures(workspace: Workspace, sheet: Any, styles: dict[str, Any]) -> None:
    """The figures of the last 90 days, as `metrics --json` gives them."""
    query = MetricsQuery(period=last_days(workspace.deals.today, DEFAULT_DAYS))
    heads = ("group", "name", "figure", "value")
    sheet.set_column(0, 3, 22)
    _row(sheet, 0, heads, ["head"] * len(heads), styles)
    document = workspace.metrics.document(query, workspace.metrics.report(query))
    for number, (group, name, figure, value) in enumerate(rows_of(document), 1):
        cells: tuple[Cell, ...] = (group, name, figure, _number(value))
        _row(sheet, number, cells, ("text", "text", "text", "text"), styles)


def _number(text: str) -> Cell:
    """A figure as a number where it is one."""
    try:
        found = Decimal(text)
    except ArithmeticError:
        return text
    return found if found.is_finite() else text

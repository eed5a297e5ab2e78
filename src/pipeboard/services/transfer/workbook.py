"""An Excel workbook of deals and what hangs on them: real numbers and days, totals, and a sheet with the figures."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from pipeboard.domain.errors import InvalidInput, StorageFailure
from pipeboard.domain.imports.own_columns import OWN_COLUMNS
from pipeboard.domain.money import exponent
from pipeboard.domain.periods import last_days
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.services.metrics import DEFAULT_DAYS, MetricsQuery
from pipeboard.services.metrics_export import rows_of
from pipeboard.services.transfer.deal_rows import COLUMNS, Cell, amount, custom_names, rows
from pipeboard.services.transfer.record_rows import (
    KINDS,
    currency_of,
    deals_meant,
    kind_of_column,
    record_rows,
    width_of_column,
)
from pipeboard.services.workspace import Workspace

_Styles = dict[str, Any]

_MOST_TEXT = 32_767
"""UTF-16 units of a cell; Excel reads no more."""

_MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""

_IN_MEMORY = 2**23
"""Bytes of a finished workbook that need no temporary file."""

_FIXED = {
    "head": {"bold": True, "bottom": 1, "bg_color": "#E8E8EC"},
    "text": {},
    "number": {"num_format": "0"},
    "percent": {"num_format": '0"%"'},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
}


def write_xlsx(workspace: Workspace, asked: DealFilter, file: BinaryIO) -> int:
    """Write a workbook: the deals that a filter leaves, what hangs on them, totals and the figures of the last 90
    days; how many deals.
    """
    deals = workspace.listing.deals(asked)
    with _book(workspace, file) as (book, styles):
        _deals(workspace, book.add_worksheet("Deals"), deals, styles)
        _totals(book.add_worksheet("Totals"), deals, styles)
        _figures(workspace, book.add_worksheet("Figures"), styles)
        is_everything = asked == DealFilter()
        ids = None if is_everything else [deal.row.id for deal in deals]
        for kind in KINDS:
            if is_everything or kind != "quotas":
                _records(workspace, book.add_worksheet(kind.capitalize()), kind, ids, styles)
    return len(deals)


def write_records(workspace: Workspace, asked: DealFilter, file: BinaryIO, kind: str) -> int:
    """Write a workbook with the things of one kind alone; how many."""
    ids = deals_meant(workspace, asked, kind)
    with _book(workspace, file) as (book, styles):
        return _records(workspace, book.add_worksheet(kind.capitalize()), kind, ids, styles)


@contextmanager
def _book(workspace: Workspace, file: BinaryIO) -> Iterator[tuple[Any, _Styles]]:
    """An empty workbook and the formats of its cells; complete when it is left."""
    import xlsxwriter

    # No text is taken for a formula, a number or a link: what a customer wrote stays text.
    options = {
        "in_memory": False,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    # The archive is built aside: where the disk is full, writing its bytes says so in the system's words.
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as built:
        book = xlsxwriter.Workbook(built, options)
        book.set_properties({"title": workspace.info.name, "created": datetime.combine(workspace.deals.today, time())})
        styles = {kind: book.add_format(look) for kind, look in _FIXED.items()}
        for places in (0, 2, 3, 4):  # those of the currencies there are
            look = {"num_format": f"#,##0.{'0' * places}" if places else "#,##0"}
            styles[f"money{places}"] = book.add_format(look)
            styles[f"total{places}"] = book.add_format({"bold": True} | look)
        try:
            yield book, styles
        except BaseException:
            with suppress(Exception):
                book.close()  # its temporary files hold what customers are called
            raise
        try:
            book.close()
        except xlsxwriter.exceptions.XlsxFileError as error:
            raise StorageFailure(f"The workbook could not be built: {error}.") from error
        built.seek(0)
        shutil.copyfileobj(built, file)


def _deals(workspace: Workspace, sheet: Any, deals: Sequence[ListedDeal], styles: _Styles) -> None:
    rests = workspace.listing.rests([deal.row.id for deal in deals])
    custom = custom_names(list(rests.values()))
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
    kinds = [*(column.kind for column in COLUMNS), *("text" for _ in custom)]
    header = [*(column.name for column in COLUMNS), *custom, workspace.sign()]
    found = zip(rows(deals, rests, custom), (deal.row.currency for deal in deals), strict=True)
    _sheet(sheet, header, kinds, found, styles, frozen=2)


def _records(workspace: Workspace, sheet: Any, kind: str, deal_ids: Sequence[int] | None, styles: _Styles) -> int:
    """A sheet of the things of a kind; how many."""
    names = OWN_COLUMNS[kind]
    for at, name in enumerate(names):
        sheet.set_column(at, at, width_of_column(name))
    found = ((row, currency_of(kind, row)) for row in record_rows(workspace, kind, deal_ids))
    return _sheet(sheet, [*names, workspace.sign()], [kind_of_column(name) for name in names], found, styles, frozen=1)


def _sheet(
    sheet: Any,
    header: Sequence[str],
    kinds: Sequence[str],
    found: Iterable[tuple[Sequence[Cell], str]],
    styles: _Styles,
    *,
    frozen: int,
) -> int:
    """Rows, each with the currency of its money, below a header that stays in sight and filters; how many."""
    _row(sheet, 0, header, ["head"] * len(header), styles)
    sheet.freeze_panes(1, frozen)
    count = 0
    for count, (cells, currency) in enumerate(found, 1):
        if count > _MOST_ROWS:
            raise InvalidInput(f"A sheet holds {_MOST_ROWS:,} rows, and there are more: csv takes any number.")
        _row(sheet, count, cells, kinds, styles, currency)
    if count:
        sheet.autofilter(0, 0, count, len(kinds) - 1)
    return count


def _row(
    sheet: Any, number: int, cells: Sequence[Cell], kinds: Sequence[str], styles: _Styles, currency: str = ""
) -> None:
    for at, (value, kind) in enumerate(zip(cells, kinds, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(number, at, _fitting(value), styles.get(kind, styles["text"]))
            continue
        style = styles[f"{kind}{exponent(currency)}" if kind in ("money", "total") else kind]
        if isinstance(value, date):
            at_once = value if isinstance(value, datetime) else datetime.combine(value, time())
            sheet.write_datetime(number, at, at_once.replace(tzinfo=None), style)
        else:
            sheet.write_number(number, at, float(value) if isinstance(value, Decimal) else value, style)


def _fitting(text: str) -> str:
    """A text that a cell can hold; "…" at its end says that it went on."""
    if len(text) * 2 <= _MOST_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= _MOST_TEXT * 2:
        return text
    return units[: (_MOST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _totals(sheet: Any, deals: Sequence[ListedDeal], styles: _Styles) -> None:
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
    sheet.freeze_panes(1, 0)
    kinds = ("text", "text", "text", "number", "number", "money", "money")
    cells: tuple[Cell, ...]
    for number, ((pipeline, stage, currency), found) in enumerate(sums.items(), 1):
        cells = (pipeline, stage, currency, found[0], found[3], amount(found[1], currency), amount(found[2], currency))
        _row(sheet, number, cells, kinds, styles, currency)
    by_currency: dict[str, list[int]] = {}
    for (_, _, currency), found in sums.items():
        both = by_currency.setdefault(currency, [0, 0, 0, 0])
        for at, part in enumerate(found):
            both[at] += part
    ends = ("total0", "total0", "total0", "total0", "total0", "total", "total")
    for number, (currency, (count, value, weighted, without)) in enumerate(by_currency.items(), len(sums) + 2):
        cells = ("All", "", currency, count, without, amount(value, currency), amount(weighted, currency))
        _row(sheet, number, cells, ends, styles, currency)


def _figures(workspace: Workspace, sheet: Any, styles: _Styles) -> None:
    """The figures of the last 90 days, as `metrics --json` gives them."""
    query = MetricsQuery(period=last_days(workspace.deals.today, DEFAULT_DAYS))
    heads = ("group", "name", "figure", "value")
    sheet.set_column(0, 3, 22)
    _row(sheet, 0, heads, ["head"] * len(heads), styles)
    sheet.freeze_panes(1, 0)
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

"""Figures as rows, and rows in a new CSV file."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeboard.domain.errors import InvalidInput, Refused, StorageFailure
from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.text import harmless
from pipeboard.services.new_file import new_file

HEADER = ("group", "name", "figure", "value")
_NAMES = ("stage", "reason", "name", "month", "category", "kind", "on")
_MOST_FILES = 1000

Row = tuple[str, str, str, str]


def rows_of(document: Mapping[str, Any]) -> Iterator[Row]:
    """Every figure of a JSON document as one row; an unknown value is an empty cell."""
    for group, value in document.items():
        if isinstance(value, dict):
            yield from _of_dictionary(group, "", value)
        elif isinstance(value, list):
            for item in value:
                yield from _of_item(group, item)
        else:
            yield "", "", group, _cell(value)


def _of_dictionary(group: str, name: str, values: Mapping[str, Any]) -> Iterator[Row]:
    for figure, value in values.items():
        if isinstance(value, dict):
            yield from _of_dictionary(f"{group}.{figure}", name, value)
        elif isinstance(value, list):
            for item in value:
                yield from _of_item(f"{group}.{figure}", item)
        else:
            yield group, name, figure, _cell(value)


def _of_item(group: str, item: Any) -> Iterator[Row]:
    if isinstance(item, dict):
        key = next((key for key in _NAMES if key in item), "")
        rest = {figure: value for figure, value in item.items() if figure != key}
        yield from _of_dictionary(group, str(item.get(key, "")), rest)
    elif not isinstance(item, list):
        yield group, "", "", _cell(item)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def write_csv(folder: Path, stem: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write rows into a new file of the folder, readable by its owner alone; where it is.

    An existing file is never touched: the next free name is taken. StorageFailure when it cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([disarm(harmless(cell)) for cell in row] for row in rows)
    for number in range(1, _MOST_FILES):
        path = folder / (f"{stem}.csv" if number == 1 else f"{stem}-{number}.csv")
        try:
            with new_file(path, is_replacing=False) as file:
                file.write(text.getvalue().encode())
        except Refused:
            continue  # there is a file of this name
        except InvalidInput as error:
            raise StorageFailure(f"The figures could not be written: {error}") from error
        return path
    raise StorageFailure(f"There are {_MOST_FILES} exports of these figures in {folder} already.")

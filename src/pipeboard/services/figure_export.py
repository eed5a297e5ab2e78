"""Figures as rows, and rows in a new CSV file."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeboard.domain.errors import StorageFailure
from pipeboard.domain.imports.formulas import disarm
from pipeboard.domain.text import harmless

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
    for number in range(1, _MOST_FILES):
        path = folder / (f"{stem}.csv" if number == 1 else f"{stem}-{number}.csv")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise StorageFailure(f"The figures could not be written to {path}: {error.strerror}.") from error
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([disarm(harmless(cell)) for cell in row] for row in rows)
        return path
    raise StorageFailure(f"There are {_MOST_FILES} exports of these figures in {folder} already.")

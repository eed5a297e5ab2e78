"""The formats of an export, and the file it goes into."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.services.listing import DealFilter
from pipeboard.services.new_file import new_file as new_file
from pipeboard.services.workspace import Workspace

Write = Callable[[Workspace, DealFilter, BinaryIO], int]
"""Writes what a filter leaves into a file; how many things it wrote."""


class Format(NamedTuple):
    """A format by name: what it holds, the ends of its files' names, and the function `module:function` below
    `services.transfer` that writes it. `noun` is what it counts. A binary one does not go to a terminal.
    `others` writes what is no deal, where the format can.
    """

    name: str
    what: str
    suffixes: tuple[str, ...]
    writer: str
    noun: str = "deal"
    is_binary: bool = False
    is_whole: bool = False
    others: str = ""


FORMATS: tuple[Format, ...] = (
    Format("csv", "deals, one row each", (".csv",), "tables:write_csv", others="tables:write_records"),
    Format(
        "xlsx",
        "everything on sheets, with totals and figures",
        (".xlsx",),
        "workbook:write_xlsx",
        is_binary=True,
        others="workbook:write_records",
    ),
    Format("json", "everything, to be imported again", (".json", ".jsonl"), "whole:write_whole", "row", is_whole=True),
    Format("md", "the board in Markdown", (".md",), "markdown:write_board"),
    Format("ics", "tasks and close dates for a calendar", (".ics",), "calendar:write_ics", "calendar item"),
)
"""Every format."""


def format_named(name: str, path: str) -> Format:
    """The format that is meant: by name, else by the end of the file's name, else CSV."""
    if name:
        return next(one for one in FORMATS if one.name == name)
    suffix = Path(path).suffix.lower()
    found = next((one for one in FORMATS if suffix in one.suffixes), None)
    if found is None and suffix and path != "-":
        known = ", ".join(one.name for one in FORMATS)
        raise InvalidInput(f"Files that end in {suffix[:20]} are no format of ours; --format names one of {known}.")
    return found or FORMATS[0]


def write(one: Format, workspace: Workspace, asked: DealFilter, file: BinaryIO, what: str = "deals") -> int:
    """Write a format into an open file; how many things it wrote. `what` is deals or one of `record_rows.KINDS`."""
    if one.is_whole and asked != DealFilter():
        raise InvalidInput(f"{one.name} holds everything: it takes no filter. csv, xlsx and md do.")
    if what == "deals":
        writer: Write = _function(one.writer)
        return writer(workspace, asked, file)
    if not one.others:
        raise InvalidInput(f"{one.name} is {one.what}: {what} go into csv or xlsx.")
    return int(_function(one.others)(workspace, asked, file, what))


def _function(named: str) -> Callable[..., int]:
    module, function = named.split(":")
    found: Callable[..., int] = getattr(import_module(f"pipeboard.services.transfer.{module}"), function)
    return found

"""Asking for the path of a file to import."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeboard.tui.dialogs.ask_line import AskLine
from pipeboard.tui.dialogs.echo import Echo, problem, told
from pipeboard.tui.text.deal_context import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeboard.tui.app import PipeboardApp

_ENDS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".jsonl", ".ics", ".gz")
_MOST = 200


def ask_file(app: "PipeboardApp", answer: "Callable[[Path], None]", *, title: str = "Import") -> None:
    """Ask for the path of a file; Tab completes those of the present folder."""

    def answered(text: str | None) -> None:
        if text:
            answer(path_of(text))

    files = _files()
    app.ask(AskLine(title, placeholder="deals.csv", describe=_described, suggestions=files, enter="look"), answered)


def path_of(text: str) -> Path:
    """The file that is meant by a typed path, which may be quoted as a terminal drops it, and begin with ~."""
    return Path(os.path.expanduser(text.strip().strip("'\"").replace("\\ ", " ")))


def _described(text: str) -> Echo:
    if not text.strip():
        return problem("CSV, a workbook, JSON or a calendar; Tab completes the files of this folder", "faint")
    path = path_of(text)
    if path.is_dir():
        return problem("a folder; name a file in it")
    if not path.exists():
        return problem("there is no such file", "overdue")
    size = path.stat().st_size
    if size < 10_000:
        return told(counted(size, "byte"), "won")
    return told(f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size // 1000:,} kB", "won")


def _files() -> list[str]:
    try:
        with os.scandir() as entries:
            names = [entry.name for entry in entries if entry.name.lower().endswith(_ENDS)]
    except OSError:
        return []
    return sorted(names)[:_MOST]

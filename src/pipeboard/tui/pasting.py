"""Several lines pasted where one deal was asked for: they are offered as an import."""

import csv
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeboard.tui.text.deal_context import counted

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_MARKS = "\t;,|"


def offer_import(app: "PipeboardApp", text: str) -> None:
    """Ask whether the lines are deals to import; if so show what they would become."""
    from pipeboard.tui.dialogs.confirm import Confirm

    lines = [line for line in text.splitlines() if line.strip()]

    def answered(is_sure: bool | None) -> None:
        if is_sure:
            _show(app, as_table(lines))

    question = f"Import {counted(len(lines), 'line')}?"
    words = "They are shown first; nothing is written before you say so."
    app.ask(Confirm(question, words, yes="Look", no="No"), answered)


def as_table(lines: list[str]) -> str:
    """The lines as a table: as they are when the first one names columns, else one column of titles."""
    from pipeboard.domain.imports.profiles import known_headers

    mark = max(_MARKS, key=lines[0].count)
    if lines[0].count(mark) and known_headers(next(csv.reader([lines[0]], delimiter=mark))):
        return "\n".join(lines) + "\n"
    quoted = (line.strip().replace('"', '""') for line in lines)
    return "Deal name\n" + "".join(f'"{line}"\n' for line in quoted)


def _show(app: "PipeboardApp", table: str) -> None:
    """Show the import of a table that stands in no file of the person's."""
    from pipeboard.tui.open_import import show_what_came
    from pipeboard.tui.screens.importing import ImportScreen

    folder = Path(tempfile.mkdtemp(prefix="pipeboard-paste-"))
    path = folder / "pasted.csv"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(table)

    def came_back(action_id: int | None) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        show_what_came(app, action_id)

    app.ask(ImportScreen(path), came_back)

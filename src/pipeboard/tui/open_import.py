"""Asking for a file to import, and showing what is in it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


def show_import(app: "PipeboardApp") -> None:
    """Ask for a file, and show what an import of it would do."""
    from pipeboard.tui.asking_file import ask_file

    ask_file(app, lambda path: _show(app, path))


def _show(app: "PipeboardApp", path: Path) -> None:
    from pipeboard.tui.screens.importing import ImportScreen

    app.ask(ImportScreen(path), lambda _: None)

"""Long texts in the person's own editor."""

import hashlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from pipeboard.config.locations import make_private, state_dir
from pipeboard.domain.text import printable

_UNTOUCHED = 0
"""The time at which a file was changed in which nobody has written yet: one that a crash left has no news in it."""


def draft_of(database: str, deal_id: int, what: str = "") -> Path:
    """The file in which the notes of a deal (or `what` is written of it) stand until they are saved; its name says
    nothing about the database."""
    name = hashlib.sha256(database.encode()).hexdigest()[:16]
    return state_dir() / "drafts" / f"{name}-{what}{deal_id}.md"


def edited(app: App[Any], draft: Path, text: str) -> str | None:
    """Let the person edit `text` in $VISUAL or $EDITOR; None when nothing was written or nothing could be run.

    The text stands in `draft`, readable by this person alone. What was written stays there until `forget`, and
    is what the next editing begins with, so that neither a failed save nor a crash loses it.
    """
    try:
        is_left = _is_left(draft, text)
        if is_left:
            app.notify("You wrote these notes before and they were not saved. Writing them now saves them.", timeout=10)
        else:
            _write(draft, text)
        before = _state(draft)
        is_done = _run(app, draft)
        if _state(draft) == before:
            if not is_left:
                draft.unlink(missing_ok=True)
            return None
        return draft.read_text(encoding="utf-8", errors="replace").rstrip("\n") if is_done else None
    except OSError as error:
        why = error.strerror or type(error).__name__
        app.notify(printable(f"No notes in {draft.parent}: {why}."), severity="error", markup=False)
        return None


def open_file(app: App[Any], path: Path) -> bool:
    """Let the person edit a file of their own; whether the editor ended well. The folder is made where it is not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _run(app, path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        app.notify(printable(f"{path} cannot be opened: {why}."), severity="error", markup=False)
        return False


def forget(draft: Path, text: str) -> None:
    """Remove a draft that is on disk as `text`, unless something else was written into it meanwhile."""
    try:
        if draft.read_text(encoding="utf-8", errors="replace").rstrip("\n") == text:
            draft.unlink()
    except OSError:
        return  # it stays, and is offered again


def _is_left(draft: Path, text: str) -> bool:
    """Whether a person wrote something other than `text` into the file and it was not saved."""
    if not draft.exists() or draft.stat().st_mtime_ns == _UNTOUCHED:
        return False
    return draft.read_text(encoding="utf-8", errors="replace").rstrip("\n") != text.rstrip("\n")


def _write(draft: Path, text: str) -> None:
    """Make the file, for this person alone, as one that no editor has written yet."""
    make_private(draft.parent.parent)
    make_private(draft.parent)
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        os.utime(draft, ns=(_UNTOUCHED, _UNTOUCHED))
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _state(draft: Path) -> tuple[int, int, bytes]:
    """What is different after the file was written: editors write into it or put another file in its place."""
    about = draft.stat()
    return about.st_mtime_ns, about.st_ino, draft.read_bytes()


def _run(app: App[Any], draft: Path) -> bool:
    """Run the editor on the terminal; whether it ended well."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    # Looked for before the terminal is handed over: an error in between would leave it handed over.
    if shutil.which(command[0]) is None:
        app.notify(f"There is no editor {command[0]!r}. Set EDITOR to one you have.", severity="warning", markup=False)
        return False
    try:
        with app.suspend():
            try:
                finished = subprocess.run([*command, str(draft)], check=False)
            except OSError:
                finished = subprocess.CompletedProcess(command, 126)
    except SuspendNotSupported:
        app.notify("This terminal cannot be handed to an editor.", severity="warning", markup=False)
        return False
    if finished.returncode != 0:
        app.notify(f"{command[0]!r} ended with an error; the notes are as they were.", severity="warning", markup=False)
    return finished.returncode == 0

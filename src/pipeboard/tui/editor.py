"""Long texts in the person's own editor."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


def edited(app: App[Any], text: str) -> str | None:
    """Let the person edit `text` in $VISUAL or $EDITOR; None when it was left as it was or nothing could be run.

    The text stands in a private temporary file that is removed afterwards.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(prefix="pipeboard-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with app.suspend():
            finished = subprocess.run([*command, name], check=False)
        if finished.returncode != 0:
            app.notify(
                f"{command[0]!r} ended with an error; the notes are as they were.", severity="warning", markup=False
            )
            return None
        result = path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        return None if result == text else result
    except FileNotFoundError:
        app.notify(f"There is no editor {command[0]!r}. Set EDITOR to one you have.", severity="warning", markup=False)
        return None
    except SuspendNotSupported:
        app.notify("This terminal cannot be handed to an editor.", severity="warning", markup=False)
        return None
    finally:
        path.unlink(missing_ok=True)

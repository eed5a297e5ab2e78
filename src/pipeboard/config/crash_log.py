"""Unexpected errors are written down, without the values they were about."""

import os
import traceback
from pathlib import Path

from pipeboard.config.locations import log_file, make_private

LIMIT = 1_000_000


def write_crash(error: BaseException) -> Path:
    """Append the traceback to the log, which only this person can read; where it is.

    The text of the error itself is left out of the last line: it may quote a customer's data.
    """
    path = log_file()
    make_private(path.parent)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    flags = os.O_CREAT | os.O_WRONLY | (os.O_TRUNC if path.exists() and path.stat().st_size > LIMIT else os.O_APPEND)
    with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="replace") as file:
        file.write(f"{frames}{type(error).__module__}.{type(error).__qualname__}\n\n")
    return path

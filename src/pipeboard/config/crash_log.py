"""The log of unexpected errors: where in the program it happened, and no customer's data."""

import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pipeboard import __version__
from pipeboard.config.locations import log_file, make_private

LARGEST_LOG = 1_000_000
"""Bytes after which the log is begun anew."""

_SPEAKING = (ImportError, AttributeError, NameError)
"""Errors whose text names parts of the program; that of others may repeat what somebody typed or imported."""


def write_log(error: BaseException) -> Path | None:
    """Add an error to the log, readable by its owner only; where it is, None when it cannot be written."""
    try:
        path = log_file()
        make_private(path.parent)
        is_full = path.exists() and path.stat().st_size > LARGEST_LOG
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_full else os.O_APPEND)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as log:
            log.write(report(error))
    except OSError:
        return None
    return path


def report(error: BaseException) -> str:
    """The error and what led to it: types, files and lines, but neither texts of data nor parameters."""
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    parts = [f"--- {stamp} Pipeboard {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"]
    seen: BaseException | None = error
    while seen is not None:
        parts += traceback.format_tb(seen.__traceback__)
        text = f": {seen}" if isinstance(seen, _SPEAKING) else ""
        parts.append(f"{type(seen).__module__}.{type(seen).__qualname__}{text}\n")
        seen = seen.__cause__ or seen.__context__
        if seen is not None:
            parts.append("caused by\n")
    return "".join(parts)

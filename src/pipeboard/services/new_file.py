"""A file that a person asks for: it appears under its name when all of it is written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeboard.domain.errors import InvalidInput, Refused, StorageFailure


@contextmanager
def new_file(path: Path, *, is_replacing: bool) -> Iterator[BinaryIO]:
    """A file that appears under its name when all of it is written, readable by its owner alone.

    Refused when something is there already, unless it may be replaced; then only by a whole file.
    """
    if path.is_dir():
        raise InvalidInput(f"{path} is a directory; name a file.")
    if os.path.lexists(path) and not is_replacing:
        raise Refused(f"{path} exists already; --force replaces it.")
    if os.path.lexists(path) and not path.is_file():
        raise InvalidInput(f"{path} is no file that could be replaced.")
    try:
        handle, building = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if is_replacing:
            os.replace(building, path.resolve())
        else:
            os.link(building, path)
    except FileExistsError:
        raise Refused(f"{path} exists already; --force replaces it.") from None
    except OSError as error:
        raise StorageFailure(
            f"{path} could not be written: {(error.strerror or str(error)).lower()}. Nothing is there."
        ) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(building)

"""Opening what is to be imported: a file, bytes or a stream, as one seekable file of known size.

Whatever a path may lead to (a directory, a pipe that never ends, a device, a bomb in a .gz), the answer is a
sentence and comes at once.
"""

import gzip
import io
import json
import os
import stat
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple, Protocol, cast

from pipeboard.domain.errors import InvalidInput

LARGEST_FILE: Final = 512 * 1024 * 1024
"""The most bytes read from one source, unpacked."""

_IN_MEMORY: Final = 8 * 1024 * 1024
_BLOCK: Final = 1024 * 1024
_BOMB_RATIO: Final = 200
_MAGIC: Final = (
    (b"\x89PNG", "a PNG picture, not a CSV file"),
    (b"\xff\xd8\xff", "a JPEG picture, not a CSV file"),
    (b"GIF8", "a GIF picture, not a CSV file"),
    (b"%PDF", "a PDF document, not a CSV file"),
    (b"SQLite format 3\0", "a SQLite database, not a CSV file; open it with --db"),
    (b"\x7fELF", "a program, not a CSV file"),
    (b"BZh", "a bzip2 archive, not a CSV file"),
    (b"\xfd7zXZ", "an xz archive, not a CSV file"),
)


class _Readable(Protocol):
    """Something that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""
        ...


class Opened(NamedTuple):
    """A source ready to be read, more than once: its name for sentences, the file, its size in bytes.

    `kind` is "text", or "workbook", "json" or "web page": then the file holds one JSON list a line: the line a row
    stands in and its cells. `label` is what the history calls it, `encoding` that of a page.
    """

    name: str
    file: IO[bytes]
    size: int
    kind: str = "text"
    label: str = "stdin"
    encoding: str = "utf-8"


Source = Path | bytes | BinaryIO | Opened
"""What can be imported from. What is opened already stays open."""


def label_of(source: Source, name: str = "") -> str:
    """What the history calls a source."""
    return name or (
        source.name if isinstance(source, Path) else source.label if isinstance(source, Opened) else "stdin"
    )


@contextmanager
def opened(source: Source, name: str = "", sheet: str | None = None) -> Iterator[Opened]:
    """Open a source for the time of a `with`. Raises InvalidInput with a sentence for what cannot be read."""
    if isinstance(source, Opened):
        source.file.seek(0)
        yield source
        return
    with unpacked(source, name) as ready:
        rows = as_rows(ready, sheet)
        with rows.file:
            yield rows


@contextmanager
def unpacked(source: Path | bytes | BinaryIO, name: str = "") -> Iterator[Opened]:
    """Open a source, out of its .gz, for the time of a `with`: whatever it holds, its bytes as they are."""
    title = name or (source.name or str(source) if isinstance(source, Path) else "the input")
    if isinstance(source, Path):
        file: IO[bytes] = _open_path(source)
    elif isinstance(source, bytes):
        file = io.BytesIO(source)
    else:
        file = _spooled(source, title)
    with file:
        if file.read(2) == b"\x1f\x8b":
            file.seek(0)
            file = _unpacked(file, title)
        yield _checked(title, file)._replace(label=label_of(source, name))


def as_rows(ready: Opened, sheet: str | None = None) -> Opened:
    """A workbook or JSON as a file of rows; text as it is."""
    from pipeboard.services.transfer.json_rows import is_json, json_rows
    from pipeboard.services.transfer.sheets import is_workbook, sheet_rows

    start = ready.file.read(256)
    ready.file.seek(0)
    if is_workbook(start):
        made = spread(ready, "workbook", sheet_rows(ready.file, ready.name, sheet))
    elif sheet is not None:
        raise InvalidInput(f"{ready.name} is no workbook: it has no sheets.")
    elif is_json(start):
        made = spread(ready, "json", json_rows(ready.file, ready.name))
    else:
        return ready
    ready.file.close()
    return made


def spread(ready: Opened, kind: str, rows: Iterable[tuple[int, list[str]]]) -> Opened:
    """The rows in a file of their own, so that they can be walked through more than once; the old one stays open."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with suppress_close(target):
        encode = json.JSONEncoder(separators=(",", ":")).encode
        for row in rows:
            target.write(encode(row).encode("ascii") + b"\n")
        size = target.tell()
        target.seek(0)
    return ready._replace(file=target, size=size, kind=kind)


def _open_path(path: Path) -> BinaryIO:
    """Open a regular file; never waits for the other end of a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise InvalidInput(f"There is no file {path}.") from None
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except ValueError:
        raise InvalidInput("The name of the file holds a NUL character.") from None
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise InvalidInput(f"{path} is a directory; name the file to import.")
        if stat.S_ISFIFO(mode):
            raise InvalidInput(f"{path} is a pipe; pipe the data in and import `-` instead.")
        if not stat.S_ISREG(mode):
            raise InvalidInput(f"{path} is a device, not a file.")
    except InvalidInput:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def _spooled(stream: BinaryIO, title: str) -> IO[bytes]:
    """A stream copied to where it can be read twice: memory while small, a private temporary file beyond."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with suppress_close(target):
        _copy(stream, target, title, None)
    return target


def spooled(stream: BinaryIO) -> BinaryIO:
    """A stream as one that can be read more than once."""
    return cast(BinaryIO, _spooled(stream, "the input"))


def _unpacked(packed: IO[bytes], title: str) -> IO[bytes]:
    """The content of a gzip file; one that unpacks without end is refused as soon as that shows."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    with suppress_close(target):
        try:
            with gzip.GzipFile(fileobj=packed) as stream:
                _copy(stream, target, title, packed)
        except (OSError, EOFError, zlib.error):
            raise InvalidInput(f"{title} is a damaged gzip archive: its end may be missing.") from None
    return target


@contextmanager
def suppress_close(target: IO[bytes]) -> Iterator[None]:
    """Close the file when the block fails, keep it open when it succeeds."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            target.close()
        raise


def _copy(stream: _Readable, target: IO[bytes], title: str, packed: IO[bytes] | None) -> None:
    """Copy a stream within the limits of size, and of the size of what it is unpacked from."""
    done = 0
    while block := stream.read(_BLOCK):
        done += len(block)
        is_bomb = packed is not None and done > max(packed.tell() * _BOMB_RATIO, _BLOCK * 16)
        if done > LARGEST_FILE or is_bomb:
            raise InvalidInput(f"{title} is too large: more than {done // _BLOCK} MB unpacked.")
        target.write(block)
    target.seek(0)


def _checked(title: str, file: IO[bytes]) -> Opened:
    """The opened file, if it is not empty, too large or plainly something else."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if size == 0:
        raise InvalidInput(f"{title} is empty.")
    if size > LARGEST_FILE:
        raise InvalidInput(f"{title} is too large: the most is {LARGEST_FILE // _BLOCK} MB.")
    start = file.read(16)
    file.seek(0)
    for magic, what in _MAGIC:
        if start.startswith(magic):
            raise InvalidInput(f"{title} is {what}.")
    return Opened(title, file, size)

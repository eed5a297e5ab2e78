"""A disk under SQLite that remembers what was written and what was synced, and that fails when told to.

SQLite talks to the system through a table of functions, its VFS. This puts our own in front of its usual one, by
ctypes and in this process, so that no compiler, tracer or root is needed. From the record the files can be built as
they would lie on the platter after a power cut at any moment (RELIABILITY.md 2a).
"""

import ctypes
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, NamedTuple

import pytest

OK = 0
FULL = 13
"""SQLITE_FULL: what SQLite's usual VFS answers on ENOSPC."""

BROKEN = 778
"""SQLITE_IOERR_WRITE: what it answers on EIO."""

NOT_SYNCED = 1034
"""SQLITE_IOERR_FSYNC: what it answers when fsync fails."""

SECTOR = 512
"""What a disk writes as one."""

# Names come as addresses: SQLite has put the parameters of a URI behind them in memory.
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    _fields_ = [
        ("version", c_int), ("file_size", c_int), ("longest_path", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", _Open), ("delete", _Delete), ("others", c_void_p * 14),
    ]  # fmt: skip


class _Methods(Structure):
    _fields_ = [
        ("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", _Write), ("truncate", _Truncate),
        ("sync", _Sync), ("others", c_void_p * 13),
    ]  # fmt: skip


class Operation(NamedTuple):
    """What was done to a file: `write` (at, data), `truncate` (at), `sync`, `delete`, or `said` (at: an action)."""

    what: str
    path: str = ""
    at: int = 0
    data: bytes = b""


class Disk:
    """The record of one test, and its instruction to fail."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.changes = 0
        """How often something was written, cut or synced: what can fail."""
        self._fails_from: int | None = None
        self._answer = OK
        self._is_lasting = False

    def said(self, action_id: int) -> None:
        """Note that a person was told: this action is saved."""
        self.operations.append(Operation("said", at=action_id))

    def fail_from(self, change: int, answer: int, *, is_lasting: bool) -> None:
        """Answer the change of this number (from 0, counted from now) with an error; with all after it, if lasting."""
        self.changes, self._fails_from, self._answer, self._is_lasting = 0, change, answer, is_lasting

    def heal(self) -> bool:
        """Let everything succeed again; whether anything had failed."""
        limit, self._fails_from = self._fails_from, None
        return limit is not None and self.changes > limit

    def verdict(self) -> int:
        """What to answer to the change that is asked for now."""
        number, limit = self.changes, self._fails_from
        self.changes += 1
        fails = limit is not None and (number >= limit if self._is_lasting else number == limit)
        return self._answer if fails else OK


_kept: list[Any] = []
"""Function tables that a connection may still point to: never given back."""


@contextmanager
def recorded() -> Iterator[Disk]:
    """Databases that are opened in this block lie on this disk. The test is skipped where SQLite cannot be reached."""
    disk, library = Disk(), _library()
    usual = ctypes.cast(library.sqlite3_vfs_find(None), POINTER(_Vfs)).contents
    ours = _Vfs.from_buffer_copy(usual)
    name = b"remembering"
    ours.name, ours.next = name, None
    _put_in_front(disk, usual, ours)
    _kept.append((ours, name))
    assert library.sqlite3_vfs_register(ctypes.byref(ours), 1) == OK
    try:
        yield disk
    finally:
        library.sqlite3_vfs_unregister(ctypes.byref(ours))


def _library() -> Any:
    try:
        import _sqlite3

        library = ctypes.CDLL(_sqlite3.__file__)
        for function in (library.sqlite3_vfs_find, library.sqlite3_vfs_register, library.sqlite3_vfs_unregister):
            function.restype = c_int
        library.sqlite3_vfs_find.restype = c_void_p
    except (ImportError, AttributeError, OSError) as error:
        pytest.skip(f"this Python hides the functions of its SQLite: {error}")
    return library


def _put_in_front(disk: Disk, usual: _Vfs, ours: _Vfs) -> None:
    names: dict[int, str] = {}
    tables: dict[int, tuple[_Methods, Any]] = {}

    def opened(vfs: int, path: int | None, file: int, flags: int, out: Any) -> int:
        answer: int = usual.open(vfs, path, file, flags, out)
        slot = ctypes.cast(file, POINTER(c_void_p))
        if answer == OK and path is not None and slot[0]:
            names[file] = ctypes.string_at(path).decode()
            table = tables.get(slot[0])
            if table is None:
                table = tables[slot[0]] = _methods(disk, names, slot[0])
                _kept.append(table)
            slot[0] = ctypes.addressof(table[0])
        return answer

    def deleted(vfs: int, path: int, is_synced: int) -> int:
        answer: int = usual.delete(vfs, path, is_synced)
        if answer == OK:
            disk.operations.append(Operation("delete", ctypes.string_at(path).decode(), is_synced))
        return answer

    ours.open, ours.delete = _Open(opened), _Delete(deleted)


def _methods(disk: Disk, names: dict[int, str], usual_at: int) -> tuple[_Methods, Any]:
    usual = ctypes.cast(usual_at, POINTER(_Methods)).contents
    ours = _Methods.from_buffer_copy(usual)

    def write(file: int, data: int, size: int, at: int) -> int:
        answer = disk.verdict()
        if answer != OK:  # a disk that gives up has done the first half already
            usual.write(file, data, size // 2, at)
            return answer
        done: int = usual.write(file, data, size, at)
        if done == OK:
            disk.operations.append(Operation("write", names[file], at, ctypes.string_at(data, size)))
        return done

    def truncate(file: int, size: int) -> int:
        answer: int = disk.verdict() or usual.truncate(file, size)
        if answer == OK:
            disk.operations.append(Operation("truncate", names[file], size))
        return answer

    def sync(file: int, flags: int) -> int:
        answer: int = disk.verdict() or usual.sync(file, flags)
        if answer == OK:
            disk.operations.append(Operation("sync", names[file]))
        return answer

    ours.write, ours.truncate, ours.sync = _Write(write), _Truncate(truncate), _Sync(sync)
    return ours, usual


# -- after a power cut --------------------------------------------------------------------------------------

Files = dict[str, bytearray]


def after_power_cut(
    before: dict[str, bytes], operations: Sequence[Operation], chance: random.Random | None = None
) -> Files:
    """The files as they lie there when the power goes after these operations.

    Without `chance` nothing has reached the disk that was not synced. With it, sector by sector, some of it has.
    """
    files: Files = {path: bytearray(content) for path, content in before.items()}
    waiting: dict[str, list[Operation]] = {}
    for operation in operations:
        if operation.what == "sync":
            if operation.path not in files:  # the first sync of a new file is one of its folder too
                _settle_names(files, waiting)
            for done in waiting.pop(operation.path, ()):
                _apply(files, done)
        elif operation.what == "delete" and operation.at:
            waiting.pop(operation.path, None)
            files.pop(operation.path, None)
        elif operation.what != "said":
            waiting.setdefault(operation.path, []).append(operation)
    if chance is not None:
        for late in waiting.values():
            for operation in _some(late, chance):
                _apply(files, operation)
    return files


def _settle_names(files: Files, waiting: dict[str, list[Operation]]) -> None:
    """What was deleted is gone for good; what was written into a file of the same name since then still waits."""
    for path, late in waiting.items():
        gone = max((place for place, operation in enumerate(late) if operation.what == "delete"), default=-1)
        if gone >= 0:
            files.pop(path, None)
            del late[: gone + 1]


def _some(operations: Iterable[Operation], chance: random.Random) -> Iterator[Operation]:
    for operation in operations:
        if operation.what != "write":
            if chance.random() < 0.5:
                yield operation
            continue
        for start in range(0, len(operation.data), SECTOR):
            if chance.random() < 0.5:
                yield operation._replace(at=operation.at + start, data=operation.data[start : start + SECTOR])


def _apply(files: Files, operation: Operation) -> None:
    if operation.what == "delete":
        files.pop(operation.path, None)
        return
    content = files.setdefault(operation.path, bytearray())
    end = operation.at + len(operation.data)
    content.extend(bytes(max(0, end - len(content))))
    if operation.what == "truncate":
        del content[operation.at :]
    else:
        content[operation.at : end] = operation.data


def lay_down(files: Files, database: str, folder: Path) -> str:
    """Write these files into a folder, as another machine would find them; the path of the database there."""
    folder.mkdir()
    for path, content in files.items():
        if path.startswith(database):
            (folder / Path(path).name).write_bytes(content)
    return str(folder / Path(database).name)

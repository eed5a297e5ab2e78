"""The whole database as JSON lines: one line about the file, then one for every row, and back into a new database.

What comes back has the same history, figures and a byte-identical second export, on either engine.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from pipeboard.domain.errors import InvalidInput, Refused
from pipeboard.domain.text import harmless_json
from pipeboard.services.clock import zone_of
from pipeboard.services.listing import DealFilter
from pipeboard.services.workspace import Workspace

SCHEMA: Final = "pipeboard.whole/1"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LONGEST_LINE: Final = 64 * 1024 * 1024


def whole_lines(database: str) -> Iterator[str]:
    """Every row of the database as a line of JSON, from one moment of it."""
    from pipeboard.storage.dump import dump
    from pipeboard.storage.store import HEAD
    from pipeboard.storage.target import target_of

    yield _JSON({"schema": SCHEMA, "revision": HEAD}) + "\n"
    for table, values in dump(target_of(database)):
        if "patch" in values:
            values["patch"] = json.loads(values["patch"])
        yield harmless_json(_JSON({"table": table, **values})) + "\n"


def write_whole(workspace: Workspace, _asked: DealFilter, file: BinaryIO) -> int:
    """Write every row of the database; how many."""
    target, count = workspace.target, -1
    for count, line in enumerate(whole_lines(target.path if target.is_sqlite else target.url)):  # noqa: B007
        file.write(line.encode())
    return count


def is_whole(first_line: bytes) -> bool:
    """Whether a file begins as an export of everything does."""
    return first_line.lstrip(b"\xef\xbb\xbf").startswith(b'{"schema":"pipeboard.whole/')


def load_whole(database: str, lines: Iterable[bytes]) -> int:
    """Make a new database out of an export of everything; how many deals it has.

    Refused when something is there already; InvalidInput with the line for what does not fit. Whole or not at all.
    """
    from pipeboard.storage.dump import load
    from pipeboard.storage.target import target_of

    return load(target_of(database), _rows(lines), zone_of)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, str, dict[str, Any]]]:
    from pipeboard.storage.patches import patch_json
    from pipeboard.storage.store import HEAD

    number = 0
    for number, line in enumerate(lines, 1):
        value = _parsed(number, line)
        if number == 1:
            _check_head(value, HEAD)
            continue
        table = value.pop("table", None)
        if not isinstance(table, str):
            raise InvalidInput(f"Line {number}: it does not say which table it belongs to.")
        patch = value.get("patch")
        if patch is not None:
            if not isinstance(patch, dict):
                raise InvalidInput(f"Line {number}: the patch is no object.")
            value["patch"] = patch_json(patch)
        yield number, table, value
    if not number:
        raise InvalidInput("The file is empty.")


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise InvalidInput(f"Line {number} is longer than {_LONGEST_LINE // 2**20} MB.")
    try:
        value = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidInput(f"Line {number} is no JSON: {line[:40].decode('utf-8', 'replace')!r}.") from None
    if not isinstance(value, dict):
        raise InvalidInput(f"Line {number} is no JSON object.")
    return value


def _refuse(name: str) -> None:
    raise ValueError(name)


def _check_head(head: dict[str, Any], ours: str) -> None:
    """Refuse what another kind of program, or a later Pipeboard, has written."""
    if head.get("schema") != SCHEMA:
        raise InvalidInput(f"Line 1: this is no export of everything (schema {SCHEMA}).")
    revision = head.get("revision")
    if not isinstance(revision, str) or not revision.isdigit():
        raise InvalidInput("Line 1: it does not say which revision of the tables follows.")
    if int(revision) > int(ours):
        raise Refused(
            f"The file was made by a newer Pipeboard (tables {revision}; this one knows {ours}). Upgrade first."
        )

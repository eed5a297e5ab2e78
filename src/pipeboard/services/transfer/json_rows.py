"""JSON as rows of texts: a list of objects, an object that holds one, or one object a line."""

import io
import json
from collections.abc import Iterator
from typing import IO, Any, Final

from pipeboard.domain.errors import InvalidInput

LARGEST_DOCUMENT: Final = 64 * 1024 * 1024
"""The most bytes of one JSON document; JSON lines may have more, because they are read one by one."""

_DEEPEST: Final = 4
_MOST_FIELDS: Final = 2_000
_LONGEST_LINE: Final = 16 * 1024 * 1024


def is_json(start: bytes) -> bool:
    """Whether a text begins as a document or line of JSON does."""
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip()[:1] in (b"{", b"]"))


def json_rows(file: IO[bytes], title: str) -> Iterator[tuple[int, list[str]]]:
    """A header, then a row for every object, each with its line (of a document: its number, the header being 1).

    Objects within objects become columns `outer.inner`, lists of texts one text with commas. Raises InvalidInput.
    """
    file.seek(0)
    first = file.readline(_LONGEST_LINE)
    rest = file.read(1)
    file.seek(0)
    if rest and _is_object(first):
        yield from _of_lines(file, title)
        return
    text = file.read(LARGEST_DOCUMENT + 1)
    if len(text) > LARGEST_DOCUMENT:
        raise InvalidInput(
            f"{title} is one JSON document of more than {LARGEST_DOCUMENT // 2**20} MB; write one object a line."
        )
    items = _items(_loaded(text, title, 0), title)
    objects = [flat(item) for item in items]
    header = _header(objects, title)
    yield 1, header
    for number, item in enumerate(objects, 2):
        yield number, [item.get(name, "") for name in header]


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig"), parse_int=str), dict)
    except (ValueError, RecursionError):
        return False


def _of_lines(file: IO[bytes], title: str) -> Iterator[tuple[int, list[str]]]:
    """Walked through twice: first for the columns, then for the rows."""
    names: dict[str, None] = {}
    for _, item in _objects(file, title):
        names.update(dict.fromkeys(flat(item)))
        if len(names) > _MOST_FIELDS:
            raise InvalidInput(f"{title} has more than {_MOST_FIELDS:,} different fields.")
    header = list(names)
    yield 0, header
    for number, item in _objects(file, title):
        values = flat(item)
        yield number, [values.get(name, "") for name in header]


def _objects(file: IO[bytes], title: str) -> Iterator[tuple[int, dict[str, Any]]]:
    file.seek(0)
    lines = io.BufferedReader(_Shared(file))
    for number, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), b""), 1):
        if not line.strip():
            continue
        value = _loaded(line, title, number)
        if not isinstance(value, dict):
            raise InvalidInput(f"{title}, line {number}: this is no JSON object.")
        yield number, value


class _Shared(io.RawIOBase):
    """A file that stays open when its reader is done."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the next bytes; how many there were."""
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _loaded(text: bytes, title: str, line: int) -> Any:
    where = f"{title}, line {line}" if line else title
    try:
        return json.loads(text.decode("utf-8-sig"), parse_float=_decimal, parse_int=str, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise InvalidInput(f"{where} is not UTF-8, as JSON must be.") from None
    except RecursionError:
        raise InvalidInput(f"{where} is nested too deeply.") from None
    except ValueError as error:
        at = getattr(error, "lineno", 1)
        raise InvalidInput(f"{title}, line {line or at}: this is no JSON ({_short(error)}).") from None


def _decimal(text: str) -> str:
    """A number of JSON, whose point is the decimal one: never three digits behind it, which look like thousands."""
    behind = text.partition(".")[2]
    return f"{text}0" if len(behind) == 3 and behind.isdigit() else text


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _short(error: ValueError) -> str:
    return str(getattr(error, "msg", error))[:80].lower().rstrip(".")


def _items(document: Any, title: str) -> list[dict[str, Any]]:
    """The objects of a document: its own items, or those of the longest list of objects in it."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list) and _all_objects(value)]
        inner = [v for value in document.values() if isinstance(value, dict) for v in value.values()]
        lists += [value for value in inner if isinstance(value, list) and _all_objects(value)]
        is_one = not any(isinstance(value, (list, dict)) for value in document.values())
        document = max(lists, key=len, default=[document] if is_one else [])
    if not isinstance(document, list) or not _all_objects(document):
        raise InvalidInput(f"{title} is JSON, but holds no list of objects, one for each deal.")
    return document


def _all_objects(items: list[Any]) -> bool:
    return bool(items) and all(isinstance(item, dict) for item in items)


def _header(objects: list[dict[str, str]], title: str) -> list[str]:
    header = list(dict.fromkeys(name for item in objects for name in item))
    if not header or len(header) > _MOST_FIELDS:
        raise InvalidInput(f"{title} has {len(header):,} different fields; between 1 and {_MOST_FIELDS:,} are read.")
    return header


def flat(item: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """An object as texts by column.

    `properties` and `fields`, under which some tools put everything, leave no trace.
    """
    found: dict[str, str] = {}
    for key, value in item.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            inner = prefix if key in ("properties", "fields") else f"{name}."
            found.update(flat(value, inner, depth + 1))
        elif (text := _text(value)) != "":
            found[name] = text
        else:
            found.setdefault(name, "")
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value if not isinstance(one, (dict, list)))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)

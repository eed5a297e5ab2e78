"""Finding out how a file is written: its encoding, then what separates its cells."""

import codecs
import csv
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.encodings import guess_encoding
from pipeboard.domain.imports.profiles import known_headers
from pipeboard.services.transfer.sources import Opened

_BLOCK: Final = 1024 * 1024
_SAMPLE: Final = 64 * 1024
_LINES: Final = 60
_DELIMITERS: Final = ",;\t|"
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAUSIBLE: Final = 0.6


class Encoding(NamedTuple):
    """An encoding for Python; `is_guess` when the bytes do not prove it, `has_nul` when NUL characters occur."""

    name: str
    is_guess: bool = False
    has_nul: bool = False


def decide_encoding(source: Opened, told: str | None) -> Encoding:
    """The encoding of a file, as told or found out. Raises InvalidInput when it cannot be text."""
    source.file.seek(0)
    start = source.file.read(_SAMPLE)
    if told is not None:
        name = _known(told)
        name = "utf-8-sig" if name == "utf-8" and start.startswith(codecs.BOM_UTF8) else name
        return Encoding(name, False, _scan(source, name)[1])
    for bom, name in _BOMS:
        if start.startswith(bom):
            return Encoding(name, False, _scan(source, name)[1])
    if wide := _wide(start):
        return Encoding(wide, False, _scan(source, wide)[1])
    _refuse_binary(source.name, start)
    try:
        return Encoding("utf-8", False, _scan(source, "utf-8")[1])
    except InvalidInput:
        name = _legacy(source)
        return Encoding(name, True, _scan(source, name)[1])


def _known(name: str) -> str:
    """The name of an encoding of texts. Raises InvalidInput for any other."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise InvalidInput(
            f"There is no encoding {name!r}. Common ones: utf-8, utf-16, cp1252, cp1250, cp1251."
        ) from None


def _scan(source: Opened, encoding: str) -> tuple[int, bool]:
    """Read the whole file once: the number of lines, and whether NUL characters occur.

    Raises InvalidInput naming the line of the first byte that the encoding does not know.
    """
    source.file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, has_nul, left = 1, False, source.size
    while left > 0 and (block := source.file.read(min(_BLOCK, left))):
        left -= len(block)
        try:
            text = decoder.decode(block, final=left <= 0)
        except UnicodeError as error:
            at = error.start if isinstance(error, UnicodeDecodeError) else 0
            line = lines + block[:at].count(b"\n")
            raise InvalidInput(
                f"{source.name} is not {encoding}: line {line} has a byte it does not know. "
                "Name the encoding with --encoding."
            ) from None
        lines += text.count("\n")
        has_nul = has_nul or "\0" in text
    source.file.seek(0)
    return lines, has_nul


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: NUL bytes in every second place only, and lines once decoded."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even + odd < 2 or (even and odd):
        return None
    name = "utf-16-be" if even else "utf-16-le"
    text = start[: len(start) & ~1].decode(name, errors="replace")
    return name if "\n" in text or "\r" in text else None


def _refuse_binary(name: str, start: bytes) -> None:
    """Raise InvalidInput when these bytes are no text in any encoding of bytes."""
    control = sum(start.count(bytes([c])) for c in range(1, 32) if c not in (9, 10, 11, 12, 13, 27))
    if start.count(0) > len(start) * 0.3 or control > max(2, len(start) * 0.02):
        raise InvalidInput(f"{name} is not text: it looks like a binary file, not a CSV file.")
    head = start.lstrip()[:1]
    if head in (b"{", b"["):
        raise InvalidInput(f"{name} looks like JSON, not a CSV file; save the deals as CSV and import that.")
    if start.lstrip()[:5].lower() == b"<?xml":
        raise InvalidInput(f"{name} is XML, not a table; open it in a spreadsheet program and save it as .xlsx or CSV.")


def _legacy(source: Opened) -> str:
    """The one-byte (or East Asian) encoding of a file that is not UTF-8."""
    sample = _foreign_sample(source)
    guess = guess_encoding(sample)
    if guess.likeness < _PLAUSIBLE:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None and best.encoding.startswith(("cp932", "gb", "big5", "euc", "shift", "koi8", "cp125")):
            return best.encoding
    for name in (guess.encoding, "cp1252", "latin-1"):
        try:
            _scan(source, name)
        except InvalidInput:
            continue
        return name
    return "latin-1"


def _foreign_sample(source: Opened) -> bytes:
    """The first lines of a file that hold bytes beyond ASCII."""
    source.file.seek(0)
    lines: list[bytes] = []
    size = 0
    for line in source.file:
        if not line.isascii():
            lines.append(line[:4096])
            size += len(lines[-1])
            if size > _SAMPLE:
                break
    return b"".join(lines)


def decide_delimiter(lines: Sequence[str], told: Collection[str]) -> str:
    """What separates the cells, judged by the first lines of the file.

    The separator that makes most known headers of one line wins (`told` are the header keys of a mapping that
    the person gave), then the one that gives most lines the same number of cells, then most cells.
    """
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\r\n")) == 5:
        return lines[0][4]
    best = max(_DELIMITERS, key=lambda mark: (*_merit(lines, mark, told), -_DELIMITERS.index(mark)))
    return best if _merit(lines, best, told)[2] > 1 else ","


def _merit(lines: Sequence[str], mark: str, told: Collection[str]) -> tuple[int, float, int]:
    """How well a separator fits: known headers, share of lines of the commonest width, that width."""
    try:
        rows = list(csv.reader(lines[:_LINES], delimiter=mark, skipinitialspace=True))
    except csv.Error:
        return 0, 0.0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0.0, 1
    width, count = widths.most_common(1)[0]
    headers = max((known_headers(row, told) for row in rows[:30] if len(row) > 1), default=0)
    return headers, count / len(rows), width

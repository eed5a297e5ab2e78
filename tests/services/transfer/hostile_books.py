"""Workbooks that no spreadsheet program writes, made from one that a program did."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

DEALS = [["Deal name", "Stage", "Amount"], ["First", "Lead", 5], ["Second", "Lead", 7]]


def book(*, hidden: bool = False, before: bool = False) -> bytes:
    """A workbook of two deals; on a hidden sheet, or behind an empty one."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        if hidden or before:
            made.add_worksheet("Empty")
        sheet = made.add_worksheet("Deals")
        for number, row in enumerate(DEALS):
            sheet.write_row(number, 0, row)
        if hidden:
            sheet.hide()
    return file.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if name.endswith(part) else text)
    return out.getvalue()


def entities(content: bytes, part: str, root: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with a part whose entities grow tenfold twelve times."""
    lines = b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"lol") for n in range(12))
    doctype = b"<!DOCTYPE x [" + lines + b"]><" + root
    return changed(content, part, lambda text: text.replace(b"<" + root, doctype, 1).replace(old, new))


def corners() -> bytes:
    """Two cells in opposite corners of a sheet: 17,179 million cells with those between them."""
    moved = ((b'<row r="3"', b'<row r="1048576"'), (b'r="A3"', b'r="A1048576"'), (b'r="C3"', b'r="XFD1048576"'))

    def move(text: bytes) -> bytes:
        for old, new in moved:
            assert old in text
            text = text.replace(old, new)
        return text

    return changed(book(), "sheet1.xml", move)


def locked() -> bytes:
    """As much of a workbook with a password as tells it from others: the old container with its encrypted part."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(1024, b"\0") + name.ljust(512, b"\0")

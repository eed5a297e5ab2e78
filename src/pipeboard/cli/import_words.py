"""The words in which `import` tells what it understood, whatever the file holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeboard.cli import output
from pipeboard.domain.imports.drafts import Rejection

_SHOWN = 10
_DELIMITERS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
_KINDS = ("workbook", "json", "web page")


def kind_of_text(encoding: str, delimiter: str) -> str:
    """How the file is written."""
    return delimiter if delimiter in _KINDS else f"{encoding}, separated by {_DELIMITERS.get(delimiter, delimiter)}"


def pairs_line(what: str, pairs: Mapping[str, str]) -> None:
    """Their words and ours in a line; none without any."""
    told = [f"{theirs} = {ours}" for theirs, ours in pairs.items()]
    if told:
        output.line(f"  {what}: {', '.join(told)}")


def some(sentences: Sequence[str]) -> None:
    """The first sentences, and how many more there are."""
    for sentence in sentences[:_SHOWN]:
        output.line(sentence)
    if len(sentences) > _SHOWN:
        output.line(f"  and {len(sentences) - _SHOWN:,} more; --json has them all")


def told_rejection(one: Rejection) -> str:
    """A refused row: where, which cell, and why."""
    where = f", {one.column}" if one.column else ""
    shown = f" {one.value[:40]!r}" if one.value else ""
    return f"  refused line {one.line}{where}{shown}: {one.why}"


def rejection_rows(rejected: Sequence[Rejection]) -> list[dict[str, Any]]:
    """Refused rows of the import contract."""
    return [{"line": one.line, "column": one.column or None, "value": one.value, "why": one.why} for one in rejected]


def undo_line(action_id: int | None) -> None:
    """How all of it is taken back, where there is something to take back."""
    if action_id is not None:
        output.line("`pipeboard undo` takes all of it back.")

"""The entries of the help laid out in one or two columns, and found by text or by key."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from pipeboard.domain.text import search_key
from pipeboard.tui.dialogs.matching import ranked

BY_KEY = "key:"
"""What stands before a key when nothing but that key is meant."""


class HelpEntry(NamedTuple):
    """An action: its group, its keys as shown ("L > shift+right"), what it is called, does, and its id."""

    group: str
    keys: str
    label: str
    help: str
    action_id: str


class HelpLine(NamedTuple):
    """A line of a column: a heading, or the place of an entry among those on show, or nothing."""

    heading: str = ""
    place: int | None = None


def keys_of(entry: HelpEntry) -> list[str]:
    """The single keys of an entry."""
    return entry.keys.replace(", ", " ").split()


def find_entries(query: str, entries: Sequence[HelpEntry]) -> list[HelpEntry]:
    """The entries a person means: those with that very key first (case matters), then those with the words.

    After `key:` only the key counts: `key:L`, `key:ctrl+f`.
    """
    typed = query.strip()
    if typed.lower().startswith(BY_KEY):
        wanted = typed[len(BY_KEY) :].strip()
        exact = [entry for entry in entries if wanted in keys_of(entry)]
        return exact or [entry for entry in entries if wanted.lower() in map(str.lower, keys_of(entry))]
    by_key = [entry for entry in entries if typed in keys_of(entry)]
    if not by_key and len(typed) > 1:
        by_key = [entry for entry in entries if typed.lower() in map(str.lower, keys_of(entry))]
    keys = [search_key(f"{entry.label} {entry.group} {entry.help} {entry.action_id}") for entry in entries]
    found = [entries[place] for place in ranked(typed, keys)]
    return [*by_key, *(entry for entry in found if entry not in by_key)]


def grouped_lines(entries: Sequence[HelpEntry]) -> list[list[HelpLine]]:
    """The lines of each group: its heading, its entries, and a blank line. Groups stay in their order."""
    groups, at = [], 0
    for name, members in groupby(entries, key=lambda entry: entry.group):
        count = len(list(members))
        groups.append([HelpLine(name), *(HelpLine(place=at + step) for step in range(count)), HelpLine()])
        at += count
    return groups


def columns_of(groups: Sequence[list[HelpLine]], count: int) -> list[list[HelpLine]]:
    """Groups dealt into at most `count` columns of about the same height; no group is split."""
    total = sum(len(group) for group in groups)
    columns: list[list[HelpLine]] = [[]]
    for group in groups:
        is_full = len(columns[-1]) + len(group) / 2 > total / count
        if columns[-1] and is_full and len(columns) < count:
            columns.append([])
        columns[-1].extend(group)
    for column in columns:
        if column and column[-1] == HelpLine():
            column.pop()
    return columns

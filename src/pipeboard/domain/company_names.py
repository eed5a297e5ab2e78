"""Which names of companies mean the same one: legal forms, punctuation and an article do not count."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeboard.domain.text import search_key

_FORMS = """ab ag aps as asa bv bvba co company corp corporation doo eg gbr gmbh inc incorporated kft kg kgaa limited
 llc llp lp ltd mbh nv oao ooo oy oyj pao plc pte pty sa sarl sas sasu sl slu spa spj spk spolka sp srl sro tov
 ug zao zoo ао зао ип оао ооо пао тов тоо"""
_LEGAL = frozenset(_FORMS.split())
_ARTICLES = frozenset({"the"})
_WORD = re.compile(r"[^\W_]+")


def company_key(name: str) -> str:
    """What remains of a name when case, accents, punctuation and legal forms are left out; "" for no name."""
    words = _joined(_WORD.findall(search_key(name)))
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    while len(words) > 1 and (words[0] in _ARTICLES or words[0] in _LEGAL):
        words.pop(0)
    return " ".join(words)


def _joined(words: list[str]) -> list[str]:
    """Single letters in a row as one word: "sp z o o" is "sp zoo", "s a" is "sa"."""
    joined: list[str] = []
    was_single = False
    for word in words:
        is_single = len(word) == 1 and word.isalpha()
        if is_single and was_single:
            joined[-1] += word
        else:
            joined.append(word)
        was_single = is_single
    return joined


def host_key(website: str) -> str:
    """The host of a web address without "www.", for comparing; "" when there is none."""
    text = website.strip().lower()
    if not text or " " in text:
        return ""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""


def groups_of(keys: Iterable[tuple[int, Iterable[str]]]) -> list[tuple[int, ...]]:
    """Ids that share any key, in groups of two and more, each in the order given; empty keys mean nothing."""
    first_of: dict[str, int] = {}
    parent: dict[int, int] = {}

    def root(thing: int) -> int:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for thing, its_keys in keys:
        parent[thing] = thing
        for key in filter(None, its_keys):
            parent[root(thing)] = root(first_of.setdefault(key, thing))
    groups: dict[int, list[int]] = {}
    for thing in parent:
        groups.setdefault(root(thing), []).append(thing)
    return [tuple(group) for group in groups.values() if len(group) > 1]

"""Finding any deal, company or contact by words of its name, by literal SQL: nothing is held in memory."""

from collections.abc import Sequence
from typing import Any

from pipeboard.storage.sql import Statements

_DEALS = (
    "SELECT d.id, d.title, COALESCE(c.name, ''), s.name, d.status FROM deal d"
    " JOIN stage s ON s.id = d.stage_id LEFT JOIN company c ON c.id = d.company_id WHERE d.deleted = 0 AND "
)
_COMPANIES = "SELECT c.id, c.name, COALESCE(c.website, '') FROM company c WHERE c.deleted = 0 AND "
_CONTACTS = (
    "SELECT p.id, p.name, COALESCE(c.name, ''), COALESCE(p.job_title, '') FROM contact p"
    " LEFT JOIN company c ON c.id = p.company_id WHERE p.deleted = 0 AND "
)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _having(column: str, words: Sequence[str]) -> tuple[str, list[str]]:
    """The condition that a folded column has every word."""
    condition = " AND ".join([f"{column} LIKE ? ESCAPE '\\'"] * len(words))
    return condition, [f"%{_escaped(word)}%" for word in words]


def _ranked(column: str, words: Sequence[str]) -> tuple[str, list[str]]:
    """The order of hits: those that begin with the words, those with each at the beginning of a word, others."""
    phrase = _escaped(" ".join(words))
    begins = " AND ".join([f"(' ' || {column}) LIKE ? ESCAPE '\\'"] * len(words))
    order = f"CASE WHEN {column} LIKE ? ESCAPE '\\' THEN 0 WHEN {begins} THEN 1 ELSE 2 END"
    return order, [f"{phrase}%", *(f"% {_escaped(word)}%" for word in words)]


def deals(sql: Statements, words: Sequence[str], limit: int) -> list[Any]:
    """Deals with every word: id, title, company, stage, status; open ones before closed ones of the same rank."""
    condition, params = _having("d.search_norm", words)
    order, more = _ranked("d.search_norm", words)
    status = "CASE WHEN d.status = 0 THEN 0 ELSE 1 END"
    query = f"{_DEALS}{condition} ORDER BY {order}, {status}, d.id DESC LIMIT ?"
    return sql.all(query, (*params, *more, limit))


def deals_like(sql: Statements, letters: str, limit: int) -> list[Any]:
    """Deals whose text has the letters in their order."""
    pattern = "%".join(["", *(_escaped(letter) for letter in letters), ""])
    return sql.all(f"{_DEALS}d.search_norm LIKE ? ESCAPE '\\' ORDER BY d.id DESC LIMIT ?", (pattern, limit))


def companies(sql: Statements, words: Sequence[str], limit: int) -> list[Any]:
    """Companies with every word: id, name, website."""
    condition, params = _having("c.name_norm", words)
    order, more = _ranked("c.name_norm", words)
    return sql.all(f"{_COMPANIES}{condition} ORDER BY {order}, c.name_norm, c.id LIMIT ?", (*params, *more, limit))


def contacts(sql: Statements, words: Sequence[str], limit: int) -> list[Any]:
    """Contacts with every word: id, name, company, job title."""
    condition, params = _having("p.name_norm", words)
    order, more = _ranked("p.name_norm", words)
    return sql.all(f"{_CONTACTS}{condition} ORDER BY {order}, p.name_norm, p.id LIMIT ?", (*params, *more, limit))


def recent_deals(sql: Statements, limit: int) -> list[Any]:
    """The deals that something was done with last, newest first, in the columns of `deals`."""
    rows = sql.all("SELECT deal_id FROM event WHERE deal_id IS NOT NULL ORDER BY id DESC LIMIT ?", (limit * 10,))
    ids = list(dict.fromkeys(row[0] for row in rows))[:limit]
    found = {row[0]: row for row in sql.by_ids(f"{_DEALS}d.id IN ({{ids}})", ids)}
    return [found[deal_id] for deal_id in ids if deal_id in found]

"""What is known already and may be typed again: names, products, sources, tags, custom fields. By literal SQL."""

from pipeboard.storage.sql import Statements

_MOST_WORDS = 500
_MOST_NAMES = 50_000


def company_names(sql: Statements) -> tuple[str, ...]:
    """The names of live companies."""
    rows = sql.all("SELECT name FROM company WHERE deleted = 0 ORDER BY name_norm LIMIT ?", (_MOST_NAMES,))
    return tuple(row[0] for row in rows)


def contact_names(sql: Statements) -> tuple[str, ...]:
    """The names of live contacts, each once."""
    rows = sql.all("SELECT name FROM contact WHERE deleted = 0 ORDER BY name_norm LIMIT ?", (_MOST_NAMES,))
    return tuple(dict.fromkeys(row[0] for row in rows))


def words_of(sql: Statements, column: str) -> tuple[str, ...]:
    """The texts of a column of live deals, the most frequent first."""
    rows = sql.all(
        f"SELECT {column}, count(*) FROM deal WHERE deleted = 0 AND {column} <> '' GROUP BY {column}"
        f" ORDER BY 2 DESC, 1 LIMIT ?",
        (_MOST_WORDS,),
    )
    return tuple(row[0] for row in rows)


def tag_words(sql: Statements) -> tuple[str, ...]:
    """The tags of live deals, the most frequent first."""
    counts: dict[str, int] = {}
    rows = sql.all("SELECT tags, count(*) FROM deal WHERE deleted = 0 AND tags <> '' GROUP BY tags")
    for tags, count in rows:
        for tag in tags.split():
            counts[tag] = counts.get(tag, 0) + count
    return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag))[:_MOST_WORDS])


def extras(sql: Statements) -> list[str]:
    """The custom fields of the latest live deals that have any, as they are stored."""
    rows = sql.all(
        "SELECT extra FROM deal WHERE deleted = 0 AND extra <> '' ORDER BY id DESC LIMIT ?",
        (_MOST_WORDS,),
    )
    return [row[0] for row in rows]

"""What people decided about files with a header, remembered for the next such file. No history: it is a convenience."""

from datetime import datetime

from pipeboard.storage.sql import Statements


def read_mapping(sql: Statements, header_hash: str) -> str:
    """What was decided, as it was written; "" when nothing was."""
    return sql.value("SELECT mapping FROM import_mapping WHERE header_hash = ?", (header_hash,)) or ""


def write_mapping(sql: Statements, header_hash: str, mapping: str, now: datetime) -> None:
    """Remember what was decided in the place of what was before."""
    changed = sql.run(
        "UPDATE import_mapping SET mapping = ?, updated_at = ? WHERE header_hash = ?", (mapping, now, header_hash)
    )
    if not changed:
        insert = "INSERT INTO import_mapping (header_hash, mapping, updated_at) VALUES (?, ?, ?)"
        sql.run(insert, (header_hash, mapping, now))

"""Column types shared by the tables."""

from sqlalchemy import BigInteger, Integer

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key. SQLite gives row ids (and AUTOINCREMENT) only to a column declared INTEGER."""

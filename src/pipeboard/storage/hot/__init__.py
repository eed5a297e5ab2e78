"""Literal SQL over the DB-API connection: every read, without importing sqlmodel."""

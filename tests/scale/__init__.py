"""Counts that must not grow with the data: statements, rows, plans."""

"""Pipeboard: a kanban board for a sales pipeline in the terminal."""

__version__ = "0.3.0"

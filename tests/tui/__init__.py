"""The terminal application, read as a person reads it: as text."""

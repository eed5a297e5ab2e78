"""The program on a real terminal: what only bytes and signals can show."""

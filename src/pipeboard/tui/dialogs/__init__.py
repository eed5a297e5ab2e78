"""Small questions, one a file: each returns a value and writes nothing."""

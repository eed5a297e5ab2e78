"""The writing side: rows of one kind of thing, inside a transaction."""

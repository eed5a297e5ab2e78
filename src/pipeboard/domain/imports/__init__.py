"""Rules of an import: what the columns of somebody else's file mean. Pure, and not on the start path."""

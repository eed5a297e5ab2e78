"""What the user may set, and where Pipeboard keeps its files."""

"""What is expected to be won, when, and what is missing to the target (DOMAIN.md 1.9 and 2.2, rows 12 to 18)."""

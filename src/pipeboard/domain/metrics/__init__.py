"""The figures of a pipeline: pure functions from deals to numbers (formulas: DOMAIN.md 2.2)."""

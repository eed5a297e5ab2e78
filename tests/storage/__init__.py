"""Tests of the storage and of what must never happen to the data."""

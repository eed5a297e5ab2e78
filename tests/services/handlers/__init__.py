"""Tests of what each command does."""

"""Tests of commands and reads."""

"""Hypothesis without its time limit per example: a busy machine must not fail a test of arithmetic."""

from hypothesis import settings

settings.register_profile("arithmetic", deadline=None)
settings.load_profile("arithmetic")

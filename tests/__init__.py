"""The tests of Pipeboard."""

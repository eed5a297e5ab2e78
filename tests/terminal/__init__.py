"""A terminal for tests and benchmarks: a real pty with an emulator behind it."""

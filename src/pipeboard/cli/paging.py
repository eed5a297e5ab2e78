"""Long results go through the pager that a person has chosen: $PIPEBOARD_PAGER, else $PAGER; without one, nowhere."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PAGED = frozenset(
    {"list", "history", "agenda", "show", "keys", "review", "hygiene", "forecast", "waterfall", "metrics"}
)
"""The verbs whose results may be longer than a screen."""


@contextmanager
def paged(verb: str) -> Iterator[None]:
    """Send what is printed meanwhile through the pager, when a person sits at a terminal and has one."""
    command = os.environ.get("PIPEBOARD_PAGER", os.environ.get("PAGER", "")).strip()
    if verb not in PAGED or not command or command == "cat" or not (sys.stdout and sys.stdout.isatty()):
        yield
        return
    import shlex
    import subprocess

    from pipeboard.cli import output

    output.keep_width()
    sys.stdout.flush()
    # less goes away by itself when everything fits on the screen.
    environ = {"LESS": "FRX", **os.environ}
    try:
        pager = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, env=environ)
    except (OSError, ValueError):
        yield
        return
    assert pager.stdin is not None
    screen = os.dup(1)
    os.dup2(pager.stdin.fileno(), 1)
    pager.stdin.close()
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os.dup2(screen, 1)
        os.close(screen)
        pager.wait()

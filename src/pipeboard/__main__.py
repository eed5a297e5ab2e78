"""The way in: the shortest path from the key press to the painted board, everything else behind it."""

import gc
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run Pipeboard; the exit code."""
    # Importing makes no garbage worth collecting; whoever stays long switches it on again after the first paint.
    gc.disable()
    from pipeboard.cli.entry import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())

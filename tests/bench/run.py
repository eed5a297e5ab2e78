"""Prints the table of SPEED.md, part A: `python -m tests.bench.run [part ...]`.

Parts: start keys idle filter import metrics move list; without any, all of them (about six minutes on two
cores). Ratios of one run hold; the times beside them are those of this machine and moment.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from . import boards, work
from .data import board_database
from .measuring import Goal, line_of


def goals_of(part: str, arguments: argparse.Namespace, folder: Path) -> Iterator[Goal]:
    """The figures of one part."""
    made: dict[int, Path] = {}

    def databases() -> dict[int, Path]:
        for deals in arguments.deals:
            path = folder / f"board-{deals}.db"
            made[deals] = path if path.exists() else board_database(path, deals)
        return made

    parts: dict[str, Callable[[], Iterator[Goal]]] = {
        "start": lambda: boards.start_goals(databases(), arguments.rounds),
        "keys": lambda: boards.key_goals(databases(), folder, max(1, arguments.rounds // 3)),
        "idle": lambda: boards.idle_goals(databases()[min(arguments.deals)]),
        "filter": lambda: boards.filter_goals(databases()),
        "import": lambda: work.import_goals(folder, arguments.rows),
        "metrics": lambda: work.metrics_goals(folder, arguments.events),
        "move": lambda: work.move_goals(folder),
        "list": lambda: work.list_goals(folder, arguments.rounds),
    }
    return parts[part]()


PARTS = ("start", "keys", "idle", "filter", "import", "metrics", "move", "list")


def numbers(text: str) -> list[int]:
    """Sizes as typed: 100,10000."""
    return [int(part) for part in text.split(",")]


def parsed(words: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--deals", type=numbers, default=[100, 1_000, 10_000, 100_000], help="sizes of boards")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file to import")
    parser.add_argument("--events", type=int, default=1_000_000, help="stage events behind the metrics")
    parser.add_argument("--rounds", type=int, default=5, help="how often each start is measured")
    arguments = parser.parse_args(words)
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return arguments


def main(words: list[str]) -> int:
    """Measure and print; 1 when a goal was missed."""
    arguments = parsed(words)
    is_missed = False
    with tempfile.TemporaryDirectory() as home:
        os.environ.update({f"XDG_{kind}_HOME": home for kind in ("DATA", "CONFIG", "STATE")}, PIPEBOARD_USER="anna")
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        # Without it every start would compile the program anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for part in arguments.parts or PARTS:
            print(f"\n{part}", flush=True)
            for goal in goals_of(part, arguments, Path(home)):
                print(f"  {line_of(goal)}", flush=True)
                is_missed |= not goal.is_met
    return int(is_missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

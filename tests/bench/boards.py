"""The board on a terminal: start, memory, keys, bytes, silence, filter."""

import os
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.terminal.session import KEYS, PIPEBOARD, Terminal

from .data import children
from .measuring import Goal, percentile

COLUMNS, ROWS = 200, 50
MARK = b"rollout"
HELLO_MARK = b"HELLO"
HELLO = (sys.executable, str(Path(__file__).with_name("hello.py")))
QUIET = 0.03
"""Seconds of silence after which a repaint counts as done."""

ACTIONS: dict[str, tuple[str, ...]] = {
    "cursor": ("j", "j", "j", "k", "k", "k"),
    "column": ("l", "l", "h", "h"),
    "page": ("ctrl+d", "ctrl+u"),
    "move": ("L", "H"),
}


def board_of(database: Path) -> tuple[str, ...]:
    """The command that shows a board."""
    return (*PIPEBOARD, "--db", str(database))


def until(terminal: Terminal, mark: bytes, seconds: float = 60.0) -> float:
    """Milliseconds from the start of the program to these bytes."""
    end = time.perf_counter() + seconds
    while mark not in terminal.raw:
        if time.perf_counter() > end or terminal.is_over:
            raise AssertionError(f"{mark!r} never came: {bytes(terminal.raw[-400:])!r}")
        terminal.read(0.05)
    return (terminal.last_at - terminal.started_at) * 1000


def memory_mb(terminal: Terminal) -> float:
    """The resident memory of the program."""
    words = Path(f"/proc/{terminal.process.pid}/statm").read_text(encoding="ascii").split()
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_seconds(terminal: Terminal) -> float:
    """The processor time that the program has used."""
    fields = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def press(terminal: Terminal, key: str, most: float = 2.0) -> tuple[float, int]:
    """Milliseconds from a key to the last byte of its repaint, and how many bytes that were."""
    before = len(terminal.raw)
    pressed_at = time.perf_counter()
    terminal.send(KEYS.get(key, key).encode())
    if terminal.read(most):
        while terminal.read(QUIET):
            pass
    return (terminal.last_at - pressed_at) * 1000, len(terminal.raw) - before


def start_goals(databases: dict[int, Path], rounds: int) -> Iterator[Goal]:
    """Process start to the first card, and the memory then, beside a hello world started in turn."""
    programs: dict[str, tuple[tuple[str, ...], bytes]] = {"hello": (HELLO, HELLO_MARK)}
    programs |= {str(deals): (board_of(path), MARK) for deals, path in databases.items()}
    times: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, (command, mark) in programs.items():
            with Terminal(command, columns=COLUMNS, rows=ROWS) as terminal:
                times[name].append(until(terminal, mark))
                memory[name].append(memory_mb(terminal))
    median = {name: statistics.median(values) for name, values in times.items()}
    few, many = str(min(databases)), str(max(databases))
    yield Goal("Textual hello world: start to paint", median["hello"], None, "ms")
    for deals in databases:
        ratio = median[str(deals)] / median["hello"]
        yield Goal(
            f"start to painted board, {deals:,} deals / hello world", ratio, 1.5, note=f"{median[str(deals)]:.0f} ms"
        )
    yield Goal(f"the same, {int(many):,} / {int(few):,} deals", median[many] / median[few], 1.1)
    for deals in databases:
        used = statistics.median(memory[str(deals)])
        floor = statistics.median(memory["hello"])
        yield Goal(f"memory after paint, {deals:,} deals / hello world", used / floor, 1.5, note=f"{used:.0f} MB")


def key_goals(databases: dict[int, Path], folder: Path, rounds: int) -> Iterator[Goal]:
    """Key to the end of the repaint, the sizes in turn, and the bytes on the wire."""
    times: dict[tuple[str, int], list[float]] = defaultdict(list)
    sizes: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for deals, original in databases.items():
            for source in children(original):
                # What the last size left beside its copy does not belong to this one.
                (folder / source.name.replace(original.name, "keys.db")).unlink(missing_ok=True)
                if source.exists():
                    shutil.copyfile(source, folder / source.name.replace(original.name, "keys.db"))
            with Terminal(board_of(folder / "keys.db"), columns=COLUMNS, rows=ROWS) as terminal:
                until(terminal, MARK)
                terminal.settle(1.0)
                for name, keys in ACTIONS.items():
                    press(terminal, keys[0])
                    press(terminal, keys[-1])
                    for key in keys * 6:
                        taken, size = press(terminal, key)
                        times[name, deals].append(taken)
                        sizes[name].append(size)
    few, many = min(databases), max(databases)
    for name in ACTIONS:
        note = " ".join(f"p{p} {percentile(times[name, many], p):.1f} ms" for p in (50, 95, 99))
        for percent, limit in ((50, 1.2), (95, 1.3)):
            ratio = percentile(times[name, many], percent) / percentile(times[name, few], percent)
            yield Goal(
                f"{name}: p{percent} of {many:,} / {few:,} deals", ratio, limit, note=note if percent == 50 else ""
            )
    boards = [value for (name, deals), values in times.items() if deals == many and name != "move" for value in values]
    yield Goal(f"any board key that changes no deal, p99 at {many:,} deals", percentile(boards, 99), 16.7, "ms")
    yield Goal(f"a move, on disk and redrawn, p99 at {many:,} deals", percentile(times["move", many], 99), None, "ms")
    for name, limit in {"cursor": 1500, "column": 1600, "page": 8000, "move": 16000}.items():
        yield Goal(f"bytes of a {name}", percentile(sizes[name], 50), limit, "B")


def idle_goals(database: Path) -> Iterator[Goal]:
    """What the board writes and works while nobody does anything."""
    with Terminal(board_of(database), columns=COLUMNS, rows=ROWS) as terminal:
        until(terminal, MARK)
        terminal.settle(1.5)
        before, worked = len(terminal.raw), cpu_seconds(terminal)
        end = time.perf_counter() + 10
        while time.perf_counter() < end:
            terminal.read(0.5)
        yield Goal("bytes while idle for 10 s", len(terminal.raw) - before, 0, "B")
        yield Goal("processor while idle", (cpu_seconds(terminal) - worked) * 10, 1.0, "%")


def filter_goals(databases: dict[int, Path]) -> Iterator[Goal]:
    """A key in the filter line, once its index is there."""
    few, many = min(databases), max(databases)
    medians = {}
    for deals in (few, many):
        with Terminal(board_of(databases[deals]), columns=COLUMNS, rows=ROWS) as terminal:
            until(terminal, MARK)
            terminal.settle(1.0)
            press(terminal, "/")
            for key in "ro":
                press(terminal, key)
            terminal.settle(1.5)
            medians[deals] = statistics.median(
                press(terminal, key)[0] for key in ("l", "l", "o", "backspace", "backspace")
            )
    ratio = medians[many] / medians[few]
    yield Goal(f"filter key, {many:,} / {few:,} deals", ratio, 1.5, note=f"{medians[many]:.1f} ms")

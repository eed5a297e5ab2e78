"""Decides what was asked for, and turns everything that can go wrong into a sentence and an exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeboard.cli import diagnostics, output
from pipeboard.domain.errors import (
    Conflict,
    NotFound,
    NothingToUndo,
    PipeboardError,
    Refused,
    StaleDeal,
)

if TYPE_CHECKING:
    from pipeboard.cli.start import BoardStart

DONE, ERROR, USAGE, NOT_FOUND, REFUSED, OVERDUE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
"""The exit codes (INTERFACE.md, section 5)."""

COMPLETION = "_PIPEBOARD_COMPLETE"
"""Set by the script of `pipeboard completion` when the shell asks what could be typed."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one run of the program; its exit code."""
    output.prepare_streams()
    start = quick_start(arguments)
    if start is None:
        return guarded(lambda: _verb(arguments))
    return guarded(lambda: _board(start))


def quick_start(arguments: Sequence[str]) -> "BoardStart | None":
    """The board or the demo that plain arguments ask for; None where the full parser must look.

    Nine of ten runs are `pipeboard` alone: they start without the parser and without the verbs.
    """
    if COMPLETION in os.environ:
        return None
    rest = list(arguments)
    database = None
    if rest[:1] == ["--db"] and len(rest) > 1:
        database, rest = rest[1], rest[2:]
    elif rest and rest[0].startswith("--db="):
        database, rest = rest[0].removeprefix("--db="), rest[1:]
    if rest not in ([], ["demo"]) or database == "" or (database or "").startswith("-"):
        return None
    from pipeboard.cli.start import BoardStart

    if not rest:
        return BoardStart(database)
    from pipeboard.services.demo import DemoSize

    return BoardStart(demo=DemoSize())


def _board(start: "BoardStart") -> int:
    from pipeboard.cli.start import start_board
    from pipeboard.config.settings import load

    return start_board(start, load())


def _verb(arguments: Sequence[str]) -> int:
    import click

    from pipeboard.cli.paging import paged
    from pipeboard.cli.root import root

    if COMPLETION in os.environ:
        root.main(args=list(arguments), prog_name="pipeboard")
    try:
        # Not `root.main`: that would take a closed pipe for an error of its own and exit with 1.
        with root.make_context("pipeboard", list(arguments)) as context, paged(arguments[0] if arguments else ""):
            result = root.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        # Click repeats what was typed, which may hold anything.
        diagnostics.error(" ".join(error.format_message().split()))
        hint = getattr(error, "ctx", None)
        if hint is not None:
            diagnostics.say(f"`{hint.command_path} --help` shows how it is used.")
        return error.exit_code
    return result if isinstance(result, int) else DONE


def guarded(work: Callable[[], int]) -> int:
    """Do the work; whatever it raises becomes one sentence on stderr and an exit code."""
    try:
        code = work()
        sys.stdout.flush()
        return code
    except PipeboardError as error:
        _flush()
        diagnostics.error(str(error))
        return code_of(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()  # whoever read us has seen enough: `pipeboard list | head`
        return DONE
    except OSError as error:
        _drop_output()
        what = f"{error.filename}: " if error.filename else ""
        diagnostics.error(f"{what}{(error.strerror or type(error).__name__).lower()}.")
        return ERROR
    except Exception as error:
        _flush()
        from pipeboard.config.crash_log import write_log

        where = write_log(error)
        kept = f" The details are in {where}." if where else ""
        diagnostics.error(f"something went wrong inside Pipeboard ({type(error).__name__}).{kept}")
        return ERROR


def _drop_output() -> None:
    """Send what is left in stdout's buffer nowhere: Python would complain about it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _flush() -> None:
    with suppress(OSError):
        sys.stdout.flush()


def code_of(error: PipeboardError) -> int:
    """The exit code of an expected error."""
    if isinstance(error, NotFound | NothingToUndo):
        return NOT_FOUND
    return REFUSED if isinstance(error, Refused | StaleDeal | Conflict) else ERROR

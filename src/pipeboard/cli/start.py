"""The composition root: from settings to an open workspace, and to the board in whatever form fits."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.config.settings import Settings
from pipeboard.domain.errors import NotSetUp
from pipeboard.services.clock import Clock, clock_from
from pipeboard.services.setup import is_missing
from pipeboard.services.workspace import Workspace

if TYPE_CHECKING:
    from pipeboard.services.demo import DemoSize


class BoardStart(NamedTuple):
    """How the board is asked for: `database` over the settings', or a demo of some size."""

    database: str | None = None
    demo: "DemoSize | None" = None
    is_plain: bool = False
    pipeline: str = ""
    filter: str = ""
    is_touring: bool = False
    view: str = ""


def has_terminal() -> bool:
    """Whether a person sits at a terminal that can draw. Textual would hang for ever without one."""
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def open_workspace(settings: Settings, clock: Clock) -> Workspace:
    """The workspace that the settings name. NotSetUp, with what to do, when nothing was set up there."""
    if is_missing(settings.database):
        raise NotSetUp(nothing_there(settings.database))
    try:
        return Workspace.open(
            settings.database,
            clock,
            login=settings.login,
            person=settings.person,
            zone=settings.zone,
            score_rules=settings.score,
        )
    except NotSetUp:
        raise NotSetUp(nothing_there(settings.database)) from None


def nothing_there(database: str) -> str:
    """What to do where no database is."""
    from pipeboard.config.locations import default_database
    from pipeboard.services.setup import shown_name

    name = shown_name(database)
    verb = "pipeboard init" if name == os.path.realpath(default_database()) else f"pipeboard --db {name} init"
    return f"There is no database yet at {name}. `{verb}` makes one; `pipeboard demo` shows a filled one."


def start_board(start: BoardStart, settings: Settings) -> int:
    """Show the board: on a terminal the real one, elsewhere as plain text. The exit code."""
    if start.database:
        settings = settings._replace(database=start.database)
    if start.demo is not None:
        from pipeboard.cli.demo_start import in_demo

        return in_demo(start.demo, settings, lambda demo, database: _show(start, demo, database, is_demo=True))
    return _show(start, settings, settings.database, is_demo=False)


def first_start(settings: Settings, database: str, clock: Clock) -> bool:
    """Ask the three questions of a first start and make the database; False when the person left."""
    from pipeboard.domain.templates import TEMPLATES
    from pipeboard.services.setup import Answers, create, guesses, shown_name
    from pipeboard.tui.first_start import ask_setup

    guess = guesses()
    templates = [(one.key, one.name, one.description) for one in TEMPLATES.values()]
    where = shown_name(database)
    answer = ask_setup(settings, templates, currency=guess.currency, zone=guess.zone, database=where)
    if answer is None:
        return False
    answers = Answers(answer.template, answer.currency, answer.zone, answer.name)
    create(database, answers, clock, login=settings.login, person=settings.person)
    return True


def _show(start: BoardStart, settings: Settings, database: str, *, is_demo: bool) -> int:
    clock = clock_from()

    def opener() -> Workspace:
        return open_workspace(settings, clock)

    if has_terminal() and not start.is_plain:
        try:
            workspace = opener()
        except NotSetUp:
            if is_demo or not first_start(settings, database, clock):
                return 0
            workspace = opener()
        from pipeboard.tui.app import run

        return run(workspace, settings, is_demo=is_demo, starts_tour=start.is_touring)
    from pipeboard.cli.plain_board import print_board

    workspace = opener()
    try:
        print_board(workspace, start.pipeline, start.filter, start.view)
    finally:
        workspace.close()
    return 0

"""The verb that reminds: for cron, a shell prompt or a login message."""

import os
import sys

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.cells import cut
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import late_or_day, when_words
from pipeboard.config.settings import quiet_hours
from pipeboard.domain.reminding import AWAY, next_look
from pipeboard.domain.text import printable
from pipeboard.services.agenda import AgendaTask, Ring

WIDEST = 79
"""Cells of a line: less than the narrowest terminal."""

_TITLE = "It is time"
_MOST = 5


@click.command()
@click.option("--notify", is_flag=True, help="Ring for what has come due: once, whichever terminal or cron is first.")
@click.option("--line", "is_line", is_flag=True, help="Only one line, for a prompt.")
@pass_session
def remind(session: Session, notify: bool, is_line: bool) -> None:
    """Tell in a few lines what is late and due today. Nothing when nothing is. For prompt, login and cron.

    With --notify it runs `notify_command` of the settings, or rings the terminal, for tasks whose time has come
    and that have not rung anywhere yet; then it prints only these.

    \b
    Examples:
      pipeboard remind --line
      * * * * *  pipeboard remind --notify
    """
    if notify:
        _ring(session)
        return
    groups = session.workspace.agenda.tasks()
    late, today = groups["overdue"], groups["today"]
    if not late and not today:
        return
    output.line(_cut(_summary(late, today)))
    for one in [] if is_line else [*late, *today][:_MOST]:
        when = when_words(one, session.now.date())
        output.line(_cut(f"  {when}  {one.title}: {one.deal}"))


def _summary(late: list[AgendaTask], today: list[AgendaTask]) -> str:
    parts = [f"{len(late)} overdue"] if late else []
    parts += [f"{len(today)} today"] if today else []
    first = next((one for one in today if one.due_time is not None), None)
    if first is not None:
        parts.append(f"{first.due_time:%H:%M} {first.title}")
    return ", ".join(parts)


def _cut(text: str) -> str:
    return cut(printable(" ".join(text.split("\n"))), WIDEST)


def _ring(session: Session) -> None:
    """Tell of what came due since any terminal told, and note that it was told."""
    workspace = session.workspace
    now = session.clock.now()
    look = next_look(now - AWAY, now, None, workspace.zone, quiet_hours(session.settings.quiet_hours))
    if look is None:
        return
    rings = workspace.claim(workspace.agenda.rings(look.since, look.until, owner_id=workspace.me))
    if not rings:
        return
    lines = [_cut(_words(session, ring)) for ring in rings]
    for line in lines:
        output.line(line)
    shown = lines[-_MOST:]
    if session.settings.notify_command:
        from pipeboard.services.notifying import run_notify_command

        run_notify_command(session.settings.notify_command, _TITLE, "; ".join(shown))
    elif session.settings.notify != "off" and sys.stderr.isatty():
        from pipeboard.services.notifying import BELL, terminal_signal

        is_bell = session.settings.notify == "bell"
        diagnostics.ring(BELL if is_bell else terminal_signal(os.environ, _TITLE, "; ".join(shown)))


def _words(session: Session, ring: Ring) -> str:
    task = ring.task
    due = (task.due_on, task.due_time) if task is not None and task.due_on else None
    local = ring.at.astimezone(session.workspace.zone)
    on, at = due or (local.date(), local.time())
    return f"{late_or_day(on, at, session.now.date())}  {ring.title}: {ring.deal}"

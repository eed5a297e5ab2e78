"""Verbs that keep the data safe: backup, restore, check, doctor, where."""

import sys

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of
from pipeboard.domain.errors import NotFound, Refused


@click.command()
@click.argument("file", required=False)
@pass_session
def backup(session: Session, file: str | None) -> None:
    """Copy the database into a file. Into FILE, or one in its own folder of backups; also while others are working.

    \b
    Example:
      pipeboard backup ~/pipeline-friday.db
    """
    from pipeboard.services.safety import backup_now

    output.line(backup_now(session.settings.database, session.clock, to=file))


@click.command()
@click.argument("file", required=False)
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@pass_session
def restore(session: Session, file: str | None, is_sure: bool) -> None:
    """Make the database what it was in a backup. What is there now is kept. Without FILE: list the backups.

    \b
    Example:
      pipeboard restore ~/pipeline-friday.db --yes
    """
    from pipeboard.services.safety import backups
    from pipeboard.services.safety import restore as restore_from
    from pipeboard.services.setup import shown_name

    database = session.settings.database
    if file is None:
        made = backups(database)
        if not made:
            raise NotFound("There is no backup yet. `pipeboard backup` makes one.")
        rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.reason, f"{one.size / 1e6:,.1f} MB", one.path) for one in made]
        for row in [("when (UTC)      ", "made for", "size", "file"), *rows]:
            output.line("  ".join(row))  # a path must never be cut
        return
    if not is_sure:
        if not sys.stdin.isatty():
            raise Refused("A restore replaces the database (what is there now is kept); add --yes to do it.")
        if not click.confirm(f"Replace {shown_name(database)} by {file}? What is there now is kept", err=True):
            raise Refused("Nothing was changed.")
    done = restore_from(database, session.clock, file)
    output.line(f"Restored {done.path} from {file}")
    if done.kept:
        output.line(f"What was there before is in {done.kept}")


@click.command()
@click.option("--rebuild", is_flag=True, help="Compute everything that follows from the history anew.")
@pass_session
def check(session: Session, rebuild: bool) -> int:
    """Prove that the database is whole. Its file, references, and that the history adds up to what is there.

    \b
    Example:
      pipeboard check
    """
    from pipeboard.services import safety

    if rebuild:
        output.line(f"Computed {count_of(safety.rebuild_projections(session.settings.database), 'deal')} anew")
    problems = safety.check(session.settings.database)
    for one in problems:
        output.line(f"{one.area}: {one.where}: {one.text}")
    output.line(count_of(len(problems), "problem") if problems else "Everything adds up.")
    return 1 if problems else 0


@click.command()
@pass_session
def doctor(session: Session) -> int:
    """Look for what could cost work where the data lies. Changes nothing.

    \b
    Example:
      pipeboard doctor
    """
    from pipeboard.services.doctor import doctor as look

    findings = look(session.settings.database, session.clock)
    for one in findings:
        output.line(f"{one.level:<8} {one.subject}: {one.text}")
    for problem in session.settings.problems:
        output.line(f"{'warning':<8} config: {problem}")
    return 1 if session.settings.problems or any(one.level == "warning" for one in findings) else 0


@click.command()
@pass_session
def where(session: Session) -> None:
    """Say where everything is: database, backups, configuration, log.

    \b
    Example:
      pipeboard where
    """
    from pipeboard.config import locations
    from pipeboard.services.safety import backups
    from pipeboard.services.setup import shown_name

    database = session.settings.database
    made = backups(database)
    output.line(f"database  {shown_name(database)}")
    output.line(f"backups   {len(made)}" + (f", the newest {made[0].path}" if made else ""))
    output.line(f"config    {locations.config_file()}")
    output.line(f"log       {locations.log_file()}")
    for problem in session.settings.problems:
        diagnostics.say(problem)

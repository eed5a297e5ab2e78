"""Verbs for the history: undo, redo, history."""

import click

from pipeboard.cli import documents, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.commands import Redo, Undo


@click.command()
@click.argument("action_id", metavar="[ACTION]", required=False, type=click.IntRange(min=1))
@pass_session
def undo(session: Session, action_id: int | None) -> None:
    """Take back your last action, or the one with this id. `pipeboard history` lists them.

    \b
    Example:
      pipeboard undo
    """
    outcome = session.workspace.execute(Undo(action_id))
    output.line(outcome.label)


@click.command()
@pass_session
def redo(session: Session) -> None:
    """Do again what the last undo took back.

    \b
    Example:
      pipeboard redo
    """
    output.line(session.workspace.execute(Redo()).label)


@click.command()
@click.option("--limit", default=100, show_default=True, type=click.IntRange(min=1), help="How many actions.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.history/1.")
@pass_session
def history(session: Session, limit: int, is_json: bool) -> None:
    """List what was done, newest first, by whom and when.

    \b
    Example:
      pipeboard history --limit 20
    """
    entries = session.workspace.history.actions(limit)
    if is_json:
        output.document(documents.history(entries))
        return
    rows = []
    for entry in entries:
        at = entry.at.astimezone(session.workspace.zone)
        state = "undone" if entry.undone_by else ""
        rows.append((str(entry.id), f"{at:%Y-%m-%d %H:%M}", entry.actor, entry.label, state))
    output.table(("id", "when", "who", "what", ""), rows, right=(0,), flexible=(3,))

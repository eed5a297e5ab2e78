"""The verb for the board itself."""

import click

from pipeboard.cli.session import Session, pass_session


@click.command()
@click.option("--plain", "is_plain", is_flag=True, help="As plain text, also on a terminal.")
@click.option("--pipeline", default="", help="Another pipeline than the first (plain text only).")
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only deals that the filter leaves (plain).")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name (plain text only).")
@pass_session
def board(session: Session, is_plain: bool, pipeline: str, text: str, view: str) -> int:
    """Show the board; without a terminal, or with --plain, as text.

    \b
    Example:
      pipeboard board --plain | less
    """
    from pipeboard.cli.start import BoardStart, start_board

    is_plain = is_plain or bool(pipeline or text or view)
    return start_board(BoardStart(is_plain=is_plain, pipeline=pipeline, filter=text, view=view), session.settings)

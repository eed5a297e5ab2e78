"""The verb for the board itself."""

import click

from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session, pass_session


@click.command()
@click.option("--plain", "is_plain", is_flag=True, help="As plain text, also on a terminal.")
@click.option("--pipeline", default="", help="Another pipeline than the first (plain text only).")
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only deals that the filter leaves (plain).")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name (plain text only).")
@click.option("--as-of", "as_of", metavar="DAY", help="As it stood at the end of a past day (plain text or --json).")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.board/1.")
@pass_session
def board(
    session: Session, is_plain: bool, pipeline: str, text: str, view: str, as_of: str | None, is_json: bool
) -> int:
    """Show the board; without a terminal, or with --plain, as text.

    \b
    Example:
      pipeboard board --plain | less
      pipeboard board --as-of "last fri" --filter "@anna rotting"
    """
    from pipeboard.cli.start import BoardStart, start_board

    if as_of is not None or is_json:
        from pipeboard.cli.past_board import print_past

        print_past(session, pipeline, as_of, filter_of(session, text, view), is_json=is_json)
        return 0
    is_plain = is_plain or bool(pipeline or text or view)
    return start_board(BoardStart(is_plain=is_plain, pipeline=pipeline, filter=text, view=view), session.settings)

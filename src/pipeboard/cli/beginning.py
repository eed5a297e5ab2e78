"""The verb that sets a workspace up."""

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.templates import DEFAULT_KEY, TEMPLATES


@click.command()
@click.option("--template", default=DEFAULT_KEY, show_default=True, help=f"One of {', '.join(TEMPLATES)}.")
@click.option("--currency", default="", help="ISO code of the currency of totals; without it, by the locale.")
@click.option("--zone", default="", help="IANA zone that rules what a day is; without it, the machine's.")
@click.option("--name", default="", help="What the workspace is called.")
@pass_session
def init(session: Session, template: str, currency: str, zone: str, name: str) -> None:
    """Set up a workspace: a database with one pipeline. An existing one is never touched.

    \b
    Example:
      pipeboard init --template saas --currency USD --zone Europe/Warsaw
    """
    from pipeboard.services.setup import create, guesses, shown_name

    guess = guesses()
    answers = guess._replace(
        template=template,
        currency=(currency or guess.currency).upper(),
        zone=zone or guess.zone,
        name=name or guess.name,
    )
    settings = session.settings
    create(settings.database, answers, session.clock, login=settings.login, person=settings.person)
    output.line(f"Set up {shown_name(settings.database)}: {answers.currency}, {answers.zone}")
    diagnostics.say("`pipeboard` shows the board, `pipeboard import FILE` brings deals in.")

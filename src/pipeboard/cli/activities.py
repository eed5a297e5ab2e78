"""The verb that notes what happened: a line, a template, standard input, or a mail."""

import sys
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.deals import found_deal
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.activity_line import parse_activity_line, read_outcome
from pipeboard.domain.activity_words import DIRECTIONS
from pipeboard.domain.commands import DeleteActivity, EditActivity, LogActivity, Seen
from pipeboard.domain.dates import When, clock_remark, instant_of, parse_when
from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.task import ACTIVITY_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_STDIN = 1_000_000
"""Characters read from stdin for one activity; the text is cut to 65,536 when it is stored."""

LARGEST_MAIL = 50_000_000
"""Bytes read of one mail, with what is attached to it."""


class _Options(NamedTuple):
    kind: str | None
    direction: str | None
    outcome: str | None
    at: str


@click.command()
@click.argument("deal")
@click.argument("text", nargs=-1)
@click.option("--kind", type=click.Choice(ACTIVITY_KINDS), help="With it the text is taken as it stands.")
@click.option("--direction", type=click.Choice(tuple(DIRECTIONS)), help="Who began it: in is the buyer, out is you.")
@click.option("--outcome", default="", help="How it ended: answered, no answer, left message, busy, no show ...")
@click.option("--at", "--on", "moment", default="", help="When it was, if not just now: yesterday 15:00, 2h ago, fri.")
@click.option("--template", default="", help="Begin with this text of your settings; in $EDITOR when TEXT is left out.")
@click.option("--edit", "is_edit", is_flag=True, help="TEXT takes the place of your last entry of this deal.")
@click.option(
    "--delete", "is_delete", is_flag=True, help="Take your last entry of this deal away; undo brings it back."
)
@click.option("--mail", type=click.Path(dir_okay=False, allow_dash=True), help="Log a mail (RFC 822); - is stdin.")
@pass_session
def log(
    session: Session,
    deal: str,
    text: tuple[str, ...],
    kind: str | None,
    direction: str | None,
    outcome: str,
    moment: str,
    template: str,
    mail: str | None,
    is_edit: bool,
    is_delete: bool,
) -> None:
    """Note something that happened with a deal. With - the text is read from stdin as it stands.

    TEXT may begin with what it was, who began it and how it ended, and end with when, as in the board.
    With --mail, DEAL may be `auto`: the deal whose contact wrote or got the mail. A mail is logged once.

    \b
    Examples:
      pipeboard log "acme ren" "call out no answer: left voicemail yesterday 15:00"
      pipeboard log "acme ren" "they compare us with Initrode" --kind call
      pipeboard log "acme ren" --edit "call in answered: they want Gold"
      pbpaste | pipeboard log "acme ren" -
      pipeboard log auto --mail - < message.eml
    """
    options = _Options(kind, direction, read_outcome(outcome) if outcome else None, moment)
    if (is_edit or is_delete) and (mail is not None or (is_edit and is_delete) or (is_delete and text)):
        raise click.UsageError("--edit takes a TEXT, --delete takes nothing but the deal.")
    if mail is not None:
        if text or template or moment or kind:
            raise click.UsageError("--mail brings text, kind and time with it.")
        _log_mail(session, deal, mail, options)
        return
    deal_id = found_deal(session, deal)
    command: LogActivity | EditActivity | DeleteActivity
    if is_delete:
        command = DeleteActivity(_last_entry(session, deal_id))
    else:
        command = _activity(session, deal_id, text, template, options)
        if is_edit:
            command = EditActivity(_last_entry(session, deal_id), _changes(command))
    outcome_of = session.workspace.execute(command)
    output.line(outcome_of.label or "It says that already.")


def _last_entry(session: Session, deal_id: int) -> Seen:
    """The entry that this person logged last, by the time it was written down."""
    me = session.workspace.me
    timeline = session.workspace.deals.detail(deal_id).timeline
    own = [one for one in timeline if one.activity_id is not None and one.actor_id in (None, me)]
    if not own:
        raise NotFound("You have logged nothing with this deal.")
    last = max(own, key=lambda one: one.activity_id or 0)
    return Seen(last.activity_id or 0, last.version)


def _changes(typed: LogActivity) -> tuple[tuple[str, Any], ...]:
    """What a new text changes of an entry; when it was only where a time was typed."""
    named = {"kind": typed.kind, "direction": typed.direction, "outcome": typed.outcome, "body": typed.body}
    return tuple(named.items()) + ((("at", typed.at),) if typed.at is not None else ())


def _activity(session: Session, deal_id: int, text: tuple[str, ...], template: str, options: _Options) -> LogActivity:
    """What is to be logged, from the text, the template and the options."""
    is_raw = text == ("-",)
    typed = sys.stdin.read(LARGEST_STDIN) if is_raw else " ".join(text)
    if template:
        typed = _from_template(session.settings.templates, template, typed)
    if not typed.strip() and not options.outcome and not options.direction:
        raise InvalidInput("Write a few words about what happened.")
    if options.kind or (is_raw and not template):
        body, kind, direction, outcome, when = typed, options.kind or "note", None, None, None
    else:
        line = parse_activity_line(typed, session.clock.now().astimezone(session.workspace.zone))
        if line.problem:
            raise InvalidInput(line.problem)
        kind, direction, outcome, body, when, _ = line
    at = _instant(session, parse_when(options.at, _local(session), is_past=True) if options.at else when)
    return LogActivity(deal_id, body, kind, options.direction or direction, options.outcome or outcome, at)


def _from_template(templates: "Mapping[str, str]", name: str, typed: str) -> str:
    """The text of a template with what was typed after it; written in the editor when nothing was."""
    from pipeboard.domain.names import match_name

    if not templates:
        raise InvalidInput("There are no templates yet: put them under [templates] in the settings.")
    names = list(templates)
    text = templates[names[match_name(name, names, "template")]]
    if typed.strip():
        return f"{text.rstrip()}{chr(10) if chr(10) in text else ' '}{typed}"
    if not sys.stdin.isatty():
        return text
    return click.edit(text, extension=".md", require_save=False) or ""


def _local(session: Session) -> datetime:
    return session.clock.now().astimezone(session.workspace.zone)


def _instant(session: Session, when: When | None) -> datetime | None:
    """The instant of a typed time: a day alone is its noon, but never later than now."""
    if when is None:
        return None
    if when.on > _local(session).date():
        raise InvalidInput("An activity lies in the past; plan a task for what is to come.")
    if remark := clock_remark(when, session.workspace.zone):
        diagnostics.say(f"Note: {remark}.")
    at = instant_of(when, session.workspace.zone, default=time(12))
    return min(at, session.clock.now()) if when.at is None else at


def _log_mail(session: Session, deal: str, path: str, options: _Options) -> None:
    """Log a mail with the deal named, or that of the contact who wrote or got it."""
    from pipeboard.services.transfer.mail import deal_of_mail, read_mail

    with click.open_file(path, "rb") as file:
        message = read_mail(file.read(LARGEST_MAIL))
    workspace = session.workspace
    found = deal_of_mail(workspace, message, None if deal == "auto" else found_deal(session, deal))
    at = min(message.at, session.clock.now()) if message.at else None
    direction = options.direction or found.direction
    command = LogActivity(
        found.deal_id, message.text, "email", direction, options.outcome, at, message.message_id or None
    )
    outcome = workspace.execute(command)
    if outcome.events:
        output.line(f"{outcome.label}: {message.subject or 'no subject'}")
    else:
        output.line(f"This mail is logged with {found.title} already.")

"""Verbs about the rules of the configuration: list, check, run."""

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of
from pipeboard.domain.dates import instant_of, parse_when
from pipeboard.domain.rules import describe_rule
from pipeboard.services.automation import Automation


@click.group()
def rules() -> None:
    """Rules that act by themselves: list, check, run. They plan tasks, set fields and add tags.

    They stand in the configuration, each under [[rule]].

    \b
    Example:
      pipeboard rules check
    """


@rules.command("list")
@pass_session
def list_rules(session: Session) -> None:
    """List the rules in words.

    \b
    Example:
      pipeboard rules list
    """
    for rule in session.settings.rule:
        output.line(f"{rule.name}: {describe_rule(rule)}")
    if not session.settings.rule:
        diagnostics.say("There are no rules. Write them under [[rule]] in the configuration.")


@rules.command("check")
@pass_session
def check_rules(session: Session) -> int:
    """Say what of the rules cannot work: in their wording, and against the stages and people there are.

    \b
    Example:
      pipeboard rules check
    """
    problems = [problem for problem in session.settings.problems if "rule " in problem]
    if session.settings.rule:
        problems += _automation(session).problems()
    for problem in problems:
        output.line(problem)
    if not problems:
        output.line(f"{count_of(len(session.settings.rule), 'rule')} in order.")
    return 1 if problems else 0


@rules.command("run")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--since", default="", help="Also what happened since then where no rules were known: monday, 2h ago.")
@pass_session
def run_rules(session: Session, dry_run: bool, since: str) -> int:
    """Carry out the rules about idle deals; the board does that when it starts. For cron.

    The other rules are carried out when something happens. With --since, also for what happened where no
    rules were known. Nothing is done twice.

    \b
    Examples:
      pipeboard rules run --dry-run
      pipeboard rules run --since yesterday
    """
    automation = _automation(session)
    found = automation.idle()
    if since:
        when = parse_when(since, session.clock.now().astimezone(session.workspace.zone), is_past=True)
        found += automation.missed(instant_of(when, session.workspace.zone))
    if dry_run:
        for firing in found:
            output.line(f"Would carry out {firing}")
        output.line(f"{count_of(len(found), 'firing')}; nothing was changed.")
        return 0
    fired = automation.fire(found)
    for label in fired.labels:
        output.line(label)
    for problem in fired.problems:
        diagnostics.error(problem)
    output.line(f"{count_of(len(fired.labels), 'firing')}.")
    return 1 if fired.problems else 0


def _automation(session: Session) -> Automation:
    """The rules of this run at work in its workspace."""
    workspace = session.workspace
    return workspace.automation or workspace.follow_rules(session.settings.rule)

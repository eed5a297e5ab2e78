"""Verbs about the program itself: config check, keys, completion."""

import click

from pipeboard.cli import output
from pipeboard.cli.session import Session, pass_session

SHELLS = ("bash", "zsh", "fish")


@click.group()
def config() -> None:
    """The configuration file: check.

    \b
    Example:
      pipeboard config check
    """


@config.command("check")
@pass_session
def check_config(session: Session) -> int:
    """Say what in the configuration cannot be used, and what holds in the end.

    \b
    Example:
      pipeboard config check
    """
    from pipeboard.config.locations import config_file
    from pipeboard.services.setup import shown_name
    from pipeboard.tui.keymap import configured

    settings = session.settings
    problems = [*settings.problems, *configured(settings.keymap, settings.preset, settings.layouts)[1]]
    for problem in problems:
        output.line(problem)
    if problems:
        return 1
    path = config_file()
    output.line(f"{path} is in order." if path.exists() else f"There is no {path}; everything is at its default.")
    for name, value in settings._asdict().items():
        if name == "database":
            value = shown_name(value)
        if name not in ("problems", "keymap", "rule", "templates"):
            output.line(f"  {name:<10} {'' if value is None else value}")
    for template in settings.templates:
        output.line(f"  template   {template}")
    for rule in settings.rule:
        output.line(f"  rule       {rule.name}")
    for action, key in settings.keymap.items():
        output.line(f"  keymap     {action} = {key}")
    return 0


@click.command()
@pass_session
def keys(session: Session) -> None:
    """List the keys, and the ids to change them by.

    \b
    Example:
      pipeboard keys
    """
    from pipeboard.tui.keymap import configured

    settings = session.settings
    actions, _ = configured(settings.keymap, settings.preset, settings.layouts)
    group = None
    for action in actions:
        if action.group != group:
            group = action.group
            output.line(group)
        output.line(f"  {action.keys.replace(',', ' '):<18} {action.id:<20} {action.help}")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that completes verbs and options in a shell.

    \b
    Example:
      eval "$(pipeboard completion bash)"
    """
    from click.shell_completion import get_completion_class

    from pipeboard.cli.entry import COMPLETION
    from pipeboard.cli.root import root

    kind = get_completion_class(shell)
    assert kind is not None  # every name in SHELLS has one
    output.raw(kind(root, {}, "pipeboard", COMPLETION).source() + "\n")

"""The help of the program itself: every verb once, under a heading, in one line."""

import click

from pipeboard.cli.root import GROUPS, VERBS, root
from tests.cli.conftest import Cli


def test_help_lists_every_verb_once_in_one_line(cli: Cli) -> None:
    lines = cli.ok("--help").splitlines()
    told = [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in VERBS]
    assert told == list(VERBS)
    assert sum(map(len, GROUPS.values())) == len(VERBS)
    for heading in GROUPS:
        assert f"{heading}:" in lines
    context = click.Context(root)
    for verb in VERBS:
        command = root.get_command(context, verb)
        assert command is not None
        assert len(f"  {'completion':<12}{command.get_short_help_str(200)}") <= 79, verb

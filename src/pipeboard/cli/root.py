"""The verbs: names and where each is defined; a verb's module is imported when it is used."""

from importlib import import_module

import click

from pipeboard import __version__
from pipeboard.cli import diagnostics
from pipeboard.cli.session import Session

GROUPS: dict[str, dict[str, str]] = {
    "The board": {
        "board": "boards:board",
        "demo": "demo:demo",
        "init": "beginning:init",
    },
    "Deals": {
        "add": "deals:add",
        "list": "listing:list_deals",
        "show": "deals:show",
        "edit": "editing:edit",
        "move": "moving:move",
        "won": "moving:won",
        "lost": "moving:lost",
        "park": "moving:park",
        "reopen": "moving:reopen",
        "copy": "moving:copy",
        "tick": "qualifying:tick",
        "bant": "qualifying:bant",
        "view": "views:view",
    },
    "The day's work": {
        "agenda": "agenda:agenda",
        "due": "agenda:due",
        "remind": "reminding:remind",
        "task": "tasks:task",
        "log": "activities:log",
        "rules": "rules:rules",
    },
    "The meeting and the figures": {
        "review": "review:review",
        "hygiene": "hygiene:hygiene",
        "forecast": "forecasting:forecast",
        "waterfall": "forecasting:waterfall",
        "metrics": "metrics:metrics",
        "quota": "targets:quota",
        "spend": "targets:spend",
    },
    "What was done": {
        "history": "histories:history",
        "undo": "histories:undo",
        "redo": "histories:redo",
    },
    "In and out": {
        "import": "importing:import_file",
        "export": "exporting:export",
    },
    "How it is set up": {
        "pipeline": "pipelines:pipeline",
        "stage": "stages:stage",
        "company": "companies:company",
        "contact": "companies:contact",
        "product": "products:product",
        "owner": "catalogues:owner",
        "reason": "catalogues:reason",
        "rate": "catalogues:rate",
        "config": "configuring:config",
        "keys": "configuring:keys",
        "completion": "configuring:completion",
    },
    "The database": {
        "backup": "safety:backup",
        "restore": "safety:restore",
        "check": "safety:check",
        "doctor": "safety:doctor",
        "where": "safety:where",
    },
}
"""Heading of `--help` -> verb -> module of this package and name in it, in the order in which they are listed."""

VERBS: dict[str, str] = {verb: place for verbs in GROUPS.values() for verb, place in verbs.items()}
"""Every verb and where it is defined."""


class Verbs(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name."""
        place = VERBS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        command: click.Command = getattr(import_module(f"pipeboard.cli.{module}"), name)
        if ctx.resilient_parsing:  # a shell asks what may follow
            from pipeboard.cli.completing import add_completions

            add_completions(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs under their headings, each with one line."""
        width = max(map(len, VERBS))
        for heading, verbs in GROUPS.items():
            with formatter.section(heading):
                commands = ((verb, self.get_command(ctx, verb)) for verb in verbs)
                formatter.write_dl(
                    [(f"{verb:<{width}}", command.get_short_help_str(200)) for verb, command in commands if command]
                )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed. A misspelt one is answered with those that look like it."""
        if args and not args[0].startswith("-") and args[0] not in VERBS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, 3)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"There is no verb {args[0][:60]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", "database", metavar="PATH|URL", help="The database: a file, or postgresql://user@host/name.")
@click.version_option(__version__, "-V", "--version", prog_name="Pipeboard")
@click.pass_context
def root(context: click.Context, database: str | None) -> int | None:
    """A kanban board for a sales pipeline in the terminal.

    Without a verb: the board. Deals, stages, owners and pipelines are named by id or by the unique beginning
    of their name.

    \b
    Exit codes: 0 done, 1 error, 2 usage, 3 nothing found, 4 refused,
    5 overdue tasks found (due --exit-code), 130 interrupted.
    """
    from pipeboard.config.settings import load

    settings = load()
    if database is not None:
        if not database:
            raise click.UsageError("--db needs a path or an address.", context)
        settings = settings._replace(database=database)
    if context.invoked_subcommand not in ("config", "doctor", "where"):
        for problem in settings.problems:
            diagnostics.say(problem)
    session = Session(settings)
    context.obj = session
    context.call_on_close(session.close)
    if context.invoked_subcommand is not None:
        return None
    from pipeboard.cli.start import BoardStart, start_board

    return start_board(BoardStart(), settings)

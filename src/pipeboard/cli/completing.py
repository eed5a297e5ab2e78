"""What a shell completes besides verbs and options: deals, stages, people and the other names of the database."""

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pipeboard.services.workspace import Workspace

_MOST = 200


def add_completions(command: click.Command) -> None:
    """Let the arguments and options of a verb that name something of the database be completed."""
    for parameter in command.params:
        source = _SOURCES.get(parameter.name or "")
        if source is not None:
            setattr(parameter, "shell_complete", partial(_complete, source))  # noqa: B010 - a method of this one alone
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            add_completions(inner)


def _complete(source: "_Source", context: click.Context, incomplete: str) -> list[CompletionItem]:
    """The names that go on from what was typed. A shell never sees an error: then there are none."""
    from pipeboard.domain.text import printable, search_key

    try:
        with _workspace(context) as workspace:
            names = [(printable(name), printable(about)) for name, about in source(workspace)]
    except Exception:  # a database that cannot be opened is no matter for the prompt
        return []
    wanted = search_key(incomplete.lstrip("@"))
    sign = "@" if incomplete.startswith("@") else ""
    fitting = [(name, about) for name, about in names if search_key(name).startswith(wanted)]
    return [CompletionItem(_quoted(sign + name), help=about or None) for name, about in fitting[:_MOST]]


def _quoted(name: str) -> str:
    """A name as the shell wants it: bash inserts it as it is, the others quote it themselves.

    The `read` of bash's script takes one backslash of two away: were there only one, a name would be typed bare and
    what stands in it as `$(...)` would run.
    """
    if os.environ.get("_PIPEBOARD_COMPLETE", "").startswith("bash"):
        quoted = "".join(c if c.isalnum() or c in "@._-/:," else f"\\{c}" for c in name)
        return quoted.replace("\\", "\\\\")
    return name


def _workspace(context: click.Context) -> "AbstractContextManager[Workspace]":
    from contextlib import closing

    from pipeboard.cli.start import open_workspace
    from pipeboard.config.settings import load
    from pipeboard.services.clock import clock_from

    database = context.find_root().params.get("database")
    settings = load()
    opened = open_workspace(settings._replace(database=database) if database else settings, clock_from())
    return closing(opened)


_Source = Callable[["Workspace"], Iterable[tuple[str, str]]]


def _deals(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    names = workspace.deals.names()
    yield from ((title, f"{deal_id} {company}".strip()) for deal_id, title, company in names)
    yield from ((str(deal_id), title) for deal_id, title, _ in names)


def _stages(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    pipelines = {one.id: one.name for one in workspace.listing.names().pipelines}
    return ((stage.name, pipelines.get(stage.pipeline_id, "")) for stage in workspace.deals.stages())


def _owners(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    return ((owner.name, "") for owner in workspace.listing.names().owners)


def _pipelines(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    return ((one.name, "") for one in workspace.listing.names().pipelines)


def _reasons(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    return ((name, "") for name in workspace.deals.lost_reasons())


def _products(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    found = workspace.catalogues.products()
    yield from ((one.name, f"{one.product.price} {one.product.code}".strip()) for one in found.sheets)
    yield from ((one.text, f"{one.deal_count} deals") for one in found.others)


def _views(workspace: "Workspace") -> Iterable[tuple[str, str]]:
    return ((view.name, view.filter) for view in workspace.filters.views())


def _valued(fact: str) -> _Source:
    def source(workspace: "Workspace") -> Iterable[tuple[str, str]]:
        return ((name, f"{count} deals") for name, count in workspace.filters.values(fact) if name)

    return source


def _templates(_: "Workspace") -> Iterable[tuple[str, str]]:
    from pipeboard.domain.templates import TEMPLATES

    return ((one.key, one.description) for one in TEMPLATES.values())


_SOURCES: dict[str, _Source] = {
    "deal": _deals,
    "stage": _stages,
    "owner": _owners,
    "pipeline": _pipelines,
    "reason": _reasons,
    "view": _views,
    "source": _valued("source"),
    "product": _products,
    "products": _products,
    "template": _templates,
}
"""By the name of the parameter."""

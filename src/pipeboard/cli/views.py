"""Verbs for filters kept under a name."""

import click

from pipeboard.cli import output
from pipeboard.cli.filters import say_problems
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.saved_views import DeleteView, RenameView, SaveView, ShareView, sort_of, sort_text


@click.group()
def view() -> None:
    """Filters kept under a name: list, save, rename, share, delete.

    \b
    Example:
      pipeboard view save "Big and late" "value>10k overdue"
    """


@view.command("list")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.views/1.")
@pass_session
def list_views(session: Session, is_json: bool) -> None:
    """List the views, yours and everybody's, in the order of their digits behind `f`.

    \b
    Example:
      pipeboard view list
    """
    views = session.workspace.filters.views()
    if is_json:
        rows = [
            {"id": v.id, "name": v.name, "filter": v.filter, "sort": v.sort or None, "shared": v.is_shared}
            for v in views
        ]
        output.document({"schema": "pipeboard.views/1", "count": len(rows), "views": rows})
        return
    output.table(
        ("id", "view", "filter", "sort", "whose"),
        [(str(v.id), v.name, v.filter, v.sort, "everybody's" if v.is_shared else "yours") for v in views],
        right=(0,),
        flexible=(1, 2),
    )
    if not views:
        output.line('There is no view yet. `pipeboard view save "Big and late" "value>10k overdue"` keeps one.')


@view.command("save")
@click.argument("name")
@click.argument("text", metavar="FILTER", required=False, default="")
@click.option("--sort", default="", help='Order of the list: a column, "value desc".')
@click.option("--everybody", "is_shared", is_flag=True, help="For everybody, not for you alone.")
@pass_session
def save_view(session: Session, name: str, text: str, sort: str, is_shared: bool) -> None:
    """Keep a filter under a name; a view of that name is changed.

    \b
    Example:
      pipeboard view save "Big and late" "value>10k overdue" --sort "value desc"
    """
    say_problems(session.workspace, text)
    order = sort_of(sort)
    if sort and order is None:
        from pipeboard.domain.list_order import SORT_COLUMNS

        names = ", ".join(column.name for column in SORT_COLUMNS)
        raise click.BadParameter(f'{sort!r} is no order; write one of {names}, or "value desc".', param_hint="--sort")
    kept = sort_text(order) if order is not None else ""
    output.line(session.workspace.execute(SaveView(name, text, kept, is_shared)).label)


@view.command("rename")
@click.argument("view_name", metavar="VIEW")
@click.argument("name")
@pass_session
def rename_view(session: Session, view_name: str, name: str) -> None:
    """Call a view differently.

    \b
    Example:
      pipeboard view rename "Big and late" "Urgent"
    """
    found = session.workspace.filters.view(view_name)
    output.line(session.workspace.execute(RenameView(found.id, name)).label or "It is called that already.")


@view.command("share")
@click.argument("view_name", metavar="VIEW")
@click.option("--mine", "is_mine", is_flag=True, help="Take it for yourself again.")
@pass_session
def share_view(session: Session, view_name: str, is_mine: bool) -> None:
    """Give a view to everybody.

    \b
    Example:
      pipeboard view share "Big and late"
    """
    found = session.workspace.filters.view(view_name)
    output.line(session.workspace.execute(ShareView(found.id, not is_mine)).label)


@view.command("delete")
@click.argument("view_name", metavar="VIEW")
@pass_session
def delete_view(session: Session, view_name: str) -> None:
    """Delete a view; `pipeboard undo` brings it back.

    \b
    Example:
      pipeboard view delete "Big and late"
    """
    found = session.workspace.filters.view(view_name)
    output.line(session.workspace.execute(DeleteView(found.id)).label)

"""Verbs for the day's work: agenda, due."""

from collections.abc import Sequence

import click

from pipeboard.cli import documents, output
from pipeboard.cli.filters import filter_of
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.tasks import print_tasks
from pipeboard.cli.words import count_of, money
from pipeboard.services.agenda import GROUPS
from pipeboard.services.listing import ListedDeal

OVERDUE_FOUND = 5
"""The exit code of `due --exit-code` when something is late."""

_SHOWN = 12
_HEADINGS = {
    "overdue": "Overdue",
    "today": "Today",
    "tomorrow": "Tomorrow",
    "this_week": "This week",
    "later": "Later",
    "no_date": "No date",
}


@click.command()
@click.option("--filter", "-f", "text", metavar="FILTER", default="", help="Only deals that the filter leaves.")
@click.option("--view", metavar="NAME", default="", help="A filter kept under a name.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.agenda/1.")
@pass_session
def agenda(session: Session, text: str, view: str, is_json: bool) -> None:
    """Show what is to be done. Tasks by day, deals without a next step, deals that wake up, suggestions.

    \b
    Example:
      pipeboard agenda
    """
    text = filter_of(session, text, view)
    kept = session.workspace.filters.deal_ids(text) if text.strip() else None
    settings = session.settings
    reads = session.workspace.agenda
    value = reads.agenda(deal_ids=kept, kinds=settings.suggestions, silent_days=settings.silent_days)
    value = value._replace(done=reads.done(deal_ids=kept))
    if is_json:
        output.document(documents.agenda(value))
        return
    for group in GROUPS:
        tasks = list(getattr(value, group))
        _heading(_HEADINGS[group], len(tasks))
        print_tasks(tasks, value.today_on)
    _print_deals("No next step", value.no_next_step)
    _print_deals("Waking up", value.waking)
    _print_deals("Closing this week", value.closing)
    _heading("Suggested", len(value.suggested))
    rows = [(str(one.deal_id), one.deal, one.why) for one in value.suggested[:_SHOWN]]
    output.table(("id", "deal", "why"), rows, right=(0,), flexible=(1, 2))
    _more(len(value.suggested))
    _heading("Done today", len(value.done))
    done = [(str(one.task.id), one.task.title, one.task.deal, f"{one.at:%H:%M}") for one in value.done[:_SHOWN]]
    output.table(("task", "done", "deal", "at"), done, right=(0,), flexible=(1, 2))
    _more(len(value.done))
    if len(value.workload) > 1:
        output.line("Workload")
        loads = [(w.owner, *map(str, w[2:])) for w in value.workload]
        output.table(("who", "late", "today", "this week", "open"), loads, right=(1, 2, 3, 4))
    if not any([*(getattr(value, group) for group in GROUPS), value.no_next_step, value.waking, value.suggested]):
        output.line("Nothing is to be done.")


def _heading(text: str, count: int) -> None:
    if count:
        output.line(f"{text} ({count})")


def _print_deals(heading: str, deals: Sequence[ListedDeal]) -> None:
    _heading(heading, len(deals))
    rows = [(str(d.row.id), d.row.title, d.row.stage, money(d.row.value_minor, d.row.currency)) for d in deals[:_SHOWN]]
    output.table(("id", "deal", "stage", "value"), rows, right=(0, 3), flexible=(1,))
    _more(len(deals))


def _more(count: int) -> None:
    if count > _SHOWN:
        output.line(f"      and {count - _SHOWN:,} more; --json has them all")


@click.command()
@click.option("--exit-code", "has_exit_code", is_flag=True, help="Exit with 5 when a task is overdue.")
@pass_session
def due(session: Session, has_exit_code: bool) -> int:
    """List the tasks that are late or due today. For a shell prompt or cron.

    \b
    Example:
      pipeboard due --exit-code || echo "look at your tasks"
    """
    groups = session.workspace.agenda.tasks()
    print_tasks([*groups["overdue"], *groups["today"]], session.workspace.agenda.today)
    output.line(f"{count_of(len(groups['overdue']), 'task')} overdue, {len(groups['today'])} today")
    return OVERDUE_FOUND if has_exit_code and groups["overdue"] else 0

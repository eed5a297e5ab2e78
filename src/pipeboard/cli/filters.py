"""What every verb with --filter and --view shares: the filter that is meant, and what in it was not understood."""

from typing import TYPE_CHECKING

from pipeboard.cli import diagnostics

if TYPE_CHECKING:
    from pipeboard.cli.session import Session
    from pipeboard.services.workspace import Workspace


def filter_of(session: "Session", text: str, view: str) -> str:
    """The filter of both options, which must both hold; tells what in it cannot be understood."""
    return filter_in(session.workspace, text, view)


def filter_in(workspace: "Workspace", text: str, view: str) -> str:
    """The same for an open workspace."""
    if view:
        from pipeboard.domain.filter_editing import joined

        text = joined(workspace.filters.view(view).filter, text)
    if text.strip():
        say_problems(workspace, text)
    return text


def say_problems(workspace: "Workspace", text: str) -> None:
    """Tell on stderr what in a filter could not be understood, and names that nothing has."""
    understood = workspace.listing.understood(text)
    for problem in understood.problems:
        diagnostics.say(f"{problem}; taken as a word or left out.")
    for sentence in understood.unknown:
        diagnostics.say(f"{sentence}.")


def kept_by(session: "Session", text: str, view: str, pipeline_id: int | None = None) -> frozenset[int] | None:
    """The deals that the filter of both options leaves; None without a filter."""
    text = filter_of(session, text, view)
    return session.workspace.filters.deal_ids(text, pipeline_id) if text.strip() else None

"""Verbs for stages: add, edit, move, archive, checklist."""

from typing import Any

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.pipelines import KINDS
from pipeboard.cli.session import Session, pass_session
from pipeboard.domain.commands import AddStage, ArchiveStage, EditStage, MoveStage, StageToChecklist
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.names import match_name
from pipeboard.domain.pipeline_wizard import MANY_STAGES
from pipeboard.domain.stage import Stage
from pipeboard.domain.templates import parse_stage

PIPELINE = click.option("--pipeline", default="", help="The pipeline; without it, the first one with such a stage.")

_FIELDS = {
    "name": "name",
    "kind": "kind",
    "probability": "probability",
    "rot_days": "rot_days",
    "limit": "deal_limit",
    "velocity": "counts_for_velocity",
    "forecast_category": "forecast_category",
    "definition": "definition",
    "criteria": "exit_criteria",
}
"""Key -> field of `EditStage`."""


@click.group()
def stage() -> None:
    """Stages: add, edit, move, archive, checklist. `pipeboard pipeline stages` shows them.

    \b
    Example:
      pipeboard stage edit proposal probability=50 criteria="! Value set; Next step booked"
    """


def _found(session: Session, typed: str, pipeline: str) -> Stage:
    listing = session.workspace.listing
    return listing.stage(typed, listing.pipeline(pipeline).id if pipeline else None)


@stage.command("add")
@click.argument("text")
@click.option("--after", default="", help="The stage behind which it stands; without it, the last open one.")
@click.option("--pipeline", default="", help="The pipeline; without it, that of --after, else the first one.")
@pass_session
def add_stage(session: Session, text: str, after: str, pipeline: str) -> None:
    """Add a stage, written as its name, probability and days until deals in it rot.

    \b
    Example:
      pipeboard stage add "Legal 85% 10d" --after negotiation
    """
    names = session.workspace.listing.names()
    behind = _found(session, after, pipeline) if after else None
    home = behind.pipeline_id if behind else names.pipelines[0].id
    home = session.workspace.listing.pipeline(pipeline).id if pipeline else home
    here = [one for one in names.stages if one.pipeline_id == home and one.is_open]
    left = behind or (here[-1] if here else None)
    right = next((one for one in here if left is not None and one.position > left.position), None)
    middle = ((left.probability if left else 0) + (right.probability if right else 100)) // 2
    command = AddStage(home, parse_stage(text, middle), left.id if left else None)
    output.line(session.workspace.execute(command).label)
    if len(here) + 1 > MANY_STAGES:
        diagnostics.say(
            f"{len(here) + 1} stages are many; `pipeboard stage checklist STAGE` turns one into a checklist."
        )


@stage.command("edit")
@click.argument("name", metavar="STAGE")
@click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
@PIPELINE
@pass_session
def edit_stage(session: Session, name: str, changes: tuple[str, ...], pipeline: str) -> None:
    """Set fields of a stage: name, kind, probability, rot_days, limit, velocity, forecast_category, definition,
    criteria. Criteria are separated by semicolons; one that begins with ! is required before a deal leaves.

    \b
    Examples:
      pipeboard stage edit lead probability=8 rot_days=5 limit=20
      pipeboard stage edit proposal criteria="! Value set; Next step booked"
    """
    found = _found(session, name, pipeline)
    values = tuple(_value(change) for change in changes)
    outcome = session.workspace.execute(EditStage(found.id, values))
    output.line(outcome.label if outcome.action_id is not None else f"{found.name} was so already")


def _value(change: str) -> tuple[str, Any]:
    key, sign, text = change.partition("=")
    key, text = key.strip().lower(), text.strip()
    if not sign:
        raise click.UsageError(f"{change[:60]!r} is no KEY=VALUE.")
    if key not in _FIELDS:
        raise click.UsageError(f"A stage has no field {key[:60]!r}. Fields: {', '.join(_FIELDS)}.")
    if key == "kind":
        words = list(KINDS.values())
        return "kind", list(KINDS)[match_name(text, words, "kind")]
    if key in ("probability", "rot_days", "limit"):
        digits = text.rstrip("%d ")
        if digits and not digits.isdecimal():
            raise InvalidInput(f"{key} is a whole number, not {text[:60]!r}.")
        return _FIELDS[key], int(digits) if digits else None
    if key == "velocity":
        if text.lower() not in ("yes", "no"):
            raise InvalidInput(f"velocity is yes or no, not {text[:60]!r}.")
        return _FIELDS[key], text.lower() == "yes"
    return _FIELDS[key], text.replace(";", "\n") if key == "criteria" else text


@stage.command("move")
@click.argument("name", metavar="STAGE")
@click.argument("place", type=click.IntRange(1))
@PIPELINE
@pass_session
def move_stage(session: Session, name: str, place: int, pipeline: str) -> None:
    """Put a stage at a place of its pipeline, counted from 1.

    \b
    Example:
      pipeboard stage move negotiation 3
    """
    found = _found(session, name, pipeline)
    reads = session.workspace.deals
    alike = [one.id for one in reads.stages(found.pipeline_id) if one.is_open == found.is_open]
    session.workspace.execute(MoveStage(found.id, place - 1 - alike.index(found.id)))
    output.line(", ".join(one.name for one in reads.stages(found.pipeline_id)))


@stage.command("archive")
@click.argument("name", metavar="STAGE")
@click.option("--into", required=True, metavar="STAGE", help="The open stage in which its deals go on.")
@PIPELINE
@pass_session
def archive_stage(session: Session, name: str, into: str, pipeline: str) -> None:
    """Take a stage out of its pipeline; its deals go on in another one, the history keeps it.

    \b
    Example:
      pipeboard stage archive contacted --into qualified
    """
    found = _found(session, name, pipeline)
    target = session.workspace.listing.stage(into, found.pipeline_id)
    output.line(session.workspace.execute(ArchiveStage(found.id, target.id)).label)


@stage.command("checklist")
@click.argument("name", metavar="STAGE")
@PIPELINE
@pass_session
def stage_to_checklist(session: Session, name: str, pipeline: str) -> None:
    """Turn a stage into required criteria of the stage before it, where its deals go on.

    \b
    Example:
      pipeboard stage checklist "demo booked"
    """
    output.line(session.workspace.execute(StageToChecklist(_found(session, name, pipeline).id)).label)

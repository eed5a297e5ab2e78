"""Where the deals of a file go when it holds those of several pipelines: each into the one it is of."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.status import name_key
from pipeboard.domain.stage import Pipeline, Stage
from pipeboard.domain.templates import CLOSED_STAGES
from pipeboard.domain.text import clean
from pipeboard.services.transfer.plans import ImportPlan

if TYPE_CHECKING:
    from pipeboard.services.workspace import Workspace


class Home(NamedTuple):
    """A pipeline that deals go into, with its stages; a new one has those in which deals end, and the id 0."""

    pipeline: Pipeline
    stages: tuple[Stage, ...]
    is_new: bool = False

    @classmethod
    def of(cls, workspace: "Workspace", pipeline: Pipeline) -> "Home":
        """A pipeline that is there."""
        return cls(pipeline, tuple(workspace.deals.stages(pipeline.id)))

    @classmethod
    def new(cls, name: str) -> "Home":
        """A pipeline that is to be made like theirs."""
        ends = (Stage(-1 - place, 0, t.name, place, t.kind, t.probability) for place, t in enumerate(CLOSED_STAGES))
        return cls(Pipeline(0, name, 0), tuple(ends), True)


TOOLS = {"pipedrive": "Pipedrive", "hubspot": "HubSpot", "salesforce": "Salesforce", "zoho": "Zoho"}
"""Tools that a pipeline may be called by."""


def homes(names: Sequence[str], pipelines: Sequence[Pipeline]) -> list[tuple[str, Pipeline]]:
    """Each pipeline of the file with ours of the same name; a lone one that we lack goes into our first.

    Raises InvalidInput when the file has several and one of them is not here.
    """
    ours = {name_key(one.name): one for one in reversed(pipelines)}
    exact = {one.name: one for one in pipelines}
    found = {name: exact.get(name) or ours.get(name_key(name)) for name in names}
    if len(found) == 1:
        return [(name, home or pipelines[0]) for name, home in found.items()]
    if missing := [name or "(none)" for name, home in found.items() if home is None]:
        raise InvalidInput(
            f"The file has deals of {len(found)} pipelines, and {', '.join(map(repr, missing[:5]))} "
            "is none of yours: make it with `pipeboard pipeline add`, or say with --pipeline where all of them go."
        )
    return [(name, home) for name, home in found.items() if home is not None]


def joined(plans: Sequence[ImportPlan]) -> ImportPlan:
    """Plans of the parts of one file as one."""
    first = plans[0]
    return first._replace(
        stages={theirs: ours for plan in plans for theirs, ours in plan.stages.items()},
        unknown_stages=tuple(dict.fromkeys(name for plan in plans for name in plan.unknown_stages)),
        deals=[deal for plan in plans for deal in plan.deals],
        rejected=sorted({one.line: one for plan in plans for one in plan.rejected}.values(), key=lambda one: one.line),
        doubts=list(dict.fromkeys(doubt for plan in plans for doubt in plan.doubts)),
        warnings=list(dict.fromkeys(said for plan in plans for said in plan.warnings)),
        rows=sum(len(plan.deals) for plan in plans) + len({one.line for plan in plans for one in plan.rejected}),
        new_owners=tuple(dict.fromkeys(name for plan in plans for name in plan.new_owners)),
    )


def homes_like_theirs(
    names: Sequence[str], pipelines: Sequence[Pipeline], tool: str, file_name: str
) -> list[tuple[str, str, Pipeline | None]]:
    """Each pipeline of the file, what it is called here, and ours of that name; None for one that is to be made.

    One without a name is called as the tool, or as the file.
    """
    ours = {name_key(one.name): one for one in reversed(pipelines)}
    stem = PurePath(file_name).name.split(".")[0].replace("_", " ").replace("-", " ").strip().capitalize()
    nameless = TOOLS.get(tool) or stem or "Imported"
    found = []
    for name in names:
        called = clean(name) or nameless
        found.append((name, called, ours.get(name_key(called))))
    return found

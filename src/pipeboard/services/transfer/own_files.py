"""Our own exports may hold deals of several pipelines: each goes back into the one it is of."""

from collections.abc import Sequence

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.status import name_key
from pipeboard.domain.stage import Pipeline
from pipeboard.services.transfer.plans import ImportPlan


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

"""The palette: every action and screen, kept filters, pipelines, deals and companies by a few letters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.tui.actions import UserAction, keys_words
from pipeboard.tui.asking import run_by_id
from pipeboard.tui.dialogs.choose import Choice, Choose

if TYPE_CHECKING:
    from pipeboard.domain.saved_views import SavedView
    from pipeboard.domain.stage import Pipeline
    from pipeboard.tui.app import PipeboardApp

RECENT = 8
"""How many actions are remembered as used."""


class GoTo(NamedTuple):
    """Something of the palette that is no action: a kept filter, a pipeline, a deal, a company or a contact."""

    kind: str
    id: int


def choices_of(
    actions: Sequence[UserAction], recent: Sequence[str], views: Sequence["SavedView"], pipelines: Sequence["Pipeline"]
) -> list[Choice]:
    """What there is to do: what was used last first, what only moves the cursor at the end."""
    order = {action_id: place for place, action_id in enumerate(recent)}
    listed = [action for action in actions if action.id != "app.palette"]
    listed.sort(key=lambda action: (order.get(action.id, len(order)), action.is_walk))
    choices = [Choice(a.id, f"{a.label}: {a.help}", keys_words(a.keys)) for a in listed]
    choices += [Choice(GoTo("view", view.id), f"View: {view.name}", view.filter) for view in views]
    if len(pipelines) > 1:
        choices += [Choice(GoTo("pipeline", one.id), f"Pipeline: {one.name}") for one in pipelines]
    return choices


def open_palette(app: "PipeboardApp") -> None:
    """Ask for anything; deals are looked for as soon as something is typed."""
    app.run_question(_open(app))


async def _open(app: "PipeboardApp") -> None:
    views = await app.read("palette-views", app.workspace.filters.views)

    async def anything(typed: str) -> list[Choice]:
        if len(typed) < 2:
            return []
        found = await app.read("palette-find", lambda: app.workspace.finding.find(typed))
        return [Choice(GoTo(one.kind, one.id), one.name, f"{one.about}  {one.kind}".strip()) for one in found[:_MOST]]

    recent = [action_id for action_id in app.recent.split(",") if action_id]
    choices = choices_of(app.actions_here(), recent, views, app.pipelines())
    dialog = Choose("Do", choices, placeholder="an action, a view, a deal, a company", more=anything)
    app.ask(dialog, lambda choice: run_choice(app, choice))


_MOST = 50


def run_choice(app: "PipeboardApp", choice: Choice | None) -> None:
    """Do what was picked, and remember it."""
    if choice is None:
        return
    if not isinstance(choice.value, GoTo):
        used = str(choice.value)
        others = [action_id for action_id in app.recent.split(",") if action_id and action_id != used]
        app.recent = ",".join([used, *others][:RECENT])
        run_by_id(app, used)
        return
    from importlib import import_module

    kind, thing_id = choice.value
    if kind in ("company", "contact"):
        import_module("pipeboard.tui.open_companies").go(app, kind, thing_id)
    else:
        import_module("pipeboard.tui.opening").go_to_thing(app, kind, thing_id)

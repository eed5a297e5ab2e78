"""The demo: a filled pipeline in a folder of its own that is gone afterwards."""

import os
from collections.abc import Callable

from pipeboard.cli.diagnostics import Progress
from pipeboard.config.settings import Settings
from pipeboard.domain.rules import Rule, read_rules
from pipeboard.services.demo import DemoSize

RULES = (
    {
        "name": "Chase proposals",
        "when": "enters Proposal made",
        "if": "value>10k",
        "then": [{"task": "call about the offer +3bd 10:00"}, {"tag": "chase"}],
    },
    {"name": "Thank them", "when": "won", "then": {"task": "send the welcome letter +1bd"}},
)
"""What the demo does by itself, as it would stand in a configuration. A person's own rules stay out of it."""


def demo_rules() -> tuple[Rule, ...]:
    """The rules of the demo."""
    return read_rules(list(RULES))[0]


def in_demo(size: DemoSize, settings: Settings, show: Callable[[Settings, str], int]) -> int:
    """Make the demo, show it, and remove it whatever happens."""
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="pipeboard-demo-")
    try:
        mine = settings._replace(database=os.path.join(folder, "demo.db"), person="Anna Nowak", rule=demo_rules())
        with Progress("Making up deals") as bar:
            bar.step("Making up deals")
            fill(mine, size)
        return show(mine, mine.database)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(settings: Settings, size: DemoSize) -> None:
    """Make the database that the settings name, with a made-up past in it."""
    from pipeboard.services.clock import clock_from
    from pipeboard.services.demo import fill_demo
    from pipeboard.services.setup import Answers, create, guesses
    from pipeboard.services.workspace import Workspace

    clock = clock_from()
    zone = settings.zone or guesses().zone
    answers = Answers(currency="EUR", zone=zone, name="Demo")
    create(settings.database, answers, clock, login=settings.login, person=settings.person)
    workspace = Workspace.open(settings.database, clock, login=settings.login, person=settings.person)
    try:
        fill_demo(workspace, size)
    finally:
        workspace.close()

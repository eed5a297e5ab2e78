"""Rules beside the board: after the keys rest, on leaving, and at the start."""

from datetime import timedelta

from pipeboard.config.settings import Settings
from pipeboard.domain.rules import read_rules
from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from pipeboard.tui.rules_lane import RulesLane
from tests.services.handlers.asking import add, detail
from tests.tui.driver import playing

RULES, _ = read_rules(
    [
        {"when": "enters Contacted", "then": [{"task": "passed by"}]},
        {"when": "enters Qualified", "then": [{"task": "follow up +3d"}]},
        {"when": "idle 14d", "then": [{"tag": "asleep"}]},
    ]
)
SETTINGS = Settings(rule=RULES)


def _tasks(workspace: Workspace, deal: int) -> list[str]:
    return [task.title for task in detail(workspace, deal).tasks]


async def test_a_walk_sets_off_the_rule_of_its_last_stage(local_workspace: Workspace) -> None:
    deal = add(local_workspace)
    async with playing(local_workspace, settings=SETTINGS) as player:
        await player.press("L", "L")
        rules = player.app.runner.follower
        assert isinstance(rules, RulesLane)
        rules.look()
        await player.settle()
        assert _tasks(local_workspace, deal) == ["follow up"]
        assert "Rule “enters Qualified”: Acme platform" in player.text
        assert "no next step" not in player.text


async def test_leaving_leaves_no_rule_out(local_workspace: Workspace) -> None:
    deal = add(local_workspace)
    async with playing(local_workspace, settings=SETTINGS) as player:
        await player.press("L")
    assert _tasks(local_workspace, deal) == ["passed by"]


async def test_idle_deals_are_looked_for_at_the_start(local_workspace: Workspace, clock: FixedClock) -> None:
    deal = add(local_workspace)
    clock.set(clock.now() + timedelta(days=20))
    async with playing(local_workspace, settings=SETTINGS) as player:
        await player.settle()
        assert detail(local_workspace, deal).tags == "asleep"
        assert "Rule “idle 14d”" in player.text

"""Keys by configuration: presets, and the keys that other layouts send."""

import pytest

from pipeboard.config.settings import LAYOUTS, PRESETS, Settings
from pipeboard.domain.commands import CreateDeal
from pipeboard.services.workspace import Workspace
from pipeboard.tui import keymap, layouts
from pipeboard.tui.actions import ACTIONS
from pipeboard.tui.keymap import clashes, configured
from tests.tui.driver import playing


def keys(action_id: str, **options: object) -> list[str]:
    actions, problems = configured(options.pop("keymap", {}), **options)  # type: ignore[arg-type]
    assert problems == ()
    return next(action.keys for action in actions if action.id == action_id).split(",")


def test_the_settings_name_what_there_is() -> None:
    assert PRESETS == keymap.PRESETS
    assert set(LAYOUTS) == set(layouts.NAMES)


def test_every_letter_has_its_neighbour_by_place_and_digits_stay() -> None:
    actions, _ = configured({}, layouts=["ru"])
    latin = {action.id: set(action.keys.split(",")) for action in ACTIONS}
    for action in actions:
        letters = {key for key in latin[action.id] if len(key) == 1 and key.isalpha()}
        cyrillic = {key for key in action.keys.split(",") if key and ord(key[0]) > 127}
        assert len(cyrillic) >= len(letters), action.id
        assert not any(key.isdigit() for key in cyrillic)
    assert keys("deal.advance", layouts=["ru"]) == ["L", "greater_than_sign", "shift+right", "Д", "Ю"]
    assert keys("app.palette", layouts=["ru"])[-1] == "Ж"


@pytest.mark.parametrize("chosen", [["ru"], ["pl"], ["uk", "ru"], list(layouts.NAMES)])
@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_and_no_layout_makes_a_clash(chosen: list[str], preset: str) -> None:
    actions, problems = configured({}, preset=preset, layouts=chosen)
    assert problems == ()
    assert clashes(actions) == ()


def test_a_layout_does_not_take_a_key_that_was_given_by_hand() -> None:
    assert "ц" not in keys("deal.win", keymap={"deal.lose": "x,ц"}, layouts=["ru"])
    assert keys("deal.lose", keymap={"deal.lose": "x,ц"}, layouts=["ru"]) == ["x", "ц", "ч"]


def test_an_action_may_have_no_key_at_all() -> None:
    assert keys("deal.park", keymap={"deal.park": ""}, layouts=["ru"]) == [""]


def test_arrows_alone_leave_the_letters_free() -> None:
    assert keys("cursor.down", preset="arrows") == ["down"]
    assert keys("deal.advance", preset="arrows") == ["greater_than_sign", "shift+right"]
    assert keys("go.to", preset="arrows") == ["g"]
    assert keys("deal.win", preset="arrows", keymap={"deal.win": "l"}) == ["l"]


async def test_with_russian_switched_on_the_same_places_do_the_same(local_workspace: Workspace) -> None:
    stages = local_workspace.deals.stages()
    local_workspace.execute(CreateDeal("Acme", stages[0].id))
    async with playing(local_workspace, settings=Settings(layouts=("ru",))) as player:
        await player.press("Д")
        assert player.stage_of("Acme") == stages[1].name
        await player.press("п", "р")
        assert "actions" in player.text.splitlines()[0]
        await player.press("й", "В", "н")
        assert not local_workspace.deals.names()

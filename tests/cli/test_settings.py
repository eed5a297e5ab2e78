"""Settings and places: what holds, what overrides it, and what is told when it is wrong."""

import inspect
import os
from pathlib import Path

import pytest

from pipeboard.config import locations
from pipeboard.config.settings import Settings, load
from tests.cli.conftest import Cli


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The configuration file, not yet there, in its folder."""
    path = locations.config_file()
    assert path.is_relative_to(tmp_path)
    path.parent.mkdir(parents=True)
    return path


def test_without_a_file_everything_is_at_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "anna")
    settings = load()
    assert settings.database == str(locations.default_database())
    assert (settings.theme, settings.glyphs, settings.density, dict(settings.keymap)) == ("auto", "unicode", 3, {})
    assert settings.login == "anna"
    assert settings.problems == ()


def test_the_environment_goes_over_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('database = "file.db"\nlogin = "boris"\nperson = "Boris P."\nzone = "UTC"\n', encoding="utf-8")
    assert load()[:1] == ("file.db",)
    assert (load().login, load().person, load().zone) == ("boris", "Boris P.", "UTC")
    monkeypatch.setenv("PIPEBOARD_DB", "other.db")
    monkeypatch.setenv("PIPEBOARD_USER", "chen")
    monkeypatch.setenv("PIPEBOARD_ZONE", "Europe/Warsaw")
    assert (load().database, load().login, load().zone) == ("other.db", "chen", "Europe/Warsaw")


def test_keys_may_be_written_with_or_without_quotes(config: Path) -> None:
    config.write_text('[keymap]\ndeal.win = "w"\n"deal.lose" = "x,f4"\n', encoding="utf-8")
    assert load().keymap == {"deal.win": "w", "deal.lose": "x,f4"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "red"', "there is no setting 'colour'"),
        ("densty = 2", "did you mean 'density'"),
        ("density = 9", "it can be 1, 2, 3, 4"),
        ("density = true", "it can be 1, 2, 3, 4"),
        ('glyphs = "emoji"', "unicode, ascii"),
        ('dayfirst = "yes"', "true or false"),
        ("database = 3", "text in quotes"),
        ("keymap = 3", "table of action ids"),
        ('preset = "emacs"', "it can be vim, arrows"),
        ('layouts = ["qq"]', "a list of ru, uk, el, pl"),
        ("layouts = 3", "a list of ru, uk, el, pl"),
        ("keymap = {x = 3}", "text in quotes"),
        ("theme = ", "no valid TOML"),
    ],
)
def test_a_mistake_is_told_and_the_rest_holds(config: Path, line: str, said: str) -> None:
    valid = 'person = "Anna"\n' if "TOML" not in said else ""
    config.write_text(f"{valid}{line}\n", encoding="utf-8")
    settings = load()
    (problem,) = settings.problems
    assert said in problem
    assert str(config) in problem
    assert settings.density == 3
    assert not valid or settings.person == "Anna"


def test_config_check_tells_problems_and_values(cli: Cli, config: Path) -> None:
    config.write_text('theme = "auto"\n', encoding="utf-8")
    assert "is in order" in cli.ok("config", "check")
    config.write_text('them = "auto"\n[keymap]\nnothing.here = "x"\n', encoding="utf-8")
    result = cli("config", "check")
    assert result.code == 1
    assert "did you mean 'theme'" in result.out
    assert "no action 'nothing.here'" in result.out
    assert "did you mean 'theme'" in cli("list").err
    assert cli("list").code == 0


def test_a_password_in_the_address_is_never_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEBOARD_DB", "postgresql://anna:secret@127.0.0.1:1/pipeline")
    for arguments in (("where",), ("config", "check"), ("list",), ("doctor",)):
        result = cli(*arguments)
        assert "secret" not in result.out + result.err
        assert "127.0.0.1" in result.out + result.err


def test_every_setting_is_documented() -> None:
    source = inspect.getsource(Settings)
    for name in Settings._fields:
        _, _, after = source.partition(f"    {name}: ")
        assert after.splitlines()[1].strip().startswith('"""'), name


def test_xdg_rules() -> None:
    environ = {"HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "relative", "XDG_STATE_HOME": ""}
    assert locations.default_database(environ) == Path("/d/pipeboard/pipeboard.db")
    assert locations.config_file(environ) == Path("/h/.config/pipeboard/config.toml")
    assert locations.log_file(environ) == Path("/h/.local/state/pipeboard/pipeboard.log")
    assert locations.config_file({**environ, "PIPEBOARD_CONFIG": "/c.toml"}) == Path("/c.toml")


def test_our_rules_are_those_of_platformdirs(tmp_path: Path) -> None:
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("pipeboard", appauthor=False)
    assert locations.data_dir() == dirs.user_data_path
    assert locations.config_dir() == dirs.user_config_path
    assert locations.state_dir() == dirs.user_state_path


def test_a_new_folder_is_private(tmp_path: Path) -> None:
    folder = locations.make_private(tmp_path / "a" / "b")
    assert os.stat(folder).st_mode & 0o777 == 0o700


def test_config_check_and_keys_follow_preset_and_layouts(cli: Cli, config: Path) -> None:
    config.write_text('layouts = "ru"\npreset = "arrows"\n', encoding="utf-8")
    assert "is in order" in cli.ok("config", "check")
    listed = [line.split()[:3] for line in cli.ok("keys").splitlines()]
    assert ["down", "cursor.down"] in [words[:2] for words in listed]
    assert ["w", "ц", "deal.win"] in listed
    config.write_text('[keymap]\ndeal.win = "ctrl+c"\ndeal.los = "x"\ndeal.park = "foo"\n', encoding="utf-8")
    said = cli("config", "check").out
    assert "deal.win cannot use ctrl+c: it interrupts" in said
    assert "no action 'deal.los'; did you mean deal.lose" in said
    assert "'foo', which is no key name" in said

"""What the docs do not mention fails here, and so does what they mention and is not there."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeboard.cli.root import VERBS
from pipeboard.config.settings import Settings
from pipeboard.tui.actions import ACTIONS, BY_ID

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))
INDEX = "docs/README.md"
TEXTS = {
    INDEX if path.relative_to(ROOT).as_posix() == INDEX else path.name: path.read_text(encoding="utf-8")
    for path in [*PAGES, *ROOT.glob("*.md")]
}
PICTURES = sorted(path.name for path in (ROOT / "screenshots").glob("*.svg"))


def _load_maker() -> dict[str, Callable[[], str]]:
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, Callable[[], str]] = module.PAGES
    return pages


GENERATED = _load_maker()


@pytest.mark.parametrize("name", GENERATED)
def test_generated_pages_are_fresh(name: str) -> None:
    assert TEXTS[name] == GENERATED[name](), "run `python docs/make.py`"


def test_every_action_is_documented() -> None:
    assert [action.id for action in ACTIONS if f"`{action.id}`" not in TEXTS["keys.md"]] == []
    assert [action.id for action in ACTIONS if not action.help.strip() or not action.label.strip()] == []


def test_every_setting_is_documented() -> None:
    names = [name for name in Settings._fields if name != "problems"]
    undocumented = [n for n in names if not re.search(rf"\| `{n}` \| [^|]*\| \w.{{10,}}", TEXTS["settings.md"])]
    assert undocumented == []


def test_every_verb_is_documented() -> None:
    assert [verb for verb in VERBS if f"`pipeboard {verb}" not in TEXTS["cli.md"]] == []


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent if (ROOT / name).is_file() else ROOT / "docs"
    links = re.findall(r"\]\(([^)#:]+)\)", TEXTS[name])
    assert [link for link in links if not (folder / link).is_file()] == []


def test_the_index_leads_to_every_page() -> None:
    pages = {path.name for path in PAGES} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([a-z]+\.md)\)", TEXTS[INDEX]))


def test_every_picture_is_shown_somewhere_and_made_by_a_line() -> None:
    shown = "".join(TEXTS.values())
    made = (ROOT / "screenshots" / "make.py").read_text(encoding="utf-8")
    assert [name for name in PICTURES if f"screenshots/{name})" not in shown] == []
    assert [name for name in PICTURES if f'"{name.removesuffix(".svg")}"' not in made] == []


def test_only_verbs_that_exist_are_named() -> None:
    named = {(name, verb) for name, text in TEXTS.items() for verb in re.findall(r"\bpipeboard ([a-z]{2,})\b", text)}
    ours = {verb for name, verb in named if verb in VERBS}
    assert len(ours) >= 10
    commands = {
        (name, verb)
        for name, text in TEXTS.items()
        for verb in re.findall(r"(?:`|^    |bin/)pipeboard ([a-z]+)", text, re.MULTILINE)
    }
    assert [(name, verb) for name, verb in commands if verb not in VERBS] == []


def test_the_readme_has_the_two_commands() -> None:
    # .ci/run runs them as they stand.
    assert README.count(".venv/bin/pipeboard demo") == 1
    assert README.count(".venv/bin/python -m pytest") == 1


@pytest.mark.parametrize(
    ("key", "action"),
    [
        ("L", "deal.advance"), ("H", "deal.retreat"), ("m", "deal.move_to"), ("J", "deal.lower"), ("K", "deal.raise"),
        ("w", "deal.win"), ("x", "deal.lose"), ("b", "deal.park"), ("R", "deal.reopen"), ("n", "deal.add"),
        ("i", "view.pane"), ("e", "deal.edit"), ("d", "deal.close_date"), ("t", "task.add"), ("c", "task.complete"),
        ("s", "task.snooze"), ("a", "activity.log"), ("u", "history.undo"), ("U", "history.redo"), ("q", "app.back"),
        ("slash", "view.filter"), ("ctrl+f", "deal.find"), ("colon", "app.palette"), ("question_mark", "app.help"),
    ],
)  # fmt: skip
def test_the_keys_of_the_readme_do_what_it_says(key: str, action: str) -> None:
    assert key in BY_ID[action].keys.split(",")

"""Every example of every verb's help does what it says when it is typed: in a workspace that has what it names."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from pipeboard.cli.root import root
from tests.cli.conftest import Cli

SETTING: tuple[str, ...] = (
    "owner add Boris",
    "owner add 'Anna Nowak'",
    "pipeline add Partners --template consulting",
    "pipeline add Customers --template post-sale",
    "pipeline add Cloud --template saas",
    "add 'Acme renewal $12k @anna #web next:\"send the offer\" due:fri company:Acme contact:Bob'",
    'add \'Auto leasing $40k @boris #web close:eom company:"Acme Inc" contact:"B. Smith" next:"call" due:-3d\'',
    "stage edit proposal criteria='! Value set; Next step booked'",
    "stage edit 'demo booked' probability=15",
    "view save 'Big and late' 'value>10k overdue'",
    "quota set 100k --period 2026-Q4",
    "spend add 100 --source web --on 2026-11-02",
    "product add 'Gold plan' --price 500 --code G1",
    "product add 'GTX Pro' --price 900",
    "product add 'GTX Professional'",
    "product add 'Pro GTX'",
    "product add 'MG Special'",
    "log 'acme ren' 'call out: they think'",
    "contact edit bob email=bob@acme.example",
)
BEFORE: dict[str, tuple[str, ...]] = {
    "reopen": ("lost 'acme ren' --reason price",),
    "owner add": ("owner rename 'Anna Nowak' Zoe",),
    "product add": ("product edit gold name=Old code=O1",),
    "product restore": ("product archive 'MG Special'",),
    "pipeline add": ("pipeline rename partners Resellers",),
    "redo": ("undo",),
    "task skip": ("task edit {task} --every 2w",),
    "restore": ("backup ~/pipeline-friday.db",),
    "tick": ("move 'acme ren' proposal --force",),
}
"""What has to be so before, by verb."""

NOT_HERE = {"demo --tour", "demo --deals 10000", "* * * * *", "eval"}
"""A demo has tests of its own; a line of cron and a shell's eval are no runs of the program."""


def verbs(command: click.Command, context: click.Context, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every verb with its help."""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from verbs(inner, click.Context(inner, info_name=name, parent=context), (*path, name))
    else:
        yield " ".join(path), command.help or ""


def examples() -> Iterator[tuple[str, str]]:
    """Verb and example line."""
    for verb, text in verbs(root, click.Context(root), ()):
        found = re.search(r"Examples?:\n(.*)", text, re.DOTALL)
        assert found, f"{verb} has no example"
        for line in found[1].splitlines():
            if line.strip() and not any(line.strip().removeprefix("pipeboard ").startswith(no) for no in NOT_HERE):
                yield verb, line.strip()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the database that every example begins with is made."""
    return tmp_path_factory.mktemp("examples") / "ready.db"


@pytest.fixture
def ready(cli: Cli, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Anna's command line on such a database, in a folder with the files that are named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    if not prepared.exists():
        building = prepared.with_suffix(".part")
        building.unlink(missing_ok=True)
        monkeypatch.setenv("PIPEBOARD_DB", str(building))
        cli.ok("init", "--template", "b2b", "--currency", "EUR", "--zone", "Europe/Warsaw")
        for line in SETTING:
            cli.ok(*shlex.split(line))
        building.rename(prepared)
    mine = tmp_path / "mine.db"
    shutil.copy(prepared, mine)
    monkeypatch.setenv("PIPEBOARD_DB", str(mine))
    (tmp_path / "deals.csv").write_text("Deal name,Stage\nNova,Lead\nAcme two,Lead\n")
    (tmp_path / "organizations.csv").write_text("Organization - Name\nNova\n")
    (tmp_path / "people.csv").write_text("Person - Name,Person - Organization\nJan,Nova\n")
    (tmp_path / "activities.csv").write_text("Note - Content,Note - Deal,Note - Add time\nx,auto,2026-11-02\n")
    day = "Date: Fri, 20 Nov 2026 10:00:00 +0000"
    (tmp_path / "message.eml").write_text(f"From: bob@acme.example\n{day}\nSubject: Offer\n\nOk\n")
    return cli


def ids(cli: Cli) -> dict[str, str]:
    """What the numbers of the examples stand for."""
    deal = next(one for one in cli.json("list", "--json")["deals"] if one["title"] == "Acme renewal")
    tasks = cli.json("task", "list", "--json")
    task = next(one for one in (tasks.get("tasks") or []) if one["deal_id"] == deal["id"])
    companies = {one["name"]: one["id"] for one in cli.json("company", "list", "--json")["companies"]}
    contacts = {one["name"]: one["id"] for one in cli.json("contact", "list", "--json")["contacts"]}
    return {
        "deal": str(deal["id"]),
        "task": str(task["id"]),
        "company": str(companies["Acme Inc"]),
        "contact": str(contacts["B. Smith"]),
        "quota": str(cli.json("quota", "list", "--json")["quotas"][0]["id"]),
        "spend": str(cli.json("spend", "list", "--json")["spend"][0]["id"]),
    }


def as_typed(verb: str, line: str, numbers: dict[str, str]) -> tuple[list[str], bytes]:
    """The arguments of an example and what stands on its standard input."""
    stdin = b""
    if line.startswith("pbpaste | "):
        line, stdin = line.removeprefix("pbpaste | "), b"They called back."
    line = re.split(r"\s(?:\||\|\||>|<)\s|\s{4,}\(", line)[0]
    if line.endswith("--mail -"):
        stdin = Path("message.eml").read_bytes()
    words = shlex.split(line)
    assert words[0] == "pipeboard"
    noun = verb.split()[0]
    stands_for = {"31": "task", "12": "deal", "17": noun, "3": noun if noun in ("quota", "spend") else ""}
    said = [numbers.get(stands_for.get(word, ""), word) if word.isdigit() else word for word in words[1:]]
    return [word.replace("~", str(Path.home())) for word in said], stdin


@pytest.mark.parametrize(("verb", "line"), list(examples()))
def test_it_runs_as_it_stands(ready: Cli, verb: str, line: str) -> None:
    numbers = ids(ready)
    for before in BEFORE.get(verb, ()):
        ready.ok(*shlex.split(before.format(**numbers).replace("~", str(Path.home()))))
    for there in {"init": ["mine.db"], "export": ["people.csv"]}.get(verb, []):
        Path(there).unlink()
    arguments, stdin = as_typed(verb, line, numbers)
    result: Any = ready(*arguments, stdin=stdin)
    assert result.code == (5 if "--exit-code" in arguments else 0), result
    assert "Traceback" not in result.err

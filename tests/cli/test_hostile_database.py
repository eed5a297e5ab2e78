"""Texts of customers and other programs, as the verbs print, export and log them: none acts on a terminal."""

import shlex
import shutil
from pathlib import Path

import pytest

from pipeboard.services.clock import FixedClock
from pipeboard.services.workspace import Workspace
from tests.cli.conftest import Cli
from tests.conftest import NOW, create
from tests.terminal.session import PIPEBOARD, Terminal
from tests.tui.pty.hostile import HOSTILE, poison_in
from tests.tui.pty.poisoned import poison

READING = (
    "board", "board --as-of 2026-11-01", "board --json", "list", "list --json", "list --csv", "show 1", "show 30",
    "show 60 --json", "agenda", "agenda --json", "due", "review", "review --md", "review --json", "hygiene",
    "hygiene --json", "hygiene --flush", "forecast", "forecast --json", "waterfall", "waterfall --json", "metrics",
    "metrics --page team", "metrics --page business", "metrics --page all", "metrics --json", "quota list",
    "spend list", "history", "history --json", "view list", "task list", "task list --json", "company list",
    "company show 1", "company list --json", "contact list", "contact show 1", "pipeline list", "pipeline stages",
    "pipeline list --json", "owner list", "reason list", "rate list", "rules list", "check", "doctor", "where",
    "export --format csv", "export --format md", "export --format json",
)  # fmt: skip
"""Verbs that show what is there."""

WRITING = (
    "move 3 +1", "won 4 --force", "lost 5 --reason 1", "park 6 --until 2027-01-05 --reason later",
    "task add 7 call", "log 8 said", "edit 9 value=5k", "tick 10 1", "bant 11 budget=yes", "copy 12 1",
    "undo", "redo", "task done 1", "task drop 2",
    "company merge 1 --into 2", "owner rename 2 X", "stage edit 1 name=Y", "show Ac",
    "show nobody", "move Ac 1", "edit 1 x=y",
)  # fmt: skip
"""Verbs that name what they changed, or say why they did not."""

WRONG = ("\x1b[2J", "Ac\x9b31;5mme", "Ac\u202eem")
"""What somebody may have pasted as an argument."""


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, made once."""
    path = tmp_path_factory.mktemp("poisoned") / "sales.db"
    clock = FixedClock(NOW)
    create(str(path), clock)
    poison(Workspace.open(str(path), clock, login="anna"))
    return path


@pytest.fixture
def hostile_cli(cli: Cli, sqlite_database: str, poisoned: Path) -> Cli:
    """Anna's command line over the hostile database."""
    shutil.copyfile(poisoned, sqlite_database)
    return cli


@pytest.mark.parametrize("verb", [*READING, *WRITING])
def test_what_a_verb_says_acts_on_no_terminal(hostile_cli: Cli, verb: str, tmp_path: Path) -> None:
    result = hostile_cli(*shlex.split(verb))
    said = result.out + result.err
    assert poison_in(said.encode("utf-8", "surrogateescape")) == [], verb
    assert "Traceback" not in said
    assert "should not have happened" not in said
    assert result.code in ((0, 1, 2, 3, 4) if verb in WRITING else (0, 1)), said
    logs = [path.read_bytes() for path in tmp_path.rglob("*.log")]
    assert [poison_in(log) for log in logs if poison_in(log)] == []


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("verb", ["show", "list --filter", "company show", "view save", "import", "export -o"])
def test_a_pasted_argument_acts_on_no_terminal(
    hostile_cli: Cli, verb: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = hostile_cli(*verb.split(), wrong)
    assert poison_in((result.out + result.err).encode()) == []
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", ["deals.csv", "deals.md", "deals.json", "all.json", "tasks.ics"])
def test_an_exported_file_acts_on_no_terminal(hostile_cli: Cli, tmp_path: Path, name: str) -> None:
    """Somebody will look at it with `cat`."""
    path = tmp_path / name
    hostile_cli.ok("export", "-o", str(path))
    assert poison_in(path.read_bytes()) == []
    assert path.stat().st_size > 1000


def test_on_a_terminal_too(poisoned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "sales.db"
    shutil.copyfile(poisoned, database)
    monkeypatch.setenv("PIPEBOARD_NOW", "2026-11-22T09:00:00+00:00")
    verbs = [verb for verb in READING if "--json" not in verb and "--format" not in verb]
    run = shlex.join([*PIPEBOARD, "--db", str(database)])
    script = "; ".join(f"{run} {verb}; echo end-of-$?" for verb in verbs)
    with Terminal(["sh", "-c", script], columns=160, rows=50, environ={"TERM": "dumb", "PAGER": "cat"}) as terminal:
        assert terminal.exit_code(120) == 0
    assert poison_in(bytes(terminal.raw)) == []
    assert terminal.raw.count(b"end-of-") == len(verbs)
    assert terminal.raw.count(b"end-of-1") <= 2, "check and doctor find something"
    assert terminal.raw.count(b"end-of-0") >= len(verbs) - 2
    assert b"Traceback" not in terminal.raw
    assert b"[bold]Acme[/bold]" in terminal.raw
    assert len(HOSTILE) >= 45

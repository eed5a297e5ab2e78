"""The house rules that a build failure guards: directions of imports, and what may never be written where."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "pipeboard"
MODULES = sorted(SOURCE.rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
LONGEST_FILE = 450
TEXT_WIDGETS = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Option", "OptionList", "Tabs"}
CLEANERS = {"safe", "printable", "printable_lines", "Content"}
FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}
COPIERS = {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "move", "rmtree"}


def relative(path: Path) -> str:
    """A module's path as people name it."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of the name that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr, node
            elif isinstance(function, ast.Name):
                yield function.id, node


# -- imports --------------------------------------------------------------------------------------------


def test_import_contracts_hold() -> None:
    program = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
    ]
    done = subprocess.run([*program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Contracts") :] + done.stderr
    assert "0 broken" in done.stdout


# -- files ----------------------------------------------------------------------------------------------


def test_every_folder_is_a_package() -> None:
    # A folder without __init__.py is invisible to the import checker.
    folders = {parent for path in MODULES for parent in path.parents if parent.is_relative_to(SOURCE)}
    assert [relative(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_says_what_it_is_and_is_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (ast.get_docstring(ast.parse(text)) or "").strip(), "a module without a docstring"
    assert path.stem not in VAGUE
    if "migrations/versions" not in path.as_posix():
        assert text.count("\n") <= LONGEST_FILE, "split it: nobody reads a file this long"


def test_most_files_are_a_page() -> None:
    lengths = sorted(path.read_text(encoding="utf-8").count("\n") for path in MODULES)
    assert lengths[len(lengths) // 2] <= 150


# -- text of others ---------------------------------------------------------------------------------------


def is_harmless(text: ast.expr) -> bool:
    """Whether an expression is text of our own, or went through a cleaner."""
    if isinstance(text, ast.Constant):
        return "[" not in str(text.value)
    if isinstance(text, ast.Call):
        return next((name in CLEANERS for name, call in calls(text) if call is text), False)
    if isinstance(text, ast.IfExp):
        return is_harmless(text.body) and is_harmless(text.orelse)
    return False


def is_literal(call: ast.Call) -> bool:
    """Whether a call says markup=False."""
    return any(
        k.arg == "markup" and isinstance(k.value, ast.Constant) and k.value.value is False for k in call.keywords
    )


def unclean(text: ast.expr) -> bool:
    """Whether an expression may carry a control byte to the terminal: not ours, not cleaned, not quoted by !r."""
    if isinstance(text, ast.JoinedStr):
        values = [part for part in text.values if isinstance(part, ast.FormattedValue)]
        return any(part.conversion != ord("r") and not is_harmless(part.value) for part in values)
    return not is_harmless(text)


def faults_of_text(tree: ast.AST) -> Iterator[str]:
    """Every place where somebody's text could be read as markup, or reach the terminal with its control bytes."""
    for name, call in calls(tree):
        if name == "notify":
            message = call.args[0] if call.args else None
            if not is_literal(call) and not (message is not None and isinstance(message, ast.Constant)):
                yield f"line {call.lineno}: notify() without markup=False"
            if message is not None and unclean(message):
                yield f"line {call.lineno}: notify() of text that went through neither safe() nor printable()"
        elif name in TEXT_WIDGETS and call.args and not is_harmless(call.args[0]):
            yield f"line {call.lineno}: {name}() of text that did not go through safe()"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or is_harmless(node.value):
            continue
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in {"border_title", "border_subtitle", "tooltip"}:
                yield f"line {target.lineno}: {target.attr} of text that did not go through safe()"


@pytest.mark.parametrize("path", sorted((SOURCE / "tui").rglob("*.py")), ids=relative)
def test_no_text_of_others_reaches_a_widget_as_markup(path: Path) -> None:
    assert list(faults_of_text(tree_of(path))) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(deal.title)",
        "Label(f'{deal.title}')",
        "self.notify(f'{deal.title} moved', markup=False)",
        "self.notify(str(error))",
        "Static('[bold]x[/]')",
        "self.border_title = deal.title",
        "Option(name)",
    ],
)
def test_the_rule_for_text_sees(line: str) -> None:
    assert list(faults_of_text(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Static(safe(deal.title))",
        "self.notify(printable(str(error)), markup=False)",
        "self.notify(f'no editor {command!r}', markup=False)",
        "self.notify('done')",
        "Static()",
    ],
)
def test_the_rule_for_text_allows(line: str) -> None:
    assert list(faults_of_text(ast.parse(line))) == []


# -- the database file --------------------------------------------------------------------------------------


def faults_of_files(tree: ast.AST) -> Iterator[str]:
    """Every plain opening or copying of a file. Closing such a handle drops the locks of the database behind
    SQLite's back (RELIABILITY.md 2b): databases are created, copied and restored through SQLite alone."""
    for name, call in calls(tree):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        owner_name = owner.id if isinstance(owner, ast.Name) else ""
        if name == "open" and owner is None:
            yield f"line {call.lineno}: open()"
        elif name == "open" and owner_name == "os":
            if "O_EXCL" not in ast.unparse(call) and not any(isinstance(a, ast.Name) for a in call.args[1:2]):
                yield f"line {call.lineno}: os.open() of a file that may be a database"
        elif name in FILE_METHODS or (owner_name == "shutil" and name in COPIERS):
            yield f"line {call.lineno}: {name}()"


ALLOWED_OPENINGS = {"places.py": "mountinfo", "backup.py": "(never the live database)"}
"""Files that open something else than a database, with the words in which they say so."""


@pytest.mark.parametrize("path", sorted((SOURCE / "storage").rglob("*.py")), ids=relative)
def test_storage_never_opens_a_database_file_itself(path: Path) -> None:
    faults = list(faults_of_files(tree_of(path)))
    if reason := ALLOWED_OPENINGS.get(path.name):
        assert reason in path.read_text(encoding="utf-8")
        assert len(faults) <= 1
    else:
        assert faults == []


@pytest.mark.parametrize(
    "line", ["open(path)", "Path(path).read_bytes()", "shutil.copyfile(a, b)", "os.open(p, os.O_RDWR)"]
)
def test_the_rule_for_files_sees(line: str) -> None:
    assert list(faults_of_files(ast.parse(line)))


# -- what no file may name ------------------------------------------------------------------------------------

HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "deb.debian" + ".org", "registry.npmjs" + ".org", "index" + "-url")
PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/home" + "/runner")


def project_files() -> list[Path]:
    """Every file that belongs to the project: what git knows, or in a plain copy everything that is not hidden."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.splitlines()]
    places = [ROOT / ".ci", *(path for path in ROOT.iterdir() if not path.name.startswith("."))]
    return [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    texts = {path: path.read_bytes().decode("utf-8", errors="ignore") for path in project_files() if path.is_file()}
    assert ROOT / "pyproject.toml" in texts
    assert [(relative(path), word) for path, text in texts.items() for word in (*HOSTS, *PLACES) if word in text] == []

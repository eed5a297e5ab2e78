"""Writes the pages that repeat what the program knows: keys.md, cli.md and settings.md.

`python docs/make.py` writes them, `--check` says which are stale (exit 1).
"""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

FOLDER = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/make.py; change the program instead. -->\n\n"
WHERE = {"anywhere": "everywhere", "board": "board", "deal": "deal", "figures": "metrics", "agenda": "agenda"}


def code(text: str) -> str:
    """Text as code in a Markdown table: a bar would end the cell, a backtick the code."""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}".replace("|", "\\|")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# -- keys -----------------------------------------------------------------------------------------------


def keys_page() -> str:
    """Every action with its keys, from the registry."""
    from pipeboard.tui.actions import ACTIONS, key_words

    parts = [
        f"{NOTE}# Keys\n\nEvery key can be changed in the [configuration](settings.md) by the id of its action. "
        "`?` in the program lists those of the screen on show; `:` runs any action by name.\n"
    ]
    for group, actions in groupby(sorted(ACTIONS, key=lambda a: _group_place(a.group)), key=lambda a: a.group):
        rows = (
            (
                " ".join(code(key_words(key)) for key in action.keys.split(",") if key) or "by name",
                action.help,
                ", ".join(WHERE.get(context, context) for context in action.contexts),
                code(action.id),
            )
            for action in actions
        )
        parts.append(f"\n## {group}\n\n{table(('key', 'what it does', 'where', 'id'), rows)}")
    return "".join(parts)


def _group_place(group: str) -> int:
    from pipeboard.tui.actions import ACTIONS

    return [action.group for action in ACTIONS].index(group)


# -- command line ---------------------------------------------------------------------------------------


def cli_page() -> str:
    """Every verb with its arguments and options, from the command line itself."""
    from pipeboard.cli.root import VERBS, root

    parts = [f"{NOTE}# Command line\n\n{_prose(root)}\n{_options(root)}"]
    parts += [_verb(f"pipeboard {name}", verb) for name in VERBS if (verb := _command(root, name))]
    return "".join(parts)


def _command(group: click.Group, name: str) -> click.Command | None:
    return group.get_command(click.Context(group), name)


def _verb(name: str, verb: click.Command) -> str:
    arguments = " ".join(_argument(p) for p in verb.params if isinstance(p, click.Argument))
    page = f"\n## `{f'{name} {arguments}'.strip()}`\n\n{_prose(verb)}{_options(verb)}"
    if isinstance(verb, click.Group):
        inner = (command for part in verb.list_commands(click.Context(verb)) if (command := _command(verb, part)))
        page += "".join(_verb(f"{name} {command.name}", command) for command in inner).replace("\n## ", "\n### ")
    return page


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    if isinstance(argument.type, click.Choice) and not argument.metavar:
        name = "|".join(str(choice) for choice in argument.type.choices)
    return f"{name if argument.required else f'[{name}]'}{'...' if argument.nargs == -1 else ''}"


def _prose(command: click.Command) -> str:
    """The words of a command; what it keeps as it is (after a backspace sign) becomes code."""
    blocks = []
    for block in inspect.cleandoc(command.help or "").split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines[0].strip() in ("\b", "\\b"):
            title, rest = lines[1], "\n".join(lines[2:])
            kept = f"{title}\n\n" if title.endswith(":") else ""
            body = rest if kept else "\n".join(lines[1:])
            blocks.append(f"{kept}```\n{textwrap.dedent(body)}\n```\n")
        else:
            blocks.append("\n".join(line.strip() for line in lines) + "\n")
    return "\n".join(blocks)


def _options(command: click.Command) -> str:
    rows = [
        (code(f"{', '.join(option.opts)} {_value(option)}".strip()), option.help or "")
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    return f"\n{table(('option', ''), rows)}" if rows else ""


def _value(option: click.Option) -> str:
    if option.is_flag or option.count:
        return ""
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "|".join(str(choice) for choice in option.type.choices)
    return option.type.name.split()[0].upper()


# -- settings -------------------------------------------------------------------------------------------


def settings_page() -> str:
    """Every setting with its default, from the docstrings under the fields."""
    from pipeboard.config.settings import Settings

    rows = (
        (code(name), _default(Settings._field_defaults[name]), words.replace("|", "\\|"))
        for name, words in documented_fields(Settings)
        if name != "problems"
    )
    return (
        f"{NOTE}# Settings\n\nA TOML file; `pipeboard where` says which, and `pipeboard config check` what in it "
        "cannot be used and what holds in the end. Everything has a default, so there need not be one.\n\n"
        f"{table(('setting', 'default', 'what it does'), rows)}\n"
        '```toml\ntheme = "pipeboard-light"\ndensity = 2\n\n[keymap]\n"deal.win" = "w,f5"\n```\n\n'
        "From the environment: `PIPEBOARD_DB`, `PIPEBOARD_USER` and `PIPEBOARD_ZONE` go over the file; `PIPEBOARD_NOW` "
        "fixes the clock of a run, for scripts and tests.\n"
    )


def documented_fields(kind: type) -> Iterator[tuple[str, str]]:
    """The fields of a class with the docstring under each, in one line."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    for field, words in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            is_documented = isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
            yield field.target.id, " ".join(str(words.value.value).split()) if is_documented else ""  # type: ignore[attr-defined]


def _default(value: object) -> str:
    return code(f'"{value}"' if isinstance(value, str) else str(value)) if value not in (None, "", {}, ()) else ""


PAGES: dict[str, Callable[[], str]] = {"keys.md": keys_page, "cli.md": cli_page, "settings.md": settings_page}


def main(arguments: list[str]) -> int:
    """Write or check the pages; the exit code."""
    is_check = "--check" in arguments
    made = {FOLDER / name: page() for name, page in PAGES.items()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{'stale' if is_check else 'wrote'}: docs/{path.name}", file=sys.stderr if is_check else sys.stdout)
        if not is_check:
            path.write_text(made[path], encoding="utf-8")
    if is_check and stale:
        print("`python docs/make.py` writes them anew.", file=sys.stderr)
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

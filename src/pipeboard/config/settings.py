"""What a person may set: a TOML file under the environment, every value checked, nothing ignored in silence."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.config.locations import config_file, default_database
from pipeboard.domain.errors import InvalidInput

if TYPE_CHECKING:
    from pipeboard.domain.rules import Rule
    from pipeboard.domain.scoring import ScoreRule

if TYPE_CHECKING:
    from pipeboard.domain.reminding import QuietHours

GLYPHS = ("unicode", "ascii")
DENSITIES = (1, 2, 3, 4)
PRESETS = ("vim", "arrows")
LAYOUTS = ("ru", "uk", "el", "pl")
NOTIFY = ("auto", "bell", "off")
CARD_PARTS = (
    "title", "company", "owner", "next", "close", "value", "weighted", "days", "idle", "probability", "signs", "bant",
)  # fmt: skip
STARTS = ("board", "agenda", "list")
SUGGESTIONS = ("close_date", "proposal", "notes", "silent", "rotting", "given_up")


class Settings(NamedTuple):
    """The settings of one run, after file and environment. A setting's doc string is its documentation."""

    database: str = ""
    """Path of the SQLite file or a postgresql:// address. Over it: PIPEBOARD_DB, and over that `--db`."""

    theme: str = "auto"
    """Name of a theme; "auto" chooses by what the terminal can show."""

    glyphs: str = "unicode"
    """Set of signs: "unicode", or "ascii" for terminals that have no others (then € is E and £ is L)."""

    density: int = 3
    """Lines of a card, from 1 to 4."""

    card: tuple[tuple[str, ...], ...] = ()
    """Lines of a card, at most four, each of the parts title, company, owner, next, close (at the left), value,
    weighted, days, idle, probability, signs, bant (at the right): `["title signs", "company value", "next days"]`. Left
    out, the lines that Pipeboard thinks best at each size. `density` says how many of them are shown."""

    keymap: Mapping[str, str] = {}
    """Keys by action id, as `pipeboard keys` lists them: `"deal.win" = "w"`. Several keys: "w,f5"."""

    preset: str = "vim"
    """Keys to begin with: "vim" moves by h j k l and arrows, "arrows" by arrows alone and leaves the letters free."""

    layouts: Sequence[str] = ()
    """Other keyboard layouts whose keys work too, by their place: any of "ru", "uk", "el" and "pl", as `["ru"]`."""

    dayfirst: bool | None = None
    """Whether 03/04/2025 in a file to import is 3 April; left out, Pipeboard asks when it cannot tell."""

    login: str = ""
    """Who you are in a shared database. Over it: PIPEBOARD_USER; without both, the name you log in with."""

    person: str = ""
    """The name colleagues see for that login; without it, the full name that the system knows."""

    zone: str | None = None
    """IANA time zone that rules what a day is, instead of the workspace's. Over it: PIPEBOARD_ZONE."""

    reminders: bool = True
    """Whether a task with a time is told of when that comes, while the board is open."""

    notify: str = "auto"
    """How a terminal that is not in front tells of a reminder: "auto" (its own way, and the bell), "bell" or "off"."""

    notify_command: tuple[str, ...] = ()
    """A command for reminders, run without a shell instead of the bell: `["notify-send", "{title}", "{text}"]`."""

    quiet_hours: str = ""
    """Hours without reminders, such as "20:00-08:00"; what came due in them is told together afterwards."""

    templates: Mapping[str, str] = {}
    """Texts to log by name, offered with Ctrl+T where an activity is logged: `"First call" = "call out: Budget?"`."""

    rule: "tuple[Rule, ...]" = ()
    """What is done by itself when something happens to a deal, each under a `[[rule]]` of its own (docs/rules.md)."""

    start: str = "board"
    """What the program starts with: "board", "agenda" or "list"."""

    suggestions: tuple[str, ...] = SUGGESTIONS
    """Which tasks the agenda suggests, of close_date, proposal, notes, silent, rotting and given_up; `[]` for none."""

    silent_days: int = 10
    """After how many days without a sign of life the agenda suggests to get back in touch, from 1 to 365."""

    score: "tuple[ScoreRule, ...]" = ()
    """What makes a deal promising besides BANT, each under a `[[score]]` of its own: `if` a filter, `points`, `name`
    (docs/scoring.md)."""

    problems: tuple[str, ...] = ()
    """What in the file could not be used, in words; not to be set."""


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this run. What the file has wrong is in `problems`; the rest of it is used."""
    values, problems = _from_file(config_file(environ))
    settings = Settings(**values)._replace(problems=tuple(problems))
    login = environ.get("PIPEBOARD_USER") or settings.login or _system_login(environ)
    named_by_system = not environ.get("PIPEBOARD_USER") and not settings.login
    return settings._replace(
        database=environ.get("PIPEBOARD_DB") or settings.database or str(default_database(environ)),
        zone=environ.get("PIPEBOARD_ZONE") or settings.zone,
        login=login,
        person=settings.person or (_system_person() if named_by_system else "") or login,
    )


def _from_file(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The usable values of the file, and a sentence for each of the others."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"{path} cannot be read: {(error.strerror or str(error)).lower()}."]
    import tomllib

    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{path} is no valid TOML: {error}."]
    values: dict[str, Any] = {}
    problems = []
    for name, value in table.items():
        if name == "rule":
            from pipeboard.domain.rules import read_rules

            values["rule"], wrong = read_rules(value)
            problems += [f"{path}: {problem}" for problem in wrong]
            continue
        if name == "score":
            from pipeboard.domain.scoring import read_score_rules

            values["score"], wrong = read_score_rules(value)
            problems += [f"{path}: {problem}" for problem in wrong]
            continue
        try:
            values[name] = _checked(name, value)
        except InvalidInput as error:
            problems.append(f"{path}: {error}")
    return values, problems


def _checked(name: str, value: Any) -> Any:
    rule = _RULES.get(name)
    if rule is None:
        from difflib import get_close_matches

        near = get_close_matches(name, _RULES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"settings are {', '.join(_RULES)}."
        raise InvalidInput(f"there is no setting {name!r}; {hint}")
    return rule(name, value)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"{name} must be a text in quotes, not {value!r}.")
    return value


def _one_of(choices: tuple[Any, ...]) -> Callable[[str, Any], Any]:
    def rule(name: str, value: Any) -> Any:
        if isinstance(value, bool) or value not in choices:
            raise InvalidInput(f"{name} is {value!r}; it can be {', '.join(map(str, choices))}.")
        return value

    return rule


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidInput(f"{name} must be true or false, not {value!r}.")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
        raise InvalidInput(f'{name} must be a list of texts, for example ["notify-send", "{{title}}", "{{text}}"].')
    return tuple(value)


def _some_of(choices: tuple[str, ...]) -> Callable[[str, Any], Any]:
    def rule(name: str, value: Any) -> Any:
        if not isinstance(value, list) or any(one not in choices for one in value):
            raise InvalidInput(f"{name} is {value!r}; it is a list of some of {', '.join(choices)}.")
        return tuple(value)

    return rule


def _hours(name: str, value: Any) -> str:
    if value and quiet_hours(_text(name, value)) is None:
        raise InvalidInput(f'{name} is {value!r}; write it as "20:00-08:00".')
    return str(value)


def quiet_hours(text: str) -> "QuietHours | None":
    """The hours that a setting names; None when it names none."""
    from datetime import time

    from pipeboard.domain.reminding import QuietHours

    try:
        start, end = (time.fromisoformat(part.strip().rjust(5, "0")) for part in text.split("-"))
    except ValueError:
        return None
    return QuietHours(start, end)


def _layouts(name: str, value: Any) -> tuple[str, ...]:
    """Names of layouts; one alone may stand without brackets."""
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or any(one not in LAYOUTS for one in names):
        raise InvalidInput(f'{name} is {value!r}; it is a list of {", ".join(LAYOUTS)}, for example ["ru"].')
    return tuple(names)


def _keys(name: str, value: Any) -> dict[str, str]:
    """Keys by action id. TOML reads an unquoted `deal.win` as a table in a table; it means the same."""
    if not isinstance(value, dict):
        raise InvalidInput(f'{name} must be a table of action ids and keys, for example "deal.win" = "w".')
    keys: dict[str, str] = {}
    for action, entry in value.items():
        if isinstance(entry, dict):
            keys |= {f"{action}.{rest}": key for rest, key in _keys(name, entry).items()}
        elif isinstance(entry, str):
            keys[action] = entry
        else:
            raise InvalidInput(f"{name}: the key of {action!r} must be a text in quotes, not {entry!r}.")
    return keys


def _named_texts(name: str, value: Any) -> dict[str, str]:
    """Texts by name."""
    if not isinstance(value, dict) or not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise InvalidInput(
            f'{name} must be a table of names and texts, for example "First call" = "call out: Budget?".'
        )
    return dict(value)


def _days(name: str, value: Any) -> int:
    """A number of days."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 365:
        raise InvalidInput(f"{name} must be a number of days from 1 to 365, for example {name} = 10.")
    return value


def _card_lines(name: str, value: Any) -> tuple[tuple[str, ...], ...]:
    """Lines of parts, each part known by its name."""
    example = f'for example {name} = ["title signs", "company value", "next days"]'
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise InvalidInput(f"{name} must be a list of texts in quotes, {example}.")
    if not 1 <= len(value) <= DENSITIES[-1] or not all(line.split() for line in value):
        raise InvalidInput(f"{name} has one to four lines, none of them empty, {example}.")
    for part in " ".join(value).split():
        if part not in CARD_PARTS:
            from difflib import get_close_matches

            near = get_close_matches(part, CARD_PARTS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"parts are {', '.join(CARD_PARTS)}."
            raise InvalidInput(f"{name}: there is no part {part!r}; {hint}")
    return tuple(tuple(line.split()) for line in value)


_RULES: dict[str, Callable[[str, Any], Any]] = {
    "database": _text,
    "theme": _text,
    "glyphs": _one_of(GLYPHS),
    "density": _one_of(DENSITIES),
    "card": _card_lines,
    "keymap": _keys,
    "preset": _one_of(PRESETS),
    "layouts": _layouts,
    "dayfirst": _flag,
    "login": _text,
    "person": _text,
    "zone": _text,
    "reminders": _flag,
    "start": _one_of(STARTS),
    "suggestions": _some_of(SUGGESTIONS),
    "silent_days": _days,
    "notify": _one_of(NOTIFY),
    "notify_command": _texts,
    "quiet_hours": _hours,
    "templates": _named_texts,
}


def _system_login(environ: Mapping[str, str]) -> str:
    """The name the person logged in with, as `getpass.getuser` finds it, without importing termios."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if environ.get(variable):
            return environ[variable]
    entry = _password_entry()
    return entry[0] if entry else "me"


def _system_person() -> str:
    """The full name that the system has for this account; empty where it has none."""
    entry = _password_entry()
    return entry[1].partition(",")[0].strip() if entry else ""


def _password_entry() -> tuple[str, str] | None:
    try:
        import pwd

        found = pwd.getpwuid(os.getuid())
    except (ImportError, KeyError, AttributeError):
        return None
    return found.pw_name, found.pw_gecos

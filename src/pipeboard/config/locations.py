"""Where Pipeboard keeps its files: by the XDG rules on Linux and BSD, by platformdirs elsewhere.

platformdirs answers the same on Linux but takes longer to import than the whole command line parser; it is
asked where its answer is not three environment variables.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "state": ("XDG_STATE_HOME", ".local/state"),
}
DATABASE_NAME = "pipeboard.db"


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the default database."""
    return _folder("data", environ)


def config_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the configuration file."""
    return _folder("config", environ)


def state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the log and of where the cursor stood."""
    return _folder("state", environ)


def default_database(environ: Mapping[str, str] = os.environ) -> Path:
    """The database that is meant when none is named."""
    return data_dir(environ) / DATABASE_NAME


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The configuration file, whether it exists or not. PIPEBOARD_CONFIG names another one."""
    named = environ.get("PIPEBOARD_CONFIG")
    return Path(named).expanduser() if named else config_dir(environ) / "config.toml"


def log_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Where unexpected errors are written."""
    return state_dir(environ) / "pipeboard.log"


def make_private(folder: Path) -> Path:
    """The folder, made if it is not there; a new one can be entered by its owner alone."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _folder(kind: str, environ: Mapping[str, str]) -> Path:
    if sys.platform in ("darwin", "win32"):
        return _by_platform(kind)
    variable, below_home = _XDG[kind]
    base = environ.get(variable, "")
    # The XDG specification: a path that is not absolute is to be ignored.
    root = Path(base) if os.path.isabs(base) else Path(environ.get("HOME") or os.path.expanduser("~")) / below_home
    return root / "pipeboard"


def _by_platform(kind: str) -> Path:
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("pipeboard", appauthor=False)
    return {"data": dirs.user_data_path, "config": dirs.user_config_path, "state": dirs.user_state_path}[kind]


def from_home(folder: Path) -> str:
    """A folder as people write it: with ~ for their own."""
    home = Path.home().resolve()
    return str(Path("~", folder.relative_to(home))) if folder.is_relative_to(home) else str(folder)

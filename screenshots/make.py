"""Makes the pictures of the README from the real program: fixed clock, fixed seed, fixed zone, demo data.

`python screenshots/make.py` writes them, `--check` says which are stale (exit 1), names make only those.
"""

import asyncio
import html
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
FIXED = {
    "PIPEBOARD_NOW": "2026-11-22T09:00:00+00:00",
    "TZ": "UTC",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TEXTUAL_ANIMATIONS": "none",
    "LANG": "C.UTF-8",
}


class Picture(NamedTuple):
    """A picture: its file, the size of the terminal, and the keys pressed before it is taken."""

    name: str
    columns: int
    rows: int
    keys: tuple[str, ...] = ()


PICTURES = (
    Picture("board-160x45", 160, 45),
    Picture("board-80x24", 80, 24),
    Picture("board-pane-160x45", 160, 45, ("l", "l", "i")),
    Picture("deal-80x24", 80, 24, ("l", "l", "enter")),
    Picture("agenda-160x45", 160, 45, ("g", "t")),
    Picture("list-160x45", 160, 45, ("g", "l")),
    Picture("metrics-160x45", 160, 45, ("g", "m")),
    Picture("help-80x24", 80, 24, ("question_mark",)),
    Picture("quick-add-80x24", 80, 24, ("n", *"Acme renewal $12k @anna #web 40% close:eom")),
)

_KEY_NAMES = {" ": "space", "$": "dollar_sign", "@": "at", "#": "number_sign", "%": "percent_sign", ":": "colon"}


def prepared(home: str) -> None:
    """Let nothing of this machine or person into the pictures."""
    for name in [name for name in os.environ if name.startswith("PIPEBOARD_")]:
        del os.environ[name]
    os.environ.pop("NO_COLOR", None)
    os.environ.update(FIXED, HOME=home, **{f"XDG_{kind}_HOME": home for kind in ("DATA", "CONFIG", "STATE", "CACHE")})


async def drawn(picture: Picture, database: str) -> str:
    """The picture as SVG."""
    from pipeboard.config.settings import Settings
    from pipeboard.services.clock import clock_from
    from pipeboard.services.workspace import Workspace
    from pipeboard.tui.app import PipeboardApp

    settings = Settings(database=database, theme="pipeboard-dark", login="anna", person="Anna Nowak")
    workspace = Workspace.open(database, clock_from(), login="anna", person="Anna Nowak")
    try:
        app = PipeboardApp(workspace, settings, is_demo=True)
        async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            for key in picture.keys:
                await pilot.press(_KEY_NAMES.get(key, key))
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
            return tidied(app.export_screenshot(simplify=True))
    finally:
        workspace.close()


def tidied(svg: str) -> str:
    """Without fonts from elsewhere, and with every text as wide as its cells: wide characters take two."""
    from rich.cells import cell_len

    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)

    def widened(found: re.Match[str]) -> str:
        attributes, body = found.groups()
        text = html.unescape(body)
        length = re.search(r'textLength="([\d.]+)"', attributes)
        if length is None or not text or cell_len(text) == len(text):
            return found[0]
        width = float(length[1]) / len(text) * cell_len(text)
        corrected = attributes.replace(length[0], f'textLength="{width:.1f}"')
        return f"<text{corrected}>{body}</text>"

    return re.sub(r"<text([^>]*)>([^<]*)</text>", widened, svg).rstrip() + "\n"


def make(pictures: tuple[Picture, ...]) -> dict[Path, str]:
    """The pictures by the files they belong in."""
    with tempfile.TemporaryDirectory() as home:
        prepared(home)
        from pipeboard.cli.demo_start import fill
        from pipeboard.config.settings import Settings
        from pipeboard.services.demo import DemoSize

        database = str(Path(home, "demo.db"))
        fill(Settings(database=database, login="anna", person="Anna Nowak", zone="UTC"), DemoSize())
        return {FOLDER / f"{one.name}.svg": asyncio.run(drawn(one, database)) for one in pictures}


def main(arguments: list[str]) -> int:
    """Write or check the pictures; the exit code."""
    is_check = "--check" in arguments
    wanted = [name for name in arguments if not name.startswith("-")]
    made = make(tuple(one for one in PICTURES if not wanted or one.name in wanted))
    stale = [path for path, svg in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != svg]
    for path in stale:
        print(f"{'stale' if is_check else 'wrote'}: {path.name}", file=sys.stderr if is_check else sys.stdout)
        if not is_check:
            path.write_text(made[path], encoding="utf-8")
    if is_check and stale:
        print("`python screenshots/make.py` makes them anew.", file=sys.stderr)
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

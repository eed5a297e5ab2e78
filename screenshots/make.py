"""Makes the pictures of README and docs from the real program: fixed clock, fixed seed, fixed zone, demo data.

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
    """A picture: its file, the size of the terminal, the keys pressed before it is taken, and the theme."""

    name: str
    columns: int
    rows: int
    keys: tuple[str, ...] = ()
    theme: str = "pipeboard-dark"


PICTURES = (
    Picture("board-160x45", 160, 45),
    Picture("board-80x24", 80, 24),
    Picture("board-light-160x45", 160, 45, theme="pipeboard-light"),
    Picture("board-pane-160x45", 160, 45, ("l", "l", "j", "i")),
    Picture("as-of-160x45", 160, 45, ("T", *"-60d", "enter")),
    Picture("deal-160x45", 160, 45, ("l", "l", "j", "enter")),
    Picture("form-160x45", 160, 45, ("N", *"Rollout of phase two", *("tab",) * 3, *"Water")),
    Picture("agenda-160x45", 160, 45, ("g", "t")),
    Picture("agenda-week-160x45", 160, 45, ("g", "t", "v", "v", "]")),
    Picture("list-160x45", 160, 45, ("g", "l")),
    Picture("companies-160x45", 160, 45, ("g", "c")),
    Picture("metrics-160x45", 160, 45, ("g", "m")),
    Picture("stages-160x45", 160, 45, ("g", "m", "2")),
    Picture("forecast-160x45", 160, 45, ("g", "f")),
    Picture("waterfall-160x45", 160, 45, ("g", "w", "j")),
    Picture("review-160x45", 160, 45, ("g", "r")),
    Picture("hygiene-160x45", 160, 45, ("g", "s")),
    Picture("history-160x45", 160, 45, ("g", "h")),
    Picture("import-160x45", 160, 45, ("g", "i", *"deals.csv", "enter")),
    Picture("pipelines-160x45", 160, 45, ("g", "p")),
    Picture("help-80x24", 80, 24, ("question_mark",)),
    Picture("quick-add-80x24", 80, 24, ("n", *"Acme renewal $12k @anna #web 40% close:eom")),
)

_KEY_NAMES = {
    " ": "space",
    "$": "dollar_sign",
    "@": "at",
    "#": "number_sign",
    "%": "percent_sign",
    ":": "colon",
    "-": "minus",
    ".": "full_stop",
}

SAMPLE = """Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Currency,Deal - Stage,Deal - Owner,\
Deal - Expected close date
901,Harbour cranes,Harbour Works,"18,400.00",EUR,Qualified,Anna Nowak,2026-12-18
902,Sterling migration,Sterling Group,"9,750.00",EUR,Demo held,Boris Petrov,2027-01-29
903,Yarrow seats,Yarrow Media,"4,200.00",USD,Contacted,Chen Wei,2026-12-04
904,Ironwood renewal,Ironwood GmbH,"31,000.00",EUR,Negotiation,Anna Nowak,31/02/2027
905,Quillon pilot,Quillon Labs,,EUR,Lead,Dora Lang,
"""
"""A file to import, as another tool writes it: one stage is not ours, one day does not exist."""


def prepared(home: str) -> None:
    """Let nothing of this machine or person into the pictures."""
    for name in [name for name in os.environ if name.startswith("PIPEBOARD_")]:
        del os.environ[name]
    os.environ.pop("NO_COLOR", None)
    os.environ.update(FIXED, HOME=home, **{f"XDG_{kind}_HOME": home for kind in ("DATA", "CONFIG", "STATE", "CACHE")})


_WIDE = "\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uff00-\uff60"
_RIGHT = "\u0590-\u08ff"
_RUNS = re.compile(f"[{_WIDE}]+|[{_RIGHT}]+(?:[ \u00a0][{_RIGHT}]+)*|[^{_WIDE}{_RIGHT}]+")


async def drawn(picture: Picture, database: str) -> str:
    """The picture as SVG."""
    from pipeboard.config.settings import Settings
    from pipeboard.services.clock import clock_from
    from pipeboard.services.workspace import Workspace
    from pipeboard.tui.app import PipeboardApp

    settings = Settings(database=database, theme=picture.theme, login="anna", person="Anna Nowak")
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
    """Without fonts from elsewhere, and with every text in its cells: wide characters take two."""
    from rich.cells import cell_len

    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)

    def placed(found: re.Match[str]) -> str:
        attributes, body = found.groups()
        text = html.unescape(body)
        left, length = (re.search(rf'\b{name}="([\d.]+)"', attributes) for name in ("x", "textLength"))
        if left is None or length is None:
            return found[0]
        runs = _RUNS.findall(text)
        if len(runs) == 1 and cell_len(text) == len(text):
            return found[0]
        cell, x, parts = float(length[1]) / len(text), float(left[1]), []
        for run in runs:
            width = cell * cell_len(run)
            here = attributes.replace(left[0], f'x="{x:.1f}"').replace(length[0], f'textLength="{width:.1f}"')
            parts.append(f"<text{here}>{html.escape(run)}</text>")
            x += width
        return "".join(parts)

    return re.sub(r"<text([^>]*)>([^<]*)</text>", placed, svg).rstrip() + "\n"


def make(pictures: tuple[Picture, ...]) -> dict[Path, str]:
    """The pictures by the files they belong in."""
    with tempfile.TemporaryDirectory() as home:
        prepared(home)
        from pipeboard.cli.demo_start import fill
        from pipeboard.config.settings import Settings
        from pipeboard.services.demo import DemoSize

        os.chdir(home)
        Path("deals.csv").write_text(SAMPLE, encoding="utf-8")
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

"""Writing the deals that a screen shows into a file: a table, a workbook, or lines to read."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeboard.config.locations import from_home
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable
from pipeboard.services.listing import DealFilter
from pipeboard.tui.dialogs.echo import Echo, problem, told
from pipeboard.tui.text.deal_context import counted

if TYPE_CHECKING:
    from datetime import datetime

    from pipeboard.domain.board import Overview
    from pipeboard.tui.app import PipeboardApp

_ENDS = (".csv", ".xlsx", ".md", ".ics")


class TakingOut:
    """Mixed into the screens that show a pipeline under a filter."""

    if TYPE_CHECKING:
        overview: Overview

        @property
        def app(self) -> PipeboardApp: ...

        @property
        def filter_text(self) -> str: ...

        def _now(self) -> datetime: ...

    def action_export(self) -> None:
        """Ask for a file, and write the deals of the pipeline that the filter leaves into it."""
        from pipeboard.tui.dialogs.ask_line import AskLine

        app, asked = self.app, DealFilter(self.filter_text, pipeline=self.overview.pipeline.name)
        what = "filtered deals" if asked.text else "all deals"
        stem = "-".join(self.overview.pipeline.name.lower().split())
        name = "".join(letter for letter in stem if letter.isalnum() or letter in "-_") or "deals"
        offered = f"{name}-{self._now():%Y-%m-%d}.csv"

        def answered(text: str | None) -> None:
            if text:
                app.run_guarded(_write(app, path_of(text), asked), "take-out")

        dialog = AskLine(
            f"Write {what} to",
            value=offered,
            describe=described,
            suggestions=[offered.replace(".csv", end) for end in _ENDS],
            is_selected=True,
            enter="write",
        )
        app.ask(dialog, answered)


def path_of(text: str) -> Path:
    """The file that is meant by a typed path, which may begin with ~."""
    return Path(text.strip().strip("'\"")).expanduser()


def described(text: str) -> Echo:
    """What would be written where; a name that cannot be used is told."""
    from pipeboard.services.transfer.formats import format_named

    if not text.strip():
        return problem("a name that ends in .csv, .xlsx, .md or .ics", "faint")
    path = path_of(text)
    try:
        one = format_named("", str(path))
    except PipeboardError as error:
        return problem(str(error), "overdue")
    if one.is_whole:
        return problem(
            "everything goes out by `pipeboard export -o all.json`; here .csv, .xlsx, .md or .ics", "overdue"
        )
    if path.exists():
        return problem("there is such a file already; name another one", "overdue")
    if not path.absolute().parent.is_dir():
        return problem("there is no such folder", "overdue")
    return told(f"{one.what}, into {printable(from_home(path.absolute().parent))}", "won")


async def _write(app: "PipeboardApp", path: Path, asked: DealFilter) -> None:
    from pipeboard.services.transfer import formats

    def work() -> tuple[int, str]:
        one = formats.format_named("", str(path))
        with formats.new_file(path, is_replacing=False) as file:
            return formats.write(one, app.workspace, asked, file), one.noun

    count, noun = await app.read("take-out", work)
    app.say(f"{counted(count, noun)} written to {printable(from_home(path.absolute()))}", "won")

"""An import before it happens: what was understood of a file, what is to be decided, what would come of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.screen import Screen

from pipeboard.config.locations import from_home
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable
from pipeboard.services.transfer.bringing import Brought, ImportRequest, bring_in
from pipeboard.services.transfer.incoming import CALENDAR, DEALS
from pipeboard.services.transfer.plans import ImportTarget, UnclearColumns
from pipeboard.tui.actions import IMPORT
from pipeboard.tui.bindings import first_key
from pipeboard.tui.import_asking import ImportAsking
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
from pipeboard.tui.text.import_lines import ImportKeys, ImportSheet
from pipeboard.tui.text.import_preview import Preview, preview_of
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.import_pane import ImportPane
from pipeboard.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp

_HINTS = (
    ("import.run", "import", 1),
    ("import.stages", "stages", 2),
    ("import.columns", "columns", 3),
    ("import.dates", "dates", 3),
    ("import.kind", "what", 4),
    ("import.pipeline", "pipeline", 4),
    ("import.mode", "new, known", 5),
    ("import.rejects", "refused", 5),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)
_OF_DEALS_ONLY = ("import.stages", "import.pipeline")
_IDLE: dict[str, tuple[str, ...]] = {
    DEALS: (),
    CALENDAR: ("import.stages", "import.columns", "import.dates", "import.kind", "import.mode", "import.rejects"),
}
_TICK = 0.2
_SMALL = 1_000_000


class _Stopped(Exception):
    """The person does not want this to go on."""


def _with_preview(brought: Brought) -> tuple[Brought, Preview]:
    """What came of a file, and what there is to see of it: made beside the loop, for a file may be large."""
    return brought, preview_of(brought)


class ImportScreen(ImportAsking, Screen[int | None]):
    """Reads a file, shows what it understood, imports it when that is right; answers with the action that did it."""

    CONTEXT = IMPORT
    DEFAULT_CSS = """
    ImportScreen { background: $background; }
    ImportScreen ImportPane { width: 1fr; height: 1fr; background: $background; }
    """

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...  # type: ignore[override]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._sheet = ImportSheet(path.name)
        self._ticket = 0
        self._share: float | None = None
        self._is_importing = False
        self._told = ("", "won")

    def compose(self) -> ComposeResult:
        """The header, the lines, the footer."""
        yield TopBar(glyphs=self.app.glyphs, id="top")
        yield ImportPane(glyphs=self.app.glyphs, id="sheet")
        yield FootBar(glyphs=self.app.glyphs, id="foot")

    def on_mount(self) -> None:
        self._bindings = BindingsMap.merge([self._bindings, BindingsMap(self.app.bindings_for(IMPORT))])
        self._show_folder()
        self._pipeline = self.app.board_screen().overview.pipeline.name
        self.tell("")
        self._show()
        self.set_interval(_TICK, self._tick)
        self._read_again(from_top=True)

    def on_unmount(self) -> None:
        self._ticket += 1  # whatever is still under way for this screen ends, with nothing left behind

    # -- reading ----------------------------------------------------------------------------------

    def _read_again(self, *, from_top: bool = False) -> None:
        """Read the file with what was said so far; a reading under way is stopped."""
        self._ticket += 1
        self._share = 0.0
        self._sheet = self._sheet._replace(problem="", is_done=False)
        if from_top:
            self._brought = None
            self._sheet = ImportSheet(self._path.name, mode=self._sheet.mode)
        work = self._read(self._ticket)
        # Of a small file keys typed meanwhile wait, as they would for a question; a large one can be stopped.
        if self._is_small():
            self.app.run_question(work)
        else:
            self.app.run_guarded(work, "import", on=self)

    def _is_small(self) -> bool:
        try:
            return self._path.stat().st_size <= _SMALL
        except OSError:
            return True

    def _asked(self, *, is_dry_run: bool) -> ImportRequest:
        """What is to be done with the file, as far as it was said."""
        pipeline = self._pipeline if self._kind() == DEALS and not self._is_like_theirs else ""
        history = self._history if self._kind() == DEALS else None
        target = ImportTarget(pipeline, self._sheet.mode, is_dry_run, None, history, self._is_like_theirs)
        options = self._options
        if not is_dry_run:
            options = options._replace(is_creating_stages=bool(self._wanted_stages))
        return ImportRequest(self._path, options, target, self._holds, str(self._deal[0]) if self._deal else "")

    async def _read(self, ticket: int) -> None:
        workspace, asked = self.app.workspace, self._asked(is_dry_run=True)

        def work() -> tuple[Brought, Preview] | None:
            try:
                return _with_preview(bring_in(workspace, asked, self._watch(ticket)))
            except _Stopped:
                return None

        try:
            found = await self.app.read("import", work)
        except Superseded:
            return
        except PipeboardError as error:
            if ticket == self._ticket:
                self._cannot(error)
            return
        if found is None or ticket != self._ticket:
            return
        self._share = None
        self._brought, preview = found
        wanted = preview.made_stages if self._is_like_theirs else self._wanted_stages
        undecided = tuple(name for name in preview.made_stages if name not in wanted)
        self._sheet = self._sheet._replace(preview=preview, open_stages=undecided)
        self.tell(*self._told)
        self._show()

    def _cannot(self, error: PipeboardError) -> None:
        """Tell why the file cannot be read, and which key may help."""
        self._share = None
        self._columns = error.columns if isinstance(error, UnclearColumns) else ()
        sentence = str(error).split(" If it is a file of deals")[0]
        if self._columns:
            sentence += f" {self._key('import.columns')} says what a column means,"
            sentence += f" {self._key('import.kind')} what the rows are."
        self._brought = None
        self._sheet = self._sheet._replace(problem=sentence, preview=None)
        self._show()

    def _watch(self, ticket: int) -> Callable[[int, int], None]:
        """Told from the thread how far the work is; stops it when nobody waits for it any more."""

        def progress(done: int, everything: int) -> None:
            if ticket != self._ticket:
                raise _Stopped
            self._share = done / max(1, everything)

        return progress

    def _tick(self) -> None:
        is_shown = self._is_importing or (self._sheet.preview is None and not self._sheet.problem)
        if self._share is not None and is_shown:
            self._sheet = self._sheet._replace(share=self._share)
            self._show()

    def _show_folder(self) -> None:
        self.query_one(TopBar).show(TopLine("Import", printable(from_home(self._path.resolve().parent))))

    def _show(self, *, from_top: bool = False) -> None:
        if self._share is None and self._sheet.share is not None:
            self._sheet = self._sheet._replace(share=None)
        self.query_one(ImportPane).show(self._sheet, self._keys(), from_top=from_top)

    def _keys(self) -> ImportKeys:
        ids = ("run", "stages", "dates", "deals", "", "rejects", "kind", "pipeline")
        return ImportKeys(*(self._key(f"import.{one}" if one else "history.undo") for one in ids))

    def _key(self, action_id: str) -> str:
        return first_key(self.app.actions, action_id)

    # -- telling ----------------------------------------------------------------------------------

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        actions, idle = self.app.actions, _IDLE.get(self._kind(), _OF_DEALS_ONLY)
        hints = [hint for hint in _HINTS if hint[0] not in idle]
        keys = [KeyHint(first_key(actions, action_id), label, priority) for action_id, label, priority in hints]
        self._told = (words, tone)
        undo = KeyHint(first_key(actions, "history.undo"), "undo") if is_undoable else None
        self.query_one(FootBar).show(FootLine(words, tone, undo, tuple(hint for hint in keys if hint.key)))

    @on(CommandDone)
    def _command_done(self, message: CommandDone) -> None:
        message.stop()
        if message.outcome.action_id is not None:
            self.tell(message.outcome.label, "won")
            self._read_again()

    @on(Stale)
    def _stale(self, message: Stale) -> None:
        message.stop()

    # -- doing ------------------------------------------------------------------------------------

    def action_bring_in(self) -> None:
        """Import, when everything is decided."""
        sheet = self._sheet
        if sheet.is_done:
            self.tell("It is imported already: f names another file", "muted")
        elif self._is_importing:
            self.tell("It is being imported", "muted")
        elif sheet.preview is None or self._share is not None:
            self.tell("The file is still being read" if not sheet.problem else "This file cannot be imported", "muted")
        elif not sheet.is_ready:
            words = "Decide first what stands on top" if sheet.preview.is_open else "No row can be imported"
            self.tell(words, "overdue")
        elif self._is_small():
            self.app.run_question(self._bring_in())
        else:
            self.app.run_guarded(self._bring_in(), "import", on=self)

    async def _bring_in(self) -> None:
        app, workspace = self.app, self.app.workspace
        self._ticket += 1
        asked, watch = self._asked(is_dry_run=False), self._watch(self._ticket)
        self._is_importing, self._share = True, 0.0
        self._sheet = self._sheet._replace(doing="Importing")
        self.tell("Importing", "accent")
        done: tuple[Brought, Preview] | None = None
        try:
            done = await app.runner.write(lambda: _with_preview(bring_in(workspace, asked, watch)))
            words, tone = f"Imported {self._path.name}", "won"
        except _Stopped:
            words, tone = "Stopped: nothing was imported", "muted"
        except PipeboardError as error:
            app.report(error)
            words, tone = "Nothing was imported", "overdue"
        finally:
            self._is_importing, self._share = False, None
            self._sheet = self._sheet._replace(doing="Reading", share=None)
        is_undoable = False
        if done is not None:
            self._brought, preview = done
            self._sheet = self._sheet._replace(preview=preview, is_done=True)
            is_undoable = preview.action_id is not None
            app.tell_screens(Stale())
        if self.is_mounted:
            self.tell(words, tone, is_undoable=is_undoable)
            self._show(from_top=done is not None)

    def action_write_rejects(self) -> None:
        """Write the refused rows into a new file beside the one they come from."""
        seen = self._sheet.preview
        if seen is None or not seen.rejected:
            self.tell("No row is refused", "muted")
        elif not seen.header:
            self.tell("Only rows of a table can be written out", "muted")
        else:
            self.app.run_guarded(self._write_rejects(seen), "rejects", on=self)

    async def _write_rejects(self, seen: Preview) -> None:
        from pipeboard.services.transfer.rejects import write_rejects

        stem = self._path.name.split(".")[0]
        names = (f"{stem}-refused{f'-{n}' if n > 1 else ''}.csv" for n in range(1, 1000))
        path = next(self._path.with_name(name) for name in names if not self._path.with_name(name).exists())
        await self.app.read("rejects", lambda: write_rejects(path, seen.header, seen.rejected))
        self._sheet = self._sheet._replace(rejects=str(path))
        self._show()
        self.tell(f"Written to {path}", "won")

    def action_show_rows(self) -> None:
        """The rows of the file; after the import, what came in, to be opened."""
        from pipeboard.tui.import_showing import show_imported, show_rows

        seen = self._sheet.preview
        if self._sheet.is_done and seen is not None and seen.action_id is not None:
            show_imported(self.app, seen.holds, seen.action_id)
        elif self._brought is not None:
            show_rows(self.app, self._brought)

    def action_undo(self) -> None:
        """Take back what was done last: the import."""
        from pipeboard.domain.commands import Undo

        self.app.submit(Undo())

    def action_redo(self) -> None:
        """Do again what was taken back."""
        from pipeboard.domain.commands import Redo

        self.app.submit(Redo())

    # -- moving about, leaving ----------------------------------------------------------------------

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll."""
        self.query_one(ImportPane).scroll_by(lines)

    def action_page(self, pages: int) -> None:
        """Scroll by screens."""
        self.query_one(ImportPane).scroll_pages(pages)

    def action_back(self) -> None:
        """Stop an import that is running; else stop reading, and leave."""
        self._ticket += 1
        seen = self._sheet.preview
        if not self._is_importing:
            self.dismiss(seen.action_id if seen is not None and self._sheet.is_done else None)

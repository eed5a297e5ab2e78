"""An import before it happens: what was understood of a file, what is to be decided, what would come of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.screen import Screen

from pipeboard.config.locations import from_home
from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable
from pipeboard.services.transfer.importing import ImportReport, ImportTarget, import_file
from pipeboard.services.transfer.plans import ImportOptions, UnclearColumns
from pipeboard.tui.actions import IMPORT
from pipeboard.tui.bindings import first_key
from pipeboard.tui.messages import CommandDone, Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.text.bars import FootLine, KeyHint, TopLine
from pipeboard.tui.text.import_lines import ImportKeys, ImportSheet
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
    ("import.pipeline", "pipeline", 4),
    ("import.mode", "new, known", 5),
    ("import.rejects", "refused", 5),
    ("app.help", "help", 0),
    ("app.back", "back", 0),
)
_MODES = ("both", "create", "update")
_TICK = 0.2
_SMALL = 1_000_000
_CREATE = "create"


class _Stopped(Exception):
    """The person does not want the file to be read any further."""


class ImportScreen(Screen[None]):
    """Reads a file, shows what it understood, and imports it when that is right."""

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
        self._options = ImportOptions(is_creating_stages=True)
        self._wanted_stages: set[str] = set()
        self._pipeline = ""
        self._sheet = ImportSheet(path.name)
        self._reading = 0
        self._read_share: float | None = None
        self._columns: tuple[str, ...] = ()

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

    # -- reading ----------------------------------------------------------------------------------

    def _read_again(self, *, from_top: bool = False) -> None:
        """Read the file with what was said so far; a reading under way is stopped."""
        self._reading += 1
        self._read_share = 0.0
        self._sheet = self._sheet._replace(problem="", done=None)
        if from_top:
            self._sheet = ImportSheet(self._path.name, mode=self._sheet.mode)
        # Of a small file keys typed meanwhile wait, as they would for a question; a large one can be stopped.
        if self._is_small():
            self.app.run_question(self._read(self._reading))
        else:
            self.app.run_guarded(self._read(self._reading), "import", on=self)

    def _is_small(self) -> bool:
        try:
            return self._path.stat().st_size <= _SMALL
        except OSError:
            return True

    async def _read(self, ticket: int) -> None:
        workspace = self.app.workspace
        path, options = self._path, self._options
        target = ImportTarget(self._pipeline, self._sheet.mode, is_dry_run=True)

        def work() -> ImportReport | None:
            try:
                return import_file(workspace, path, options, target, progress=self._watch(ticket))
            except _Stopped:
                return None

        try:
            report = await self.app.read("import", work)
        except Superseded:
            return
        except PipeboardError as error:
            if ticket == self._reading:
                self._read_share = None
                self._columns = error.columns if isinstance(error, UnclearColumns) else ()
                sentence = str(error).split(" If it is a file of deals")[0]
                hint = f" {self._key('import.columns')} says what a column means." if self._columns else ""
                self._sheet = self._sheet._replace(problem=sentence + hint, report=None)
                self._show()
            return
        if report is None or ticket != self._reading:
            return
        self._read_share = None
        undecided = tuple(name for name in report.plan.unknown_stages if name not in self._wanted_stages)
        self._sheet = self._sheet._replace(report=report, open_stages=undecided)
        self._show()

    def _watch(self, ticket: int) -> Callable[[int, int], None]:
        """Told from the thread how far the reading is; stops it when nobody waits for it any more."""

        def progress(done: int, everything: int) -> None:
            if ticket != self._reading:
                raise _Stopped
            self._read_share = done / max(1, everything)

        return progress

    def _tick(self) -> None:
        if self._sheet.report is None and self._read_share is not None and not self._sheet.problem:
            self._sheet = self._sheet._replace(share=self._read_share)
            self._show()

    def _show_folder(self) -> None:
        self.query_one(TopBar).show(TopLine("Import", printable(from_home(self._path.resolve().parent))))

    def _show(self) -> None:
        self.query_one(ImportPane).show(self._sheet, self._keys())

    def _keys(self) -> ImportKeys:
        ids = ("import.run", "import.stages", "import.dates", "import.deals", "history.undo", "import.rejects")
        return ImportKeys(*map(self._key, ids))

    def _key(self, action_id: str) -> str:
        return first_key(self.app.actions, action_id)

    # -- telling ----------------------------------------------------------------------------------

    def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None:
        """Put a few words into the footer."""
        actions = self.app.actions
        keys = [KeyHint(first_key(actions, action_id), label, priority) for action_id, label, priority in _HINTS]
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

    # -- deciding ---------------------------------------------------------------------------------

    def action_map_column(self) -> None:
        """Choose a column, then what it means."""
        from pipeboard.domain.imports.profiles import FIELDS, IGNORED
        from pipeboard.tui.dialogs.choose import Choice, Choose

        report = self._sheet.report
        mapping = report.plan.mapping if report is not None else dict(self._options.mapping)
        names = [name for name in (report.plan.header if report is not None else self._columns) if name.strip()]
        columns = [Choice(n, n, mapping.get(n, "kept as text").replace("_", " ")) for n in names]
        if not columns:
            self.tell("There are no columns to speak of", "muted")
            return

        def chosen(column: Choice | None) -> None:
            if column is None:
                return
            fields = [Choice(field, field.replace("_", " ")) for field in (*sorted(FIELDS), IGNORED)]
            self.app.ask(Choose(f"“{column.label}” is", fields, placeholder="field"), lambda one: mapped(column, one))

        def mapped(column: Choice, field: Choice | None) -> None:
            if field is not None:
                others = {c: f for c, f in self._options.mapping.items() if f != field.value and c != column.value}
                self._decide(mapping={**others, str(column.value): str(field.value)})

        self.app.ask(Choose("Which column?", columns, placeholder="column"), chosen)

    def action_map_stage(self) -> None:
        """Choose a stage of theirs, then ours, or that it is to be made."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        report = self._sheet.report
        if report is None or not report.plan.stages:
            self.tell("The file says no stages", "muted")
            return
        open_ones = set(self._sheet.open_stages)
        pairs = sorted(report.plan.stages.items(), key=lambda pair: pair[1] not in open_ones)
        theirs = [Choice(t, t or "(empty)", "not decided" if o in open_ones else o) for t, o in pairs]

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self.app.run_question(self._ask_ours(str(one.value)))

        if len(open_ones) == 1:
            chosen(theirs[0])
        else:
            self.app.ask(Choose("Which stage of theirs?", theirs, placeholder="stage"), chosen)

    async def _ask_ours(self, theirs: str) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

        app, name = self.app, self._pipeline
        pipeline = next((p for p in app.pipelines() if p.name == name), None)
        stages = await app.read("import-stages", lambda: app.workspace.deals.stages(pipeline.id if pipeline else None))
        choices = [*with_keys([Choice(stage.name, stage.name) for stage in stages])]
        if theirs.strip():
            choices.append(Choice(_CREATE, f"Make “{theirs}” a stage of its own", key="n"))

        def chosen(one: Choice | None) -> None:
            if one is None:
                return
            others = {name: ours for name, ours in self._options.stage_map.items() if name != theirs}
            if one.value == _CREATE and one.key == "n":
                report = self._sheet.report
                self._wanted_stages.add(report.plan.stages.get(theirs, theirs) if report else theirs)
                self._decide(stage_map=others)
            else:
                self._decide(stage_map={**others, theirs: str(one.value)})

        app.ask(Choose(f"“{theirs or '(empty)'}” is", choices, placeholder="stage"), chosen)

    def action_date_order(self) -> None:
        """Day and month, month and day, or as it seems."""
        order = {None: "dmy", "dmy": "mdy", "mdy": None}[self._options.date_order]
        self._decide(date_order=order)
        words = {"dmy": "03/04 is 3 April", "mdy": "03/04 is 4 March", None: "Dates as they seem"}
        self.tell(words[order], "accent")

    def action_encoding(self) -> None:
        """Choose how the file is encoded."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        names = ("utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "iso-8859-2", "koi8-r")
        choices = [Choice(None, "as it seems"), *(Choice(name, name) for name in names)]

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._decide(encoding=str(one.value) if one.value else None)

        self.app.ask(Choose("Encoding", choices, placeholder="encoding"), chosen)

    def action_pipeline(self) -> None:
        """Choose where the deals go."""
        from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

        choices = with_keys([Choice(p.name, p.name) for p in self.app.pipelines()])

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._pipeline = str(one.value)
                self._wanted_stages.clear()
                self._read_again()

        self.app.ask(Choose("Into which pipeline?", choices, placeholder="pipeline"), chosen)

    def action_mode(self) -> None:
        """Add and update, only add, only update."""
        place = _MODES.index(self._sheet.mode)
        self._sheet = self._sheet._replace(mode=_MODES[(place + 1) % len(_MODES)])
        self._read_again()

    def action_choose_file(self) -> None:
        """Another file, read as if nothing had been said."""
        from pipeboard.tui.asking_file import ask_file

        def answered(path: Path) -> None:
            self._path = path
            self._options = ImportOptions(is_creating_stages=True)
            self._wanted_stages.clear()
            self._show_folder()
            self._read_again(from_top=True)

        ask_file(self.app, answered)

    def _decide(self, **said: Any) -> None:
        self._options = self._options._replace(**said)
        self._read_again()

    # -- doing ------------------------------------------------------------------------------------

    def action_bring_in(self) -> None:
        """Import, when everything is decided."""
        sheet = self._sheet
        if sheet.done is not None:
            self.tell("It is imported already: f names another file", "muted")
        elif sheet.report is None or self._read_share is not None:
            self.tell("The file is still being read" if not sheet.problem else "This file cannot be imported", "muted")
        elif not sheet.is_ready:
            words = "Decide first what stands on top" if sheet.report.plan.deals else "No row can be imported"
            self.tell(words, "overdue")
        else:
            self.app.run_question(self._bring_in())

    async def _bring_in(self) -> None:
        app, workspace = self.app, self.app.workspace
        path, mode = self._path, self._sheet.mode
        options = self._options._replace(is_creating_stages=bool(self._wanted_stages))
        target = ImportTarget(self._pipeline, mode)
        self.tell("Importing", "accent")
        try:
            done = await app.runner.write(lambda: import_file(workspace, path, options, target))
        except PipeboardError as error:
            app.report(error)
            return
        self._sheet = self._sheet._replace(done=done, report=done)
        self._show()
        self.query_one(ImportPane).show(self._sheet, self._keys(), from_top=True)
        self.tell(f"Imported {path.name}", "won", is_undoable=done.action_id is not None)
        app.tell_screens(Stale())

    def action_write_rejects(self) -> None:
        """Write the refused rows into a new file beside the one they come from."""
        report = self._sheet.report
        if report is None or not report.plan.rejected:
            self.tell("No row is refused", "muted")
            return
        self.app.run_guarded(self._write_rejects(report), "rejects", on=self)

    async def _write_rejects(self, report: ImportReport) -> None:
        from pipeboard.services.transfer.rejects import write_rejects

        stem = self._path.name.split(".")[0]
        names = (f"{stem}-refused{f'-{n}' if n > 1 else ''}.csv" for n in range(1, 1000))
        path = next(self._path.with_name(name) for name in names if not self._path.with_name(name).exists())
        plan = report.plan
        await self.app.read("rejects", lambda: write_rejects(path, plan.header, plan.rejected))
        self._sheet = self._sheet._replace(rejects=str(path))
        self._show()
        self.tell(f"Written to {path}", "won")

    def action_show_deals(self) -> None:
        """The deals of the file; after the import one of them can be opened."""
        self.app.run_question(self._show_deals())

    async def _show_deals(self) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        app, done, report = self.app, self._sheet.done, self._sheet.report
        if done is not None and done.action_id is not None:
            action_id = done.action_id
            deals = await app.read("imported", lambda: app.workspace.listing.of_action(action_id))
            choices = [Choice(d.row.id, d.row.title, f"{d.row.company}  {d.row.stage}".strip()) for d in deals]
            ids = [deal.row.id for deal in deals]

            def neighbour(deal_id: int, step: int) -> int | None:
                place = ids.index(deal_id) + step if deal_id in ids else -1
                return ids[place] if 0 <= place < len(ids) else None

            def chosen(one: Choice | None) -> None:
                if one is not None and isinstance(one.value, int):
                    app.open_deal(one.value, neighbour, lambda _: None)

            app.ask(Choose("Imported", choices, placeholder="deal"), chosen)
        elif report is not None:
            choices = [Choice(d.line, d.title, f"{d.company}  {d.stage_name}".strip()) for d in report.plan.deals]
            app.ask(Choose("In the file", choices, placeholder="deal"), lambda _: None)

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
        """Stop reading, and leave."""
        self._reading += 1
        self.dismiss(None)

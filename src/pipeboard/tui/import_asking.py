"""What a person says about a file to import, one question a key; a part of the import screen."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeboard.services.transfer.incoming import CALENDAR, DEALS, HOLDS
from pipeboard.services.transfer.plans import MODES, ImportOptions

if TYPE_CHECKING:
    from pipeboard.services.transfer.bringing import Brought
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.text.import_lines import ImportSheet

_CREATE = "create"
_ALL = "\0all"
_THEIRS = "\0theirs"
_ENCODINGS = ("utf-8", "utf-16", "cp1250", "cp1251", "cp1252", "iso-8859-2", "koi8-r")
_ORDERS = {"dmy": "03/04 is 3 April", "mdy": "03/04 is 4 March", None: "Dates as they seem"}


class ImportAsking:
    """Asks about columns, stages, days, encoding and place; every answer has the file read again."""

    if TYPE_CHECKING:
        _sheet: ImportSheet
        _path: Path

        @property
        def app(self) -> PipeboardApp: ...

        def tell(self, words: str, tone: str = "won", *, is_undoable: bool = False) -> None: ...

        def _read_again(self, *, from_top: bool = False) -> None: ...

        def _show_folder(self) -> None: ...

    _options = ImportOptions(is_creating_stages=True)
    _wanted_stages: frozenset[str] = frozenset()
    _pipeline = ""
    _is_like_theirs = False
    _history: Path | None = None
    _holds = ""
    _deal: tuple[int, str] | None = None
    _brought: "Brought | None" = None
    _columns: tuple[str, ...] = ()

    def forget_what_was_said(self) -> None:
        """Begin anew, as with a file that nothing was said about."""
        self._options = ImportOptions(is_creating_stages=True)
        self._wanted_stages = frozenset()
        self._holds, self._deal, self._brought, self._columns = "", None, None, ()
        self._is_like_theirs, self._history = False, None

    def _kind(self) -> str:
        """What the file is taken for."""
        return self._brought.holds if self._brought is not None else self._holds or DEALS

    def _decide(self, **said: Any) -> None:
        self._options = self._options._replace(**said)
        self._read_again()

    def _is_of_deals(self, words: str) -> bool:
        """Whether deals are read; else it is told that this kind of thing has none of it."""
        if self._kind() == DEALS:
            return True
        self.tell(f"A file of {self._kind()} has no {words}", "muted")
        return False

    def action_kind(self) -> None:
        """Choose what the rows are, where that was not seen right."""
        from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

        if self._kind() == CALENDAR:
            self.tell("A calendar holds tasks", "muted")
            return
        now = self._kind()
        choices = with_keys([Choice(one, one, "as it seems" if one == now else "") for one in HOLDS])

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._holds = str(one.value)
                self._options = self._options._replace(mapping={})
                self._read_again(from_top=True)

        self.app.ask(Choose("The rows are", choices, placeholder="kind"), chosen)

    def action_map_column(self) -> None:
        """Choose a column, then what it means."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        seen = self._sheet.preview
        mapping = seen.columns if seen is not None else self._options.mapping
        names = [name for name in (seen.header if seen is not None else self._columns) if name.strip()]
        columns = [Choice(n, n, mapping.get(n, "kept as text").replace("_", " ")) for n in names]
        if not columns:
            self.tell("There are no columns to speak of", "muted")
            return

        def chosen(column: Choice | None) -> None:
            if column is not None:
                fields = [Choice(field, field.replace("_", " ")) for field in self._fields()]
                title = f"“{column.label}” is"
                self.app.ask(Choose(title, fields, placeholder="field"), lambda one: mapped(column, one))

        def mapped(column: Choice, field: Choice | None) -> None:
            if field is not None:
                others = {c: f for c, f in self._options.mapping.items() if f != field.value and c != column.value}
                self._decide(mapping={**others, str(column.value): str(field.value)})

        self.app.ask(Choose("Which column?", columns, placeholder="column"), chosen)

    def _fields(self) -> list[str]:
        from pipeboard.domain.imports.profiles import FIELDS, IGNORED
        from pipeboard.domain.imports.record_kinds import fields_of

        kind = self._kind()
        return [*(sorted(FIELDS) if kind == DEALS else fields_of(kind)), IGNORED]

    def action_map_stage(self) -> None:
        """Choose a stage of theirs, then ours, or that it is to be made."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        seen = self._sheet.preview
        if not self._is_of_deals("stages"):
            return
        if seen is None or not seen.stages:
            self.tell("The file says no stages", "muted")
            return
        open_ones = set(self._sheet.open_stages)
        pairs = sorted(seen.stages.items(), key=lambda pair: pair[1] not in open_ones)
        theirs = [Choice(t, t or "(empty)", "not decided" if o in open_ones else o) for t, o in pairs]

        def chosen(one: Choice | None) -> None:
            if one is not None and one.value == _ALL:
                self._wanted_stages |= open_ones
                self._decide()
            elif one is not None:
                self.app.run_question(self._ask_ours(str(one.value)))

        if len(open_ones) == 1:
            chosen(theirs[0])
        else:
            if open_ones:
                theirs.append(Choice(_ALL, f"Make all {len(open_ones)} stages of their own", key="n"))
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
                seen = self._sheet.preview
                self._wanted_stages |= {seen.stages.get(theirs, theirs) if seen else theirs}
                self._decide(stage_map=others)
            else:
                self._decide(stage_map={**others, theirs: str(one.value)})

        app.ask(Choose(f"“{theirs or '(empty)'}” is", choices, placeholder="stage"), chosen)

    def action_date_order(self) -> None:
        """Day and month, month and day, or as it seems."""
        if self._kind() == CALENDAR:
            self.tell("Days of a calendar are clear", "muted")
            return
        order = {None: "dmy", "dmy": "mdy", "mdy": None}[self._options.date_order]
        self._decide(date_order=order)
        self.tell(_ORDERS[order], "accent")

    def action_encoding(self) -> None:
        """Choose how the file is encoded."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        choices = [Choice(None, "as it seems"), *(Choice(name, name) for name in _ENCODINGS)]

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._decide(encoding=str(one.value) if one.value else None)

        self.app.ask(Choose("Encoding", choices, placeholder="encoding"), chosen)

    def action_sheet(self) -> None:
        """Choose the sheet of a workbook."""
        self.app.run_question(self._ask_sheet())

    async def _ask_sheet(self) -> None:
        from pipeboard.services.transfer.sheets import sheet_names
        from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

        path = self._path
        names = await self.app.read("sheets", lambda: sheet_names(path))
        if len(names) < 2:
            self.tell("The workbook has one sheet" if names else "Only a workbook has sheets", "muted")
            return

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._holds = ""
                self._options = self._options._replace(sheet=str(one.value), mapping={})
                self._read_again(from_top=True)

        self.app.ask(Choose("Which sheet?", with_keys([Choice(n, n) for n in names]), placeholder="sheet"), chosen)

    def action_pipeline(self) -> None:
        """Choose where the deals go; for tasks of a calendar, the deal of those that name none."""
        from pipeboard.tui.dialogs.choose import Choice, Choose, with_keys

        if self._kind() == CALENDAR:
            self.app.run_question(self._ask_deal())
            return
        if not self._is_of_deals("pipeline"):
            return
        choices = [*with_keys([Choice(p.name, p.name) for p in self.app.pipelines()])]
        choices.append(Choice(_THEIRS, "As in the file", "pipelines and stages like theirs", key="n"))

        def chosen(one: Choice | None) -> None:
            if one is not None:
                self._is_like_theirs = one.value == _THEIRS
                if not self._is_like_theirs:
                    self._pipeline = str(one.value)
                self._wanted_stages = frozenset()
                self._read_again()

        self.app.ask(Choose("Into which pipeline?", choices, placeholder="pipeline"), chosen)

    async def _ask_deal(self) -> None:
        from pipeboard.tui.dialogs.choose import Choice
        from pipeboard.tui.dialogs.find import Find

        app, finder = self.app, self.app.workspace.finding

        async def more(typed: str) -> list[Choice]:
            found = await app.read("find", lambda: finder.find(typed))
            return [Choice(one.id, one.name, one.about) for one in found if one.kind == "deal"]

        def chosen(one: Choice | None) -> None:
            if one is not None and isinstance(one.value, int):
                self._deal = (one.value, one.label)
                self._read_again()

        app.ask(Find("Tasks that name no deal belong to", await more(""), more=more), chosen)

    def action_history(self) -> None:
        """Name the file of stage changes of the same deals."""
        from pipeboard.tui.asking_file import ask_file

        def answered(path: Path) -> None:
            self._history = path
            self._read_again()

        if self._is_of_deals("history of stages"):
            ask_file(self.app, answered, title="Stages the deals went through")

    def action_mode(self) -> None:
        """Add and update, only add, only update."""
        if self._kind() == CALENDAR:
            self.tell("Tasks of a calendar are added and brought up to date", "muted")
            return
        place = MODES.index(self._sheet.mode) + 1
        self._sheet = self._sheet._replace(mode=MODES[place % len(MODES)])
        self._read_again()

    def action_choose_file(self) -> None:
        """Another file, read as if nothing had been said."""
        from pipeboard.tui.asking_file import ask_file

        def answered(path: Path) -> None:
            self._path = path
            self.forget_what_was_said()
            self._show_folder()
            self._read_again(from_top=True)

        ask_file(self.app, answered)

"""Settings: the workspace, this program's file, rates, lost reasons, owners, targets and products in one list."""

from collections.abc import Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult

from pipeboard.tui.actions import SETTINGS
from pipeboard.tui.runner import Superseded
from pipeboard.tui.settings_actions import SettingsActions, config_problems
from pipeboard.tui.text.bars import TopLine
from pipeboard.tui.text.settings_rows import Shown, settings_rows
from pipeboard.tui.widgets.foot_bar import FootBar
from pipeboard.tui.widgets.sheet_list import SheetList
from pipeboard.tui.widgets.top_bar import TopBar

_ELSEWHERE = ("database", "problems", "person")


class SettingsScreen(SettingsActions):
    """One row a thing; its keys act on the row."""

    CONTEXT = SETTINGS
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    SettingsScreen { background: $background; }
    SettingsScreen #rows { height: 1fr; margin: 1 0 0 0; max-width: 120; }
    """
    HINTS = (
        ("settings.change", "change", 1),
        ("settings.add", "new", 2),
        ("settings.rename", "rename", 4),
        ("settings.merge", "merge", 5),
        ("settings.archive", "archive", 4),
        ("settings.config", "config file", 3),
        ("app.help", "help", 0),
        ("app.back", "back", 0),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._wanted: object = None

    def compose(self) -> ComposeResult:
        glyphs = self.app.glyphs
        yield TopBar(glyphs=glyphs, id="top")
        yield SheetList(glyphs=glyphs, id="rows")
        yield FootBar(glyphs=glyphs, id="foot")

    async def reload(self) -> None:
        """Read everything again."""
        try:
            self._shown = await self.app.read("settings", self._read)
        except Superseded:
            return
        self.app.lost_reasons = tuple(reason.name for reason in self._shown.reasons)
        shown = self._shown
        keys = {
            name: self.key_of(f"settings.{name}")
            for name in ("add", "rename", "merge", "lower", "raise", "archive", "config")
        }
        self._rows.show(lambda width: settings_rows(shown, width, keys))
        if self._wanted is not None:
            self._rows.select(self._wanted)
            self._wanted = None
        self.query_one(TopBar).show(TopLine("Settings", shown.workspace.name))

    def _read(self) -> Shown:
        from pipeboard.config.locations import config_file
        from pipeboard.config.settings import load

        workspace, settings = self.app.workspace, load()
        catalogues = workspace.catalogues
        path = config_file()
        return Shown(
            workspace.info,
            str(workspace.target),
            self.app.theme,
            str(path),
            path.exists(),
            tuple((name, _words(value)) for name, value in settings._asdict().items() if name not in _ELSEWHERE),
            config_problems(),
            catalogues.rates(),
            catalogues.lost_reasons(),
            catalogues.owners(),
            catalogues.quota_count(),
            workspace.me,
            self.app.local_now().date(),
            catalogues.products(),
        )

    def follow(self, facts: Any) -> None:
        """Put the cursor on what is new."""
        from pipeboard.domain.events import SetupChanged

        if self._shown is None:
            return
        known = {("reasons", r.id) for r in self._shown.reasons} | {("owners", o.id) for o in self._shown.owners}
        known |= {("products", p.id) for p in self._shown.products.sheets}
        parts = {"lost_reason": "reasons", "owner": "owners", "product": "products"}
        for fact in facts:
            if isinstance(fact, SetupChanged) and fact.entity in parts:
                key = (parts[fact.entity], fact.entity_id)
                self._wanted = key if key not in known else self._wanted

    # -- where the cursor is ----------------------------------------------------------------------------

    @property
    def _rows(self) -> SheetList:
        return self.query_one("#rows", SheetList)

    def row(self) -> tuple[str, object]:
        key = self._rows.key
        return (str(key[0]), key[1]) if isinstance(key, tuple) else ("", None)

    def shown(self) -> Shown:
        assert self._shown is not None
        return self._shown

    def action_cursor(self, _dx: int, dy: int) -> None:
        """Go up or down."""
        self._rows.move(dy)

    def action_page(self, step: int) -> None:
        """Go a screen up or down."""
        self._rows.page(step)

    def action_first(self) -> None:
        """Go to the first row."""
        self._rows.edge(-1)

    def action_last(self) -> None:
        """Go to the last row."""
        self._rows.edge(1)

    def action_group(self, step: int) -> None:
        """Go to the first row of the next or previous part."""
        self._rows.jump(step)

    @on(SheetList.RowSelected)
    def _row_selected(self) -> None:
        self.action_change()

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


def _words(value: object) -> str:
    """A setting as a person reads it."""
    if value is None or value in ("", (), {}):
        return "not set"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {text}" for name, text in value.items())
    if isinstance(value, tuple):
        return ", ".join(" ".join(part) if isinstance(part, tuple) else str(part) for part in value)
    return str(value)

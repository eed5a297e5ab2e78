"""The lines of an import, scrolled by themselves."""

from textual.strip import Strip

from pipeboard.tui.text.import_lines import ImportKeys, ImportSheet, import_strips
from pipeboard.tui.theme import Palette, Tones
from pipeboard.tui.widgets.scrolled_lines import ScrolledLines


class ImportPane(ScrolledLines):
    """What was understood of a file."""

    _sheet: ImportSheet | None = None
    _keys: ImportKeys | None = None

    def show(self, sheet: ImportSheet, keys: ImportKeys, *, from_top: bool = False) -> None:
        """Take a new sheet; the scroll position stays unless `from_top`."""
        self._sheet, self._keys = sheet, keys
        self.update_lines(from_top=from_top)

    def tones_of(self, palette: Palette) -> Tones:
        return palette.normal

    def draw(self, width: int, tones: Tones) -> list[Strip]:
        if self._sheet is None or self._keys is None:
            return []
        return import_strips(self._sheet, self._keys, width, tones, self.glyphs)

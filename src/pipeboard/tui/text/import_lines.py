"""What was understood of a file, as lines: what to decide, what would happen, and why."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.text import printable
from pipeboard.tui.text.cells import fit, width_of
from pipeboard.tui.text.deal_context import Row, counted
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.import_preview import FirstRow, Preview
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.text.wrapping import wrapped
from pipeboard.tui.theme import Tones

_MODES = {"create": "Only what is new is added.", "update": "Only what is known is changed."}
_LISTED = 40
_KEPT = 20
_WIDEST = 112


class ImportKeys(NamedTuple):
    """The keys that the lines name, because they can be remapped."""

    run: str
    stages: str
    dates: str
    shown: str
    undo: str
    rejects: str
    kind: str
    place: str


class ImportSheet(NamedTuple):
    """Everything the screen shows. `open_stages` are stages that are neither ours nor to be made yet.

    `preview` is None while the file is read, and tells what came of it once `is_done`; `problem` is why it cannot be
    read. `share` of the work `doing` ("Reading", "Importing") is done, from 0 to 1.
    """

    name: str
    preview: Preview | None = None
    is_done: bool = False
    open_stages: tuple[str, ...] = ()
    problem: str = ""
    doing: str = "Reading"
    share: float | None = None
    mode: str = "both"
    rejects: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether everything is decided and there is something to import."""
        seen = self.preview
        return seen is not None and not (seen.doubts or self.open_stages) and seen.is_open


class _Pen:
    """Builds rows of a width."""

    def __init__(self, width: int, tones: Tones, glyphs: Glyphs) -> None:
        self.width, self.tones, self.glyphs = width, tones, glyphs
        self.rows: list[Row] = []

    def heading(self, words: str) -> None:
        if self.rows:
            self.rows.append(Row())
        self.rows.append(Row((Part(printable(words), self.tones.strong),)))

    def text(self, words: str, tone: str = "text", indent: int = 0) -> None:
        style = getattr(self.tones, tone)
        for line in wrapped(printable(words), max(10, self.width - indent)):
            self.rows.append(Row((Part(" " * indent + line, style),)))

    def keyed(self, key: str, words: str, tone: str) -> None:
        """A key and what it does, or is to decide; further lines stand below the words."""
        gap = " " * (width_of(key) + 1)
        style = getattr(self.tones, tone)
        for place, line in enumerate(wrapped(printable(words), max(10, self.width - len(gap)))):
            lead = Part(gap, style) if place else Part(f"{key} ", self.tones.accent)
            self.rows.append(Row((lead, Part(line, style))))

    def pairs(self, pairs: Iterable[tuple[str, str]], tone: str = "text") -> None:
        some = [(printable(left), printable(right)) for left, right in pairs]
        column = min(max((width_of(left) for left, _ in some), default=0), self.width // 2)
        for left, right in some:
            shown = fit(left, column, self.glyphs.ellipsis)
            parts = (Part(f"{shown}  ", self.tones.muted), Part(right, getattr(self.tones, tone)))
            self.rows.append(Row(parts))

    def strips(self) -> list[Strip]:
        fill, ellipsis = self.tones.text, self.glyphs.ellipsis
        # What stands at the right of a row is not torn from it by a wide screen.
        narrow = min(self.width, _WIDEST)
        return [
            justified(row.left, row.right, narrow if row.right else self.width, fill, ellipsis).adjust_cell_length(
                self.width, fill
            )
            if row.left
            else blank(self.width, fill)
            for row in self.rows
        ]


def import_strips(sheet: ImportSheet, keys: ImportKeys, width: int, tones: Tones, glyphs: Glyphs) -> list[Strip]:
    """The whole sheet."""
    pen = _Pen(width, tones, glyphs)
    pen.heading(sheet.name)
    if sheet.problem:
        pen.text(sheet.problem, "overdue")
    elif sheet.share is not None or sheet.preview is None:
        pen.text(_progress(sheet, width, glyphs), "muted")
        pen.text("Esc stops it, with nothing left behind.", "faint")
    else:
        _understood(pen, sheet, sheet.preview, keys)
    return pen.strips()


def _progress(sheet: ImportSheet, width: int, glyphs: Glyphs) -> str:
    if sheet.share is None:
        return sheet.doing
    cells = min(40, width - 18)
    full = round(cells * min(1.0, sheet.share))
    return f"{sheet.doing} {glyphs.bar * full}{glyphs.rest * (cells - full)} {sheet.share:4.0%}"


def _understood(pen: _Pen, sheet: ImportSheet, seen: Preview, keys: ImportKeys) -> None:
    pen.text(seen.how, "muted")
    if sheet.is_done:
        _came_of_it(pen, seen, keys, sheet.rejects)
    else:
        _to_decide(pen, sheet, seen, keys)
        pen.heading("What would happen")
        pen.text(_counts(seen))
        if sheet.mode != "both":
            pen.text(_MODES[sheet.mode], "soon")
        if sheet.is_ready and (seen.new or seen.changed):
            pen.keyed(keys.run, "does it, in one action; a backup is made before.", "text")
        elif sheet.is_ready:
            pen.text("Everything is there already.", "won")
        if seen.is_calendar:
            pen.keyed(keys.place, "says to which deal those tasks belong that name none.", "muted")
        else:
            pen.keyed(keys.kind, f"says what it holds, if these are no {seen.holds}.", "muted")
    if seen.totals:
        pen.heading("By stage")
        _totals(pen, seen.totals)
    if seen.first:
        pen.heading(f"The first {seen.holds}")
        _first(pen, seen.first)
    if seen.columns:
        pen.heading("Columns")
        pen.pairs((theirs, ours.replace("_", " ")) for theirs, ours in seen.columns.items())
    _left_over(pen, seen)
    if seen.stages:
        pen.heading("Stages")
        made = set(seen.made_stages)
        pen.pairs((theirs, f"{ours} (new)" if ours in made else ours) for theirs, ours in seen.stages.items())
    if seen.rules:
        pen.heading("Dates and numbers")
        pen.pairs(seen.rules)
    if seen.new_people:
        pen.heading("People who are new")
        pen.text(", ".join(seen.new_people))
    if seen.notes:
        pen.heading("Worth knowing")
        for sentence in seen.notes:
            pen.text(sentence)
    _refused(pen, seen, keys)


def _totals(pen: _Pen, totals: Sequence[tuple[str, str, str]]) -> None:
    """What the file puts into each stage: figures to hold against those of the other tool."""
    widest = min(max(width_of(printable(stage)) for stage, _, _ in totals), pen.width // 2)
    count = max(len(total[1]) for total in totals)
    for stage, deals, worth in totals:
        name = fit(printable(stage), widest, pen.glyphs.ellipsis)
        left = (Part(f"{name}  ", pen.tones.text), Part(f"{deals:>{count}}  {worth}", pen.tones.muted))
        pen.rows.append(Row(left))


def _left_over(pen: _Pen, seen: Preview) -> None:
    """Columns without a field of ours."""
    for names, words in ((seen.kept, seen.kept_as), (seen.unused, "not brought in")):
        if names:
            more = f" and {len(names) - _KEPT:,} more" if len(names) > _KEPT else ""
            pen.text(f"{words}: {', '.join(names[:_KEPT])}{more}", "muted")


def _to_decide(pen: _Pen, sheet: ImportSheet, seen: Preview, keys: ImportKeys) -> None:
    if not seen.doubts and not sheet.open_stages:
        return
    pen.heading("To decide first")
    for doubt in seen.doubts:
        pen.keyed(keys.dates, doubt.split("; say --dates")[0], "overdue")
    if sheet.open_stages:
        names = ", ".join(f"“{name}”" for name in sheet.open_stages)
        verb = "is no stage" if len(sheet.open_stages) == 1 else "are no stages"
        pen.keyed(keys.stages, f"{names} {verb} of this pipeline", "overdue")


def _counts(seen: Preview) -> str:
    parts = [f"{seen.new:,} new", f"{seen.changed:,} changed", f"{seen.unchanged:,} unchanged"]
    if seen.rejected:
        parts.append(f"{len(seen.rejected):,} refused")
    if seen.skipped:
        parts.append(f"{counted(len(seen.skipped), 'line')} skipped")
    return f"{counted(seen.rows, 'row')}: {', '.join(parts)}"


def _came_of_it(pen: _Pen, seen: Preview, keys: ImportKeys, rejects: str) -> None:
    pen.heading("Imported")
    pen.text(_counts(seen), "won")
    if seen.action_id is not None:
        pen.text(f"{keys.shown} shows them, {keys.undo} takes all of it back.", "accent")
    else:
        pen.text("Everything was there already.", "muted")
    if rejects:
        pen.text(f"The refused rows are in {rejects}: mend them and import that file.")


def _first(pen: _Pen, rows: Sequence[FirstRow]) -> None:
    column = max(width_of(row.right[1]) for row in rows)
    for row in rows:
        left = (Part(printable(row.title), pen.tones.text), Part(f"  {printable(row.about)}", pen.tones.muted))
        place, value = map(printable, row.right)
        right = f"{place}  {' ' * (column - width_of(value))}{value}" if column else place
        pen.rows.append(Row(left, (Part(right, pen.tones.muted),)))


def _refused(pen: _Pen, seen: Preview, keys: ImportKeys) -> None:
    if seen.rejected:
        pen.heading(f"Refused rows {len(seen.rejected):,}")
        if seen.header:
            pen.keyed(keys.rejects, "writes them into a file, to be mended and imported", "text")
        for one in seen.rejected[:_LISTED]:
            where = f"line {one.line}" if one.line else ""
            cell = " ".join(filter(None, (one.column, f"“{one.value}”" if one.value else "")))
            why = one.why.split("; --deal")[0]
            pen.text(f"{', '.join(filter(None, (where, cell)))}: {why}", "overdue")
        _more(pen, len(seen.rejected))
    if seen.skipped:
        pen.heading(f"Lines that are no rows {len(seen.skipped):,}")
        for skipped in seen.skipped[:_LISTED]:
            pen.text(f"line {skipped.line}: {skipped.why}", "muted")
        _more(pen, len(seen.skipped))


def _more(pen: _Pen, count: int) -> None:
    if count > _LISTED:
        pen.text(f"and {count - _LISTED:,} more", "faint")

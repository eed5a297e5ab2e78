"""What was understood of a file, as lines: what to decide, what would happen, and why."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.strip import Strip

from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.money import format_money
from pipeboard.domain.text import printable
from pipeboard.services.transfer.importing import ImportReport
from pipeboard.services.transfer.plans import ImportPlan
from pipeboard.tui.text.cells import fit, width_of
from pipeboard.tui.text.deal_context import Row, counted
from pipeboard.tui.text.glyphs import Glyphs
from pipeboard.tui.text.strips import Part, blank, justified
from pipeboard.tui.text.wrapping import wrapped
from pipeboard.tui.theme import Tones

_MODES = {"create": "Only new deals are added.", "update": "Only known deals are updated."}
_DEALS = 8
_LISTED = 40
_KINDS = {"workbook": "a workbook", "json": "JSON"}
_DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}


class ImportKeys(NamedTuple):
    """The keys that the lines name, because they can be remapped."""

    run: str
    stages: str
    dates: str
    deals: str
    undo: str
    rejects: str


class ImportSheet(NamedTuple):
    """Everything the screen shows. `open_stages` are stages that are neither ours nor to be made yet.

    `report` is None while the file is read, `done` what came of the import, `problem` why it cannot be read.
    `share` of the file has been read, from 0 to 1.
    """

    name: str
    report: ImportReport | None = None
    done: ImportReport | None = None
    open_stages: tuple[str, ...] = ()
    problem: str = ""
    share: float | None = None
    mode: str = "both"
    rejects: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether everything is decided and there is something to import."""
        report = self.report
        return report is not None and not (report.plan.doubts or self.open_stages) and bool(report.plan.deals)


class _Pen:
    """Builds rows of a width."""

    def __init__(self, width: int, tones: Tones, glyphs: Glyphs) -> None:
        self.width, self.tones, self.glyphs = width, tones, glyphs
        self.rows: list[Row] = []

    def heading(self, words: str) -> None:
        if self.rows:
            self.rows.append(Row())
        self.rows.append(Row((Part(words, self.tones.strong),)))

    def text(self, words: str, tone: str = "text", indent: int = 0) -> None:
        style = getattr(self.tones, tone)
        for line in wrapped(printable(words), max(10, self.width - indent)):
            self.rows.append(Row((Part(" " * indent + line, style),)))

    def pairs(self, pairs: Iterable[tuple[str, str]], tone: str = "text") -> None:
        some = [(printable(left), printable(right)) for left, right in pairs]
        column = min(max((width_of(left) for left, _ in some), default=0), self.width // 2)
        for left, right in some:
            shown = fit(left, column, self.glyphs.ellipsis)
            parts = (Part(f"{shown}  ", self.tones.muted), Part(right, getattr(self.tones, tone)))
            self.rows.append(Row(parts))

    def strips(self) -> list[Strip]:
        fill, ellipsis = self.tones.text, self.glyphs.ellipsis
        return [
            justified(row.left, row.right, self.width, fill, ellipsis) if row.left else blank(self.width, fill)
            for row in self.rows
        ]


def import_strips(sheet: ImportSheet, keys: ImportKeys, width: int, tones: Tones, glyphs: Glyphs) -> list[Strip]:
    """The whole sheet."""
    pen = _Pen(width, tones, glyphs)
    if sheet.problem:
        pen.heading(sheet.name)
        pen.text(sheet.problem, "overdue")
    elif sheet.report is None:
        pen.heading(sheet.name)
        pen.text(_progress(sheet.share, width, glyphs), "muted")
    else:
        _understood(pen, sheet, sheet.report, keys)
    return pen.strips()


def _progress(share: float | None, width: int, glyphs: Glyphs) -> str:
    if share is None:
        return "Reading"
    cells = min(40, width - 16)
    full = round(cells * min(1.0, share))
    return f"Reading {glyphs.bar * full}{glyphs.rest * (cells - full)} {share:4.0%}"


def _understood(pen: _Pen, sheet: ImportSheet, report: ImportReport, keys: ImportKeys) -> None:
    plan = report.plan
    pen.heading(sheet.name)
    how = _KINDS.get(plan.delimiter) or f"{plan.encoding}, with {_DELIMITERS.get(plan.delimiter, plan.delimiter)}"
    pen.text(f"{how}, {plan.profile}, into {report.pipeline}", "muted")
    if sheet.done is not None:
        _came_of_it(pen, sheet.done, keys, sheet.rejects)
    else:
        _to_decide(pen, sheet, plan, keys)
        pen.heading("What would happen")
        pen.text(_counts(report, plan))
        if sheet.mode != "both":
            pen.text(_MODES[sheet.mode], "soon")
        if sheet.is_ready:
            pen.text(f"{keys.run} does it, in one action; a backup is made before.", "accent")
    if plan.deals:
        pen.heading("The first deals")
        _deals(pen, plan.deals[:_DEALS])
    pen.heading("Columns")
    pen.pairs((theirs, ours.replace("_", " ")) for theirs, ours in plan.mapping.items())
    kept = [name for name in plan.header if name.strip() and name not in plan.mapping and name not in plan.ignored]
    if kept:
        pen.text(f"kept as text: {', '.join(kept[:20])}", "muted")
    if plan.stages:
        pen.heading("Stages")
        made = set(plan.unknown_stages)
        pen.pairs((theirs, f"{ours} (new)" if ours in made else ours) for theirs, ours in plan.stages.items())
    if plan.dates or plan.numbers:
        pen.heading("Dates and numbers")
        pen.pairs([*plan.dates.items(), *plan.numbers.items()])
    if plan.new_owners:
        pen.heading("People who are new")
        pen.text(", ".join(plan.new_owners))
    if plan.warnings:
        pen.heading("Worth knowing")
        for sentence in plan.warnings:
            pen.text(sentence)
    _refused(pen, plan, keys)


def _to_decide(pen: _Pen, sheet: ImportSheet, plan: ImportPlan, keys: ImportKeys) -> None:
    if not plan.doubts and not sheet.open_stages:
        return
    pen.heading("To decide first")
    for doubt in plan.doubts:
        pen.text(f"{keys.dates}  {doubt.split('; say --dates')[0]}", "overdue")
    if sheet.open_stages:
        names = ", ".join(f"“{name}”" for name in sheet.open_stages)
        verb = "is no stage" if len(sheet.open_stages) == 1 else "are no stages"
        pen.text(f"{keys.stages}  {names} {verb} of this pipeline", "overdue")


def _counts(report: ImportReport, plan: ImportPlan) -> str:
    parts = [f"{report.new:,} new", f"{report.changed:,} changed", f"{report.unchanged:,} unchanged"]
    if plan.rejected:
        parts.append(f"{len(plan.rejected):,} refused")
    if plan.skipped:
        parts.append(f"{counted(len(plan.skipped), 'line')} skipped")
    return f"{counted(plan.rows, 'row')}: {', '.join(parts)}"


def _came_of_it(pen: _Pen, done: ImportReport, keys: ImportKeys, rejects: str) -> None:
    pen.heading("Imported")
    pen.text(_counts(done, done.plan), "won")
    if done.action_id is not None:
        pen.text(f"{keys.deals} opens one of them, {keys.undo} takes all of it back.", "accent")
    else:
        pen.text("Everything was there already.", "muted")
    if rejects:
        pen.text(f"The refused rows are in {rejects}: mend them and import that file.")


def _deals(pen: _Pen, deals: Sequence[ImportedDeal]) -> None:
    values = ["" if one.value_minor is None else format_money(one.value_minor, one.currency) for one in deals]
    column = max(map(len, values), default=0)
    for deal, value in zip(deals, values, strict=True):
        day = deal.closed_on or deal.expected_close_on
        about = " · ".join(filter(None, (deal.company, deal.owner, f"{day:%-d %b %Y}" if day else "")))
        left = (Part(printable(deal.title), pen.tones.text), Part(f"  {printable(about)}", pen.tones.muted))
        pen.rows.append(Row(left, (Part(f"{printable(deal.stage_name)}  {value:>{column}}", pen.tones.muted),)))


def _refused(pen: _Pen, plan: ImportPlan, keys: ImportKeys) -> None:
    if plan.rejected:
        pen.heading(f"Refused rows {len(plan.rejected):,}")
        pen.text(f"{keys.rejects} writes them into a file, to be mended and imported", "accent")
        for one in plan.rejected[:_LISTED]:
            where = f", {one.column}" if one.column else ""
            value = f" “{one.value}”" if one.value else ""
            pen.text(f"line {one.line}{where}{value}: {one.why}", "overdue")
        _more(pen, len(plan.rejected))
    if plan.skipped:
        pen.heading(f"Lines that are no rows {len(plan.skipped):,}")
        for skipped in plan.skipped[:_LISTED]:
            pen.text(f"line {skipped.line}: {skipped.why}", "muted")
        _more(pen, len(plan.skipped))


def _more(pen: _Pen, count: int) -> None:
    if count > _LISTED:
        pen.text(f"and {count - _LISTED:,} more", "faint")

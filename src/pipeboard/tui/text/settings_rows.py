"""What can be set, as rows: the workspace, this program, rates, lost reasons, owners, targets, products."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.dates import short_day
from pipeboard.domain.rates import rate_text
from pipeboard.tui.text.cells import fit, width_of
from pipeboard.tui.text.product_rows import product_rows
from pipeboard.tui.text.sheet_rows import Cell, SheetRow, heading
from pipeboard.tui.text.wrapping import wrapped

if TYPE_CHECKING:
    from datetime import date

    from pipeboard.services.catalogues import LostReason, OwnerSheet, ProductList, Rate

ROOMY = 70
"""Cells from which hints stand beside what is set."""

LABEL = 18
"""Cells of the names at the left."""

_HELP = {
    "theme": "auto: by what the terminal can show",
    "glyphs": "unicode or ascii",
    "density": "lines of a card, 1 to 4",
    "reminders": "whether tasks with a time are told of",
    "keymap": "other keys, by action id",
}


class Shown(NamedTuple):
    """Everything the screen shows. `settings` are names and values in words, `problems` sentences about the file."""

    workspace: WorkspaceInfo
    database: str
    theme: str
    config: str
    has_config: bool
    settings: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    rates: "tuple[Rate, ...]"
    reasons: "tuple[LostReason, ...]"
    owners: "tuple[OwnerSheet, ...]"
    quotas: int
    me: int | None
    today: "date"
    products: "ProductList"


def settings_rows(shown: Shown, width: int, keys: dict[str, str]) -> list[SheetRow]:
    """All of it; a key is (part, id), by which the actions know what the row is about."""
    facts = [*_workspace(shown), *_program(shown, width, keys)]
    return [
        *(facts if width >= ROOMY else _without_hints(facts)),
        *_rates(shown, keys),
        *_reasons(shown.reasons, keys),
        *_owners(shown.owners, shown.me, keys),
        *heading("Targets"),
        _fact(("quotas", 0), "quotas", f"{shown.quotas}" if shown.quotas else "none yet", "`pipeboard quota set`"),
        *product_rows(shown.products, width, keys),
    ]


def _fact(key: object, label: str, value: str, hint: str = "", tone: str = "text") -> SheetRow:
    return SheetRow(key, (Cell(fit(label, LABEL), "muted"), Cell(value, tone)), (Cell(hint, "faint"),) if hint else ())


def _without_hints(rows: list[SheetRow]) -> list[SheetRow]:
    """Narrow screens need the room for what is set."""
    return [row._replace(right=()) if row.key is not None and row.left[0].tone == "muted" else row for row in rows]


def _workspace(shown: Shown) -> list[SheetRow]:
    name, currency, zone = shown.workspace[:3]
    return [
        heading("Workspace")[1],
        _fact(("workspace", "name"), "name", name),
        _fact(("workspace", "currency"), "currency", currency, "of all totals"),
        _fact(("workspace", "zone"), "time zone", zone, "rules what a day is"),
        _fact(("workspace", "database"), "database", shown.database),
    ]


def _program(shown: Shown, width: int, keys: dict[str, str]) -> list[SheetRow]:
    rows = [
        *heading("This program", f"{keys['config']} opens the file"),
        _fact(("theme", 0), "colours", shown.theme, "Enter chooses", "accent"),
        _fact(("config", 0), "file", shown.config, "Enter opens it" if shown.has_config else "not there yet"),
    ]
    room = max(10, width - LABEL - 4)
    for problem in shown.problems:
        lines = wrapped(problem, room)
        rows += [SheetRow(None, (Cell(" " * LABEL, "muted"), Cell(line, "overdue"))) for line in lines]
    for name, value in shown.settings:
        rows.append(_fact(("setting", name), name.replace("_", " "), value, _HELP.get(name, "")))
    return rows


def _rates(shown: Shown, keys: dict[str, str]) -> list[SheetRow]:
    rows = [*heading("Rates", f"{keys['add']} sets one")]
    if not shown.rates:
        words = f"none: deals in other currencies than {shown.workspace.currency} are not converted"
        return [*rows, SheetRow(("rates", 0), (Cell(words, "muted"),))]
    seen: set[str] = set()
    for rate in shown.rates:
        is_past = rate.currency in seen
        if rate.on_day <= shown.today:
            seen.add(rate.currency)
        words = f"1 {rate.currency} = {rate_text(rate.rate_nano)} {shown.workspace.currency}"
        when = f"since {short_day(rate.on_day, shown.today)}" if rate.on_day <= shown.today else "from "
        if rate.on_day > shown.today:
            when += short_day(rate.on_day, shown.today)
        tone = "faint" if is_past else "text"
        rows.append(SheetRow(("rates", (rate.currency, rate.on_day)), (Cell(words, tone),), (Cell(when, "muted"),)))
    return rows


def _reasons(reasons: "Sequence[LostReason]", keys: dict[str, str]) -> list[SheetRow]:
    hint = (
        f"{keys['add']} new  {keys['rename']} rename  {keys['lower']} {keys['raise']} order  {keys['archive']} archive"
    )
    rows = [*heading("Lost reasons", hint)]
    room = max((width_of(reason.name) for reason in reasons), default=0) + 3
    for reason in reasons:
        excluded = Cell("not in the win rate" if reason.is_excluded else "", "waiting")
        count = Cell(f"{reason.deal_count:,} lost" if reason.deal_count else "", "muted")
        rows.append(SheetRow(("reasons", reason.id), (Cell(fit(reason.name, room)), excluded), (count,)))
    return rows


def _owners(owners: "Sequence[OwnerSheet]", me: int | None, keys: dict[str, str]) -> list[SheetRow]:
    rows = [*heading("Owners", f"{keys['add']} new  {keys['rename']} rename  {keys['archive']} archive")]
    room = max((width_of(owner.name) for owner in owners), default=0) + 3
    for owner in owners:
        login = f"logs in as {owner.login}" if owner.login else ""
        words = ", ".join(filter(None, ("you" if owner.id == me else "", login)))
        count = Cell(f"{owner.open_count:,} open" if owner.open_count else "", "muted")
        rows.append(SheetRow(("owners", owner.id), (Cell(fit(owner.name, room)), Cell(words, "muted")), (count,)))
    return rows

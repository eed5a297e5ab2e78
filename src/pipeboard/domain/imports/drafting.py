"""Rows to deals: every column was decided before, so a row costs a few look-ups (SPEED.md, the import row)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Final, NamedTuple, cast

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.associations import first_named, has_several
from pipeboard.domain.imports.currency_names import named_currency
from pipeboard.domain.imports.date_columns import NO_DATE, DateColumn, why_no_date
from pipeboard.domain.imports.details import DETAIL_FIELDS, read_details
from pipeboard.domain.imports.details import BadCell as _Bad
from pipeboard.domain.imports.drafts import NO_DETAILS, ImportedDeal, Rejection, Skipped
from pipeboard.domain.imports.formulas import disarm_undone
from pipeboard.domain.imports.number_columns import NO_NUMBER, NumberColumn, why_no_number
from pipeboard.domain.imports.profiles import DATE_FIELDS
from pipeboard.domain.imports.stage_history import StageEntry, in_order
from pipeboard.domain.imports.standing import SIGN_FIELDS, Signs, Standing
from pipeboard.domain.money import to_minor
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import LINE_LIMIT, NOTE_LIMIT, clean

UNKNOWN_REASON: Final = "Imported, unknown"
"""The lost reason of a lost deal whose file names none (DOMAIN.md 3, rule 6)."""

_MEMO: Final = 20_000
_SHOWN: Final = 80
_TAG_MARKS: Final = re.compile(r"[,;|\n]")
_TEXT_FIELDS: Final = (
    "external_id",
    "title",
    "company",
    "contact",
    "contact_email",
    "contact_phone",
    "owner",
    "product",
    "source",
    "lost_reason",
    "next_step",
    "closed_from",
)


class Decisions(NamedTuple):
    """Everything that was decided about a file before its rows are read.

    `columns` are the shown names of all columns, `fields` the column index of each field, `extra` the columns
    kept beside the fields. `currency` is what an amount without any currency is in. `owners` and
    `closed_from` translate the file's names into ours. `closes_by` are the fields that give the day of
    closing, the first that has one counts. `entered` are columns that tell when a stage of ours was entered, and
    `places` where our stages stand. With `is_naming_several` a cell may name several companies or people. With
    `is_own` the file is our own export, which leaves nothing to be guessed.
    """

    columns: Sequence[str]
    fields: Mapping[str, int]
    extra: Sequence[tuple[int, str]]
    dates: Mapping[str, DateColumn]
    value: NumberColumn
    probability: NumberColumn
    standings: Mapping[Signs, Standing | str | None]
    owners: Mapping[str, str]
    closed_from: Mapping[str, str]
    currency: str
    is_escaped: bool = False
    entered: Sequence[tuple[int, str, DateColumn]] = ()
    places: Mapping[str, int] = {}
    cost: NumberColumn = NumberColumn("no numbers", {})
    is_own: bool = False
    is_naming_several: bool = False


class Drafter:
    """Turns rows into deals; `shortened` collects the columns whose texts were too long to keep whole."""

    def __init__(self, decided: Decisions) -> None:
        self.shortened: set[str] = set()
        self._decided = decided
        self._none = len(decided.columns)
        self._signs = itemgetter(*(self._at(field) for field in SIGN_FIELDS))
        self._blank = [""] * len(_TEXT_FIELDS)
        self._texts: list[tuple[int, int, dict[str, str]]] = [
            (slot, decided.fields[field], dict(decided.owners) if field == "owner" else {})
            for slot, field in enumerate(_TEXT_FIELDS)
            if field in decided.fields
        ]
        self._days = [
            (field, decided.fields[field], decided.dates[field].days)
            for field in DATE_FIELDS
            if field in decided.fields
        ]
        self._value, self._currency = self._at("value"), self._at("currency")
        self._probability, self._tags = self._at("probability"), self._at("tags")
        self._note = self._at("note")
        self._amounts: dict[tuple[str, str], tuple[int | None, str]] = {}
        self._tag_lists: dict[str, tuple[str, ...]] = {"": ()}
        self._extra = tuple(decided.extra)
        self._extra_memo: dict[str, str] = {}
        self._details = {field: at for field, at in decided.fields.items() if field in DETAIL_FIELDS}
        self._is_own = decided.is_own
        self._is_plain = not decided.is_naming_several

    @property
    def id_column(self) -> str:
        """The name of the column of ids; empty when there is none."""
        at = self._at("external_id")
        return self._decided.columns[at] if at < self._none else ""

    def _at(self, field: str) -> int:
        """The column of a field; fields without one read the empty cell behind the row."""
        return self._decided.fields.get(field, self._none)

    def draft(self, line: int, cells: Sequence[str]) -> ImportedDeal | Rejection | Skipped:
        """The deal of one row of exactly as many cells as there are columns, or why there is none."""
        row = (*cells, "")
        try:
            standing = self._decided.standings[cast(Signs, self._signs(row))]
            if standing is None:
                return Skipped(line, "deleted in the other tool")
            if isinstance(standing, str):
                raise _Bad("stage" if row[self._at("stage")] else "status", row[self._at("stage")], standing)
            return self._deal(line, row, standing)
        except _Bad as bad:
            field, text, why = bad.args
            at = self._at(field)
            name = self._decided.columns[at] if at < self._none else ""
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            return Rejection(line, name, shown, why, tuple(cells))

    def _deal(self, line: int, row: Sequence[str], standing: Standing) -> ImportedDeal:
        """The deal of a row that stands somewhere."""
        texts = self._blank.copy()
        for slot, at, memo in self._texts:
            if text := row[at]:
                texts[slot] = memo.get(text) or self._text(at, text, memo)
        key, title, company, contact, mail, phone, owner, product, source, reason, step, fell = texts
        status = standing.status
        value, currency = self._amount(row)
        days = self._read_days(row)
        closed_on = self._closed_on(days, status)
        is_open = status not in (DealStatus.WON, DealStatus.LOST)
        closed_from = standing.closed_from or self._decided.closed_from.get(fell, "")
        deal = ImportedDeal(
            line,
            key,
            title or _composed(company, product, contact, key),
            company,
            contact,
            mail,
            phone,
            owner,
            product,
            source,
            value,
            currency,
            self._percent(row[self._probability]) if row[self._probability] else None,
            standing.stage_name,
            status,
            days.get("created_on"),
            days.get("started_on"),
            (days.get("expected_close_on") or days.get("close_date")) if is_open or self._is_own else None,
            closed_on,
            days.get("payment_on"),
            days.get("stage_entered_on"),
            (reason or ("" if self._is_own else UNKNOWN_REASON)) if status == DealStatus.LOST else "",
            self._tag_list(row[self._tags]) if row[self._tags] else (),
            self._long(row[self._note], self._note) if row[self._note] else "",
            step,
            self._extras(row) if self._extra else (),
            "" if is_open and not (self._is_own and status == DealStatus.PARKED) else closed_from,
            self._history(row) if self._decided.entered else (),
            (self._details and read_details(row, self._details, days, self._decided.cost, currency)) or NO_DETAILS,
        )
        return deal if self._is_plain or not has_several(company, contact) else self._associated(deal)

    def _associated(self, deal: ImportedDeal) -> ImportedDeal:
        """The deal with the first company and person that its cells name; the others stay as text."""
        company, contact = first_named(deal.company), first_named(deal.contact)
        told = (("company", deal.company, company), ("contact", deal.contact, contact))
        more = [(self._decided.columns[self._at(field)], text) for field, text, named in told if named.has_more]
        site = deal.details.company_website or company.site
        return deal._replace(
            company=company.name,
            contact=contact.name,
            contact_email=deal.contact_email or contact.mail,
            extra=(*deal.extra, *more),
            details=deal.details._replace(company_website=site) if site else deal.details,
        )

    def _history(self, row: Sequence[str]) -> tuple[StageEntry, ...]:
        """The stages that the row says were entered. Raises _Bad for a cell that is no date."""
        entries = []
        for at, stage, column in self._decided.entered:
            text = row[at]
            if not text or text.strip() in NO_DATE:
                continue
            day = column.days.get(text)
            if day is None:
                raise _Bad(self._decided.columns[at], text, why_no_date(text, column.rule))
            entries.append(StageEntry(stage, day))
        return in_order(entries, self._decided.places)

    def _text(self, at: int, text: str, memo: dict[str, str]) -> str:
        """A cell as one line of clean text, remembered."""
        plain = disarm_undone(text) if self._decided.is_escaped else text
        # What clean() would do to plain ASCII without double spaces is strip() alone, at a tenth of the cost.
        is_plain = plain.isascii() and plain.isprintable() and "  " not in plain and len(plain) <= LINE_LIMIT
        tidy = plain.strip() if is_plain else clean(plain)
        if not is_plain and len(plain.strip()) > LINE_LIMIT:
            self.shortened.add(self._decided.columns[at])
        if len(memo) < _MEMO:
            memo[text] = tidy
        return tidy

    def _long(self, text: str, at: int) -> str:
        """A cell as clean text of several lines, remembered while there are few."""
        tidy = self._extra_memo.get(text)
        if tidy is None:
            plain = disarm_undone(text) if self._decided.is_escaped else text
            tidy = clean(plain, is_multiline=True)
            if len(plain.strip()) > NOTE_LIMIT:
                self.shortened.add(self._decided.columns[at])
            if len(self._extra_memo) < _MEMO:
                self._extra_memo[text] = tidy
        return tidy

    def _extras(self, row: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The filled cells that mean nothing to us."""
        return tuple([(name, tidy) for at, name in self._extra if row[at] and (tidy := self._long(row[at], at))])

    def _read_days(self, row: Sequence[str]) -> dict[str, date]:
        """The days of a row by field. Raises _Bad for a cell that is no date."""
        found: dict[str, date] = {}
        for field, at, days in self._days:
            text = row[at]
            if text:
                day = days.get(text)
                if day is not None:
                    found[field] = day
                elif text.strip() not in NO_DATE:
                    raise _Bad(field, text, why_no_date(text, self._decided.dates[field].rule))
        return found

    def _closed_on(self, days: Mapping[str, date], status: DealStatus) -> date | None:
        """The day a closed deal was closed. Raises _Bad when the row does not tell it."""
        if status not in (DealStatus.WON, DealStatus.LOST):
            return None
        first = "won_on" if status == DealStatus.WON else "lost_on"
        day = days.get(first) or days.get("closed_on") or days.get("close_date")
        fields = self._decided.fields
        if day is None and not fields.keys() & {first, "closed_on", "close_date"}:
            day = days.get("expected_close_on")
        if day is None:
            column = next((f for f in (first, "closed_on", "close_date", "expected_close_on") if f in fields), "")
            raise _Bad(column, "", f"{status.name.lower()} deal without a closing date")
        return day

    def _amount(self, row: Sequence[str]) -> tuple[int | None, str]:
        """The value in minor units and its currency. Raises _Bad for what is no amount."""
        text, code = row[self._value], row[self._currency]
        known = self._amounts.get((text, code))
        if known is None:
            known = self._new_amount(text, code)
            if len(self._amounts) < _MEMO:
                self._amounts[text, code] = known
        return known

    def _new_amount(self, text: str, code: str) -> tuple[int | None, str]:
        """The value of a pair of cells not met before."""
        home = self._decided.currency
        currency = named_currency(code.strip(), home) if code.strip() else None
        if code.strip() and currency is None:
            raise _Bad("currency", code, "not a currency; a code such as EUR is expected")
        if text.strip() in NO_NUMBER:
            return None, currency or home
        number = self._decided.value.numbers.get(text)
        if number is None:
            raise _Bad("value", text, why_no_number(text, self._decided.value.rule))
        if currency and number.currency and number.currency != currency:
            raise _Bad("value", text, f"the amount is in {number.currency}, the row says {currency}")
        unit = currency or number.currency or home
        try:
            return to_minor(number.amount, unit), unit
        except InvalidInput as error:
            raise _Bad("value", text, str(error)) from None

    def _percent(self, text: str) -> int | None:
        """The probability in whole percent. Raises _Bad for what is none."""
        if text.strip() in NO_NUMBER:
            return None
        number = self._decided.probability.numbers.get(text)
        if number is None:
            raise _Bad("probability", text, "not a probability from 0 to 100 %")
        return round(number.amount)

    def _tag_list(self, text: str) -> tuple[str, ...]:
        """The tags of a cell: separated by comma, semicolon or bar."""
        tags = self._tag_lists.get(text)
        if tags is None:
            parts = text.split() if self._is_own else _TAG_MARKS.split(text)
            tags = tuple(dict.fromkeys(tag for part in parts if (tag := clean(part))))
            if len(self._tag_lists) < _MEMO:
                self._tag_lists[text] = tags
        return tags


def _composed(company: str, product: str, contact: str, key: str) -> str:
    """A title for a row that has none: whose deal and about what."""
    if product:
        return f"{company or contact or 'No account'} / {product}"[:LINE_LIMIT]
    title = company or contact or key
    if not title:
        raise _Bad("title", "", "no title, and no company, product or contact to make one of")
    return title

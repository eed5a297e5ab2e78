"""Companies and contacts out of a file: known again by the id of the other tool, else by mail or name."""

from collections.abc import Sequence
from typing import Any

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.records import Record
from pipeboard.domain.text import search_key
from pipeboard.services.handlers.names import company_id_of
from pipeboard.services.handlers.record_writing import CHANGED, NEW, SAME, Origin, better_notes, notes_of, rows_by_id
from pipeboard.storage.gateways.catalogue import ids_by_norm
from pipeboard.storage.transaction import Transaction

_FIELDS = {"company": ("website",), "contact": ("job_title", "email", "phone")}
_NOBODY = -1


class Things:
    """Writes companies or contacts."""

    def __init__(self, table: str, origin: Origin, tx: Transaction) -> None:
        self._table, self._origin, self._tx = table, origin, tx
        self._by_id: dict[str, int] = {}
        self._by_name: dict[tuple[str, int | None], int] = {}
        self._by_email: dict[str, int | None] = {}
        self._id_of: dict[int, str] = {}
        self._companies: dict[str, int] = {}
        self._done: set[int] = set()
        self._rows: dict[int, dict[str, Any]] = {}
        of_company, email = ("company_id", "email") if table == "contact" else ("NULL", "NULL")
        rows = tx.sql.all(
            f"SELECT id, name_norm, {of_company}, {email}, external_source, external_id FROM {table}"
            " WHERE deleted = 0 ORDER BY id DESC"
        )
        for row_id, norm, company_id, mail, its_source, external_id in rows:
            self._by_name[norm, company_id] = self._by_name[norm, None] = row_id
            if mail:  # a mail box that several people share tells nobody apart
                self._by_email[mail.casefold()] = None if mail.casefold() in self._by_email else row_id
            if its_source == origin.source and external_id:
                self._by_id[external_id] = row_id
                self._id_of[row_id] = external_id
        self._is_home = origin.is_home(tx)
        if self._is_home:
            self._by_id |= {str(row[0]): row[0] for row in rows}

    def prepare(self, records: Sequence[Record]) -> None:
        """Read the companies and rows that the next records may mean."""
        if self._table == "contact":
            names = {search_key(record.text("company")) for record in records if record.text("company")}
            self._companies |= ids_by_norm(self._tx.sql, "company", names - self._companies.keys())
        found = {self._found(record)[0] for record in records}
        self._rows = rows_by_id(self._tx, self._table, {one for one in found if one is not None})

    def write(self, record: Record) -> str:
        """Add the thing, or bring it up to date."""
        name = _name_of(record)
        if not name:
            raise InvalidInput("it has no name")
        found, is_by_id = self._found(record)
        if found is None:
            return self._add(record, name) if self._origin.may_add else SAME
        if found in self._done or not self._origin.may_change:
            return SAME
        self._done.add(found)
        row = self._rows.get(found) or self._tx.rows(self._table, [found])[found]
        values = self._values(record)
        if values.get("email", "").casefold() == (row.get("email") or "").casefold():
            values.pop("email", None)  # only spelt another way
        if notes := better_notes(record, row["notes"]):
            values["notes"] = notes
        norm = search_key(name)
        if is_by_id and row["name_norm"] != norm and (norm, None) not in self._by_name:
            values |= {"name": name, "name_norm": norm}
        if row["external_id"] is None:
            values |= self._identity(record)
            self._know(record, found)
        changed = self._tx.change(self._table, row, values, kind=f"{self._table}.edited")
        if "name" in changed:
            self._tx.write_rows()
            self._tx.touch_deals_of(self._table, [found])
        return CHANGED if changed else SAME

    def finish(self) -> None:
        """Nothing was only collected."""

    def _add(self, record: Record, name: str) -> str:
        norm = search_key(name)
        values = {"name": name, "name_norm": norm} | self._values(record) | self._identity(record)
        if notes := notes_of(record):
            values["notes"] = notes
        new = self._tx.create(self._table, values)
        self._by_name[norm, values.get("company_id")] = new
        self._by_name.setdefault((norm, None), new)
        self._done.add(new)
        self._know(record, new)
        return NEW

    def _values(self, record: Record) -> dict[str, Any]:
        """What a row says, but the notes."""
        fields = _FIELDS[self._table]
        values: dict[str, Any] = {field: record.text(field) for field in fields if record.text(field)}
        if self._table == "contact" and (company := record.text("company")):
            key = search_key(company)
            if key not in self._companies and (new := company_id_of(self._tx, company)) is not None:
                self._companies[key] = new
            values["company_id"] = self._companies.get(key)
        return values

    def _identity(self, record: Record) -> dict[str, Any]:
        """Where the thing is from; nothing of what is from here."""
        if self._is_home or not record.external_id:
            return {}
        return {"external_source": self._origin.source, "external_id": record.external_id}

    def _know(self, record: Record, row_id: int) -> None:
        if record.external_id:
            self._by_id[record.external_id] = row_id
            self._id_of[row_id] = record.external_id

    def _found(self, record: Record) -> tuple[int | None, bool]:
        """The thing that is meant, and whether by its id: else by name (and company), else by its mail."""
        if record.external_id and (by_id := self._by_id.get(record.external_id)) is not None:
            return by_id, True
        norm, company = search_key(_name_of(record)), record.text("company")
        company_id = self._companies.get(search_key(company), _NOBODY) if company else None
        by_name = self._by_name.get((norm, company_id))
        by_mail = self._by_email.get(record.text("email").casefold())
        for one in (by_name, by_mail):
            if one is not None and self._may_be(one, record):
                return one, False
        return None, False

    def _may_be(self, row_id: int, record: Record) -> bool:
        """Two people with ids of their own are two, whatever they are called; a company is known by its name."""
        known = self._id_of.get(row_id)
        return self._table == "company" or not record.external_id or known in (None, record.external_id)


def _name_of(record: Record) -> str:
    """What the thing is called: a person by first and last name, else by the mail address."""
    both = " ".join(filter(None, (record.text("first_name"), record.text("last_name"))))
    return record.text("name") or both or record.text("email")

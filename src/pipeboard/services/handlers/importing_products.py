"""Products out of a file: each known again by its id in the other tool, else by its name."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.records import Record
from pipeboard.domain.money import is_currency, to_minor
from pipeboard.domain.product_names import product_key
from pipeboard.domain.text import clean
from pipeboard.services.handlers.products import price_values, respell
from pipeboard.services.handlers.record_writing import (
    CHANGED,
    NEW,
    SAME,
    Origin,
    better_notes,
    notes_of,
    rows_by_id,
)
from pipeboard.storage.hot.products import deals_with, distinct_products
from pipeboard.storage.transaction import Transaction


class Products:
    """Writes products. Fields: name, code, category, price, currency, notes."""

    def __init__(self, origin: Origin, tx: Transaction) -> None:
        self._origin, self._tx = origin, tx
        self._home = str(tx.sql.value("SELECT currency FROM workspace"))
        self._by_id: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        self._done: set[int] = set()
        self._rows: dict[int, dict[str, Any]] = {}
        rows = tx.sql.all(
            "SELECT id, name_norm, external_source, external_id FROM product WHERE deleted = 0"
            " ORDER BY CASE WHEN merged_into_id IS NULL THEN 1 ELSE 0 END, id DESC"
        )
        for row_id, key, its_source, external_id in rows:
            self._by_key[key] = row_id
            if its_source == origin.source and external_id:
                self._by_id[external_id] = row_id

    def prepare(self, records: Sequence[Record]) -> None:
        """Read the rows that the next records may mean."""
        found = {self._found(record)[0] for record in records}
        self._rows = rows_by_id(self._tx, "product", {one for one in found if one is not None})

    def write(self, record: Record) -> str:
        """Add the product, or bring it up to date; what the row does not say stays as it is."""
        name = clean(record.text("name"))
        if not name:
            raise InvalidInput("it has no name")
        values = self._values(record)
        found, is_by_id = self._found(record)
        if found is None:
            return self._add(record, name, values) if self._origin.may_add else SAME
        row = self._rows.get(found) or self._tx.rows("product", [found])[found]
        # One row a product; and what was merged into another stays part of it.
        if found in self._done or not self._origin.may_change or row["merged_into_id"] is not None:
            return SAME
        self._done.add(found)
        if notes := better_notes(record, row["notes"]):
            values["notes"] = notes
        key = product_key(name)
        is_renamed = is_by_id and row["name_norm"] != key and key not in self._by_key
        if is_renamed:
            values |= {"name": name, "name_norm": key}
            self._by_key[key] = found
        if row["external_id"] is None:
            values |= self._identity(record)
        changed = self._tx.change("product", row, values, kind="product.edited")
        if is_renamed:
            self._rename_on_deals(row["name_norm"], name)
        return CHANGED if changed else SAME

    def finish(self) -> None:
        """Nothing was only collected."""

    def _add(self, record: Record, name: str, values: dict[str, Any]) -> str:
        key = product_key(name)
        notes = {"notes": notes_of(record) or None}
        new = self._tx.create("product", {"name": name, "name_norm": key} | values | notes | self._identity(record))
        self._by_key[key] = new
        self._done.add(new)
        if record.external_id:
            self._by_id[record.external_id] = new
        return NEW

    def _found(self, record: Record) -> tuple[int | None, bool]:
        """The product that is meant, and whether by its id: else by its name."""
        if record.external_id and (by_id := self._by_id.get(record.external_id)) is not None:
            return by_id, True
        return self._by_key.get(product_key(clean(record.text("name")))), False

    def _identity(self, record: Record) -> dict[str, Any]:
        return {"external_source": self._origin.source, "external_id": record.external_id} if record.external_id else {}

    def _values(self, record: Record) -> dict[str, Any]:
        """What the row says beside name and notes."""
        values: dict[str, Any] = {}
        if category := clean(record.text("category")):
            values["category"] = category
        if code := clean(record.text("code")):
            values |= {"code": code, "code_norm": product_key(code)}
        price = record.values.get("price")
        if isinstance(price, Decimal):
            currency = record.text("currency").upper() or self._home
            if not is_currency(currency):
                raise InvalidInput(f"{currency[:40]!r} is no currency code such as EUR or USD")
            values |= price_values(self._tx, to_minor(price, currency), currency)
        return values

    def _rename_on_deals(self, key: str, name: str) -> None:
        texts = tuple(text for text in distinct_products(self._tx.sql) if product_key(text) == key)
        if texts:
            respell(self._tx, deals_with(self._tx.sql, texts), name)

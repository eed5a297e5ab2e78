"""Adding, editing, archiving and merging products; a deal says its product in the catalogue's spelling."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pipeboard.domain.errors import InvalidInput, NotFound
from pipeboard.domain.events import DealEdited, Event, SetupChanged
from pipeboard.domain.money import LARGEST_MINOR, is_currency
from pipeboard.domain.product_commands import AddProduct, ArchiveProduct, EditProduct, MergeProducts, RestoreProduct
from pipeboard.domain.product_names import product_key
from pipeboard.domain.products import Catalogue
from pipeboard.domain.text import clean
from pipeboard.storage.hot.products import catalogue, deals_with, distinct_products
from pipeboard.storage.sql import chunks
from pipeboard.storage.transaction import Transaction

Facts = tuple[Event, ...]
Row = dict[str, Any]

FIELDS = ("name", "code", "category", "price_minor", "currency", "notes")
"""The fields of a product that can be set."""


def add_product(command: AddProduct, tx: Transaction) -> Facts:
    """Add a product. Deals that say it in another spelling keep theirs; figures join them."""
    known = catalogue(tx.sql)
    name = name_values(command.name, known, None)
    code = code_values(command.code, known, None)
    price = price_values(tx, command.price_minor, command.currency)
    tx.begin("product.created", f"Added the product {name['name']}")
    texts = {"category": clean(command.category) or None, "notes": clean(command.notes, is_multiline=True) or None}
    return (SetupChanged("product", tx.create("product", {**name, **code, **texts, **price})),)


def edit_product(command: EditProduct, tx: Transaction) -> Facts:
    """Set fields of a product; with another name its deals are called so too."""
    wanted = dict(command.changes)
    if unknown := [field for field in wanted if field not in FIELDS]:
        raise InvalidInput(f"{unknown[0]!r} is no field of a product. Fields: {', '.join(FIELDS)}.")
    row = _product(tx, command.product, wanted)
    known = catalogue(tx.sql)
    values: Row = {}
    for field in ("category", "notes"):
        if field in wanted:
            values[field] = clean(str(wanted[field] or ""), is_multiline=field == "notes") or None
    if "code" in wanted:
        values |= code_values(str(wanted["code"] or ""), known, row["id"])
    if "price_minor" in wanted or "currency" in wanted:
        said = {"price_minor": row["price_minor"], "currency": row["currency"], **wanted}
        values |= price_values(tx, said["price_minor"], said["currency"])
    if "name" not in wanted or clean(str(wanted["name"] or "")) == row["name"]:
        what = ", ".join(field.removesuffix("_minor") for field in wanted if field != "name")
        tx.begin("product.edited", f"Changed {what} of {row['name']}")
        changed = tx.change("product", row, values, kind="product.edited")
        return (SetupChanged("product", row["id"]),) if changed else ()
    values |= name_values(str(wanted["name"] or ""), known, row["id"])
    texts = _texts_of(tx, known, [row["id"]])
    ids = _deals_to_respell(tx, texts, values["name"])
    tx.begin("product.edited", f"Renamed the product {row['name']} to {values['name']}{_on_deals(ids)}")
    tx.change("product", row, values, kind="product.edited")
    return (SetupChanged("product", row["id"]), *respell(tx, ids, values["name"]))


def archive_product(command: ArchiveProduct, tx: Transaction) -> Facts:
    """Offer a product no more."""
    row = _product(tx, command.product, ("is_archived",))
    tx.begin("product.archived", f"Archived the product {row['name']}")
    changed = tx.change("product", row, {"is_archived": 1}, kind="product.archived")
    return (SetupChanged("product", row["id"]),) if changed else ()


def restore_product(command: RestoreProduct, tx: Transaction) -> Facts:
    """Offer an archived product again."""
    row = _product(tx, command.product, ("is_archived",))
    tx.begin("product.restored", f"Restored the product {row['name']}")
    changed = tx.change("product", row, {"is_archived": 0}, kind="product.restored")
    return (SetupChanged("product", row["id"]),) if changed else ()


def merge_products(command: MergeProducts, tx: Transaction) -> Facts:
    """Give the deals of the others, and of other spellings, to the kept product; one undo brings all of it back."""
    kept = _product(tx, command.kept, ())
    others = [_product(tx, seen, ()) for seen in command.others if seen.id != kept["id"]]
    known = catalogue(tx.sql)
    spellings = _spellings(command.spellings, known, kept)
    if not others and not spellings:
        raise InvalidInput(f"{kept['name']} cannot be merged with itself: choose another one.")
    ids = [row["id"] for row in others]
    keys = {product_key(text) for text in spellings}
    texts = _texts_of(tx, known, [kept["id"], *ids], keys)
    deals = _deals_to_respell(tx, texts, kept["name"])
    names = [*(row["name"] for row in others), *spellings]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    tx.begin("product.merged", f"Merged {names[0]}{more} into the product {kept['name']}{_on_deals(deals)}")
    for text in spellings:
        if known.meant(text) is None:
            spelling = {"name": text, "name_norm": product_key(text), "is_archived": 1, "merged_into_id": kept["id"]}
            tx.create("product", spelling)
    _take(tx, kept, others)
    query = "SELECT id FROM product WHERE deleted = 0 AND merged_into_id IN ({ids})"
    earlier = tx.rows("product", [row[0] for row in tx.sql.by_ids(query, ids)])
    for row in (*others, *earlier.values()):
        tx.change("product", row, {"merged_into_id": kept["id"], "is_archived": 1}, kind="product.merged")
    changed = [SetupChanged("product", row["id"]) for row in (kept, *others)]
    return (*changed, *respell(tx, deals, kept["name"]))


# -- what an import uses too ----------------------------------------------------------------------------


def name_values(typed: str, known: Catalogue, own_id: int | None) -> Row:
    """A name with its key. Refused when it is empty or means another product."""
    name = clean(typed)
    if not name:
        raise InvalidInput("A product needs a name.")
    found = known.meant(name)
    if found is not None and found.id != own_id:
        if product_key(found.name) != product_key(name):
            what = "code" if product_key(found.code) == product_key(name) else "another spelling"
            raise InvalidInput(f"{name} is {what} of the product {found.name}: choose another name.")
        how = "archived: restore it instead" if found.is_archived else "merge the two instead"
        raise InvalidInput(f"There is a product {found.name} already ({how}).")
    return {"name": name, "name_norm": product_key(name)}


def code_values(typed: str, known: Catalogue, own_id: int | None) -> Row:
    """A code with its key. Refused when another product has it, or is called so."""
    code = clean(typed)
    key = product_key(code)
    for product in known:
        if key and product.id != own_id and key in (product_key(product.code), product_key(product.name)):
            raise InvalidInput(f"{code} is the product {product.name} already: choose another code.")
    return {"code": code or None, "code_norm": key or None}


def price_values(tx: Transaction, minor: Any, currency: Any) -> Row:
    """A list price with its currency, or neither."""
    if minor is None:
        return {"price_minor": None, "currency": None}
    code = str(currency or tx.sql.value("SELECT currency FROM workspace")).upper()
    if not is_currency(code):
        raise InvalidInput(f"{currency!r} is no ISO 4217 currency code such as EUR or USD.")
    if not isinstance(minor, int) or not 0 <= minor <= LARGEST_MINOR:
        raise InvalidInput("A list price is an amount of 0 or more.")
    return {"price_minor": minor, "currency": code}


def respell(tx: Transaction, deal_ids: Sequence[int], name: str) -> Facts:
    """Let these deals say their product so. A piece at a time: a product may have very many deals."""
    changed: list[Event] = []
    for piece in chunks(deal_ids):
        for row in tx.rows("deal", piece).values():
            fields = tx.change("deal", row, {"product": name}, kind="deal.edited")
            changed += [DealEdited(row["id"], fields)] if fields else []
        tx.write_rows()
        tx.write_events()
    return tuple(changed)


# -- inside ---------------------------------------------------------------------------------------------


def _product(tx: Transaction, seen: Any, fields: Iterable[str]) -> Row:
    (row,) = tx.things("product", [seen], fields=fields)
    if row["merged_into_id"] is not None and catalogue(tx.sql).get(row["id"]) is None:
        raise NotFound(f"The product {row['name']} was merged into another one.")
    return row


def _texts_of(tx: Transaction, known: Catalogue, ids: Sequence[int], keys: Collection[str] = ()) -> list[str]:
    """What deals say that means one of these products, or has one of the keys."""
    found = []
    for text in distinct_products(tx.sql):
        product = known.meant(text)
        if product_key(text) in keys or (product is not None and product.id in ids):
            found.append(text)
    return found


def _deals_to_respell(tx: Transaction, texts: Iterable[str], name: str) -> list[int]:
    """The live deals with one of the texts. Deleted ones keep theirs: undo looks at no deal that is not there."""
    others = tuple(text for text in texts if text != name)
    return deals_with(tx.sql, others) if others else []


def _on_deals(ids: Sequence[int]) -> str:
    return f" on {len(ids):,} deal{'s' * (len(ids) != 1)}" if ids else ""


def _spellings(typed: Iterable[str], known: Catalogue, kept: Row) -> list[str]:
    """Texts that are to mean the kept product; InvalidInput for one that means another."""
    wanted = {product_key(text): text for text in map(clean, typed) if text}
    for text in wanted.values():
        found = known.meant(text)
        if found is not None and found.id != kept["id"]:
            raise InvalidInput(f"{text} means the product {found.name}: merge that product instead.")
    return [text for text in wanted.values() if text != kept["name"]]


def _take(tx: Transaction, kept: Row, others: Sequence[Row]) -> None:
    """Fill what the kept product has not from the others, and join the notes."""
    values: Row = {}
    for first, *more in (("code", "code_norm"), ("category",), ("price_minor", "currency")):
        source = next((row for row in others if row[first] is not None), None)
        if kept[first] is None and source is not None:
            values |= {field: source[field] for field in (first, *more)}
    notes = list(dict.fromkeys(row["notes"].strip() for row in (kept, *others) if row["notes"]))
    if notes and "\n\n".join(notes) != (kept["notes"] or "").strip():
        values["notes"] = "\n\n".join(notes)
    tx.change("product", kept, values, kind="product.merged")

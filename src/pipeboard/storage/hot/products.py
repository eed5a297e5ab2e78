"""The catalogue of products, and what deals say of them, by literal SQL."""

from pipeboard.domain.product_names import product_key
from pipeboard.domain.products import Catalogue, Product
from pipeboard.storage.sql import Statements

_COLUMNS = (
    "SELECT id, version, name, COALESCE(code, ''), COALESCE(category, ''), price_minor, COALESCE(currency, ''),"
    " COALESCE(notes, ''), is_archived, name_norm, code_norm, merged_into_id FROM product WHERE deleted = 0"
)


def catalogue(sql: Statements) -> Catalogue:
    """Every product by name, archived ones too."""
    return _catalogue(sql.all(f"{_COLUMNS} ORDER BY name_norm, id"))


def catalogue_for(sql: Statements, text: str) -> Catalogue:
    """As much of the catalogue as it takes to know what a text means."""
    key = product_key(text)
    if not key:
        return Catalogue(())
    rows = sql.all(f"{_COLUMNS} AND (name_norm = ? OR code_norm = ?) ORDER BY name_norm, id", (key, key))
    if ids := [row[-1] for row in rows if row[-1] is not None]:
        rows += sql.by_ids(f"{_COLUMNS} AND id IN ({{ids}})", ids)
    return _catalogue(list(dict.fromkeys(map(tuple, rows))))


def _catalogue(rows: list[tuple[object, ...]]) -> Catalogue:
    there = {row[0] for row in rows}
    # A spelling of what is gone stands for itself again.
    spellings = [(key, row[-1]) for row in rows if row[-1] in there for key in row[-3:-1] if key]
    products = [Product._make((*row[:8], bool(row[8]))) for row in rows if row[-1] not in there]
    return Catalogue(products, spellings)  # type: ignore[arg-type]


def texts_of_deals(sql: Statements) -> list[tuple[str, int, int, int]]:
    """What live deals say of their product: text, how many deals, how many are open or parked, how many won."""
    rows = sql.all(
        "SELECT product, count(*), count(CASE WHEN status IN (0, 3) THEN 1 END), count(CASE WHEN status = 1 THEN 1 END)"
        " FROM deal WHERE deleted = 0 AND product <> '' GROUP BY product ORDER BY 2 DESC, 1"
    )
    return [(text, int(deals), int(alive), int(won)) for text, deals, alive, won in rows]


def distinct_products(sql: Statements) -> list[str]:
    """Every product text that some deal has."""
    return [row[0] for row in sql.all("SELECT DISTINCT product FROM deal WHERE deleted = 0 AND product <> ''")]


def same_products(sql: Statements, product: str | None) -> tuple[str, ...] | None:
    """The texts that deals have for the product that is meant, with the one given; None for none."""
    if product is None:
        return None
    known = catalogue(sql)
    return known.same(product, distinct_products(sql) if known else ())


def deals_with(sql: Statements, texts: tuple[str, ...]) -> list[int]:
    """The live deals with one of these product texts."""
    marks = ", ".join("?" * len(texts))
    rows = sql.all(f"SELECT id FROM deal WHERE deleted = 0 AND product IN ({marks}) ORDER BY id", texts)
    return [row[0] for row in rows]

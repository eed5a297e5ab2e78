"""Verbs for the catalogue of products: list, add, edit, archive, restore, merge."""

from typing import Any

import click

from pipeboard.cli import diagnostics, output
from pipeboard.cli.session import Session, pass_session
from pipeboard.cli.words import count_of, typed_money
from pipeboard.domain.commands import Seen
from pipeboard.domain.money import decimal_string
from pipeboard.domain.names import match_thing, with_id
from pipeboard.domain.product_commands import AddProduct, ArchiveProduct, EditProduct, MergeProducts, RestoreProduct
from pipeboard.domain.product_names import product_key
from pipeboard.domain.text import search_key
from pipeboard.services.catalogues import ProductList, ProductSheet

Json = dict[str, Any]

KEYS = ("name", "code", "category", "price", "notes")
"""What `edit` sets."""

_CSV = ("name", "code", "category", "price", "currency", "notes")


@click.group()
def product() -> None:
    """Products: list, add, edit, archive, restore, merge.

    \b
    Example:
      pipeboard product add "GTX Pro" --price 4821 --code GTX-PRO
    """


@product.command("list")
@click.argument("words", nargs=-1)
@click.option("--all", "is_all", is_flag=True, help="Archived products too.")
@click.option("--unknown", is_flag=True, help="Instead what deals say that means no product of the catalogue.")
@click.option("--csv", "is_csv", is_flag=True, help="As CSV, in columns that come in again.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, schema pipeboard.products/1.")
@pass_session
def list_products(
    session: Session, words: tuple[str, ...], is_all: bool, unknown: bool, is_csv: bool, is_json: bool
) -> None:
    """List the products with their deals.

    Words of name, code or category narrow the list.

    \b
    Examples:
      pipeboard product list gtx
      pipeboard product list --unknown
    """
    found = session.workspace.catalogues.products()
    wanted = search_key(" ".join(words)).split()
    sheets = [one for one in found.sheets if (is_all or not one.product.is_archived) and _has(one, wanted)]
    others = [one for one in found.others if all(word in search_key(one.text) for word in wanted)]
    if is_json:
        said = [
            {"text": one.text, "deals": one.deal_count, "open": one.open_count, "won": one.won_count} for one in others
        ]
        output.document({"schema": "pipeboard.products/1", "products": list(map(_json, sheets)), "unknown": said})
    elif is_csv:
        output.csv_rows(_CSV, [[text or "" for text in (_json(one)[key] for key in _CSV)] for one in sheets])
    elif unknown:
        rows = [(one.text, str(one.deal_count), str(one.open_count), str(one.won_count)) for one in others]
        output.table(("not in the catalogue", "deals", "open", "won"), rows, right=(1, 2, 3))
    else:
        output.table(
            ("id", "product", "code", "category", "list price", "deals", "open", "won", ""),
            [_row(one) for one in sheets],
            right=(0, 4, 5, 6, 7),
            flexible=(1, 2, 3),
        )
        if others and not wanted:
            diagnostics.say(
                f"{count_of(len(others), 'other text')} on deals: `pipeboard product list --unknown` shows them."
            )


def _has(sheet: ProductSheet, words: list[str]) -> bool:
    about = search_key(" ".join((sheet.name, sheet.product.code, sheet.product.category)))
    return all(word in about for word in words)


def _row(sheet: ProductSheet) -> tuple[str, ...]:
    one = sheet.product
    counts = (str(count or "") for count in (sheet.deal_count, sheet.open_count, sheet.won_count))
    return (str(one.id), one.name, one.code, one.category, one.price, *counts, "archived" if one.is_archived else "")


def _json(sheet: ProductSheet) -> Json:
    one = sheet.product
    return {
        "id": one.id,
        "name": one.name,
        "code": one.code or None,
        "category": one.category or None,
        "price": None if one.price_minor is None else decimal_string(one.price_minor, one.currency),
        "currency": one.currency or None,
        "notes": one.notes,
        "archived": one.is_archived,
        "deals": sheet.deal_count,
        "open": sheet.open_count,
        "won": sheet.won_count,
        "spellings": list(sheet.spellings),
    }


def _found(found: ProductList, typed: str) -> ProductSheet:
    """The product that is meant: by "#7", any spelling or code, "7", or the beginning of its name."""
    meant = None if typed.startswith("#") else found.catalogue.meant(typed)
    if meant is not None:
        return next(sheet for sheet in found.sheets if sheet.id == meant.id)
    return with_id(typed, found.sheets) or match_thing(typed, found.sheets, "product")


def _seen(session: Session, typed: str) -> Seen:
    return Seen(_found(session.workspace.catalogues.products(), typed).id)


@product.command("add")
@click.argument("name")
@click.option("--price", default="", help="The list price: 550, €550 or 1200.50 USD.")
@click.option("--code", default="", help="A code or SKU by which deals may name it too.")
@click.option("--category", default="", help="A category or series.")
@click.option("--notes", default="", help="Anything else.")
@pass_session
def add_product(session: Session, name: str, price: str, code: str, category: str, notes: str) -> None:
    """Add a product.

    \b
    Example:
      pipeboard product add "Gold plan" --price €550 --code G1 --category Plans
    """
    home = session.workspace.info.currency
    minor, currency = typed_money(price, home, home) if price else (None, None)
    output.line(session.workspace.execute(AddProduct(name, code, category, minor, currency, notes)).label)


@product.command("edit")
@click.argument("product")
@click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
@pass_session
def edit_product(session: Session, product: str, changes: tuple[str, ...]) -> None:
    """Set fields of a product.

    Keys are name, code, category, price, notes; nothing after = clears one. With another name its deals are called
    so too.

    \b
    Examples:
      pipeboard product edit gold price=600 code=G2
      pipeboard product edit gold "name=Gold plan"
    """
    sheet = _found(session.workspace.catalogues.products(), product)
    typed: Json = {}
    for change in changes:
        key, sign, value = (part.strip() for part in change.partition("="))
        if not sign or key not in KEYS:
            raise click.UsageError(f"{change[:60]!r} is no KEY=VALUE. Keys: {', '.join(KEYS)}.")
        if key != "price":
            typed[key] = value
        elif not value:
            typed["price_minor"] = None
        else:
            home = session.workspace.info.currency
            typed["price_minor"], typed["currency"] = typed_money(value, sheet.product.currency or home, home)
    outcome = session.workspace.execute(EditProduct(Seen(sheet.id), tuple(typed.items())))
    output.line(outcome.label if outcome.action_id else "Nothing had to change")


@product.command("archive")
@click.argument("product")
@pass_session
def archive_product(session: Session, product: str) -> None:
    """Offer a product no more; its deals keep it.

    \b
    Example:
      pipeboard product archive "MG Special"
    """
    outcome = session.workspace.execute(ArchiveProduct(_seen(session, product)))
    output.line(outcome.label if outcome.action_id else "Archived already")


@product.command("restore")
@click.argument("product")
@pass_session
def restore_product(session: Session, product: str) -> None:
    """Offer an archived product again.

    \b
    Example:
      pipeboard product restore "MG Special"
    """
    outcome = session.workspace.execute(RestoreProduct(_seen(session, product)))
    output.line(outcome.label if outcome.action_id else "It is not archived")


@product.command("merge")
@click.argument("products", nargs=-1, required=True)
@click.option("--into", "kept", required=True, metavar="NAME", help="The product that stays.")
@pass_session
def merge_products(session: Session, products: tuple[str, ...], kept: str) -> None:
    """Make products or spellings one.

    Spellings are what deals say; their deals get the product that stays. `pipeboard undo` brings all back.

    \b
    Example:
      pipeboard product merge "GTX Professional" "Pro GTX" --into "GTX Pro"
    """
    found = session.workspace.catalogues.products()
    stays = _found(found, kept)
    unknown = {product_key(one.text): one.text for one in found.others}
    others: list[Seen] = []
    spellings: list[str] = []
    for typed in products:
        if typed in stays.spellings:
            spellings.append(typed)
        elif found.catalogue.meant(typed) is None and product_key(typed) in unknown:
            spellings.append(unknown[product_key(typed)])
        else:
            others.append(Seen(_found(found, typed).id))
    command = MergeProducts(Seen(stays.id), tuple(others), tuple(spellings))
    output.line(session.workspace.execute(command).label)

"""Products of the catalogue, and the one rule for which of them a text on a deal means."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeboard.domain.money import divide_half_even, format_money
from pipeboard.domain.product_names import product_key


class Product(NamedTuple):
    """Something that is sold. The list price is in minor units of `currency`; None is no price, which is not 0."""

    id: int
    version: int
    name: str
    code: str = ""
    category: str = ""
    price_minor: int | None = None
    currency: str = ""
    notes: str = ""
    is_archived: bool = False

    @property
    def price(self) -> str:
        """The list price in words; "" without one."""
        return "" if self.price_minor is None else format_money(self.price_minor, self.currency)


class Catalogue:
    """The products, and other spellings that were merged into them as (key, product id)."""

    def __init__(self, products: Iterable[Product], spellings: Iterable[tuple[str, int]] = ()) -> None:
        self.products: Sequence[Product] = tuple(products)
        self._by_id = {product.id: product for product in self.products}
        self._by_key: dict[str, Product] = {}
        self._known: dict[str, Product | None] = {}
        codes = [product_key(product.code) for product in self.products]
        shared = Counter(codes)
        # What is named first here gives way to what follows: a code to another spelling, that to a name.
        for code, product in zip(codes, self.products, strict=True):
            if code and shared[code] == 1:
                self._by_key[code] = product
        for key, product_id in spellings:
            if product_id in self._by_id:
                self._by_key[key] = self._by_id[product_id]
        for product in reversed(self.products):
            self._by_key[product_key(product.name)] = product

    def __bool__(self) -> bool:
        return bool(self.products)

    def __iter__(self) -> Iterator[Product]:
        return iter(self.products)

    def get(self, product_id: int) -> Product | None:
        """The product with this id."""
        return self._by_id.get(product_id)

    def meant(self, text: str) -> Product | None:
        """The product that a text means by its name, another spelling of it, or a code that no other one has."""
        if text not in self._known:
            self._known[text] = self._by_key.get(product_key(text)) if text else None
        return self._known[text]

    def spelt(self, text: str) -> str:
        """The text in the spelling of the catalogue; as it is where it means none of its products."""
        found = self.meant(text)
        return text if found is None else found.name

    def same(self, text: str, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of `texts` that mean what `text` means, itself among them."""
        wanted = self.spelt(text)
        return tuple(dict.fromkeys((text, *(one for one in texts if self.spelt(one) == wanted))))

    def searched(self, text: str) -> str:
        """What a filter looks through for the product of a deal: its name, the text of the deal, key and code."""
        found = self.meant(text)
        names = (text, product_key(text)) if found is None else (found.name, text, product_key(found.name), found.code)
        return " ".join(dict.fromkeys(names))

    def joined(self, counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        """Texts with how often they occur, those of one product as one, in the order in which they come first."""
        sums: dict[str, int] = {}
        for text, count in counts:
            name = self.spelt(text)
            sums[name] = sums.get(name, 0) + count
        return list(sums.items())

    def offered(self, used: Iterable[str] = ()) -> tuple[str, ...]:
        """What may be typed for a product: the live ones, the most used first, then other texts that deals have.

        `used` are the texts of deals, the most frequent first.
        """
        texts = tuple(used)
        of_deals = (self.meant(text) for text in texts)
        first = (product for product in of_deals if product is not None)
        names = (p.name for p in (*first, *self.products) if not p.is_archived)
        return tuple(dict.fromkeys((*names, *(text for text in texts if self.meant(text) is None))))


def against_list(value_minor: int | None, currency: str, product: Product | None) -> str:
    """A deal's value beside the list price: "list €550, 12% below"; "" without a price in the same currency."""
    if product is None or product.price_minor is None or product.currency != currency:
        return ""
    words = f"list {product.price}"
    if value_minor is None:
        return words
    difference = value_minor - product.price_minor
    if not difference:
        return f"{words}, at list price"
    if not product.price_minor:
        return words
    return f"{words}, {_share(abs(difference), product.price_minor)}% {'above' if difference > 0 else 'below'}"


def _share(part: int, whole: int) -> str:
    """A percentage: whole from 10 on, else with a decimal."""
    tenths = divide_half_even(part * 1000, whole)
    if tenths >= 100 or tenths % 10 == 0:
        return str(divide_half_even(part * 100, whole)) if tenths else "less than 0.1"
    return f"{tenths // 10}.{tenths % 10}"

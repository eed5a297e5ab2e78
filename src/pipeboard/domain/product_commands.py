"""What a person can ask for about products. Imperative names, frozen values, like `domain.commands`."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.commands import Seen


class AddProduct(NamedTuple):
    """Add a product. A name or code that is there already is refused; a price needs no currency but the workspace's."""

    name: str
    code: str = ""
    category: str = ""
    price_minor: int | None = None
    currency: str | None = None
    notes: str = ""


class EditProduct(NamedTuple):
    """Set fields of a product: name, code, category, price_minor, currency, notes.

    With another name its deals are called so too, in the same action.
    """

    product: "Seen"
    changes: tuple[tuple[str, Any], ...]


class ArchiveProduct(NamedTuple):
    """Offer a product no more; deals keep it, and figures still join by it."""

    product: "Seen"


class RestoreProduct(NamedTuple):
    """Offer an archived product again."""

    product: "Seen"


class MergeProducts(NamedTuple):
    """Make several products one: the deals of the others, and those with one of the `spellings`, get the kept one.

    What was merged stays another spelling of it, so that an import does not bring it back.
    """

    kept: "Seen"
    others: "tuple[Seen, ...]" = ()
    spellings: tuple[str, ...] = ()


ProductCommand = AddProduct | EditProduct | ArchiveProduct | RestoreProduct | MergeProducts

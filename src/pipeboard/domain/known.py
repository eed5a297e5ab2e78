"""What a person may mean when typing into a field: everything that was typed there before."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeboard.domain.products import Catalogue


class Known(NamedTuple):
    """Values to complete with, those most likely meant first; `catalogue` are the products with their prices."""

    companies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()
    catalogue: "Catalogue | None" = None

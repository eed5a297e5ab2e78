"""What a person may mean when typing into a field: everything that was typed there before."""

from typing import NamedTuple


class Known(NamedTuple):
    """Values to complete with, those most likely meant first."""

    companies: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    custom: tuple[str, ...] = ()

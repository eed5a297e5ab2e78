"""Forecast categories and their cumulative roll-up (DOMAIN.md 2.2, row 13).

Commit = won + commit, best case = that + best, open pipeline = all three without what is won. Source: Salesforce's
cumulative forecast rollups, HubSpot's forecast categories. A deal's own choice goes over that of its stage.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeboard.domain.forecast.facts import CATEGORIES, ForecastDeal, Sums, sums

CUMULATIVE = {"commit": ("commit",), "best": ("commit", "best"), "pipeline": ("commit", "best", "pipeline")}
"""What each category's roll-up takes in, beside the won deals (the open pipeline: without them)."""


class CategoryRow(NamedTuple):
    """A category: its own open deals, and the roll-up in minor units (for `omitted` only its own)."""

    category: str
    own: Sums
    rolled_minor: int


def of_category(deals: Sequence[ForecastDeal], categories: Sequence[str]) -> list[ForecastDeal]:
    """The open deals of these categories."""
    return [deal for deal in deals if not deal.is_won and deal.category in categories]


def rolled(ahead: Sequence[ForecastDeal], won: Sequence[ForecastDeal], category: str) -> list[ForecastDeal]:
    """The deals whose values make up the roll-up of a category."""
    if category not in CUMULATIVE:
        return of_category(ahead, (category,))
    mine = of_category(ahead, CUMULATIVE[category])
    return mine if category == "pipeline" else [*won, *mine]


def category_rows(ahead: Sequence[ForecastDeal], won: Sequence[ForecastDeal]) -> tuple[CategoryRow, ...]:
    """Every category of the open deals expected in the rest of a period, with the deals won in it."""
    return tuple(
        CategoryRow(category, sums(of_category(ahead, (category,))), sums(rolled(ahead, won, category)).value_minor)
        for category in CATEGORIES
    )

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
    by_category: dict[str, list[ForecastDeal]] = {category: [] for category in CATEGORIES}
    for deal in ahead:
        by_category[deal.category].append(deal)
    own = {category: sums(deals) for category, deals in by_category.items()}
    won_minor = sums(won).value_minor

    def rolled_minor(category: str) -> int:
        """What `rolled` adds up to, out of the sums that are there already."""
        if category not in CUMULATIVE:
            return own[category].value_minor
        mine = sum(own[one].value_minor for one in CUMULATIVE[category])
        return mine if category == "pipeline" else won_minor + mine

    return tuple(CategoryRow(category, own[category], rolled_minor(category)) for category in CATEGORIES)

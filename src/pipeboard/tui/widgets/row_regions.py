"""Rows that changed as the regions to be painted again."""

from collections.abc import Iterable

from textual.geometry import Region


def row_regions(rows: Iterable[int], width: int) -> list[Region]:
    """Ascending rows as regions `width` cells wide, one for each run of neighbours."""
    regions: list[Region] = []
    for y in rows:
        if regions and regions[-1].bottom == y:
            last = regions.pop()
            regions.append(Region(0, last.y, width, last.height + 1))
        else:
            regions.append(Region(0, y, width, 1))
    return regions

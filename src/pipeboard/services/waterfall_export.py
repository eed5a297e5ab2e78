"""A waterfall as a JSON document, and as rows: one for every deal of every step."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeboard.domain import waterfall_words
from pipeboard.domain.money import decimal_string
from pipeboard.domain.waterfall import NAMES
from pipeboard.services.figure_export import write_csv
from pipeboard.services.waterfall import WaterfallView

HEADER = ("step", "deal", "title", "change", "currency", "note")


def to_json(view: WaterfallView) -> dict[str, Any]:
    """The contract `pipeboard.waterfall/1`."""
    query = view.query
    filters = {
        "pipeline": view.pipeline.name,
        "owner": view.owner,
        "source": query.source,
        "product": query.product,
        **({"filter": query.filter} if query.filter else {}),
        "closing": None if query.close is None else [query.close.start.isoformat(), query.close.end.isoformat()],
        "weighted": query.is_weighted,
    }
    return waterfall_words.to_json(view.made, view.period, view.currency, filters, view.as_of)


def csv_rows(view: WaterfallView, titles: Mapping[int, str]) -> Iterator[tuple[str, ...]]:
    """Start, steps and end deal by deal, signed: all of them without the end add up to the end."""
    for key in waterfall_words.KEYS:
        for change in view.made.changes(key):
            amount = "" if change.minor is None else decimal_string(change.minor, view.currency)
            title = titles.get(change.deal_id, "")
            yield NAMES[key], str(change.deal_id), title, amount, view.currency, change.note


def export_csv(view: WaterfallView, titles: Mapping[int, str], folder: Path) -> Path:
    """Write the rows into a new file of the folder; where it is."""
    stem = f"pipeboard-waterfall-{view.period.start}-{view.period.end}"
    return write_csv(folder, stem, HEADER, csv_rows(view, titles))

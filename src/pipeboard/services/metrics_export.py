"""All figures of a report as rows, and those rows in a file of their own."""

from collections.abc import Iterator
from pathlib import Path

from pipeboard.domain.metrics.report import Report
from pipeboard.domain.metrics.serialize import to_json
from pipeboard.services import figure_export

HEADER = figure_export.HEADER


def rows_of(made: Report) -> Iterator[tuple[str, str, str, str]]:
    """Every figure of the JSON document as one row; an unknown value is an empty cell."""
    return figure_export.rows_of(to_json(made))


def export_csv(made: Report, folder: Path) -> Path:
    """Write the figures into a new file of the folder, readable by its owner alone; where it is."""
    period = made.given.period
    return figure_export.write_csv(folder, f"pipeboard-metrics-{period.start}-{period.end}", HEADER, rows_of(made))

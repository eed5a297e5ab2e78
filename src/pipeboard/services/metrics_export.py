"""All figures of the metrics as rows, and those rows in a file of their own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeboard.domain.metrics.report import Report
from pipeboard.services import figure_export

HEADER = figure_export.HEADER
rows_of = figure_export.rows_of


def export_csv(made: Report, document: Mapping[str, Any], folder: Path) -> Path:
    """Write the figures into a new file of the folder, readable by its owner alone; where it is."""
    period = made.given.period
    return figure_export.write_csv(folder, f"pipeboard-metrics-{period.start}-{period.end}", HEADER, rows_of(document))

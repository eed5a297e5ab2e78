"""What a person can do on the forecast and the waterfall beside walking figures: a line each, for the registry."""

FIGURE_WALKS = frozenset(
    f"figures.{name}"
    for name in (
        *("left", "right", "down", "up", "page_down", "page_up", "first", "last", "open", "previous", "next"),
        *("period", "pipeline", "filter", "find", "clear", "owner", "copy", "export", "back"),
    )
)
"""The actions of the metrics screen that work on these two as well."""

FORECAST_TOO = frozenset({"figures.target"})
"""The actions of the metrics screen that work on the forecast as well."""

WATERFALL_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("waterfall.closing", "c", "closing", "Closing", "Only deals expected to close in the period, or all of them"),
    ("waterfall.weighted", "percent_sign", "weighted", "Weighted", "Values times probabilities, or whole values"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

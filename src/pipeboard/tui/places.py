"""The screens that `g` and a letter lead to: one line each feeds the popup, the palette, the help and docs/keys.md."""

from typing import NamedTuple


class Place(NamedTuple):
    """A screen by its letter. `opener` names a function of `module:function` below pipeboard.tui that takes the app."""

    name: str
    letter: str
    label: str
    hint: str
    opener: str


PLACES: tuple[Place, ...] = (
    Place("board", "b", "Board", "the stages with their cards", "opening:show_board"),
    Place("list", "l", "List", "the same deals as a table", "opening:show_list"),
    Place("agenda", "t", "Agenda", "the day's work of all deals", "opening:show_agenda"),
    Place("companies", "c", "Companies", "companies and contacts, their deals; merge", "open_companies:show_companies"),
    Place("metrics", "m", "Metrics", "win rate, velocity, funnel", "opening:show_metrics"),
    Place("forecast", "f", "Forecast", "by month, coverage, what is missing", "open_forecast:show_forecast"),
    Place("waterfall", "w", "Waterfall", "what changed between two dates", "open_forecast:show_waterfall"),
    Place("review", "r", "Review", "the pipeline meeting, deal by deal", "open_review:show_review"),
    Place("hygiene", "s", "Hygiene", "stale and incomplete deals, flush", "open_review:show_hygiene"),
    Place("history", "h", "History", "what was done, by whom and when; undo from there", "open_history:show_history"),
    Place("import", "i", "Import", "bring a file in: CSV, a workbook, JSON", "open_import:show_import"),
    Place("pipelines", "p", "Pipelines", "pipelines and stages, templates", "open_setup:show_pipelines"),
    Place("settings", ",", "Settings", "colours, rates, lost reasons, owners, file", "open_setup:show_settings"),
)

BY_NAME = {place.name: place for place in PLACES}

"""The waterfall as plain text of 80 columns: a bar for every step, its value beside it."""

from pipeboard.cli import output
from pipeboard.cli.words import count_of
from pipeboard.domain.money import format_money
from pipeboard.domain.waterfall import NAMES
from pipeboard.domain.waterfall_words import KEYS, headline
from pipeboard.services.waterfall import WaterfallView

_BAR = 30


def print_waterfall(view: WaterfallView) -> None:
    """Print both ends and every step that has deals, drawn from where the one before ended."""
    made, query = view.made, view.query
    filters = [text for text in (view.owner, query.source, query.product, query.filter) if text]
    where = f" ({', '.join(filters)})" if filters else ""
    words = headline(view.period, view.as_of, query.close, is_weighted=query.is_weighted)
    output.line(f"{view.pipeline.name}{where}: {words}")
    output.line()
    rows = []
    levels = [made.start_minor]
    for bar in made.bars:
        levels.append(levels[-1] + bar.change_minor)
    most = max([1, *levels])
    before = 0
    for key in KEYS:
        changes = made.changes(key)
        if key not in ("start", "end") and not changes:
            continue
        if key in ("start", "end"):
            amount = made.start_minor if key == "start" else made.end_minor
            low, high, sign, shown = 0, amount, "#", format_money(amount, view.currency)
            before = amount
        else:
            change = made.bar(key).change_minor
            low, high = sorted((before, before + change))
            before += change
            sign, shown = ("+", "+") if change > 0 else ("-", "")
            shown += format_money(change, view.currency)
        rows.append((NAMES[key], _bar(low, high, most, sign), shown, f"{len(changes):,}"))
    output.table(("Step", "", "value", "deals"), rows, right=(2, 3), flexible=(1,))
    gaps = [(made.without_value, "without a value"), (made.unconverted, "without a rate")]
    told = [f"{count_of(count, 'deal')} {words}" for count, words in gaps if count]
    if told:
        output.line(f"{', '.join(told)}: in no sum they would belong to.")


def _bar(low: int, high: int, most: int, sign: str) -> str:
    """A bar from one level to another; something that is more than nothing has at least one cell."""
    start = max(0, round(low / most * _BAR))
    end = max(start, round(high / most * _BAR))
    if high > low and end == start:
        start, end = (start, start + 1) if start < _BAR else (start - 1, start)
    return " " * start + sign * (end - start) + " " * (_BAR - end)

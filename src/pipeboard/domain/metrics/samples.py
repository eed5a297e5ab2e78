"""Mean, median and quantile of small samples; the standard `statistics` module would import `random`."""

from collections.abc import Sequence


def mean(values: Sequence[float]) -> float | None:
    """The arithmetic mean, None of nothing."""
    return sum(values) / len(values) if values else None


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) of an ascending sample lies, interpolated; None of nothing.

    The method is the inclusive one (type 7 of Hyndman and Fan, PERCENTILE.INC of spreadsheets).
    """
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    below = int(place)
    if below + 1 >= len(ordered):
        return float(ordered[-1])
    return ordered[below] + (ordered[below + 1] - ordered[below]) * (place - below)


def median(ordered: Sequence[float]) -> float | None:
    """The middle of an ascending sample, or the mean of the middle two; None of nothing."""
    return quantile(ordered, 0.5)


def ratio(part: int, whole: int) -> float | None:
    """Part of the whole; None where the whole is 0, because nothing is known then."""
    return part / whole if whole else None

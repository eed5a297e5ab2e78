"""The signs that carry every state without colour, in two sets."""

from typing import NamedTuple


class Glyphs(NamedTuple):
    """One sign per meaning; each is one cell wide except `ellipsis` and `at_least` of the ascii set."""

    late: str
    soon: str
    planned: str
    none: str
    rotting: str
    waiting: str
    done: str
    cursor: str
    mark: str
    hot: str
    separator: str
    bar: str
    rest: str
    next: str
    previous: str
    at_least: str
    ellipsis: str
    find: str
    dot: str
    changed: str


UNICODE = Glyphs(
    late="▲",
    soon="●",
    planned="·",
    none="○",
    rotting="◆",
    waiting="◇",
    done="✓",
    cursor="┃",
    mark="✓",
    hot="!",
    separator="│",
    bar="━",
    rest="─",
    next="→",
    previous="←",
    at_least="≥",
    ellipsis="…",
    find="/",
    dot="·",
    changed="±",
)

ASCII = Glyphs(
    late="!",
    soon="*",
    planned="-",
    none="o",
    rotting="#",
    waiting="~",
    done="+",
    cursor="|",
    mark="+",
    hot="!",
    separator="|",
    bar="=",
    rest="-",
    next=">",
    previous="<",
    at_least=">=",
    ellipsis="..",
    find="/",
    dot="-",
    changed="=",
)

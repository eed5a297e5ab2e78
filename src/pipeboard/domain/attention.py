"""Why a deal needs somebody's attention (DOMAIN.md 1.1, point 27)."""

from pipeboard.domain.names import match_name

FLAGS = ("critical", "needs time", "needs coaching", "needs help")
"""The flags, in the order of urgency."""

_SHORT = {"time": "needs time", "coaching": "needs coaching", "help": "needs help"}


def flags_of(text: str) -> tuple[str, ...]:
    """The flags of a stored text."""
    return tuple(flag for flag in FLAGS if flag in text.split(", "))


def flag_text(typed: str) -> str:
    """Typed flags ("help, critical") as they are stored; NotFound or Ambiguous name the one that is none."""
    found = {_flag(part) for part in typed.split(",") if part.strip()}
    return ", ".join(flag for flag in FLAGS if flag in found)


def _flag(typed: str) -> str:
    word = typed.strip().lower()
    return _SHORT.get(word) or FLAGS[match_name(word, FLAGS, "attention flag")]

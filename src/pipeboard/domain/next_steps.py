"""What usually comes next after a task: lines as a person would type them, the likeliest first."""

from typing import Final

from pipeboard.domain.text import search_key

_PROPOSAL: Final = ("proposal", "offer", "quote", "estimate", "предлож", "оферт", "смет", "ofert", "wycen")
_CONTRACT: Final = ("contract", "negotiat", "legal", "договор", "контракт", "переговор", "umow", "negocjac")
_AFTER_KIND: Final = {
    "call": ("send summary tomorrow", "call again +3d", "follow up +1w"),
    "mail": ("call about it +3d", "follow up +1w", "send more +2w"),
    "meeting": ("send summary tomorrow", "send proposal +2d", "call about next steps +1w"),
    "todo": ("follow up +3d", "call next week", "send summary tomorrow"),
}
_AFTER_PROPOSAL: Final = ("follow up on the proposal +3d", "call about the proposal +1w", "agree the close date +1w")
_AFTER_CONTRACT: Final = ("call about the contract +2d", "get the signature +1w", "follow up +3d")


def speaks_of_proposal(text: str) -> bool:
    """Whether a title or a stage's name is about an offer that was made."""
    return _speaks(text, _PROPOSAL)


def _speaks(text: str, words: tuple[str, ...]) -> bool:
    found = search_key(text)
    return any(word in found for word in words)


def suggested_steps(kind: str, title: str, stage: str) -> tuple[str, ...]:
    """Three lines that make a next step, after a task of this kind and title of a deal in a stage of this name.

    What the task was about says more than the stage, and the stage more than the kind.
    """
    usual = _AFTER_KIND.get(kind, _AFTER_KIND["todo"])
    for words, steps in ((_PROPOSAL, _AFTER_PROPOSAL), (_CONTRACT, _AFTER_CONTRACT)):
        if _speaks(title, words) and kind in ("mail", "todo"):
            return steps
    if kind in ("mail", "todo"):
        for words, steps in ((_CONTRACT, _AFTER_CONTRACT), (_PROPOSAL, _AFTER_PROPOSAL)):
            if _speaks(stage, words):
                return steps
    return usual

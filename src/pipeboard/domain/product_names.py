"""What of a product's name tells it from others: spaces, punctuation and case do not."""

import unicodedata

from pipeboard.domain.text import search_key


def product_key(text: str) -> str:
    """What of a product's name or code tells it from others; "" for an empty text.

    Case, accents, spaces and punctuation do not: "GTX Pro" = "GTXPro" = "gtx-pro". Between two digits any gap is
    kept as a point, for "2.5" is not "25". Signs that are no punctuation count: "Gold+" is not "Gold".
    """
    folded = search_key(text)
    kept: list[str] = []
    has_gap = False
    for character in folded:
        if unicodedata.category(character)[0] in "ZPC":
            has_gap = True
            continue
        if has_gap and kept and character.isdigit() and kept[-1].isdigit():
            kept.append(".")
        kept.append(character)
        has_gap = False
    return "".join(kept) or " ".join(folded.split())

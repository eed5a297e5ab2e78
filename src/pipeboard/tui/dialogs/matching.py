"""Which of many texts a person means by a few typed letters."""

from collections.abc import Sequence

from pipeboard.domain.text import search_key


def ranked(query: str, keys: Sequence[str]) -> list[int]:
    """The places of the texts that fit the query, best first; all of them for an empty query.

    `keys` are texts in the form of `search_key`. Better to worse: the text begins with the query; it has
    all its words, each at the beginning of a word; it has them anywhere; it has the letters in their order.
    Equals keep their order.
    """
    wanted = search_key(query).split()
    if not wanted:
        return list(range(len(keys)))
    phrase, letters = " ".join(wanted), "".join(wanted)
    ranks: tuple[list[int], ...] = ([], [], [], [])
    for place, key in enumerate(keys):
        if all(word in key for word in wanted):
            if key.startswith(phrase):
                ranks[0].append(place)
            elif all(_begins_word(word, key) for word in wanted):
                ranks[1].append(place)
            else:
                ranks[2].append(place)
        elif _has_in_order(letters, key):
            ranks[3].append(place)
    return [place for rank in ranks for place in rank]


def _begins_word(word: str, key: str) -> bool:
    """Whether a word of the text begins with this one."""
    at = key.find(word)
    while at > 0 and key[at - 1].isalnum():
        at = key.find(word, at + 1)
    return at >= 0


def _has_in_order(letters: str, key: str) -> bool:
    """Whether the letters occur in the text in their order, with anything between them."""
    at = -1
    for letter in letters:
        at = key.find(letter, at + 1)
        if at < 0:
            return False
    return True

"""What one entry of the registry of actions is."""

from typing import NamedTuple


class UserAction(NamedTuple):
    """Something a key, the palette or the help can start.

    `keys` are Textual's names, separated by commas; `action` is the method `action_...` with its parameters;
    `contexts` names the screens where it works; `hint` and `priority` put it into the footer (0 always stays).
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    group: str
    contexts: tuple[str, ...]
    hint: str = ""
    priority: int = 5

    @property
    def is_walk(self) -> bool:
        """Whether it only moves the cursor or scrolls: what people look for last, because arrows do it."""
        return self.group == "Move about" and self.id != "deal.find"

"""What the line of the filter tells the board."""

from textual.message import Message


class FilterChanged(Message):
    """Another filter is wanted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def can_replace(self, message: Message) -> bool:
        """Only the latest words count."""
        return isinstance(message, FilterChanged)


class FilterClosed(Message):
    """The person is done: with the filter kept, or dropped."""

    def __init__(self, *, is_kept: bool) -> None:
        super().__init__()
        self.is_kept = is_kept


class FilterOpened(Message):
    """The line takes the keys now."""

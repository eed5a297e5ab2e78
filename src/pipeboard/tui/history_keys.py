"""What a person can do in the history alone: one line for each, for the registry of actions."""

HISTORY_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("history.open", "enter", "open_action", "What changed", "Each field before and after, and the deals it was about"),
    ("history.undo_this", "u", "undo_this", "Undo this", "Take back the action of this row, whoever did it"),
    ("history.narrow", "f", "narrow", "Who and what", "Only what one person did, or only one kind of action"),
    ("history.leave", "escape", "leave", "Clear", "Show everything again, then go back"),
)
"""Id, keys, method, label and sentence of each."""

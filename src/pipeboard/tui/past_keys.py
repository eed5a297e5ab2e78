"""What a person can do with the board of a past day: one line for each, for the registry of actions."""

PAST_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("past.before", "left_square_bracket", "day(-1)", "Day before", "The board a day earlier"),
    ("past.after", "right_square_bracket", "day(1)", "Day after", "The board a day later"),
    ("past.open", "enter", "open_deal", "The deal today", "Everything about the deal as it is now"),
    ("past.leave", "escape", "leave", "Today", "Clear the filter, then back to the board of today"),
)
"""Id, keys, method, label and sentence of each."""

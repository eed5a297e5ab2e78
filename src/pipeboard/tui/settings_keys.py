"""What can be done on the screen of settings: one line for each, for the registry of actions."""

SETTINGS_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("settings.down", "j,down", "cursor(0,1)", "Down", "Go to the next row"),
    ("settings.up", "k,up", "cursor(0,-1)", "Up", "Go to the row above"),
    ("settings.page_down", "ctrl+d,pagedown", "page(1)", "Page down", "Go one screen down"),
    ("settings.page_up", "ctrl+u,pageup", "page(-1)", "Page up", "Go one screen up"),
    ("settings.first", "home", "first", "First", "Go to the first row"),
    ("settings.last", "G,end", "last", "Last", "Go to the last row"),
    ("settings.next_group", "right_square_bracket", "group(1)", "Next part", "Go to the next part of the settings"),
    ("settings.previous_group", "left_square_bracket", "group(-1)", "Part before", "Go to the part before"),
    ("settings.change", "enter,e", "change", "Change", "Change what the row is about"),
    ("settings.add", "n", "add", "New", "Add a lost reason, an owner, a rate or a product, where the cursor is"),
    ("settings.rename", "r", "rename", "Rename", "Give the lost reason, owner or product another name"),
    ("settings.merge", "m", "merge", "Merge", "Make two products, or two spellings of one, one; u brings both back"),
    ("settings.lower", "J,shift+down", "reorder(1)", "Move down", "Move the lost reason down"),
    ("settings.raise", "K,shift+up", "reorder(-1)", "Move up", "Move the lost reason up"),
    (
        "settings.exclude",
        "exclamation_mark",
        "exclude",
        "In the win rate",
        "Leave deals lost for this reason out of the win rate, or count them",
    ),
    (
        "settings.archive",
        "D",
        "archive",
        "Archive",
        "Archive the lost reason, the owner (asks who takes over) or the product, or bring the product back",
    ),
    ("settings.config", "E", "open_config", "Configuration", "Open the configuration file in $EDITOR and check it"),
    ("settings.back", "escape", "back", "Back", "Back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

"""How one moves about on the screen of one deal: one line for each, for the registry of actions."""

DEAL_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("deal.next", "right_square_bracket", "neighbour(1)", "Next deal", "Show the next deal of where you came from"),
    ("deal.previous", "left_square_bracket", "neighbour(-1)", "Deal before", "Show the deal before"),
    ("deal.scroll_down", "j,down", "scroll_lines(1)", "Down", "Scroll one line down"),
    ("deal.scroll_up", "k,up", "scroll_lines(-1)", "Up", "Scroll one line up"),
    ("deal.page_down", "pagedown", "page(1)", "Page down", "Scroll one screen down"),
    ("deal.page_up", "pageup", "page(-1)", "Page up", "Scroll one screen up"),
    ("deal.half_page_down", "ctrl+d", "page(0.5)", "Half a page down", "Scroll half a screen down"),
    ("deal.half_page_up", "ctrl+u", "page(-0.5)", "Half a page up", "Scroll half a screen up"),
    ("deal.first_line", "home", "scroll_lines(-1_000_000_000)", "First line", "Scroll to the first line"),
    ("deal.last_line", "G,end", "scroll_lines(1_000_000_000)", "Last line", "Scroll to the last line"),
    ("deal.back", "escape", "back", "Back", "Back to where you came from, on the deal you ended on"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

"""What a person can do on the metrics screen: one line for each, for the registry of actions."""

METRICS_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("figures.left", "h,left", "walk(-1,0)", "Left", "Go to the figure on the left"),
    ("figures.right", "l,right", "walk(1,0)", "Right", "Go to the figure on the right"),
    ("figures.down", "j,down", "walk(0,1)", "Down", "Go to the figure below"),
    ("figures.up", "k,up", "walk(0,-1)", "Up", "Go to the figure above"),
    ("figures.page_down", "ctrl+d,pagedown", "page(1)", "Page down", "Go one screen down"),
    ("figures.page_up", "ctrl+u,pageup", "page(-1)", "Page up", "Go one screen up"),
    ("figures.first", "home", "edge(-1)", "First figure", "Go to the first figure"),
    ("figures.last", "G,end", "edge(1)", "Last figure", "Go to the last figure"),
    ("figures.open", "enter", "open_figure", "Deals behind", "List the deals that the figure is made of"),
    ("figures.previous", "left_square_bracket", "period(-1)", "Period before", "Show the period before"),
    ("figures.next", "right_square_bracket", "period(1)", "Period after", "Show the period after"),
    ("figures.compare", "c", "compare", "Compare", "Show or hide the change against the period before"),
    ("figures.owner", "at", "owner", "Owner", "Show the figures of the next owner, then of all again"),
    ("figures.copy", "y", "copy", "Copy", "Copy the figure, its definition and how it came about"),
    ("figures.export", "e", "export", "Export", "Write all figures into a new CSV file"),
    ("figures.back", "escape", "back", "Back", "Back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

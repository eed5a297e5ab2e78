"""What can be done on the screen of an import, for the registry of actions."""

IMPORT_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("import.run", "enter", "bring_in", "Import", "Bring the deals in, in one action that one undo takes back"),
    ("import.file", "f", "choose_file", "Another file", "Name another file"),
    ("import.kind", "a", "kind", "What it holds", "Say what the rows are: deals, companies, contacts, tasks, ..."),
    ("import.columns", "m", "map_column", "Columns", "Say what a column means"),
    ("import.stages", "s", "map_stage", "Stages", "Say to which stage of ours one of theirs belongs, or create it"),
    ("import.dates", "d", "date_order", "Dates", "Read 03/04/2026 as day and month, as month and day, or as it seems"),
    ("import.encoding", "e", "encoding", "Encoding", "Say how the file is encoded"),
    ("import.sheet", "w", "sheet", "Sheet", "Say which sheet of a workbook is meant"),
    (
        "import.pipeline",
        "p",
        "pipeline",
        "Pipeline",
        "Say where deals go, or tasks that name no deal",
    ),
    ("import.history", "h", "history", "Stage history", "Name a file that tells which stages the deals went through"),
    ("import.mode", "M", "mode", "New, known", "Add and update, only add, only update"),
    ("import.rejects", "r", "write_rejects", "Refused rows", "Write the refused rows into a file, to be mended"),
    ("import.deals", "o", "show_rows", "Rows", "List the rows of the file; after the import, open what came in"),
    ("import.down", "j,down", "scroll_lines(1)", "Down", "Scroll one line down"),
    ("import.up", "k,up", "scroll_lines(-1)", "Up", "Scroll one line up"),
    ("import.page_down", "ctrl+d,pagedown", "page(1)", "Page down", "Scroll one screen down"),
    ("import.page_up", "ctrl+u,pageup", "page(-1)", "Page up", "Scroll one screen up"),
    ("import.back", "escape", "back", "Back", "Stop an import that is running, or back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

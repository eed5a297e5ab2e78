"""What can be done on the screens of the pipeline meeting and of hygiene alone, for the registry of actions."""

HYGIENE_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("hygiene.next_group", "right_square_bracket", "group(1)", "Next gap", "Go to the next kind of gap"),
    ("hygiene.previous_group", "left_square_bracket", "group(-1)", "Gap before", "Go to the kind of gap before"),
    ("hygiene.flush", "X", "flush", "Flush", "Close the stale deals as lost, after showing which; one undo"),
    ("hygiene.owner", "M", "next_owner", "Whose", "Only the deals of the next person, then those of all again"),
    ("hygiene.back", "escape", "leave", "Back", "Clear the filter, then back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

REVIEW_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("review.next", "right_square_bracket", "walk(1)", "Next undecided", "Go to the next deal nobody decided on yet"),
    ("review.previous", "left_square_bracket", "walk(-1)", "Undecided before", "Go to the undecided deal before"),
    ("review.keep", "space", "keep", "Stays", "The deal stays as it is; on to the next one"),
    ("review.note", "r", "note", "Record", "A line for the record of the meeting"),
    ("review.finish", "ctrl+s", "finish", "End the meeting", "Keep the record in Markdown and copy it"),
    ("review.owner", "M", "next_owner", "Whose", "Only the deals of the next person, then those of all again"),
    ("review.back", "escape", "leave", "Back", "Clear the filter, then back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

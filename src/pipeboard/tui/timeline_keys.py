"""What can be done with the timeline of a deal: one line for each, for the registry of actions."""

TIMELINE_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "timeline.filter",
        "f",
        "filter_timeline",
        "Timeline: only some",
        "Show only calls, mails, meetings, notes, tasks, changes or stage moves",
    ),
    ("activity.edit", "A", "edit_activity", "Change an entry", "Change a call, mail, meeting or note you logged"),
    (
        "activity.delete",
        "X",
        "delete_activity",
        "Delete an entry",
        "Take a call, mail, meeting or note you logged off the timeline; undo brings it back",
    ),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

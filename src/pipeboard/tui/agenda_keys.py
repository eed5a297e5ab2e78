"""What a person can do on the agenda alone: one line for each, for the registry of actions."""

AGENDA_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("agenda.next_group", "right_square_bracket", "group(1)", "Next group", "Go to the next group of the agenda"),
    ("agenda.previous_group", "left_square_bracket", "group(-1)", "Group before", "Go to the group before"),
    (
        "agenda.reschedule",
        "d",
        "reschedule",
        "Reschedule",
        "Set the day and time of the task; on a row without a task the day the deal is expected to close",
    ),
    (
        "agenda.assign",
        "at",
        "assign",
        "Reassign",
        "Give the task to somebody; on a row without a task the deal",
    ),
    ("agenda.rename", "e", "rename", "Reword", "Reword the task; on a row without a task change the deal"),
    (
        "agenda.dismiss",
        "D",
        "dismiss_task",
        "Drop task",
        "Drop the task without having done it (asks); on a row without a task delete the deal",
    ),
    ("agenda.mine", "M", "only_mine", "Mine", "Show only what is mine, then that of everybody again"),
    ("agenda.back", "escape", "leave", "Back", "Clear the filter, then back to where you came from"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

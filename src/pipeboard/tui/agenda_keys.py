"""What a person can do on the agenda alone: one line for each, for the registry of actions."""

AGENDA_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "agenda.next_group",
        "right_square_bracket",
        "group(1)",
        "Next group",
        "Go to the next group of the agenda, or the next day or week",
    ),
    (
        "agenda.previous_group",
        "left_square_bracket",
        "group(-1)",
        "Group before",
        "Go to the group, day or week before",
    ),
    ("agenda.arrange", "v", "arrange", "Day, week", "Show one day, then one week, then the whole agenda again"),
    ("agenda.whose", "W", "whose", "Workload", "Choose whose work is listed, with how much waits for each"),
    (
        "agenda.take",
        "plus",
        "take_suggestion",
        "Take suggestion",
        "Plan the suggested task for today; s hides it until a day, D for good",
    ),
    ("agenda.mine", "M", "only_mine", "Mine", "Show only what is mine, then that of everybody again"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

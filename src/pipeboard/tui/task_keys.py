"""What a person can do with reminders and with the tasks of a deal: one line for each, for the registry of actions."""

REMINDER_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "reminder.answer",
        "ctrl+t",
        "answer_reminder",
        "Answer reminder",
        "Complete, put off or open what rang last",
    ),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

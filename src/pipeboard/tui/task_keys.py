"""What a person can do with reminders and with the tasks of a deal: one line for each, for the registry of actions."""

TASK_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("task.complete", "c", "complete_task", "Task done", "Complete the next task, then plan what follows"),
    (
        "task.snooze",
        "s",
        "snooze_task",
        "Snooze",
        "Put the next task off: 1 tomorrow, 2 Monday, 3 in a week, or a day",
    ),
    ("activity.log", "a", "log_activity", "Log", "Note a call, mail, meeting or thought"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

REMINDER_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "reminder.answer",
        "ctrl+n",
        "answer_reminder",
        "Answer reminder",
        "Complete, put off or open what rang last",
    ),
)
"""What works on any screen."""

TASK_ROW_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "agenda.reschedule",
        "d",
        "reschedule",
        "Reschedule",
        "Set the day and time of the task; on a row without a task the day the deal is expected to close",
    ),
    ("agenda.assign", "at", "assign", "Reassign", "Give the task to somebody; on a row without a task the deal"),
    ("agenda.rename", "e", "rename", "Reword", "Reword the task; on a row without a task change the deal"),
    (
        "agenda.dismiss",
        "D",
        "dismiss_task",
        "Drop task",
        "Drop the task without having done it (asks), hide a suggestion; on another row delete the deal",
    ),
    ("agenda.back", "escape", "leave", "Back", "Clear the filter, then back to where you came from"),
)
"""The actions on the task of a row, on the agenda and on the tasks of a deal."""

ORDER_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("task.lower", "J,shift+down", "order_task(1)", "Later in its day", "Move the task down among those of its day"),
    ("task.raise", "K,shift+up", "order_task(-1)", "Earlier in its day", "Move the task up among those of its day"),
)
"""The actions on the order of the tasks of a deal."""

FOCUS_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "task.focus",
        "tab",
        "focus_tasks",
        "Tasks",
        "Go to the tasks of the deal: complete, put off, reschedule, reassign, drop and order each of them",
    ),
)
"""The way to the tasks of a deal."""

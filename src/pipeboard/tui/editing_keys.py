"""How all fields of a deal are asked for, and how its people are reached: one line for each, for the registry."""

NEW_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("deal.new", "N", "new_deal", "New deal, form", "Add a deal with all its fields in a form"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

EDIT_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("deal.edit", "e", "edit_deal", "Edit", "All fields of the deal in a form; of several marked deals, one field"),
    ("deal.field", "equals_sign", "choose_field", "One field", "Choose a field and set it in one line"),
)

REACH_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "deal.reach",
        "o",
        "reach",
        "Mail, phone, link",
        "Copy the mail, phone or link of the deal's contact; open it where there is a desktop",
    ),
)

"""What a person can do on the screen of companies and contacts: one line for each, for the registry of actions."""

COMPANY_ACTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    ("company.switch", "tab", "switch", "Contacts", "Show contacts instead of companies, and back"),
    ("company.edit", "e", "edit", "Edit", "Set name, website, company, job title, mail and phone in a form"),
    ("company.notes", "E", "edit_notes", "Notes", "Write the notes of the company or contact in $EDITOR"),
    ("company.add", "C", "add_company", "New company", "Add a company"),
    ("company.add_contact", "A", "add_contact", "New contact", "Add a contact, of this company when it is one"),
    (
        "company.merge",
        "m",
        "merge",
        "Merge",
        "Make the marked ones one, or this one and another; you choose which stays, u brings all back",
    ),
    ("company.duplicates", "d", "duplicates", "Duplicates", "List those that are likely the same, to merge them"),
    ("company.delete", "D", "delete", "Delete", "Take a company or contact away that nothing hangs on"),
    ("company.reach", "o", "reach", "Mail, phone, link", "Copy a mail, phone or website; open it on a desktop"),
    ("company.copy", "y", "copy", "Copy", "Copy the company or contact as text"),
    ("company.sort", "S", "sort", "Sort", "Sort by name, open value, value won, last sign of life or number of deals"),
    ("company.mark", "space", "mark", "Mark", "Mark the row and go down, to merge several"),
    ("company.scroll_down", "J,shift+down", "scroll_pane(3)", "Scroll down", "Scroll what stands beside the list"),
    ("company.scroll_up", "K,shift+up", "scroll_pane(-3)", "Scroll up", "Scroll what stands beside the list back"),
    ("company.back", "escape", "leave", "Back", "Clear the marks, then the filter, then back"),
)
"""Action id, Textual's key names, action with its parameters, label and help."""

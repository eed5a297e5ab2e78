"""A small pipeline, the screens that show it, and what each key of the registry is to do on each of them."""

from datetime import date

from pipeboard.domain.commands import AddOwner, AddTask, CreateDeal, CreatePipeline, EditDeals, Seen, WinDeals
from pipeboard.domain.templates import TEMPLATES
from pipeboard.services.workspace import Workspace

HOME = "Globex"
"""The deal on which every key is pressed: the second of three in the second of five stages."""

ROWS = (("Lead", ("Lima", "Luna", "Lynx")), ("Contacted", ("Acme", "Globex", "Initech")),
        ("Qualified", ("Quark", "Quest", "Quill")), ("Won", ("Wayne",)))  # fmt: skip


def fill(workspace: Workspace) -> None:
    """The pipeline, another one beside it, and a second person."""
    stages = {stage.name: stage.id for stage in workspace.deals.stages()}
    workspace.execute(AddOwner("Boris Petrov"))
    for name, titles in ROWS:
        for title in reversed(titles):
            home = stages["Lead" if name == "Won" else name]
            workspace.execute(CreateDeal(title, home, value_minor=1_000_00, company=f"{title} Inc", contact="Ann Lee"))
    workspace.execute(WinDeals((Seen(workspace.deals.find("Wayne")),), date(2026, 11, 20)))
    globex = workspace.deals.find(HOME)
    workspace.execute(EditDeals((Seen(globex),), (("link", "https://globex.example"), ("tags", "web"))))
    for title, day in (("Lima", 21), ("Acme", 22), ("Globex", 22), ("Initech", 22), ("Quark", 30)):
        workspace.execute(AddTask(workspace.deals.find(title), f"Call {title}", due_on=date(2026, 11, day)))
    workspace.execute(CreatePipeline("Consulting", TEMPLATES["consulting"].stages))

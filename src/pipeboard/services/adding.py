"""From a quick-add line to the command that adds the deal."""

from pipeboard.domain.commands import CreateDeal
from pipeboard.domain.new_deal import DealNames, new_deal
from pipeboard.domain.quick_add import QuickAdd, parse
from pipeboard.services.workspace import Workspace


def understood(workspace: Workspace, line: str) -> QuickAdd:
    """What a line means now, in this workspace."""
    now = workspace.clock.now().astimezone(workspace.zone).replace(tzinfo=None)
    return parse(line, now, workspace.info.currency)


def deal_names(workspace: Workspace) -> DealNames:
    """What the names in a line can mean in this workspace; reads the database."""
    names = workspace.listing.names()
    return DealNames(names.pipelines, names.stages, names.owners, workspace.me)


def command_for(workspace: Workspace, said: QuickAdd) -> CreateDeal:
    """The command that adds the deal a line describes, in the first pipeline unless it says so.

    InvalidInput without any title, NotFound or Ambiguous for names of owner, stage or pipeline.
    """
    return new_deal(said, deal_names(workspace))

"""What stands in a file, and what came of it: listed, and opened from there."""

from typing import TYPE_CHECKING

from pipeboard.services.transfer.importing import ImportReport
from pipeboard.services.transfer.records import RecordsReport
from pipeboard.tui.dialogs.choose import Choice, Choose
from pipeboard.tui.text.import_preview import first_deal, first_record

if TYPE_CHECKING:
    from pipeboard.services.transfer.bringing import Brought
    from pipeboard.tui.app import PipeboardApp

_PLACES = {"companies": "companies", "contacts": "companies", "products": "settings", "quotas": "forecast"}
_MOST = 5_000


def show_rows(app: "PipeboardApp", brought: "Brought") -> None:
    """List the rows of a file."""
    report = brought.report
    if isinstance(report, ImportReport):
        rows = [(deal.line, first_deal(deal)) for deal in report.plan.deals[:_MOST]]
    elif isinstance(report, RecordsReport):
        rows = [(record.line, first_record(record)) for record in report.plan.records[:_MOST]]
    else:
        rows = []
    choices = [Choice(line, row.title, "  ".join(filter(None, (row.about, row.right[0])))) for line, row in rows]
    app.ask(Choose("In the file", choices, placeholder="a few letters"), lambda _: None)


def show_imported(app: "PipeboardApp", holds: str, action_id: int) -> None:
    """Show what came in: the deals that were touched, or the screen of such things."""
    if place := _PLACES.get(holds):
        app.action_go(place)
    else:
        app.run_question(_deals(app, action_id))


async def _deals(app: "PipeboardApp", action_id: int) -> None:
    deals = await app.read("imported", lambda: app.workspace.listing.of_action(action_id))
    choices = [Choice(d.row.id, d.row.title, f"{d.row.company}  {d.row.stage}".strip()) for d in deals]
    ids = [deal.row.id for deal in deals]

    def neighbour(deal_id: int, step: int) -> int | None:
        place = ids.index(deal_id) + step if deal_id in ids else -1
        return ids[place] if 0 <= place < len(ids) else None

    def chosen(one: Choice | None) -> None:
        if one is not None and isinstance(one.value, int):
            app.open_deal(one.value, neighbour, lambda _: None)

    app.ask(Choose("Imported", choices, placeholder="deal"), chosen)

"""What happens behind the first paint: imports, watching, reminders, the daily backup."""

from typing import TYPE_CHECKING

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.text import printable
from pipeboard.services.safety import backup_when_due, read_only_reason
from pipeboard.services.watching import watch
from pipeboard.tui.messages import Stale
from pipeboard.tui.runner import Superseded
from pipeboard.tui.watcher import Watcher

if TYPE_CHECKING:
    from pipeboard.tui.app import PipeboardApp


async def warm_up(app: "PipeboardApp") -> None:
    """Import what commands need and start watching, beside the loop."""
    workspace = app.workspace
    app.lost_reasons = await app.runner.read("reasons", workspace.deals.lost_reasons)
    poll = await app.runner.read("watch", lambda: watch(workspace))
    await app.runner.read("warm", workspace.warm)
    app.watcher = Watcher(
        poll,
        changed=lambda: app.call_from_thread(app.tell_screens, Stale(is_foreign=True)),
        failed=lambda error: app.call_from_thread(app.report, error),
        hung_up=None if app.is_headless else lambda: app.call_from_thread(app.leave, 129),
    )
    app.watcher.start()
    app.run_guarded(app.board_screen().look_for_bottleneck(), "bottleneck")
    if app.settings.reminders:
        from pipeboard.tui.reminders import Reminders

        app.reminders = Reminders(app)
        app.reminders.start()
    if app.settings.rule:
        from pipeboard.tui.rules_lane import RulesLane

        RulesLane(app, workspace.follow_rules(app.settings.rule)).start()
    if not app.is_demo:
        await _look_after_the_database(app)


async def _look_after_the_database(app: "PipeboardApp") -> None:
    """Say when nothing can be saved, and make the daily backup when it is due."""
    database = app.workspace.target.path
    if not database:
        return
    try:
        if reason := await app.runner.read("read-only", lambda: read_only_reason(database)):
            app.notify(printable(reason), severity="warning", markup=False, timeout=30)
            app.say("Read only", "overdue")
        else:
            await app.runner.read("backup", lambda: backup_when_due(database, app.workspace.clock))
    except PipeboardError as error:
        app.notify(printable(f"No backup today: {error}"), severity="warning", markup=False, timeout=15)
    except Superseded:
        return

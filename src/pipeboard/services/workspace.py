"""The one door between a front end and the data."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeboard import __version__
from pipeboard.domain.board import WorkspaceInfo
from pipeboard.domain.errors import NotSetUp, StorageFailure
from pipeboard.services.board import BoardReads
from pipeboard.services.clock import Clock, zone_of
from pipeboard.services.deals import DealReads
from pipeboard.services.watching import ChangeReads
from pipeboard.storage.hot import board as hot_board
from pipeboard.storage.hot.people import owner_id_of
from pipeboard.storage.store import Store, check_revision, inspect
from pipeboard.storage.target import Target, target_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Outcome
    from pipeboard.domain.rules import Rule
    from pipeboard.domain.scoring import ScoreRule
    from pipeboard.services.activity_figures import ActivityReads
    from pipeboard.services.agenda import AgendaReads, Ring
    from pipeboard.services.as_of import AsOfReads
    from pipeboard.services.automation import Automation
    from pipeboard.services.bottlenecks import BottleneckReads
    from pipeboard.services.calendar_facts import CalendarFacts
    from pipeboard.services.catalogues import CatalogueReads
    from pipeboard.services.companies import CompanyReads
    from pipeboard.services.deal_table import TableReads
    from pipeboard.services.filtered import FilterReads
    from pipeboard.services.finding import FindReads
    from pipeboard.services.forecast import ForecastReads
    from pipeboard.services.histories import HistoryReads
    from pipeboard.services.hygiene import HygieneReads
    from pipeboard.services.leaving import LeavingReads
    from pipeboard.services.listing import ListReads
    from pipeboard.services.metrics import MetricsReads
    from pipeboard.services.quotas import QuotaReads
    from pipeboard.services.review import ReviewReads
    from pipeboard.services.waterfall import WaterfallReads


class _OnlyARehearsal(Exception):
    """Ends a rehearsal, so that its transaction is rolled back."""


class Workspace:
    """One open database: `execute` changes it, the readers read it."""

    def __init__(self, store: Store, clock: Clock, info: WorkspaceInfo, *, login: str, person: str) -> None:
        self._store = store
        self._login = login
        self._person = person
        self.clock = clock
        self.info = info
        self.zone: tzinfo = zone_of(info.zone)
        self.automation: Automation | None = None
        self.client_id = os.urandom(16).hex()  # importing uuid would cost as much as a read
        with store.hot.snapshot() as sql:
            self.me: int | None = owner_id_of(sql, login)
        self.board = BoardReads(store.hot, clock, self.zone, info)
        self.deals = DealReads(store.hot, clock, self.zone, info)
        self.changes = ChangeReads(store.hot, self.client_id)

    @classmethod
    def open(
        cls,
        database: str,
        clock: Clock,
        *,
        login: str,
        person: str = "",
        zone: str | None = None,
        score_rules: "tuple[ScoreRule, ...]" = (),
    ) -> "Workspace":
        """Open an existing database, upgrading an older schema first.

        `zone` overrides the workspace's own. StorageFailure or Refused say why it cannot be opened, NotSetUp that a
        server's database has no tables of ours.
        """
        target = target_of(database)
        state = inspect(target)
        if state.revision is None and not target.is_sqlite:
            raise NotSetUp(f"There is no workspace yet at {target}.")
        check_revision(state, target)
        if not state.is_current:
            from pipeboard.storage.migrate import prepare

            prepare(target, clock.now())
        store = Store(target)
        try:
            with store.hot.snapshot() as sql:
                info = hot_board.workspace(sql)
            if info is None:
                raise StorageFailure(f"{target} has no workspace in it; restore a backup or run `pipeboard init`.")
            info = info._replace(zone=zone or info.zone, score_rules=score_rules)
            return cls(store, clock, info, login=login, person=person or login)
        except BaseException:
            store.close()
            raise

    @property
    def target(self) -> Target:
        """The database that is open."""
        return self._store.target

    @property
    def name(self) -> str:
        """How people call the database: its file name, or the name of the server's database."""
        return Path(self.target.path).name if self.target.is_sqlite else str(self.target)

    @cached_property
    def listing(self) -> "ListReads":
        """Deals as a list, and names; imported when first asked for, like the other readers below."""
        from pipeboard.services.listing import ListReads

        return ListReads(self._store.hot, self.clock, self.zone, self.info, lambda: self.me)

    @cached_property
    def table(self) -> "TableReads":
        """The deals of a pipeline in the order of the list."""
        from pipeboard.services.deal_table import TableReads

        return TableReads(self._store.hot, self.board, self.info, lambda: self.me)

    @cached_property
    def agenda(self) -> "AgendaReads":
        """The tasks of all deals, and the deals that need one."""
        from pipeboard.services.agenda import AgendaReads

        return AgendaReads(self._store.hot, self.clock, self.zone)

    @cached_property
    def filters(self) -> "FilterReads":
        """Filters over everything that is not the board, and those kept under a name."""
        from pipeboard.services.filtered import FilterReads

        return FilterReads(self._store.hot, self.clock, self.zone, self.info, lambda: self.me)

    @cached_property
    def as_of(self) -> "AsOfReads":
        """The board as it stood on a day."""
        from pipeboard.services.as_of import AsOfReads

        return AsOfReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def history(self) -> "HistoryReads":
        """What was done."""
        from pipeboard.services.histories import HistoryReads

        return HistoryReads(self._store.hot, self.zone, self.info)

    @cached_property
    def activities(self) -> "ActivityReads":
        """What was logged, counted."""
        from pipeboard.services.activity_figures import ActivityReads

        return ActivityReads(self._store.hot, self.clock, self.zone)

    @cached_property
    def hygiene(self) -> "HygieneReads":
        """What is wrong with the open deals."""
        from pipeboard.services.hygiene import HygieneReads

        return HygieneReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def review(self) -> "ReviewReads":
        """What a pipeline meeting speaks of."""
        from pipeboard.services.review import ReviewReads

        return ReviewReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def leaving(self) -> "LeavingReads":
        """What would stay open if deals left their stages."""
        from pipeboard.services.leaving import LeavingReads

        return LeavingReads(self._store.hot, self.clock, self.zone)

    @cached_property
    def catalogues(self) -> "CatalogueReads":
        """Pipelines and stages with what stands in them, and what deals refer to by name."""
        from pipeboard.services.catalogues import CatalogueReads

        return CatalogueReads(self._store.hot, self.clock, self.zone)

    def known_todos(self, uids: "Sequence[str]") -> dict[str, tuple[int, int]]:
        """The tasks of a calendar that are here already, by its UIDs: the task and its deal."""
        from pipeboard.services.calendar_facts import read_known

        return read_known(self._store.hot, uids)

    def sign(self) -> str:
        """What tells an export of this workspace from those of others."""
        from pipeboard.domain.imports.origin import sign_of

        return sign_of(self.calendar_facts(()).uid)

    def calendar_facts(self, deal_ids: "Sequence[int]") -> "CalendarFacts":
        """The tasks and close dates of deals as a calendar needs them."""
        from pipeboard.services.calendar_facts import read_facts

        return read_facts(self._store.hot, deal_ids)

    @cached_property
    def companies(self) -> "CompanyReads":
        """Companies and contacts with what hangs on them."""
        from pipeboard.services.companies import CompanyReads

        return CompanyReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def finding(self) -> "FindReads":
        """Any deal, company or contact by a few letters."""
        from pipeboard.services.finding import FindReads

        return FindReads(self._store.hot, self.clock, self.zone)

    @cached_property
    def metrics(self) -> "MetricsReads":
        """The figures; imported when first asked for, because the board's first paint needs none of them."""
        from pipeboard.services.metrics import MetricsReads

        return MetricsReads(self._store.hot, self.clock, self.zone, self.info, self._kept_by)

    def _kept_by(self, text: str, pipeline_id: int | None) -> frozenset[int]:
        """The deals that a filter leaves."""
        return self.filters.deal_ids(text, pipeline_id)

    @cached_property
    def bottlenecks(self) -> "BottleneckReads":
        """Which stages hold a pipeline up, and why."""
        from pipeboard.services.bottlenecks import BottleneckReads

        return BottleneckReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def quotas(self) -> "QuotaReads":
        """Targets, how far they are reached, and what was spent."""
        from pipeboard.services.quotas import QuotaReads

        return QuotaReads(self._store.hot, self.clock, self.zone, self.info)

    @cached_property
    def forecast(self) -> "ForecastReads":
        """What is expected to be won, and when."""
        from pipeboard.services.forecast import ForecastReads

        return ForecastReads(self._store.hot, self.clock, self.zone, self.info, self._kept_by)

    @cached_property
    def waterfall(self) -> "WaterfallReads":
        """What changed in a pipeline between two dates, and why."""
        from pipeboard.services.waterfall import WaterfallReads

        return WaterfallReads(self._store.hot, self.clock, self.zone, self.info, self._kept_by)

    def warm(self) -> None:
        """Import what the first command will need; called in a thread after the first paint."""
        from pipeboard.services.handlers import registry

        registry.HANDLERS.get(type(None))
        self._store.writer.connection()

    def execute(self, command: "Command", progress: Callable[[int, int], None] | None = None) -> "Outcome":
        """Carry out one command in one transaction; what happened, after it is on disk.

        `progress` is told (done, in all) by commands that take long; it may raise to cancel.
        Raises a PipeboardError with a sentence when it cannot be done; nothing is changed then.
        """
        from pipeboard.domain.events import Outcome
        from pipeboard.services.handlers.registry import HANDLERS
        from pipeboard.storage.transaction import Actor

        if self.me is None:
            self._introduce()
        actor = Actor(self.me, self.client_id, __version__)
        with self._store.write(self.clock.now(), self.zone, actor) as tx:
            tx.progress = progress or tx.progress
            facts = HANDLERS[type(command)](command, tx)
        if self.automation is not None and tx.action_id is not None and tx.kind != "rule":
            self.automation.note(tx.action_id)
        return Outcome(tx.action_id, tx.label, facts)

    def follow_rules(self, rules: "Sequence[Rule]") -> "Automation":
        """From now on what is executed here may start these rules; `run_pending` carries them out."""
        from pipeboard.services.automation import Automation

        self.automation = Automation(self, self._store.hot, rules)
        return self.automation

    def claim(self, rings: "Sequence[Ring]") -> "list[Ring]":
        """Note that these reminders ring here; those that ring nowhere else. Not an action: nothing to undo."""
        from pipeboard.storage.gateways.rings import claim_rings

        self._store.check_still_there()
        with self._store.writer.transaction() as sql:
            wanted = [(ring.task_id, ring.at) for ring in rings]
            taken = set(claim_rings(sql, wanted, self.clock.now(), self.client_id))
        return [ring for ring in rings if (ring.task_id, ring.at) in taken]

    def rehearse(
        self, command: "Command", progress: Callable[[int, int], None] | None = None, *, is_long: bool = False
    ) -> "Outcome":
        """What `execute` would answer. The command is carried out and taken back before anybody can see it.

        One that is long is tried on a copy of the file: nobody has to wait until that is over.
        """
        if is_long and self.target.is_sqlite:
            from pipeboard.storage.apart import copied

            with copied(self.target) as target, closing(Store(target)) as store:
                return self._rehearsed(store, command, progress)
        return self._rehearsed(self._store, command, progress)

    def _rehearsed(self, store: Store, command: "Command", progress: Callable[[int, int], None] | None) -> "Outcome":
        from pipeboard.domain.events import Outcome
        from pipeboard.services.handlers.registry import HANDLERS
        from pipeboard.storage.transaction import Actor

        outcome = Outcome(None, "", ())
        try:
            with store.write(self.clock.now(), self.zone, Actor(self.me, self.client_id, __version__)) as tx:
                tx.progress = progress or tx.progress
                facts = HANDLERS[type(command)](command, tx)
                outcome = Outcome(None, tx.label, facts)
                raise _OnlyARehearsal
        except _OnlyARehearsal:
            return outcome

    @contextmanager
    def batch(self) -> "Iterator[Callable[[Command, datetime, int | None], Outcome]]":
        """Many commands, each an action of its own with its own time and acting owner, in one commit.

        For filling a new database with a past (the demo): all of it is there at the end, or nothing.
        """
        from pipeboard.domain.events import Outcome
        from pipeboard.services.handlers.registry import HANDLERS
        from pipeboard.storage.transaction import Actor, Transaction

        with self._store.writer.transaction() as sql:

            def execute(command: "Command", at: datetime, owner_id: int | None = None) -> "Outcome":
                tx = Transaction(sql, at, self.zone, Actor(owner_id or self.me, self.client_id, __version__))
                facts = HANDLERS[type(command)](command, tx)
                tx.flush()
                return Outcome(tx.action_id, tx.label, facts)

            yield execute

    def backup_before(self, reason: str) -> str:
        """A backup before something large ("import", "flush"); its path, "" for PostgreSQL."""
        from pipeboard.services.safety import backup_before

        return backup_before(self.target.path if self.target.is_sqlite else self.target.url, self.clock, reason)

    def recalled(self, header_hash: str) -> str:
        """What was decided about files with this header; "" when nothing was."""
        from pipeboard.storage.gateways.import_mappings import read_mapping

        with self._store.hot.snapshot() as sql:
            return read_mapping(sql, header_hash)

    def remember(self, header_hash: str, decided: str) -> None:
        """Keep what was decided about files with this header for the next one."""
        from pipeboard.storage.gateways.import_mappings import write_mapping

        with self._store.writer.transaction() as sql:
            write_mapping(sql, header_hash, decided, self.clock.now())

    def _introduce(self) -> None:
        """A person who has not been here before becomes an owner, once."""
        from pipeboard.storage.transaction import Actor

        with self._store.write(self.clock.now(), self.zone, Actor(None, self.client_id, __version__)) as tx:
            self.me = owner_id_of(tx.sql, self._login)
            if self.me is None:
                tx.begin("workspace.joined", f"{self._person} joined")
                self.me = tx.create("owner", {"name": self._person, "login": self._login})

    def close(self) -> None:
        """Close the database."""
        self._store.close()

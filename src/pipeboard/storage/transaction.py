"""One write: locks, checks what the person had seen, changes rows and writes the history of it.

Every change goes through `create` and `change`, which add to one action: that is what makes everything
undoable, auditable and countable. Changes are buffered and written together at the end, so that a bulk
action of a thousand deals costs a handful of statements.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from pipeboard.domain.commands import Seen
from pipeboard.domain.deal import Deal
from pipeboard.domain.deal_words import field_words
from pipeboard.domain.errors import NotFound, StaleDeal
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.domain.visits import successor
from pipeboard.storage.entities import entity, read_rows
from pipeboard.storage.gateways.catalogue import read_every_stage
from pipeboard.storage.hot.departures import departed
from pipeboard.storage.patches import patch_json, patch_value
from pipeboard.storage.projection import SUMMARY_COLUMNS, place_anew, project, visitors
from pipeboard.storage.sql import Statements


class Actor(NamedTuple):
    """Who acts, from which running program, and with which version of it."""

    owner_id: int | None
    client_id: str
    app_version: str


class _Update(NamedTuple):
    entity: str
    id: int
    version: int
    values: dict[str, Any]


def with_columns(insert_sql: str, columns: Sequence[str]) -> str:
    """An INSERT statement that fills more columns than the history's."""
    head, tail = insert_sql.split(") VALUES (")
    return f"{head}, {', '.join(columns)}) VALUES ({tail[:-1]}, {', '.join('?' * len(columns))})"


class Transaction:
    """The write side of the database, valid inside one `Store.write()`."""

    def __init__(self, sql: Statements, now: datetime, zone: tzinfo, actor: Actor) -> None:
        self.sql = sql
        self.now = now
        self.zone = zone
        self.today: date = now.astimezone(zone).date()
        self.actor = actor
        self.action_id: int | None = None
        self.kind = ""
        self.label = ""
        self.progress: Callable[[int, int], None] = lambda _done, _all: None
        """Told by long commands how much of them is done; whoever listens may raise to have all of it rolled back."""
        self._undoes: int | None = None
        self._is_named = False
        self._events: list[tuple[Any, ...]] = []
        self._updates: dict[tuple[str, int], _Update] = {}
        self._touched: dict[int, None] = {}
        self._stages: tuple[dict[int, Stage], dict[int, Stage]] | None = None
        self._pipelines_to_place: dict[int, None] = {}
        self._stages_of_other_kind: dict[int, None] = {}

    # -- what it is about -------------------------------------------------------------------------

    def begin(self, kind: str, label: str, *, undoes: int | None = None) -> None:
        """Name the action. It is written with its first change; without a change there is none."""
        if not self._is_named:
            self.kind, self.label, self._undoes = kind, label, undoes

    @contextmanager
    def named(self, kind: str, label: str) -> Iterator[None]:
        """What is written in this block belongs to the action of this name, whatever the handlers in it call theirs."""
        self.begin(kind, label)
        was_named, self._is_named = self._is_named, True
        try:
            yield
        finally:
            self._is_named = was_named

    # -- reading under the lock -------------------------------------------------------------------

    def rows(self, name: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Rows by id as dictionaries of the history's fields plus id and version, locked for this transaction."""
        return read_rows(self.sql, name, ids, is_locking=True)

    def deals(self, seen: Iterable[Seen], *, fields: Iterable[str] = ()) -> list[Deal]:
        """The live deals in the order asked, locked; NotFound when one is gone.

        StaleDeal when somebody else changed one of `fields` since the version the person had seen.
        """
        wanted = list({s.id: s for s in seen}.values())  # a deal that is marked twice is still one deal
        found = self.rows("deal", [s.id for s in wanted])
        deals = []
        for one in wanted:
            row = found.get(one.id)
            if row is None or row["deleted"]:
                raise self.gone("deal", one.id)
            if one.version is not None and row["version"] != one.version:
                self._guard("deal", one, row["title"], set(fields))
            deals.append(Deal(**{**row, "status": DealStatus(row["status"])}))
        return deals

    def tasks(self, seen: Iterable[Seen], *, fields: Iterable[str] = ()) -> list[dict[str, Any]]:
        """The live tasks in the order asked, locked; NotFound and StaleDeal as with deals."""
        wanted = list({s.id: s for s in seen}.values())
        found = self.rows("task", [s.id for s in wanted])
        for one in wanted:
            if one.id not in found or found[one.id]["deleted"]:
                raise self.gone("task", one.id)
        self.deals(Seen(row["deal_id"]) for row in found.values())
        for one in wanted:
            row = found[one.id]
            if one.version is not None and row["version"] != one.version:
                self._guard("task", one, row["title"], set(fields))
        return [found[one.id] for one in wanted]

    def things(self, name: str, seen: Iterable[Seen], *, fields: Iterable[str] = ()) -> list[dict[str, Any]]:
        """The live companies or contacts in the order asked, locked; NotFound and StaleDeal as with deals."""
        wanted = list({s.id: s for s in seen}.values())
        found = self.rows(name, [s.id for s in wanted])
        for one in wanted:
            row = found.get(one.id)
            if row is None or row["deleted"]:
                raise self.gone(name, one.id)
            if one.version is not None and row["version"] != one.version:
                self._guard(name, one, row["name"], set(fields))
        return [found[one.id] for one in wanted]

    def gone(self, name: str, row_id: int, state: str = "not there any more") -> NotFound:
        """The error for a row that is not what it was: it names who took it away, or did what with it."""
        return NotFound(departed(self.sql, name, row_id, self.actor.client_id, state))

    def guard(self, name: str, seen: Seen, row: Mapping[str, Any], title: str, fields: Iterable[str]) -> None:
        """StaleDeal when somebody else changed one of `fields` of a row since the version the person had seen."""
        if seen.version is not None and row["version"] != seen.version:
            self._guard(name, seen, title, set(fields))

    def _guard(self, name: str, seen: Seen, title: str, fields: set[str]) -> None:
        """Refuse when another program changed one of `fields` after the version that was seen.

        Own changes that were still on their way when the key was pressed are no surprise to the person.
        """
        later = self.sql.all(
            "SELECT e.patch, o.name FROM event e JOIN action a ON a.id = e.action_id"
            " LEFT JOIN owner o ON o.id = a.actor_id"
            " WHERE e.entity = ? AND e.entity_id = ? AND e.version > ? AND a.client_id <> ? ORDER BY e.id",
            (name, seen.id, seen.version, self.actor.client_id),
        )
        for patch, who in later:
            if hit := sorted(fields & set(json.loads(patch))):
                words = ", ".join(map(field_words, hit))
                raise StaleDeal(
                    f"{who or 'Somebody'} changed “{title}” ({words}) while you were looking. "
                    "It has been read again: look, and do it once more."
                )

    @property
    def stages(self) -> dict[int, Stage]:
        """Every live stage by id."""
        return self._known_stages()[0]

    def _known_stages(self) -> tuple[dict[int, Stage], dict[int, Stage]]:
        if self._stages is None:
            self._stages = read_every_stage(self.sql)
        return self._stages

    def stage(self, stage_id: int) -> Stage:
        """A stage; NotFound when there is none."""
        try:
            return self.stages[stage_id]
        except KeyError:
            raise self.gone("stage", stage_id) from None

    def successor(self, stage_id: int) -> int:
        """The stage in which the deals of an archived one went on; any other stage is its own."""
        return successor(self._known_stages()[1], stage_id)

    # -- writing ----------------------------------------------------------------------------------

    def reserve(self, name: str, count: int) -> range:
        """`count` fresh ids of a table. SQLite's counter is safe under its write lock; PostgreSQL has sequences."""
        if self.sql.is_sqlite:
            last = self.sql.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)) or 0
            return range(last + 1, last + 1 + count)
        rows = self.sql.all(
            "SELECT nextval(pg_get_serial_sequence(?, 'id')) FROM generate_series(1, ?)", (f'"{name}"', count)
        )
        ids = sorted(row[0] for row in rows)
        # Sequences hand out numbers in order, but another session may take some in between.
        if ids[-1] - ids[0] + 1 != count:
            return self.reserve(name, count)
        return range(ids[0], ids[-1] + 1)

    def action(self) -> int:
        """The id of the action, writing it when this is its first change."""
        if self.action_id is None:
            self.action_id = self.reserve("action", 1)[0]
            self.sql.run(
                "INSERT INTO action (id, uid, actor_id, client_id, recorded_at, kind, label, undoes_id, app_version)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.action_id,
                    uuid.uuid4().hex,
                    self.actor.owner_id,
                    self.actor.client_id,
                    self.now,
                    self.kind,
                    self.label,
                    self._undoes,
                    self.actor.app_version,
                ),
            )
        return self.action_id

    def create(
        self,
        name: str,
        values: Mapping[str, Any],
        *,
        deal_id: int | None = None,
        at: datetime | None = None,
        is_time_known: bool = True,
    ) -> int:
        """Add a row with its history; its id. `at` is when it took effect (None: now)."""
        ids = self.create_many(name, [values], deal_ids=[deal_id], at=[at], known=[is_time_known])
        return ids[0]

    def create_many(
        self,
        name: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        deal_ids: Sequence[int | None] | None = None,
        at: Sequence[datetime | None] | None = None,
        known: Sequence[bool] | None = None,
        first_stages: Sequence[int] | None = None,
        summaries: Sequence[tuple[Any, ...]] | None = None,
    ) -> range:
        """Add rows with their history; their ids.

        For deals, `first_stages` are those they began in (None: where they are), and `summaries` the derived
        columns where the caller has computed them; without, they are computed at the end.
        """
        action_id = self.action()
        kind = entity(name)
        ids = self.reserve(name, len(rows))
        self.sql.many(
            kind.insert_sql if summaries is None else with_columns(kind.insert_sql, SUMMARY_COLUMNS),
            (
                (i, 1, *({**kind.defaults, **row}.values()), *(summaries[n] if summaries else ()))
                for n, (i, row) in enumerate(zip(ids, rows, strict=True))
            ),
        )
        defaults = kind.defaults
        for index, (row_id, row) in enumerate(zip(ids, rows, strict=True)):
            deal_id = row_id if name == "deal" else (deal_ids[index] if deal_ids else None)
            patch = {f: [None, patch_value(v)] for f, v in row.items() if v != defaults[f]}
            self._events.append(
                (
                    action_id,
                    name,
                    row_id,
                    deal_id,
                    f"{name}.created",
                    (at[index] if at else None) or self.now,
                    known[index] if known else True,
                    1,
                    None,
                    (first_stages[index] if first_stages else row["stage_id"]) if name == "deal" else None,
                    None,
                    patch_json(patch),
                )
            )
            if deal_id is not None and summaries is None:
                self._touched[deal_id] = None
        if name == "stage":
            self._stages = None  # read again when next asked for
            self._pipelines_to_place.update((row["pipeline_id"], None) for row in rows)
        return ids

    def change(
        self,
        name: str,
        current: Mapping[str, Any],
        changes: Mapping[str, Any],
        *,
        kind: str,
        at: datetime | None = None,
        is_time_known: bool = True,
    ) -> tuple[str, ...]:
        """Set fields of a row that was read in this transaction; the names of those that really changed.

        `at` is when it took effect (None: now).
        """
        real = {f: v for f, v in changes.items() if current[f] != v}
        if not real:
            return ()
        action_id = self.action()
        version = current["version"] + 1
        deal_id = current["id"] if name == "deal" else current.get("deal_id")
        is_move = name == "deal" and "stage_id" in real
        patch = {f: [patch_value(current[f]), patch_value(v)] for f, v in real.items()}
        self._events.append(
            (
                action_id,
                name,
                current["id"],
                deal_id,
                kind,
                at or self.now,
                is_time_known,
                version,
                current["stage_id"] if is_move else None,
                real["stage_id"] if is_move else None,
                None,
                patch_json(patch),
            )
        )
        if name == "stage":
            self._stage_changed(current, real)
        key = (name, current["id"])
        before = self._updates[key].values if key in self._updates else {}
        self._updates[key] = _Update(name, current["id"], version, {**before, **real})
        if deal_id is not None:
            self._touched[deal_id] = None
        return tuple(real)

    def _stage_changed(self, current: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
        """Note what follows for the stays of deals when the stages of a pipeline are others than before."""
        if not changes.keys().isdisjoint(("position", "kind", "deleted", "merged_into_id")):
            self._pipelines_to_place[current["pipeline_id"]] = None
        if "kind" in changes:
            self._stages_of_other_kind[current["id"]] = None

    def change_deal(self, deal: Deal, kind: str, *, at: datetime | None = None, **changes: Any) -> tuple[str, ...]:
        """Set fields of a deal that was read in this transaction; the names of those that changed."""
        return self.change("deal", deal._asdict(), changes, kind=kind, at=at)

    def stage_event(self, event: Sequence[Any], order_id: int | None = None) -> None:
        """Write a stage event of its own: (deal_id, kind, at, is_time_known, version, from, to).

        With `order_id` it takes the place of an earlier event in the deal's chain of stages.
        """
        deal_id, kind, at, known, version, from_stage, to_stage = event
        self._events.append(
            (
                self.action(),
                "deal",
                deal_id,
                deal_id,
                kind,
                at,
                known,
                version,
                from_stage,
                to_stage,
                order_id,
                "{}",
            )
        )
        self._touched[deal_id] = None

    @contextmanager
    def beside(self, kind: str, label: str) -> Iterator[None]:
        """What is written in this block belongs to a second action of its own; the first stays the answer."""
        mine = self.action_id, self.kind, self.label, self._undoes
        self.action_id, self.kind, self.label, self._undoes = None, kind, label, None
        try:
            yield
        finally:
            self.action_id, self.kind, self.label, self._undoes = mine

    def touch(self, deal_ids: Iterable[int]) -> None:
        """Have the projections of these deals computed again at the end."""
        self._touched.update(dict.fromkeys(deal_ids))

    def touch_deals_of(self, name: str, ids: Sequence[int]) -> None:
        """Have the projections of the deals of these companies or contacts computed again: they hold the name."""
        self.touch(row[0] for row in self.sql.by_ids(f"SELECT id FROM deal WHERE {name}_id IN ({{ids}})", ids))

    # -- the end ----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write what is buffered: rows, events, projections."""
        self.write_rows()
        self.write_events()
        if self._stages_of_other_kind:
            self.touch(visitors(self.sql, list(self._stages_of_other_kind)))
            self._stages_of_other_kind.clear()
        if self._touched:
            project(self.sql, list(self._touched), self._known_stages()[1], self.zone)
            self._touched.clear()
        for pipeline_id in self._pipelines_to_place:
            place_anew(self.sql, pipeline_id, self._known_stages()[1])
        self._pipelines_to_place.clear()

    def write_events(self) -> None:
        """Write the history so far: of a large import it would be most of the memory."""
        self.sql.many(
            "INSERT INTO event (action_id, entity, entity_id, deal_id, kind, at, is_time_known, version,"
            " from_stage_id, to_stage_id, order_id, patch) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self._events,
        )
        self._events.clear()

    def write_rows(self) -> None:
        """Write the changed rows now, so that statements of this transaction see them."""
        groups: dict[tuple[str, tuple[str, ...]], list[_Update]] = defaultdict(list)
        if any(update.entity == "stage" for update in self._updates.values()):
            self._stages = None  # read again when next asked for
        for update in self._updates.values():
            groups[(update.entity, tuple(update.values))].append(update)
        for (name, fields), updates in groups.items():
            assignments = ", ".join(f'"{field}" = ?' for field in fields)
            self.sql.many(
                f'UPDATE "{name}" SET {assignments}, version = ? WHERE id = ?',
                ((*u.values.values(), u.version, u.id) for u in updates),
            )
        self._updates.clear()

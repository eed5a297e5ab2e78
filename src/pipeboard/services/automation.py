"""The rules at work: what was done is looked at after its commit, and each rule it starts is carried out once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeboard.domain.errors import PipeboardError
from pipeboard.domain.rule_commands import FireRule
from pipeboard.domain.rules import Names, Rule, describe_step, started
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.text import search_key
from pipeboard.services.listing import DealFilter, ListedDeal
from pipeboard.storage.gateways.catalogue import read_owners, read_stages
from pipeboard.storage.hot import rules as hot
from pipeboard.storage.sql import Statements

if TYPE_CHECKING:
    from pipeboard.services.workspace import Workspace
    from pipeboard.storage.hot.connection import Hot


class Firing(NamedTuple):
    """A rule that is to be carried out for a deal, and what set it off: an event's id, or since when it is idle."""

    rule: Rule
    deal_id: int
    title: str
    cause: str

    def __str__(self) -> str:
        steps = "; ".join(describe_step(step) for step in self.rule.then)
        return f"“{self.rule.name}” for {self.title}: {steps}"


class Fired(NamedTuple):
    """What rules did, as the history names it, and why some could not."""

    labels: tuple[str, ...]
    problems: tuple[str, ...]


class Automation:
    """The rules of one program for one workspace.

    What this program commits is noted by `Workspace.execute` and looked at by `run_pending`; what others commit is the
    affair of their programs, so nothing is done twice. What a rule does starts no other rule.
    """

    def __init__(self, workspace: "Workspace", reader: "Hot", rules: Sequence[Rule]) -> None:
        self._workspace = workspace
        self._hot = reader
        self.rules = tuple(rules)
        self._noted: list[int] = []

    def note(self, action_id: int) -> None:
        """Remember an action whose changes may start rules."""
        self._noted.append(action_id)

    @property
    def is_pending(self) -> bool:
        """Whether anything is noted."""
        return bool(self._noted)

    def run_pending(self) -> Fired:
        """Carry out the rules that the noted actions start."""
        noted, self._noted = self._noted, []
        if not noted or not self.rules:
            return Fired((), ())
        with self._hot.snapshot() as sql:
            happened = hot.happened_in(sql, noted)
            names = self._names(sql)
        begun = [(rule, one.deal_id, str(one.event_id)) for rule, one in started(self.rules, happened, names)]
        return self._guarded(lambda: self._firings(begun))

    def missed(self, since: datetime) -> list[Firing]:
        """What the rules would have done for what happened since an instant, by whichever program, and have not."""
        with self._hot.snapshot() as sql:
            happened = hot.happened_since(sql, since)
            names = self._names(sql)
        return self._firings([(r, h.deal_id, str(h.event_id)) for r, h in started(self.rules, happened, names)])

    def idle(self) -> list[Firing]:
        """The open deals that have been idle for as long as a rule says, once for each time they fell idle."""
        wanted: list[tuple[Rule, int, str]] = []
        for rule in self.rules:
            if rule.when.kind != "idle":
                continue
            for deal in self._workspace.listing.deals(DealFilter(f"idle>={rule.when.days}", status="open")):
                since = deal.row.idle_on or deal.row.entered_on
                wanted.append((rule, deal.row.id, f"idle since {since}"))
        return self._firings(wanted)

    def run_idle(self) -> Fired:
        """Carry out the rules about idle deals."""
        return self._guarded(self.idle)

    def fire(self, firings: Sequence[Firing]) -> Fired:
        """Carry out rules, each in a transaction of its own; one that cannot be done does not stop the others."""
        labels, problems = list[str](), list[str]()
        for firing in firings:
            try:
                outcome = self._workspace.execute(FireRule(firing.rule, firing.deal_id, firing.cause))
            except PipeboardError as error:
                problems.append(f"Rule “{firing.rule.name}” could not be carried out for {firing.title}: {error}")
            else:
                labels += [outcome.label] if outcome.action_id is not None else []
        return Fired(tuple(labels), tuple(dict.fromkeys(problems)))

    def problems(self) -> tuple[str, ...]:
        """What the rules name that is not there, in words."""
        with self._hot.snapshot() as sql:
            names = self._names(sql)
        found = []
        for rule in self.rules:
            kind, name, _ = rule.when
            if kind in ("enters", "leaves") and search_key(name) not in names.stages:
                found.append(f"Rule “{rule.name}”: there is no stage “{name}”.")
            if kind == "owner" and search_key(name) not in names.owners:
                found.append(f"Rule “{rule.name}”: there is no owner “{name}”.")
            found += [f"Rule “{rule.name}”: {problem}" for problem in self._filter_problems(rule.condition)]
            found += [f"Rule “{rule.name}”: {problem}" for problem in self._owner_problems(rule)]
        return tuple(found)

    def _filter_problems(self, condition: str) -> list[str]:
        understood = self._workspace.listing.understood(condition)
        return [str(problem) for problem in understood.problems]

    def _owner_problems(self, rule: Rule) -> list[str]:
        found = []
        for step in rule.then:
            for field, value in step.values:
                if field == "owner" and value:
                    try:
                        self._workspace.listing.owner_id(value)
                    except PipeboardError as error:
                        found.append(str(error))
        return found

    def _names(self, sql: Statements) -> Names:
        stages: dict[str, set[int]] = {}
        for stage in read_stages(sql).values():
            stages.setdefault(search_key(stage.name), set()).add(stage.id)
        owners: dict[str, int] = {}
        for owner in read_owners(sql):
            for name in (owner.name, owner.name.split(" ")[0]):
                owners.setdefault(search_key(name), owner.id)
        return Names({name: frozenset(ids) for name, ids in stages.items()}, owners)

    def _firings(self, wanted: Sequence[tuple[Rule, int, str]]) -> list[Firing]:
        """Those whose deals are there and fit the condition, and that were not carried out yet."""
        by_rule: dict[str, list[tuple[Rule, int, str]]] = {}
        for one in wanted:
            by_rule.setdefault(one[0].name, []).append(one)
        firings = []
        for name, some in by_rule.items():
            ids = tuple(dict.fromkeys(deal_id for _, deal_id, _ in some))
            fitting = self._fitting(some[0][0], ids)
            with self._hot.snapshot() as sql:
                done = hot.fired(sql, name, ids)
            firings += [
                Firing(rule, deal_id, fitting[deal_id].row.title, cause)
                for rule, deal_id, cause in some
                if deal_id in fitting and (deal_id, cause) not in done
            ]
        return firings

    def _fitting(self, rule: Rule, ids: tuple[int, ...]) -> dict[int, ListedDeal]:
        """The live deals that the condition leaves; an open one is asked for where the rule is about being idle."""
        found = self._workspace.listing.deals(DealFilter(rule.condition), ids)
        is_idle = rule.when.kind == "idle"
        return {d.row.id: d for d in found if not is_idle or d.row.status == DealStatus.OPEN}

    def _guarded(self, firings: Callable[[], list[Firing]]) -> Fired:
        """Carry out what is found; a rule that cannot be read is told, not raised: what started it is saved."""
        try:
            found = firings()
        except PipeboardError as error:
            return Fired((), (f"The rules could not be looked at: {error}",))
        return self.fire(found)

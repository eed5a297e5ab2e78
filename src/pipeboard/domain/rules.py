"""Rules of the configuration: when something happens to a deal, plan a task, set a field, add a tag. Nothing else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.text import clean, search_key

LONGEST_IDLE: Final = 3650
SETTABLE: Final = {
    "owner": "owner_id",
    "probability": "probability",
    "hot": "is_hot",
    "source": "source",
    "product": "product",
    "attention": "attention",
    "forecast_category": "forecast_category",
    "expected_close_on": "expected_close_on",
    "link": "link",
}
"""What `set` may set, with the field of `EditDeals` that it is."""

_PLAIN: Final = ("created", "won", "lost", "parked", "reopened")
_WITH_NAME: Final = ("enters", "leaves", "tagged", "untagged", "owner")
_EXAMPLES: Final = (
    "enters Proposal, leaves Lead, created, won, lost, parked, reopened, tagged web, owner anna, idle 14d"
)
_KEYS: Final = ("name", "when", "if", "then")


class Trigger(NamedTuple):
    """What starts a rule. `kind` is "enters", "leaves", "created", "won", "lost", "parked", "reopened", "tagged",
    "untagged", "owner" or "idle"; `name` the stage, tag or person as typed, `days` how long it was idle."""

    kind: str
    name: str = ""
    days: int = 0

    def __str__(self) -> str:
        return f"idle {self.days}d" if self.kind == "idle" else f"{self.kind} {self.name}".rstrip()


class Step(NamedTuple):
    """One thing a rule does: `task` (a line as in the board), `set` (pairs of field and value), `tag` or `untag`."""

    kind: str
    text: str = ""
    values: tuple[tuple[str, Any], ...] = ()


class Rule(NamedTuple):
    """A rule by its name. `condition` is a filter in the language of the board; "" takes every deal."""

    name: str
    when: Trigger
    condition: str
    then: tuple[Step, ...]


class Happened(NamedTuple):
    """One change of a deal, as the triggers see it. Stages are ids, `kind` the event's without its "deal."."""

    event_id: int
    deal_id: int
    kind: str
    from_stage_id: int | None
    to_stage_id: int | None
    added_tags: frozenset[str]
    removed_tags: frozenset[str]
    owner_id: int | None
    has_new_owner: bool


class Names(NamedTuple):
    """What the names of triggers mean: ids of stages (several pipelines may have one of a name) and owners."""

    stages: Mapping[str, frozenset[int]]
    owners: Mapping[str, int]


# -- reading ------------------------------------------------------------------------------------------------


def read_rules(tables: object) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """The rules that can be used, and a sentence for each that cannot."""
    if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
        return (), ("rule must be a list of tables: write each under its own [[rule]].",)
    rules: list[Rule] = []
    problems: list[str] = []
    for place, table in enumerate(tables, 1):
        try:
            rule = _rule(table)
            if any(rule.name == other.name for other in rules):
                raise InvalidInput(f"there is another rule called “{rule.name}”; give one of them another name")
        except InvalidInput as error:
            problems.append(f"rule {place}: {error}.")
        else:
            rules.append(rule)
    return tuple(rules), tuple(problems)


def _rule(table: Mapping[str, Any]) -> Rule:
    """One table as a rule; InvalidInput without a full stop says what is wrong."""
    for key in table:
        if key not in _KEYS:
            raise InvalidInput(f"there is no {str(key)[:40]!r} in a rule; it has {', '.join(_KEYS)}")
    when = table.get("when")
    if not isinstance(when, str):
        raise InvalidInput(f"say when it starts, in quotes: {_EXAMPLES}")
    trigger = read_trigger(when)
    condition, name = table.get("if", ""), table.get("name", "")
    if not isinstance(condition, str):
        raise InvalidInput("if must be a filter in quotes, as on the board")
    if not isinstance(name, str):
        raise InvalidInput("name must be a text in quotes")
    steps = table.get("then")
    if isinstance(steps, Mapping):
        steps = [steps]
    if not isinstance(steps, list) or not steps:
        raise InvalidInput('say what it does: then = [{task = "follow up +3d"}, {tag = "hot"}]')
    then = tuple(step for one in steps for step in _steps(one))
    shown = clean(name, limit=60) or clean(f"{trigger}{f' if {condition}' if condition else ''}", limit=60)
    return Rule(shown, trigger, condition.strip(), then)


def read_trigger(text: str) -> Trigger:
    """What starts a rule, from its words; InvalidInput lists what there is."""
    words = clean(text).split(" ", 1)
    kind, name = words[0].lower(), words[1].strip(" \"'") if len(words) > 1 else ""
    if kind == "idle":
        found = re.fullmatch(r"(\d{1,5})\s*(?:d|days?)?", name)
        if found is None or not 1 <= int(found[1]) <= LONGEST_IDLE:
            raise InvalidInput(f"idle needs a number of days from 1 to {LONGEST_IDLE}: idle 14d")
        return Trigger("idle", "", int(found[1]))
    if kind in _PLAIN and not name:
        return Trigger(kind)
    if kind in _WITH_NAME and name:
        return Trigger(kind, name.removeprefix("#").removeprefix("@"))
    if kind in _WITH_NAME:
        what = {"tagged": "tag", "untagged": "tag", "owner": "person"}.get(kind, "stage")
        raise InvalidInput(f"{kind} needs the name of a {what}")
    raise InvalidInput(f"{clean(text)[:60]!r} starts nothing; it can be {_EXAMPLES}")


def _steps(table: object) -> list[Step]:
    """What one table of `then` does."""
    if not isinstance(table, Mapping) or not table:
        raise InvalidInput('each part of then is a table: {task = "..."}, {set = {...}}, {tag = "..."}')
    steps = []
    for kind, value in table.items():
        if kind in ("task", "tag", "untag"):
            if not isinstance(value, str) or not value.strip():
                raise InvalidInput(f"{kind} must be a text in quotes")
            text = clean(value)
            steps.append(Step(kind, text if kind == "task" else _tag(kind, text)))
        elif kind == "set":
            steps.append(Step("set", values=_settings(value)))
        else:
            raise InvalidInput(f"a rule cannot do {str(kind)[:40]!r}; it can: task, set, tag, untag")
    return steps


def _tag(kind: str, text: str) -> str:
    tag = text.removeprefix("#")
    if not tag or " " in tag:
        raise InvalidInput(f"{kind} takes one word, not {text[:40]!r}")
    return tag


def _settings(table: object) -> tuple[tuple[str, Any], ...]:
    """The fields that are set, checked as far as no database is needed."""
    if not isinstance(table, Mapping) or not table:
        raise InvalidInput("set must be a table: {set = {probability = 60, hot = true}}")
    values = []
    for field, value in table.items():
        if field not in SETTABLE:
            raise InvalidInput(f"set cannot set {str(field)[:40]!r}; it can: {', '.join(SETTABLE)}")
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if field == "hot":
            is_right, wanted = isinstance(value, bool), "true or false"
        elif field == "probability":
            is_right, wanted = is_number and 0 <= value <= 100, "a whole number from 0 to 100"
        else:
            is_right, wanted = isinstance(value, str), "a text in quotes"
        if not is_right:
            raise InvalidInput(f"{field} must be {wanted}, not {str(value)[:40]!r}")
        values.append((field, clean(value) if isinstance(value, str) else value))
    return tuple(values)


# -- matching -----------------------------------------------------------------------------------------------


def is_started(trigger: Trigger, happened: Happened, names: Names) -> bool:
    """Whether a change starts a rule. Names that mean nothing start nothing."""
    if trigger.kind in ("enters", "leaves"):
        wanted = names.stages.get(search_key(trigger.name), frozenset())
        stage = happened.to_stage_id if trigger.kind == "enters" else happened.from_stage_id
        return stage in wanted and happened.from_stage_id != happened.to_stage_id
    if trigger.kind == "tagged":
        return search_key(trigger.name) in happened.added_tags
    if trigger.kind == "untagged":
        return search_key(trigger.name) in happened.removed_tags
    if trigger.kind == "owner":
        wanted_id = names.owners.get(search_key(trigger.name))
        return happened.has_new_owner and wanted_id is not None and happened.owner_id == wanted_id
    return happened.kind == trigger.kind


def started(rules: Iterable[Rule], happened: Sequence[Happened], names: Names) -> list[tuple[Rule, Happened]]:
    """Every rule with every change that starts it, in the order of the changes.

    A deal that walked on through a stage has not entered it for good: of several stages that it entered among these
    changes, only the last counts.
    """
    last_stage: dict[int, int | None] = {}
    for one in happened:
        if one.to_stage_id is not None:
            last_stage[one.deal_id] = one.to_stage_id
    found = []
    for one in happened:
        for rule in rules:
            if rule.when.kind == "idle" or not is_started(rule.when, one, names):
                continue
            if rule.when.kind == "enters" and one.to_stage_id != last_stage.get(one.deal_id):
                continue
            found.append((rule, one))
    return found


def describe_step(step: Step) -> str:
    """One thing a rule does, in words."""
    if step.kind == "task":
        return f"plan “{step.text}”"
    if step.kind == "set":
        return ", ".join(f"set {field} to {_shown(value)}" for field, value in step.values)
    return f"{'add' if step.kind == 'tag' else 'take away'} #{step.text}"


def describe_rule(rule: Rule) -> str:
    """A rule in one sentence."""
    condition = f" if {rule.condition}" if rule.condition else ""
    return f"when {rule.when}{condition}: {'; '.join(describe_step(step) for step in rule.then)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value}" if value != "" else "nothing"

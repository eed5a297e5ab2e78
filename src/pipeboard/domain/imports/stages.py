"""Their stages and ours: what joins by itself, what a person said, and a guess for the rest.

A stage is never made silently and never guessed silently: names join when they are the same but for case,
accents and punctuation; won and lost are recognised in several languages; everything else is asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.status import name_key, status_of_name
from pipeboard.domain.stage import DealStatus, Stage, StageKind
from pipeboard.domain.text import clean

_ALIKE: Final = (
    "lead prospecting prospect new inquiry anbahnung interessent лид новая заявка szansa potencjalny search",
    "contacted contact reached appointment meeting discovery kontakt angesprochen контакт встреча kontakt",
    "qualified qualification engaging engaged gesprach needs analysis demo квалификация kwalifikacja",
    "proposal quote offer angebot oferta предложение кп presentation price estimate",
    "negotiation review contract commit verhandlung vertrag negocjacje umowa переговоры договор decision",
)
_GOOD: Final = 0.5

NEW: Final = 0
"""The id of a stage that is still to be created."""


class StageMap(NamedTuple):
    """`ours` gives our stage of every name of theirs that has one; `unknown` the others with our best guess.

    `created` are the names, in the order of the file, that are to become new stages.
    """

    ours: dict[str, Stage]
    unknown: dict[str, str]
    created: tuple[str, ...] = ()


def match_stages(
    theirs: Iterable[str], stages: Sequence[Stage], told: Mapping[str, str], is_creating: bool = False
) -> StageMap:
    """Match the distinct stage names of a file with ours.

    `told` is theirs -> ours. Raises InvalidInput when it names a stage that we do not have, unless stages may
    be created.
    """
    said = {name_key(name): _named(ours, stages, is_creating) for name, ours in told.items()}
    by_key = {name_key(stage.name): stage for stage in reversed(stages)}
    ours: dict[str, Stage] = {}
    unknown: dict[str, str] = {}
    for name in theirs:
        key = name_key(name)
        stage = said.get(key) or (by_key.get(key) if key else None) or _closing(name, stages)
        if stage is None:
            unknown[name] = guess(name, stages)
        else:
            ours[name] = stage
    return StageMap(ours, unknown, tuple(dict.fromkeys(s.name for s in ours.values() if s.id == NEW)))


def create_missing(matched: StageMap, names: Iterable[str]) -> StageMap:
    """The map with new stages of these names of theirs; names that differ in case or spacing share one."""
    ours, unknown = dict(matched.ours), dict(matched.unknown)
    new = {name_key(stage.name): stage for stage in ours.values() if stage.id == NEW}
    for name in names:
        ours[name] = new.setdefault(name_key(name), new_stage(name))
        unknown.pop(name, None)
    return StageMap(ours, unknown, tuple(stage.name for stage in new.values()))


def closing_stage(status: DealStatus, stages: Sequence[Stage]) -> Stage | None:
    """The stage where won (or lost) deals stand: the first of that kind."""
    return next((stage for stage in stages if int(stage.kind) == int(status)), None)


def guess(name: str, stages: Sequence[Stage]) -> str:
    """The name of our open stage that looks most like theirs; the first open stage when none does."""
    is_open = [stage for stage in stages if stage.kind == StageKind.OPEN] or list(stages)
    if not is_open:
        return ""
    best = max(is_open, key=lambda stage: (likeness(name, stage.name), -stage.position))
    return best.name if likeness(name, best.name) >= _GOOD else is_open[0].name


def likeness(one: str, other: str) -> float:
    """How alike two stage names are, 0 to 1: spelling, whole words in common, or words of one meaning."""
    a, b = name_key(one), name_key(other)
    spelling = SequenceMatcher(None, a, b).ratio()
    words_a, words_b = set(a.split()), set(b.split())
    if words_a & words_b:
        return max(spelling, 0.8)
    same = any(words_a & set(row.split()) and words_b & set(row.split()) for row in _ALIKE)
    return max(spelling, 0.7) if same else spelling


def depth_of(name: str) -> int | None:
    """How deep in a sale a stage stands whose name has words that usual stages have: 0 (a lead) to 4 (a contract)."""
    words = set(name_key(name).split())
    return next((depth for depth, row in reversed([*enumerate(_ALIKE)]) if words & set(row.split())), None)


def unknown_sentence(unknown: Mapping[str, int], guesses: Mapping[str, str], stages: Sequence[Stage]) -> str:
    """What to say about stages nobody knows: each with its number of deals and the option that settles it."""
    listed = ", ".join(f"{name or '(empty)'!r} ({_deals(count)})" for name, count in unknown.items())
    options = " ".join(f'--stage "{name}={guesses[name]}"' for name in unknown)
    ours = ", ".join(stage.name for stage in stages)
    noun = "this stage is" if len(unknown) == 1 else "these stages are"
    return (
        f"In the file {noun} not in the pipeline: {listed}. Say where they belong, for example {options}, "
        f"or add --create-stages. The pipeline has: {ours}."
    )


def _deals(count: int) -> str:
    """A number of deals in words."""
    return f"{count:,} deal{'' if count == 1 else 's'}"


def _closing(name: str, stages: Sequence[Stage]) -> Stage | None:
    """Our won or lost stage for a name that means it."""
    status = status_of_name(name)
    return None if status is None else closing_stage(status, stages)


def new_stage(name: str) -> Stage:
    """An open stage that does not exist yet."""
    return Stage(NEW, NEW, clean(name, limit=80), NEW, StageKind.OPEN, 0)


def _named(name: str, stages: Sequence[Stage], is_creating: bool) -> Stage:
    """Our stage of this name or unique beginning of one, a new one if allowed.

    Raises InvalidInput that lists the stages.
    """
    key = name_key(name)
    found = [stage for stage in stages if name_key(stage.name) == key]
    found = found or [stage for stage in stages if key and name_key(stage.name).startswith(key)]
    if not found and is_creating and key:
        return new_stage(name)
    if len(found) != 1:
        names = ", ".join(stage.name for stage in stages)
        raise InvalidInput(f"The pipeline has no stage {name!r}. It has: {names}.")
    return found[0]

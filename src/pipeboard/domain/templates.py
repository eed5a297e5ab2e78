"""Ready-made pipelines (DOMAIN section 5), reasons for losing, and stages typed as one line.

All figures are starting points to be calibrated on one's own deals.
"""

import re
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.stage import StageKind
from pipeboard.domain.text import clean, search_key


class StageTemplate(NamedTuple):
    """A stage to be created; the fields mean what they mean in `Stage`."""

    name: str
    kind: StageKind = StageKind.OPEN
    probability: int = 0
    rot_days: int | None = None
    counts_for_velocity: bool = False
    forecast_category: str = "pipeline"
    exit_criteria: str = ""


class PipelineTemplate(NamedTuple):
    """A pipeline to be created, chosen by its `key`."""

    key: str
    name: str
    description: str
    stages: tuple[StageTemplate, ...]
    is_post_sale: bool = False


CLOSED_STAGES: Final = (
    StageTemplate("Won", StageKind.WON, 100, forecast_category="omitted"),
    StageTemplate("Lost", StageKind.LOST, 0, forecast_category="omitted"),
    StageTemplate("Fridge", StageKind.PARKED, 0, forecast_category="omitted"),
)
"""What every sales pipeline ends with; a deal in the Fridge needs a wake date and a reason."""

LOST_REASONS: Final[tuple[tuple[str, bool], ...]] = (
    ("Price", False),
    ("Competitor", False),
    ("No budget", False),
    ("No decision/silence", False),
    ("Timing", False),
    ("No fit/missing feature", False),
    ("Lost contact/champion left", False),
    ("Stale (flush)", False),
    ("Disqualified (not ICP)", False),
    ("Imported, unknown", False),
    ("Duplicate", True),
    ("Test/data error", True),
)
"""Name, and whether deals lost for it are left out of the win rate."""

DEFAULT_KEY: Final = "b2b"
"""The template offered first."""


_CATEGORIES: Final = ((75, "commit"), (50, "best"), (6, "pipeline"), (0, "omitted"))
"""Least probability in percent of each forecast category."""


def _open(
    name: str, probability: int, rot_days: int | None, *, is_live: bool = False, criteria: str = ""
) -> StageTemplate:
    """An open stage; the forecast category follows from the probability."""
    category = next(name for least, name in _CATEGORIES if probability >= least)
    return StageTemplate(name, StageKind.OPEN, probability, rot_days, is_live, category, criteria)


def _post(name: str, rot_days: int | None, *, criteria: str = "") -> StageTemplate:
    """A stage after the sale: certain money, so it enters no forecast."""
    return StageTemplate(name, StageKind.POST, 100, rot_days, False, "omitted", criteria)


def _sales(key: str, name: str, description: str, *stages: StageTemplate) -> PipelineTemplate:
    """A sales pipeline with its closed stages."""
    return PipelineTemplate(key, name, description, (*stages, *CLOSED_STAGES))


_ALL: Final = (
    _sales(
        "b2b",
        "B2B sales",
        "Lead to negotiation, for selling to companies",
        _open("Lead", 5, 7, criteria="Fits the ideal customer profile\nContact person known"),
        _open("Contacted", 15, 7, criteria="Reply or meeting (at least 3 touches before giving up)"),
        _open("Qualified", 35, 10, is_live=True, criteria="BANT answered 4 of 4, at least 3 yes"),
        _open(
            "Proposal made",
            55,
            14,
            is_live=True,
            criteria="Value set\nClose date agreed with the buyer\nNext step booked",
        ),
        _open("Negotiation", 75, 14, is_live=True, criteria="Terms and legal list closed"),
    ),
    _sales(
        "saas",
        "SaaS",
        "Demo, trial and contract, for software subscriptions",
        _open("Lead", 5, 5),
        _open("Demo booked", 15, 7),
        _open("Demo done", 25, 7, is_live=True),
        _open("Trial/Pilot", 45, 14, is_live=True, criteria="Success criteria written\nEnd date set"),
        _open("Proposal/plan chosen", 65, 10, is_live=True),
        _open("Contract & legal", 85, 10, is_live=True),
    ),
    _sales(
        "consulting",
        "Consulting",
        "Scope, proposal and verbal yes, for projects",
        _open("Inquiry", 5, 4),
        _open("Discovery call held", 20, 7, is_live=True),
        _open("Scope agreed", 40, 10, is_live=True),
        _open("Proposal/SOW sent", 55, 14, is_live=True),
        _open("Verbal yes/contract out", 85, 10, is_live=True),
    ),
    _sales(
        "seven",
        "Seven stages",
        "Prospecting to commitment, the textbook sequence",
        _open("Prospecting", 5, 7),
        _open("Lead qualified", 15, 7),
        _open("Demo/meeting", 30, 10, is_live=True),
        _open("Proposal", 50, 14, is_live=True),
        _open("Negotiation & commitment", 75, 14, is_live=True),
    ),
    _sales(
        "classic",
        "Classic selling",
        "Contact, presentation, objections, closing",
        _open("Search", 5, 7),
        _open("Contact", 15, 7),
        _open("Presentation", 35, 10, is_live=True),
        _open("Objections", 60, 10, is_live=True),
        _open("Closing", 80, 7, is_live=True),
    ),
    _sales(
        "auto",
        "Car sales",
        "Worksheet to purchase agreement, for a dealership",
        _open("Worksheet", 10, 2),
        _open("Meeting", 30, 5),
        _open("Test drive", 60, 5, is_live=True),
        _open("Purchase agreed", 85, 5, is_live=True),
    ),
    PipelineTemplate(
        "post-sale",
        "Customers",
        "After the sale: onboarding to renewal, for subscriptions",
        (
            _post("Handover", 3),
            _post("Onboarding", 14),
            _post("Live", 30),
            _post("Expansion idea", 21),
            _post("Renewal due", None, criteria="Task set 60 days before the contract ends"),
            StageTemplate("Renewed", StageKind.WON, 100, forecast_category="omitted"),
            StageTemplate("Churned", StageKind.LOST, 0, forecast_category="omitted"),
        ),
        is_post_sale=True,
    ),
    PipelineTemplate(
        "post-sale-consulting",
        "Delivery",
        "After the sale: kick-off to payment, for projects",
        (
            _post("Kick-off", 5),
            _post("Delivery", 14),
            _post("Invoiced", 14),
            _post("Paid", None),
            _post("Ask for referral", 30),
            StageTemplate("Done", StageKind.WON, 100, forecast_category="omitted"),
            StageTemplate("Cancelled", StageKind.LOST, 0, forecast_category="omitted"),
        ),
        is_post_sale=True,
    ),
)

TEMPLATES: Final[dict[str, PipelineTemplate]] = {template.key: template for template in _ALL}
"""Every template by its key, in the order they are offered."""


def parse_stages(text: str) -> tuple[StageTemplate, ...]:
    """Stages typed as "Lead 10% 7d, Contacted 20% 7d": name, probability, days until rotting.

    Probability and days may be left out: then probabilities rise evenly and the stage never rots. Won, Lost
    and Fridge are appended. Raises InvalidInput naming the stage that cannot be used.
    """
    parts = [clean(part) for part in text.split(",")]
    if not any(parts):
        raise InvalidInput('No stages given. Write for example "Lead 10% 7d, Proposal 50% 14d".')
    closed = {search_key(stage.name) for stage in CLOSED_STAGES}
    stages: list[StageTemplate] = []
    for at, part in enumerate(parts):
        stage = _stage(part, (at + 1) * 100 // (len(parts) + 1))
        key = search_key(stage.name)
        if key in closed:
            raise InvalidInput(f'"{stage.name}" is added by itself; leave it out of the list.')
        if any(key == search_key(other.name) for other in stages):
            raise InvalidInput(f'The stage "{stage.name}" is listed twice.')
        stages.append(stage)
    return (*stages, *CLOSED_STAGES)


def parse_stage(text: str, otherwise: int) -> StageTemplate:
    """One open stage typed as "Legal 85% 10d"; `otherwise` is its probability when none was typed."""
    return _stage(clean(text), otherwise)


def _stage(part: str, otherwise: int) -> StageTemplate:
    """One typed stage; `otherwise` is its probability when none was typed."""
    if not part:
        raise InvalidInput("A stage between two commas has no name.")
    chance, span = r"\s+(?P<chance>\d{1,4})\s*%", r"\s+(?P<days>\d{1,4})\s*d(?:ays?)?"
    forms = (rf"(?P<name>[^%]*?){span}{chance}", rf"(?P<name>[^%]*?)(?:{chance})?(?:{span})?")
    found = next((found for form in forms if (found := re.fullmatch(form, part, re.ASCII))), None)
    if found is None or re.fullmatch(r"[\d\s]*d?", found["name"]):
        raise InvalidInput(f'"{part}" cannot be read; a stage is written "Lead 10% 7d".')
    name = found["name"]
    probability = int(found["chance"]) if found["chance"] else otherwise
    if probability > 100:
        raise InvalidInput(f"{probability}% for {name} is more than 100%.")
    days = int(found["days"]) if found["days"] else None
    return _open(name, probability, days or None, is_live=probability >= 25)

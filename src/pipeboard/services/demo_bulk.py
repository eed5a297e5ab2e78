"""Any number of made-up deals at once: what shows that a large pipeline is as quick as a small one."""

from datetime import date, timedelta
from random import Random

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus, Stage, StageKind
from pipeboard.services.demo_names import COMPANIES, DONE_TASKS, ENDINGS, OWNERS, PRODUCTS, PROJECTS, REASONS, SOURCES
from pipeboard.services.workspace import Workspace

YEARS_BACK = 3
_OPEN_SHARE, _WON_SHARE = 0.25, 0.55


def bulk_import(workspace: Workspace, count: int, rng: Random) -> ImportDeals:
    """The import of `count` deals into the first pipeline: a quarter of them open, the others decided."""
    stages = workspace.deals.stages()
    today = workspace.deals.today - timedelta(days=3)
    deals = tuple(_deal(number, stages, today, rng) for number in range(1, count + 1))
    return ImportDeals(stages[0].pipeline_id, "made-up deals", "demo", deals, "create")


def _deal(number: int, stages: tuple[Stage, ...], today: date, rng: Random) -> ImportedDeal:
    chance = rng.random()
    is_open = chance < _OPEN_SHARE
    is_won = not is_open and rng.random() < _WON_SHARE
    kind = StageKind.OPEN if is_open else StageKind.WON if is_won else StageKind.LOST
    homes = [stage for stage in stages if stage.kind == kind]
    # Pipelines are wide at the beginning: each stage holds about half of the one before.
    stage = rng.choices(homes, [2.0**-place for place in range(len(homes))])[0]
    cycle = round(rng.triangular(5, 110, 34))
    ended = today - timedelta(days=rng.randrange(0, 60 if is_open else 365 * YEARS_BACK))
    began = ended - timedelta(days=cycle)
    company = f"{rng.choice(COMPANIES)} {rng.choice(ENDINGS)} {number % 997}"
    return ImportedDeal(
        line=number,
        external_id=f"demo-{number}",
        title=f"{company.split()[0]} {rng.choice(PROJECTS)} {number}",
        company=company,
        contact="",
        contact_email="",
        contact_phone="",
        owner=rng.choice(OWNERS),
        product=rng.choice(PRODUCTS),
        source=rng.choice(SOURCES),
        value_minor=None if rng.random() < 0.03 else max(1_500, round(rng.lognormvariate(9.4, 0.7) / 100) * 100) * 100,
        currency="EUR",
        probability=None,
        stage_name=stage.name,
        status=DealStatus.OPEN if is_open else DealStatus.WON if is_won else DealStatus.LOST,
        created_on=began,
        started_on=began,
        expected_close_on=today + timedelta(days=rng.randrange(-10, 90)) if is_open else None,
        closed_on=None if is_open else ended,
        payment_on=None,
        stage_entered_on=ended if is_open else None,
        lost_reason="" if is_open or is_won else rng.choice(REASONS),
        tags=(),
        note="",
        next_step=rng.choice(DONE_TASKS) if is_open and rng.random() < 0.7 else "",
        extra=(),
        closed_from_name="",
    )

"""Everything about one deal, for the side pane, the deal screen and `show`."""

from datetime import date, datetime
from typing import NamedTuple

from pipeboard.domain.bant import Bant, read_bant
from pipeboard.domain.criteria import Check, checklist
from pipeboard.domain.money import divide_half_even
from pipeboard.domain.products import Product, against_list
from pipeboard.domain.scoring import Score
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import Task, TimelineEntry


class StageStay(NamedTuple):
    """A stay in a stage as the deal's history shows it; `days` is None when the beginning is not known."""

    stage: str
    entered_on: date
    left_on: date | None
    days: int | None
    outcome: str | None


class Relative(NamedTuple):
    """A deal of another pipeline that this one was copied from (`is_original`) or that is a copy of it."""

    id: int
    title: str
    pipeline: str
    stage: str
    is_original: bool


class DealDetail(NamedTuple):
    """A deal with the names of what it refers to. Money in minor units of `currency`.

    `probability` is the deal's own (None: that of its stage, `stage_probability`). `entered_on` is the day the
    present stage was entered, a bound only when `is_entry_known` is false. `cost_minor` is in the currency of the
    value. The value comes again every `recurring_months` months (None: it comes once). `forecast_category` is the
    deal's own (None: that of its stage, `stage_category`); `extra` are custom fields (`domain.extras`); `listed` is
    the product of the catalogue that `product` means.
    """

    id: int
    version: int
    title: str
    company: str
    contact: str
    contact_job: str
    contact_email: str
    contact_phone: str
    owner_id: int | None
    owner: str
    pipeline_id: int
    pipeline: str
    stage_id: int
    stage: str
    status: DealStatus
    stage_probability: int
    rot_days: int | None
    exit_criteria: str
    value_minor: int | None
    currency: str
    probability: int | None
    is_hot: bool
    product: str
    source: str
    tags: str
    notes: str
    extra: str
    created_at: datetime | None
    created_on: date | None
    started_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    payment_on: date | None
    wake_on: date | None
    park_reason: str
    lost_reason: str
    close_note: str
    closed_from: str
    entered_on: date | None
    is_entry_known: bool
    idle_on: date | None
    company_id: int | None
    contact_id: int | None
    company_website: str
    link: str
    cost_minor: int | None
    recurring_months: int | None
    attention: str
    forecast_category: str | None
    stage_category: str
    bant: str
    criteria_done: str
    copied_from_id: int | None
    stays: tuple[StageStay, ...]
    tasks: tuple[Task, ...]
    timeline: tuple[TimelineEntry, ...]
    relatives: tuple[Relative, ...] = ()
    attempts: int = 0
    score: Score | None = None
    listed: Product | None = None

    @property
    def checks(self) -> tuple[Check, ...]:
        """What the stage asks for before the deal leaves it, and what of that is ticked."""
        return checklist(self.stage_id, self.exit_criteria, self.criteria_done)

    @property
    def qualification(self) -> Bant:
        """The answers to the four questions."""
        return read_bant(self.bant)

    @property
    def is_live(self) -> bool:
        """Whether it is open or parked: its tasks still count."""
        return self.status in (DealStatus.OPEN, DealStatus.PARKED)

    @property
    def effective_probability(self) -> int:
        """The probability that counts, in percent."""
        if self.status in (DealStatus.WON, DealStatus.LOST):
            return 100 if self.status == DealStatus.WON else 0
        return self.stage_probability if self.probability is None else self.probability

    @property
    def margin_minor(self) -> int | None:
        """What is left of the value after the cost; None while either is unknown."""
        return None if self.value_minor is None or self.cost_minor is None else self.value_minor - self.cost_minor

    @property
    def against_list(self) -> str:
        """The list price of its product and how far the value is from it, in words; "" where there is none."""
        return against_list(self.value_minor, self.currency, self.listed)

    @property
    def annual_minor(self) -> int | None:
        """The value of one year (ACV): a recurring value times how often it comes a year, one that comes once as it
        is; None without a value."""
        if self.value_minor is None or not self.recurring_months:
            return self.value_minor
        return divide_half_even(self.value_minor * 12, self.recurring_months)

"""What one row of a file becomes: a deal to import, a rejection, or a line that is no row at all.

Only the values stand here: `domain.commands` imports them on the way to the first paint.
"""

from datetime import date
from typing import NamedTuple

from pipeboard.domain.imports.stage_history import StageEntry
from pipeboard.domain.stage import DealStatus


class Details(NamedTuple):
    """What few files tell of a deal, in our terms. An empty text or None means that the file says nothing.

    `cost_minor` is in the currency of the deal, `next_step_due` the day of its next step.
    """

    contact_job: str = ""
    company_website: str = ""
    cost_minor: int | None = None
    recurring_months: int | None = None
    is_hot: bool = False
    attention: str = ""
    forecast_category: str = ""
    wake_on: date | None = None
    park_reason: str = ""
    close_note: str = ""
    link: str = ""
    next_step_due: date | None = None


NO_DETAILS = Details()
"""Of a deal whose file tells none."""


class ImportedDeal(NamedTuple):
    """One deal as the file tells it, in our terms. An empty text or None means that the file says nothing.

    `line` is the line of the file (1 is the first) where the row begins. Money is in minor units of
    `currency`. `stage_name` and `closed_from_name` are names of our stages; the latter is the stage a won or
    lost deal stood in before, where the file tells it. `expected_close_on` is only set for open deals,
    `closed_on` only for won and lost ones. `extra` holds (header, text) of the columns that mean nothing to us,
    `history` the stages that it entered, oldest first, `details` what few files tell.
    """

    line: int
    external_id: str
    title: str
    company: str
    contact: str
    contact_email: str
    contact_phone: str
    owner: str
    product: str
    source: str
    value_minor: int | None
    currency: str
    probability: int | None
    stage_name: str
    status: DealStatus
    created_on: date | None
    started_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    payment_on: date | None
    stage_entered_on: date | None
    lost_reason: str
    tags: tuple[str, ...]
    note: str
    next_step: str
    extra: tuple[tuple[str, str], ...]
    closed_from_name: str = ""
    history: tuple[StageEntry, ...] = ()
    details: Details = NO_DETAILS


class Rejection(NamedTuple):
    """A row that cannot be imported: where, which cell, and why.

    `cells` is the row as it stood in the file, so that it can be written out, mended and imported again.
    """

    line: int
    column: str
    value: str
    why: str
    cells: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A line that is no row: a blank one, a repeated header, a total, a footer."""

    line: int
    why: str

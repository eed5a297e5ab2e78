"""Deals in full, as the side pane and the deal screen get them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipeboard.domain.detail import DealDetail, StageStay
from pipeboard.domain.stage import DealStatus
from pipeboard.domain.task import Task, TimelineEntry

ZONE = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZONE)
TODAY = NOW.date()


def entry(days_ago: int, kind: str, text: str, *, actor: str = "Anna Nowak", hour: int = 9) -> TimelineEntry:
    """Something that happened so many days before today; changes have a dot in their kind."""
    day = TODAY - timedelta(days=days_ago)
    return TimelineEntry(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), kind, actor, text, "." in kind)


def stay(stage: str, entered: date, left: date | None = None, outcome: str | None = None) -> StageStay:
    """A stay whose beginning and end are known."""
    return StageStay(stage, entered, left, (left - entered).days if left else None, outcome)


def a_task(
    number: int, title: str, on: date | None, at: time | None = None, done: datetime | None = None, **fields: Any
) -> Task:
    """A task of the deal."""
    task = Task(number, 1, 1042, "Acme platform", title, "todo", 1, on, at, None, None, done, False)
    return task._replace(**fields)


ACME = DealDetail(
    id=1042,
    version=7,
    title="Acme platform",
    company="Acme",
    contact="Anna Nowak",
    contact_job="CTO",
    contact_email="anna.nowak@acme.example",
    contact_phone="+48 22 555 01 42",
    owner_id=1,
    owner="Anna",
    pipeline_id=1,
    pipeline="B2B sales",
    stage_id=3,
    stage="Qualified",
    status=DealStatus.OPEN,
    stage_probability=35,
    rot_days=10,
    exit_criteria="Budget confirmed\nThe one who signs is known\nBoth sites named, and the days by which they run",
    value_minor=48_000_00,
    currency="EUR",
    probability=None,
    is_hot=False,
    product="Gold package",
    source="web",
    tags="key-account emea",
    notes="Wants one contract for both sites.\n\n- security answers first\n- then the audit, then the price",
    extra="Deal - Label: warm\nNumber of seats: 120",
    created_at=datetime(2026, 11, 11, 8, 30, tzinfo=UTC),
    created_on=date(2026, 11, 11),
    started_on=None,
    expected_close_on=date(2026, 12, 18),
    closed_on=None,
    payment_on=None,
    wake_on=None,
    park_reason="",
    lost_reason="",
    close_note="",
    closed_from="",
    entered_on=date(2026, 11, 18),
    is_entry_known=True,
    idle_on=date(2026, 11, 20),
    company_id=1,
    contact_id=1,
    company_website="",
    link="",
    cost_minor=None,
    recurring_months=None,
    attention="",
    forecast_category=None,
    stage_category="pipeline",
    bant="",
    criteria_done="",
    copied_from_id=None,
    stays=(
        stay("Lead", date(2026, 11, 11), date(2026, 11, 14), "advanced"),
        stay("Contacted", date(2026, 11, 14), date(2026, 11, 18), "advanced"),
        stay("Qualified", date(2026, 11, 18)),
    ),
    tasks=(
        a_task(1, "Send the security answers", TODAY, time(15)),
        a_task(2, "Book the site visit", date(2026, 12, 1)),
        a_task(3, "Intro call", date(2026, 11, 18), done=datetime(2026, 11, 18, 23, 30, tzinfo=UTC)),
    ),
    timeline=(
        entry(0, "note", "Their board meets on 3 December.", hour=7),
        entry(2, "call", "25 min. They compare us with Initrode; price is not the issue, the audit is."),
        entry(4, "deal.moved", "Contacted to Qualified"),
        entry(4, "task.completed", "done: Intro call"),
        entry(4, "deal.edited", "value 40,000 to 48,000"),
        entry(6, "email", "Mail: architecture overview"),
        entry(8, "deal.moved", "Lead to Contacted"),
        entry(11, "deal.created", "created"),
    ),
)

WON = ACME._replace(
    status=DealStatus.WON,
    stage="Won",
    stage_probability=100,
    rot_days=None,
    exit_criteria="",
    closed_on=date(2026, 11, 18),
    closed_from="Qualified",
    close_note="Two years at once.",
)
LOST = WON._replace(status=DealStatus.LOST, stage="Lost", stage_probability=0, lost_reason="Price", close_note="")
PARKED = ACME._replace(
    status=DealStatus.PARKED,
    stage="Fridge",
    stage_probability=0,
    rot_days=None,
    exit_criteria="",
    wake_on=date(2026, 12, 4),
    park_reason="budget opens in December",
)

HOSTILE = [
    "Acme [/ EU]",
    "[@click=app.quit]Click[/]",
    "\x1b[31mred\x1b[0m\x1b]52;c;aGk=\x07",
    "two\nlines\r\tand tab",
    "株式会社サクラ 導入プロジェクト計画書の件についてのお問い合わせ",
    "עסקה גדולה עם לקוח",
    "\u202eevil\u202c \u2066x\u2069",
    "a\u0301e\u0308 combining " + "\u0301" * 40,
    "👩‍👩‍👧‍👦 family 🏳️‍🌈 🇵🇱🇵🇱",
    "NUL\x00DEL\x7fC1\x9b31m",
    "\u2028line\u2029separator\ufeff",
    "x" * 600,
    " ",
    "",
]


def filled_with(text: str, detail: DealDetail = ACME) -> DealDetail:
    """The deal with one text in every place that holds a text of a user."""
    fields = detail._asdict().items()
    names: dict[str, Any] = {name: text for name, value in fields if isinstance(value, str) and name != "currency"}
    return detail._replace(**names)._replace(
        extra=f"{text}: {text}\n{text}",
        stays=tuple(one._replace(stage=text) for one in detail.stays),
        tasks=tuple(one._replace(title=text) for one in detail.tasks),
        timeline=tuple(one._replace(text=text, actor=f"{text}{place}") for place, one in enumerate(detail.timeline)),
    )

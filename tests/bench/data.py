"""Databases and files of any size to measure with: made through the product, long histories by plain inserts."""

import csv
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pipeboard.domain.commands import ImportDeals
from pipeboard.domain.imports.drafts import ImportedDeal
from pipeboard.domain.stage import DealStatus, StageKind
from pipeboard.services.clock import FixedClock
from pipeboard.services.setup import Answers, create
from pipeboard.services.workspace import Workspace

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MOVES = 5
"""Stage events of each deal in a long history."""


def empty_workspace(path: Path) -> Workspace:
    """A fresh workspace with the B2B template."""
    create(str(path), Answers(currency="EUR", zone="UTC"), FixedClock(NOW), login="anna", person="Anna Nowak")
    return Workspace.open(str(path), FixedClock(NOW), login="anna", person="Anna Nowak")


def open_deal(number: int, stage_name: str) -> ImportedDeal:
    """An open deal whose title says which one it is."""
    began = NOW.date() - timedelta(days=number % 60 + 1)
    texts = {"contact": "", "contact_email": "", "contact_phone": "", "owner": "", "lost_reason": "", "note": ""}
    return ImportedDeal(
        line=number, external_id=f"bench-{number}", title=f"Deal {number:06} rollout",
        company=f"Company {number % 5000}", product=("Gold", "Silver", "Standard")[number % 3],
        source=("web", "fair", "referral")[number % 3],
        value_minor=(number * 7919) % 9_000_000 + 100_000, currency="EUR", probability=None, stage_name=stage_name,
        status=DealStatus.OPEN, created_on=began, started_on=began, expected_close_on=NOW.date() + timedelta(days=30),
        closed_on=None, payment_on=None, stage_entered_on=began, tags=(), next_step="call" if number % 3 else "",
        extra=(), **texts,  # type: ignore[arg-type]
    )  # fmt: skip


def board_database(path: Path, deals: int) -> Path:
    """A board with so many open deals, the same share in every open stage."""
    workspace = empty_workspace(path)
    stages = [stage for stage in workspace.deals.stages() if stage.is_open]
    drafts = tuple(open_deal(number, stages[number % len(stages)].name) for number in range(deals))
    workspace.execute(ImportDeals(stages[0].pipeline_id, "bench", "bench", drafts, "create"))
    workspace.close()
    return path


def sales_file(path: Path, rows: int) -> Path:
    """A CSV file as another tool writes it: names, stages, amounts with separators, days first."""
    stages = ("Lead", "Contacted", "Qualified", "Proposal made", "Negotiation")
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Deal ID", "Deal name", "Company", "Stage", "Amount", "Created", "Close date"])
        for number in range(rows):
            began = date(2025, 1, 1) + timedelta(days=number % 600)
            close = began + timedelta(days=40 + number % 50)
            out.writerow(
                [number, f"Deal {number:06} rollout", f"Company {number % 5000}", stages[number % 5],
                 f"{(number * 79) % 90_000 + 1000}.50", f"{began:%d.%m.%Y}", f"{close:%d.%m.%Y}"]
            )  # fmt: skip
    return path


def long_history(path: Path, events: int) -> Path:
    """A database with so many stage events, of deals that walked through the open stages and were decided."""
    workspace = empty_workspace(path)
    stages = [stage.id for stage in workspace.deals.stages() if stage.is_open][:MOVES]
    closing = {stage.kind: stage.id for stage in workspace.deals.stages() if not stage.is_open}
    workspace.close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    action = connection.execute("SELECT max(id) FROM action").fetchone()[0]
    walks = [_walk(number, stages, closing, action) for number in range(1, events // MOVES + 1)]
    for table in ("deal", "event", "stage_visit"):
        rows = [row for walk in walks for row in walk[table]]
        columns = ", ".join(rows[0])
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [tuple(r.values()) for r in rows])
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()
    return path


Row = dict[str, object]


def _walk(number: int, stages: list[int], closing: dict[StageKind, int], action: int) -> dict[str, list[Row]]:
    """The rows of one deal: created, moved through the stages, won or lost."""
    began = NOW - timedelta(days=number % 1000 + 60)
    is_won = number % 2 == 0
    home = closing[StageKind.WON if is_won else StageKind.LOST]
    places = [*stages[: MOVES - 1], home]
    times = [began + timedelta(days=place * (2 + number % 9)) for place in range(MOVES)]
    events: list[Row] = []
    visits: list[Row] = []
    for place, stage in enumerate(places):
        left = times[place + 1] if place + 1 < MOVES else None
        events.append(
            {"action_id": action, "entity": "deal", "entity_id": number, "deal_id": number,
             "kind": "deal.moved" if place else "deal.created", "at": _text(times[place]), "version": place + 1,
             "from_stage_id": places[place - 1] if place else None, "to_stage_id": stage, "patch": "{}"}
        )  # fmt: skip
        visits.append(
            {"deal_id": number, "pipeline_id": 1, "stage_id": stage, "entered_at": _text(times[place]),
             "entered_on": str(times[place].date()), "left_at": _text(left) if left else None,
             "left_on": str(left.date()) if left else None, "dwell_days": (left - times[place]).days if left else None,
             "outcome": "advanced" if left else None}
        )  # fmt: skip
    deal: Row = {
        "id": number, "version": MOVES, "pipeline_id": 1, "stage_id": home, "status": 1 if is_won else 2,
        "rank": number * 1024, "title": f"Deal {number:06}", "currency": "EUR", "value_minor": number % 9_000_000,
        "product": "", "source": "", "tags": "", "notes": "", "extra": "", "attention": "", "bant": "",
        "park_reason": "", "close_note": "", "created_on": str(began.date()), "started_on": str(began.date()),
        "closed_on": str(times[-1].date()), "furthest_position": MOVES - 2, "lost_reason_id": None if is_won else 1,
        "stage_entered_on": str(times[-1].date()),
    }  # fmt: skip
    return {"deal": [deal], "event": events, "stage_visit": visits}


def _text(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds")


def children(path: Path) -> Iterator[Path]:
    """A SQLite database and the files beside it."""
    yield from (Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm"))

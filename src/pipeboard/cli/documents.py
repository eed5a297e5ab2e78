"""The JSON contracts of lists, deals, agenda and history (INTERFACE.md, section 5).

Money is a decimal string, a day or instant ISO 8601, a probability in percent as everywhere else in the
product, and null whatever is not known. Keys are added in later versions and never change their meaning.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from pipeboard.domain.attention import flags_of
from pipeboard.domain.criteria import read_criteria
from pipeboard.domain.detail import DealDetail
from pipeboard.domain.extras import custom_fields
from pipeboard.domain.history import ActionEntry
from pipeboard.domain.money import decimal_string
from pipeboard.domain.stage import DealStatus
from pipeboard.services.agenda import GROUPS, Agenda, AgendaTask
from pipeboard.services.listing import ListedDeal

if TYPE_CHECKING:
    from pipeboard.services.catalogues import PipelineSheet

Json = dict[str, Any]

DEAL_KEYS = (
    *("id", "title", "company", "contact", "owner", "pipeline", "stage", "status", "value", "currency"),
    *("probability", "weighted", "started_on", "expected_close_on", "closed_on", "payment_on", "wake_on"),
    *("created_at", "days_in_stage", "idle_days", "rotting", "hot", "score", "source", "product", "tags"),
    *("lost_reason", "next_task"),
)
"""The keys of a deal, in their order."""


_STATUS_WORDS = {status: status.name.lower() for status in DealStatus}


def _iso(value: date | datetime | time | None) -> str | None:
    return None if value is None else value.isoformat()


def _money(minor: int | None, currency: str) -> str | None:
    return None if minor is None else decimal_string(minor, currency)


def deal(listed: ListedDeal) -> Json:
    """One deal of the list contract."""
    row = listed.row
    return {
        "id": row.id,
        "title": row.title,
        "company": row.company or None,
        "contact": row.contact or None,
        "owner": row.owner or None,
        "pipeline": row.pipeline,
        "stage": row.stage,
        "status": _STATUS_WORDS[listed.status],
        "value": _money(row.value_minor, row.currency),
        "currency": row.currency,
        "probability": listed.probability,
        "weighted": _money(listed.weighted_minor, row.currency),
        "started_on": _iso(row.started_on),
        "expected_close_on": _iso(row.expected_close_on),
        "closed_on": _iso(row.closed_on),
        "payment_on": _iso(row.payment_on),
        "wake_on": _iso(row.wake_on),
        "created_at": _iso(row.created_at),
        "days_in_stage": listed.days_in_stage,
        "idle_days": listed.idle_days,
        "rotting": listed.is_rotting,
        "hot": row.is_hot,
        "score": listed.score,
        "source": row.source or None,
        "product": row.product or None,
        "tags": row.tags.split(),
        "lost_reason": row.lost_reason or None,
        "next_task": _next_task(listed),
    }


def _next_task(listed: ListedDeal) -> Json | None:
    row = listed.row
    if row.task_id is None:
        return None
    return {
        "id": row.task_id,
        "title": row.task_title,
        "kind": row.task_kind,
        "due_on": _iso(row.task_due_on),
        "due_time": _iso(row.task_due_time),
        "snoozed_until": _iso(row.task_snoozed_until),
    }


def totals(deals: Sequence[ListedDeal]) -> dict[str, int]:
    """The sum of the values by currency, in minor units."""
    sums: dict[str, int] = {}
    for one in deals:
        if one.row.value_minor is not None:
            sums[one.row.currency] = sums.get(one.row.currency, 0) + one.row.value_minor
    return dict(sorted(sums.items()))


def deal_list(deals: Sequence[ListedDeal]) -> Json:
    """The list contract. `total` is by currency and leaves out deals without a value."""
    return {
        "schema": "pipeboard.list/1",
        "count": len(deals),
        "total": {currency: decimal_string(minor, currency) for currency, minor in totals(deals).items()},
        "deals": [deal(one) for one in deals],
    }


def shown_deal(listed: ListedDeal, detail: DealDetail, today: date) -> Json:
    """Everything about one deal: the fields of the list, and what stands only here."""
    stays = [
        {
            "stage": stay.stage,
            "entered_on": _iso(stay.entered_on),
            "left_on": _iso(stay.left_on),
            "days": stay.days,
            "outcome": stay.outcome,
        }
        for stay in detail.stays
    ]
    return {
        "schema": "pipeboard.show/1",
        "deal": deal(listed)
        | {
            "contact_job": detail.contact_job or None,
            "contact_email": detail.contact_email or None,
            "contact_phone": detail.contact_phone or None,
            "notes": detail.notes,
            "cost": _money(detail.cost_minor, detail.currency),
            "margin": _money(detail.margin_minor, detail.currency),
            "recurring_months": detail.recurring_months,
            "annual_value": _money(detail.annual_minor, detail.currency),
            "attention": list(flags_of(detail.attention)),
            "forecast_category": detail.forecast_category or detail.stage_category,
            "link": detail.link or None,
            "company_website": detail.company_website or None,
            "list_price": _list_price(detail),
            "extra": detail.extra,
            "custom": {field.name: field.text for field in custom_fields(detail.extra) if field.name},
            "park_reason": detail.park_reason or None,
            "close_note": detail.close_note or None,
            "score_parts": [{"label": p.label, "points": p.points} for p in detail.score.parts] if detail.score else [],
            "closed_from": detail.closed_from or None,
            "criteria": [
                {"text": check.text, "required": check.is_required, "done": check.is_done} for check in detail.checks
            ],
            "bant": _bant(detail),
            "copied_from": next((one.id for one in detail.relatives if one.is_original), None),
            "copies": [one.id for one in detail.relatives if not one.is_original],
            "stages": stays,
            "tasks": [
                {
                    "id": task.id,
                    "title": task.title,
                    "kind": task.kind,
                    "due_on": _iso(task.due_on),
                    "due_time": _iso(task.due_time),
                    "snoozed_until": _iso(task.snoozed_until),
                    "days_late": max(0, (today - task.due_on).days) if task.due_on and not task.done_at else 0,
                    "done_at": _iso(task.done_at),
                }
                for task in detail.tasks
            ],
            "contact_attempts": detail.attempts,
            "timeline": [
                {
                    "at": _iso(entry.at),
                    "kind": entry.kind,
                    "actor": entry.actor or None,
                    "text": entry.text,
                    "direction": entry.direction,
                    "outcome": entry.outcome,
                }
                for entry in detail.timeline
            ],
        },
    }


def _list_price(detail: DealDetail) -> Json | None:
    """What the catalogue asks for the deal's product."""
    one = detail.listed
    if one is None or one.price_minor is None:
        return None
    return {"product": one.name, "code": one.code or None, **_amount(one.price_minor, one.currency)}


def _amount(minor: int, currency: str) -> Json:
    return {"amount": decimal_string(minor, currency), "currency": currency}


def _bant(detail: DealDetail) -> Json:
    found = detail.qualification
    said = {
        answer.question.name: {
            "answer": None if answer.verdict == "unknown" else answer.verdict,
            "note": answer.note or None,
        }
        for answer in found.answers
    }
    return {"score": found.score if found.is_any else None, **said}


def pipelines(sheets: Sequence["PipelineSheet"]) -> Json:
    """Pipelines with their stages in order; `probability` in percent, `deals` stand in the stage now."""
    return {
        "schema": "pipeboard.pipelines/1",
        "pipelines": [
            {
                "id": sheet.pipeline.id,
                "name": sheet.pipeline.name,
                "post_sale": sheet.pipeline.is_post_sale,
                "stages": [
                    {
                        "id": stage.id,
                        "name": stage.name,
                        "kind": stage.kind.name.lower(),
                        "probability": stage.probability,
                        "rot_days": stage.rot_days,
                        "limit": stage.deal_limit,
                        "velocity": stage.counts_for_velocity,
                        "forecast_category": stage.forecast_category,
                        "definition": stage.definition or None,
                        "criteria": [
                            {"text": one.text, "required": one.is_required}
                            for one in read_criteria(stage.exit_criteria)
                        ],
                        "deals": count,
                    }
                    for stage, count in sheet.stages
                ],
            }
            for sheet in sheets
        ],
    }


def task(one: AgendaTask, today: date) -> Json:
    """A task of the agenda contract; `days_late` counts from the due day, also while it is snoozed."""
    return {
        "id": one.id,
        "deal_id": one.deal_id,
        "deal": one.deal,
        "title": one.title,
        "kind": one.kind,
        "due_on": _iso(one.due_on),
        "due_time": _iso(one.due_time),
        "assignee": one.assignee or None,
        "days_late": max(0, (today - one.due_on).days) if one.due_on else 0,
        "snoozed_until": _iso(one.snoozed_until),
        "every": one.every,
    }


def agenda(value: Agenda) -> Json:
    """The agenda contract."""
    today = value.today_on
    return {
        "schema": "pipeboard.agenda/1",
        **{group: [task(one, today) for one in getattr(value, group)] for group in GROUPS},
        "no_next_step": [deal(one) for one in value.no_next_step],
        "waking": [deal(one) for one in value.waking],
        "suggested": [
            {"deal_id": s.deal_id, "deal": s.deal, "why": s.why, "kinds": [r.kind for r in s.reasons]}
            for s in value.suggested
        ],
        "closing": [deal(one) for one in value.closing],
        "workload": [one._asdict() for one in value.workload],
    }


def task_list(tasks: Iterable[AgendaTask], today: date) -> Json:
    """Open tasks in one list, in the form of the agenda's."""
    found = [task(one, today) for one in tasks]
    return {"schema": "pipeboard.tasks/1", "count": len(found), "tasks": found}


def history(entries: Sequence[ActionEntry]) -> Json:
    """The history contract, newest action first."""
    return {
        "schema": "pipeboard.history/1",
        "actions": [
            {
                "id": entry.id,
                "at": _iso(entry.at),
                "actor": entry.actor or None,
                "kind": entry.kind,
                "label": entry.label,
                "undoes": entry.undoes,
                "undone_by": entry.undone_by,
                "deals": list(entry.deals),
            }
            for entry in entries
        ],
    }

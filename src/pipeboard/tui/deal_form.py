"""The whole deal as one form: a new one, or one that is there, saved as one command that one key takes back."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import RATING, custom_fields
from pipeboard.domain.known import Known
from pipeboard.domain.names import match_name
from pipeboard.domain.stage import DealStatus, Stage
from pipeboard.domain.text import printable, search_key
from pipeboard.tui import fields
from pipeboard.tui.dialogs.echo import Echo
from pipeboard.tui.dialogs.form import FieldProblem, of_field
from pipeboard.tui.dialogs.sheet import Sheet, SheetField
from pipeboard.tui.echoes import one, task_echo
from pipeboard.tui.fields import CUSTOM, Question

if TYPE_CHECKING:
    from pipeboard.domain.commands import CreateDeal
    from pipeboard.domain.detail import DealDetail
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.deal_actions import DealActions

Save = Callable[["CreateDeal"], Awaitable[bool]]

_LABELS = {
    "title": "title",
    "company": "company",
    "contact": "contact",
    "job": "  job title",
    "email": "  mail",
    "phone": "  phone",
    "value": "value",
    "cost": "cost",
    "recurring": "comes again",
    "probability": "probability",
    "close": "close date",
    "owner": "owner",
    "source": "source",
    "product": "product",
    "tags": "tags",
    "hot": "hot",
    "attention": "attention",
    "category": "forecast",
    "started": "started",
    "payment": "payment",
    "closed": "closed",
    "wake": "wakes up",
    "link": "link",
    "rating": "client's rating",
    "custom": "another field",
    "stage": "stage",
    "next": "next step",
}
"""The fields of the form in their order, with their labels."""

_ONLY = {"closed": (DealStatus.WON, DealStatus.LOST), "wake": (DealStatus.PARKED,), "close": (DealStatus.OPEN,)}
"""Fields that a deal has only in these states."""

NEW = "new"
"""The key of the draft of a new deal."""


def questions_of(deal: "DealDetail | None", app: "PipeboardApp", known: Known = Known()) -> dict[str, Question]:  # noqa: B008
    """Every question of the form, by name; a deal's custom fields are asked for one by one."""
    status = deal.status if deal else DealStatus.OPEN
    left_out = ("stage", "next", "custom", *(("rating",) if deal is None else ()))
    names = [n for n in _LABELS if n not in left_out and (n not in _ONLY or status in _ONLY[n])]
    asked = {name: fields.question(name, deal, app, known) for name in names}
    for field in custom_fields(deal.extra) if deal else ():
        if field.name and search_key(field.name) != search_key(RATING):
            asked[_input_name(len(asked))] = fields.question(f"{CUSTOM}{field.name}", deal, app)
    asked["custom"] = fields.question("custom", deal, app, known)
    return asked


def _input_name(place: int) -> str:
    """A name that an input can have as its id, whatever a custom field is called."""
    return f"custom-{place}"


def sheet_fields(asked: Mapping[str, Question]) -> list[SheetField]:
    """The questions as fields of the form."""
    return [
        SheetField(
            name,
            _LABELS.get(name, q.title),
            q.value,
            q.placeholder,
            q.describe,
            q.values,
            q.is_words,
            q.read_day,
            q.suggest,
        )
        for name, q in asked.items()
    ]


def changes_of(texts: Mapping[str, str], asked: Mapping[str, Question]) -> dict[str, Any]:
    """What was typed as the fields of one command; FieldProblem says which text cannot be used."""
    changes: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in asked:
            continue
        made = of_field(name, lambda name=name, text=text: asked[name].changes(text))  # type: ignore[misc]
        if "custom" in made:
            made = {"custom": (*changes.get("custom", ()), *made["custom"])}
        # The source may be typed among the tags; its own field goes before that.
        changes |= {k: v for k, v in made.items() if not (k == "source" and name == "tags" and "source" in texts)}
    return changes


# -- a deal that is there ---------------------------------------------------------------------------------


async def edit_deal(screen: "DealActions", deal_id: int) -> None:
    """Ask for all fields of a deal."""
    from pipeboard.domain.commands import EditDeals, Seen

    app = screen.app
    detail = await app.read("form", lambda: app.workspace.deals.detail(deal_id))
    asked = questions_of(detail, app)
    draft = f"deal:{deal_id}"

    def answered(texts: Mapping[str, str] | None) -> None:
        changes = changes_of(texts, asked) if texts else {}
        if not changes:
            app.form_drafts.pop(draft, None)
            return
        command = EditDeals((Seen(deal_id, detail.version),), tuple(changes.items()))
        screen._telling(lambda is_done: _told(app, draft, is_done, "e"), lambda: screen._do(command))

    show_sheet(app, f"Edit {printable(detail.title)}", asked, draft, answered, deal=detail)


# -- a new deal -------------------------------------------------------------------------------------------


async def new_deal(
    screen: "DealActions", stage: Stage | None, save: Save, given: Mapping[str, str] | None = None
) -> None:
    """Ask for all fields of a new deal, with some `given`."""
    app = screen.app
    stages = await app.read("form-stages", app.workspace.deals.stages)
    home = stage or next((s for s in screen.stages() if s.is_open), None)
    open_stages = _stage_names(app, [s for s in stages if s.is_open], home)
    asked = questions_of(None, app)
    me = next((owner.name for owner in app.owners() if owner.id == app.workspace.me), "")
    asked["owner"] = asked["owner"]._replace(value=me)
    here = next((name for name, s in open_stages.items() if home is not None and s.id == home.id), "")
    asked = {
        "title": asked.pop("title"),
        "stage": _stage_question(open_stages, here),
        "next": _next_step(app),
        **asked,
    }

    def command_of(texts: Mapping[str, str]) -> "CreateDeal":
        if not texts.get("title"):
            raise FieldProblem("title", "A deal needs a title.")
        changes = changes_of(texts, asked)
        owner_id = changes.pop("owner_id", app.workspace.me)
        return _create(changes, changes.pop("stage_id", home.id if home else 0), owner_id)

    def answered(texts: Mapping[str, str] | None) -> None:
        if texts is None:
            app.form_drafts.pop(NEW, None)
        else:
            app.run_question(_save(app, command_of(texts), save))

    show_sheet(app, "New deal", asked, NEW, answered, check=command_of, given=given)


async def _save(app: "PipeboardApp", command: "CreateDeal", save: Save) -> None:
    """Save a new deal; its form stays a draft until it is on disk."""
    _told(app, NEW, await save(command), "N")


def _create(changes: dict[str, Any], stage_id: int, owner_id: int | None) -> "CreateDeal":
    from pipeboard.domain.commands import CreateDeal

    tags = changes.pop("tags", "").replace("+", " ").split()
    own = {name: changes.pop(name) for name in CreateDeal._fields if name in changes}
    more = tuple(changes.items())
    return CreateDeal(stage_id=stage_id, owner_id=owner_id, tags=tuple(tags), more=more, **own)


def _stage_names(app: "PipeboardApp", stages: list[Stage], home: Stage | None) -> dict[str, Stage]:
    """The open stages by a name of their own: those of other pipelines with the pipeline's."""
    pipelines = {pipeline.id: pipeline.name for pipeline in app.pipelines()}
    here = [s for s in stages if home is not None and s.pipeline_id == home.pipeline_id]
    others = [s for s in stages if s not in here and s.pipeline_id in pipelines]
    return {s.name: s for s in here} | {f"{pipelines[s.pipeline_id]}: {s.name}": s for s in others}


def _stage_question(stages: Mapping[str, Stage], here: str) -> Question:
    names = list(stages)

    def meant(text: str) -> str:
        if not text.strip():
            raise InvalidInput("A new deal starts in a stage: ↓ lists them.")
        return names[match_name(text, names, "stage")]

    return Question(
        "Stage",
        lambda text: Echo((one(f"{meant(text)}, {stages[meant(text)].probability}%", "muted"),)),
        lambda text: {"stage_id": stages[meant(text)].id},
        here,
        values=names,
    )


def _next_step(app: "PipeboardApp") -> Question:
    owners = [owner.name for owner in app.owners()]
    echo = task_echo(app.local_now, owners)

    def changes(text: str) -> dict[str, Any]:
        from pipeboard.domain.task_line import parse_task_line

        if not text.strip():
            return {}
        line = parse_task_line(text, app.local_now())
        if not line.title:
            raise InvalidInput("Say what is to be done: call Bob fri 15:00.")
        return {
            "next_step": line.title,
            "next_kind": line.kind,
            "due_on": line.due_on,
            "due_time": line.due_time,
        }

    def describe(text: str) -> Echo:
        return echo(text) if text.strip() else Echo((one("what is to be done next, and when", "faint"),))

    return Question("Next step", describe, changes, "", "call Bob fri 15:00")


# -- both -------------------------------------------------------------------------------------------------


def show_sheet(
    app: "PipeboardApp",
    title: str,
    asked: Mapping[str, Question],
    draft: str,
    answered: Callable[[Mapping[str, str] | None], None],
    *,
    check: Callable[[Mapping[str, str]], Any] | None = None,
    given: Mapping[str, str] | None = None,
    deal: "DealDetail | None" = None,
) -> None:
    """Show questions (about a `deal`) as a form. What is typed is kept under `draft` until the answer drops it."""

    def keep(texts: Mapping[str, str]) -> None:
        app.form_drafts[draft] = dict(texts)
        if not texts:
            del app.form_drafts[draft]

    sheet = Sheet(
        title,
        sheet_fields(asked),
        today=app.local_now().date(),
        check=check or (lambda texts: changes_of(texts, asked)),
        keep=keep,
        draft=app.form_drafts.get(draft),
        given=given,
        ready=lambda sheet: app.run_guarded(_offer(app, sheet, deal), "known"),
    )
    app.ask(sheet, answered)


async def _offer(app: "PipeboardApp", sheet: Sheet, deal: "DealDetail | None") -> None:
    """Complete with what is known, as soon as it is read: a form never waits for that."""
    known = await app.read("known", app.workspace.deals.known)
    if sheet.is_mounted:
        names = (name for name in _LABELS if fields.uses_known(name) or name == "value")
        asked = {name: fields.question(name, deal, app, known) for name in names}
        sheet.offer(sheet_fields(asked))


def _told(app: "PipeboardApp", draft: str, is_done: bool, key: str) -> None:
    if is_done:
        app.form_drafts.pop(draft, None)
    else:
        app.say(f"Not saved. What you typed is kept: {key} goes on with it", "overdue")

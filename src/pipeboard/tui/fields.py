"""One-line questions for single fields: what is asked, how it is understood, what it changes.

The same questions are asked one at a time, on one deal or on many, and all together in the form of a deal.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeboard.domain.attention import FLAGS, flag_text
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.extras import RATING, CustomChange, custom_text
from pipeboard.domain.known import Known
from pipeboard.domain.names import match_name
from pipeboard.domain.products import against_list
from pipeboard.domain.tag_line import parse_tag_line
from pipeboard.domain.text import printable, search_key
from pipeboard.tui import echoes
from pipeboard.tui.dialogs.ask_line import Echo

if TYPE_CHECKING:
    from pipeboard.domain.board import Owner
    from pipeboard.domain.detail import DealDetail
    from pipeboard.tui.app import PipeboardApp

EDITABLE_FIELDS = (
    ("title", "title", "", "1"),
    ("value", "value", "$", "2"),
    ("company", "company", "", "3"),
    ("contact", "contact", "", "4"),
    ("owner", "owner", "@", "5"),
    ("close", "expected close date", "d", "6"),
    ("tags", "tags", "#", "7"),
    ("probability", "probability", "%", "8"),
    ("source", "source", "", "9"),
    ("product", "product", "", ""),
    ("job", "contact's job title", "", ""),
    ("email", "contact's mail", "", ""),
    ("phone", "contact's phone", "", ""),
    ("cost", "cost", "", ""),
    ("recurring", "comes again every … months", "", ""),
    ("attention", "attention", "", ""),
    ("category", "forecast category", "", ""),
    ("started", "start date", "", ""),
    ("payment", "payment date", "", ""),
    ("closed", "day of closing", "", ""),
    ("wake", "day to wake up", "", ""),
    ("link", "link", "", ""),
    ("rating", "client's rating of our work", "", ""),
    ("custom", "custom field", "", ""),
)
"""What is offered: name, words, the key that asks for it directly, the digit in the list."""

CATEGORIES = ("pipeline", "best", "commit", "omitted")
CUSTOM = "custom:"
"""Before the name of a custom field that is asked for by itself."""

_TEXTS = {
    "title": ("title", "Title"),
    "company": ("company", "Company"),
    "contact": ("contact", "Contact"),
    "source": ("source", "Source"),
    "product": ("product", "Product"),
    "link": ("link", "Link"),
    "job": ("contact_job", "Job title of the contact"),
    "email": ("contact_email", "Mail of the contact"),
    "phone": ("contact_phone", "Phone of the contact"),
}
_KNOWN = {"company": "companies", "contact": "contacts", "source": "sources", "product": "products", "tags": "tags"}
_DAYS = {
    "close": ("expected_close_on", "Expected close date", False),
    "payment": ("payment_on", "Payment date", False),
    "started": ("started_on", "Start date", True),
    "closed": ("closed_on", "Day of closing", True),
    "wake": ("wake_on", "Day to wake up", False),
}


Suggest = Callable[[Mapping[str, str]], tuple[str, str]]


class Question(NamedTuple):
    """A question about one field; `changes` turns the answer into the fields of `EditDeals`.

    `values` complete what is typed (word by word with `is_words`); `read_day` says which day a text means; `suggest`
    says of all texts of a form what an empty field may take, and in which words.
    """

    title: str
    describe: Callable[[str], Echo]
    changes: Callable[[str], dict[str, Any]]
    value: str = ""
    placeholder: str = ""
    values: Sequence[str] = ()
    is_words: bool = False
    read_day: Callable[[str], date | None] | None = None
    suggest: Suggest | None = None


def uses_known(field: str) -> bool:
    """Whether what was typed before completes this field."""
    return field in _KNOWN or field == "custom"


def question(field: str, deal: "DealDetail | None", app: "PipeboardApp", known: Known = Known()) -> Question:  # noqa: B008
    """The question for a field, with the present value where there is one deal."""
    if field in ("value", "cost"):
        return _money(field, deal, app.workspace.info.currency, known)
    if field in _DAYS:
        return _day(field, deal, app)
    if field.startswith(CUSTOM):
        return _custom_text(field.removeprefix(CUSTOM), deal)
    if field in _TEXTS:
        return _text(field, deal, known)
    if field == "owner":
        return _owner(deal, app.owners())
    own = {"tags": _tags, "custom": _custom}
    return own[field](deal, known) if field in own else _SHORT[field](deal)


def _text(field: str, deal: "DealDetail | None", known: Known) -> Question:
    name, title = _TEXTS[field]
    is_required = field == "title"
    value = printable(str(getattr(deal, name))) if deal else ""
    describe = echoes.any_text("" if is_required else "An empty line removes it.", is_required=is_required)
    if field in ("company", "contact"):
        describe = _name_echo(getattr(known, _KNOWN[field]), field)
    elif field == "product":
        describe = echoes.product_echo(known.catalogue)
    values = getattr(known, _KNOWN[field]) if field in _KNOWN else ()
    return Question(title, describe, lambda text: {name: text}, value, values=values)


def _name_echo(names: Sequence[str], what: str) -> Callable[[str], Echo]:
    """Whether a name is known or will be new; nothing is claimed while it is not known what is known."""
    keys = {search_key(name) for name in names}

    def describe(text: str) -> Echo:
        if not text.strip() or not keys:
            return Echo((echoes.one("An empty line removes it.", "faint"),))
        is_new = search_key(text) not in keys
        return Echo((echoes.one(f"a new {what}" if is_new else f"a known {what}", "soon" if is_new else "muted"),))

    return describe


def _tags(deal: "DealDetail | None", known: Known) -> Question:
    now = f" Source now: {printable(deal.source)}." if deal and deal.source else ""
    hint = "web eu replaces all tags, +web adds, -web removes, an empty line removes all; src:fair sets the source."
    values = (*known.tags, *(f"src:{source}" for source in known.sources))
    describe = echoes.any_text(hint + now, is_required=False)
    return Question(
        "Tags", describe, _tags_and_source, deal.tags if deal else "", "web eu src:fair", values, is_words=True
    )


def _tags_and_source(text: str) -> dict[str, Any]:
    """ "web eu src:fair" as changes."""
    line = parse_tag_line(text)
    return {name: value for name, value in line._asdict().items() if value is not None}


def _owner(deal: "DealDetail | None", owners: "Sequence[Owner]") -> Question:
    names = [owner.name for owner in owners]

    def meant(text: str) -> "Owner | None":
        return owners[match_name(text, names, "owner")] if text.strip() else None

    def describe(text: str) -> Echo:
        owner = meant(text)
        return Echo((echoes.one(owner.name, "accent") if owner else echoes.one("nobody", "faint"),))

    def changes(text: str) -> dict[str, Any]:
        owner = meant(text)
        return {"owner_id": owner.id if owner else None}

    return Question("Owner", describe, changes, printable(deal.owner) if deal else "", "nobody", names)


def _money(field: str, deal: "DealDetail | None", base: str, known: Known) -> Question:
    from pipeboard.domain.money import number

    currency = deal.currency if deal else base
    present = None if deal is None else deal.value_minor if field == "value" else deal.cost_minor
    value = "" if present is None else number(present, currency)
    column = f"{field}_minor"

    def changes(text: str) -> dict[str, Any]:
        if not text.strip():
            return {column: None}
        minor, code = echoes.money_of(text, currency)
        if code != currency and field == "cost":
            raise InvalidInput(f"The cost is in the currency of the value, {currency}.")
        return {column: minor} if code == currency else {column: minor, "currency": code}

    words = "without a value (which is not 0)" if field == "value" else "without a cost"
    if field == "cost":
        return Question("Cost", echoes.money_echo(currency, f"Enter leaves the deal {words}."), changes, value, "12k")
    product = deal.listed if deal else None
    asks = f" The list price is {product.price}." if product is not None and product.price else ""
    describe = echoes.money_echo(
        currency,
        f"Enter leaves the deal {words}.{asks}",
        lambda minor, code: against_list(minor, code, product),
    )
    suggest = _list_price(known, currency, deal.product if deal else "")
    return Question("Value", describe, changes, value, "12k", suggest=suggest)


def _list_price(known: Known, currency: str, present: str) -> Suggest:
    """What the catalogue asks for the product of a form, for an empty value to take."""
    from pipeboard.domain.money import number

    def suggest(texts: Mapping[str, str]) -> tuple[str, str]:
        found = known.catalogue.meant(texts.get("product", present)) if known.catalogue else None
        if found is None or found.price_minor is None:
            return "", ""
        amount = number(found.price_minor, found.currency)
        return (
            amount if found.currency == currency else f"{amount} {found.currency}",
            f"{found.price} is the list price",
        )

    return suggest


def _probability(deal: "DealDetail | None") -> Question:
    own = f"{deal.probability}%" if deal and deal.probability is not None else ""

    def changes(text: str) -> dict[str, Any]:
        return {"probability": echoes.percent_of(text) if text.strip() else None}

    return Question("Probability", echoes.percent_echo, changes, own, "that of the stage")


def _recurring(deal: "DealDetail | None") -> Question:
    own = str(deal.recurring_months) if deal and deal.recurring_months else ""

    def months(text: str) -> int | None:
        typed = text.strip().lower().removesuffix("months").removesuffix("month").strip()
        named = {"": None, "month": 1, "monthly": 1, "quarter": 3, "quarterly": 3, "year": 12, "yearly": 12}
        if typed in named:
            return named[typed]
        if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= 120:
            raise InvalidInput("Type after how many months the value comes again: 1, 3, 12, monthly, yearly.")
        return int(typed)

    def describe(text: str) -> Echo:
        count = months(text)
        words = "comes once" if count is None else f"comes again every {count} month{'s' * (count != 1)}"
        return Echo((echoes.one(words, "muted" if count is None else "accent"),))

    return Question(
        "Comes again every … months", describe, lambda text: {"recurring_months": months(text)}, own, "once"
    )


def _attention(deal: "DealDetail | None") -> Question:
    def describe(text: str) -> Echo:
        words = flag_text(text) or ", ".join(FLAGS)
        return Echo((echoes.one(words, "accent" if text.strip() else "faint"),))

    own = deal.attention if deal else ""
    return Question(
        "Attention", describe, lambda text: {"attention": flag_text(text)}, own, "critical, needs help", FLAGS
    )


def _category(deal: "DealDetail | None") -> Question:
    def changes(text: str) -> dict[str, Any]:
        typed = text.strip()
        return {"forecast_category": CATEGORIES[match_name(typed, CATEGORIES, "category")] if typed else None}

    def describe(text: str) -> Echo:
        words = changes(text)["forecast_category"] or "that of the stage"
        return Echo((echoes.one(words, "accent" if text.strip() else "faint"),))

    own = (deal.forecast_category or "") if deal else ""
    return Question("Forecast category", describe, changes, own, "that of the stage", CATEGORIES)


def _hot(deal: "DealDetail | None") -> Question:
    words = {"": False, "no": False, "n": False, "yes": True, "y": True, "hot": True, "!": True}

    def changes(text: str) -> dict[str, Any]:
        if text.strip().lower() not in words:
            raise InvalidInput("Type yes or no.")
        return {"is_hot": words[text.strip().lower()]}

    def describe(text: str) -> Echo:
        return Echo((echoes.one("hot" if changes(text)["is_hot"] else "", "soon"),))

    return Question("Hot", describe, changes, "yes" if deal and deal.is_hot else "", "no", ("yes", "no"))


def _rating(deal: "DealDetail | None") -> Question:
    base = _custom_text(RATING, deal)

    def describe(text: str) -> Echo:
        if text.strip() and not (text.strip().isascii() and text.strip().isdigit() and 1 <= int(text) <= 5):
            raise InvalidInput("A rating is a whole number from 1 (poor) to 5 (excellent).")
        return Echo((echoes.one("1 poor, 5 excellent", "faint"),))

    return base._replace(title="Client's rating of our work", describe=describe, placeholder="1 to 5")


def _custom_text(name: str, deal: "DealDetail | None") -> Question:
    """One custom field that has its name already."""
    value = printable(custom_text(deal.extra, name)) if deal else ""
    describe = echoes.any_text("An empty line removes the field.", is_required=False)
    return Question(printable(name), describe, lambda text: {"custom": (CustomChange(name, text or None),)}, value)


def _custom(_deal: "DealDetail | None", known: Known) -> Question:
    """Any custom field, with its name: set, removed or renamed."""

    def change(text: str) -> CustomChange:
        old, arrow, new = text.partition("->")
        if arrow and old.strip() and new.strip() and ":" not in old:
            return CustomChange(old.strip(), None, new.strip())
        name, colon, value = text.partition(":")
        if not colon or not name.strip():
            raise InvalidInput("Type Hobby: golf to set a field, Hobby: to remove it, Hobby -> Sport to rename it.")
        return CustomChange(name.strip(), value.strip() or None)

    def describe(text: str) -> Echo:
        if not text.strip():
            change("")
        made = change(text)
        if made.new_name:
            words = f"{made.name} is called {made.new_name} from now on"
        else:
            words = f"{made.name} is {made.text}" if made.text else f"{made.name} is removed"
        return Echo((echoes.one(words, "accent"),))

    names = [f"{name}:" for name in known.custom]
    return Question("Custom field", describe, lambda text: {"custom": (change(text),)}, "", "Hobby: golf", names)


def _day(field: str, deal: "DealDetail | None", app: "PipeboardApp") -> Question:
    column, title, is_past = _DAYS[field]
    present = getattr(deal, column) if deal else None

    def read(text: str) -> date | None:
        from pipeboard.domain.dates import parse_when

        return parse_when(text, app.local_now(), is_past=is_past).on if text.strip() else None

    describe = echoes.date_echo(app.local_now, is_past=is_past, is_optional=True)
    value = present.isoformat() if present else ""
    return Question(title, describe, lambda text: {column: read(text)}, value, "eom", read_day=read)


_SHORT: dict[str, Callable[["DealDetail | None"], Question]] = {
    "probability": _probability,
    "recurring": _recurring,
    "attention": _attention,
    "category": _category,
    "hot": _hot,
    "rating": _rating,
}

"""What is shown live under a line that is being typed: how its parts were understood."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pipeboard.domain.errors import PipeboardError
from pipeboard.tui.dialogs.ask_line import Echo, EchoPart

if TYPE_CHECKING:
    from pipeboard.domain.new_deal import DealNames
    from pipeboard.domain.products import Catalogue
    from pipeboard.domain.quick_add import QuickAdd
    from pipeboard.domain.stage import Stage

Describe = Callable[[str], Echo]

_TONES = {
    "title": "strong",
    "value": "won",
    "owner": "accent",
    "tag": "accent",
    "close": "soon",
    "due": "soon",
    "next": "text",
    "problem": "overdue",
}


def one(text: str, tone: str = "muted") -> tuple[EchoPart, ...]:
    """A line of one part."""
    return (EchoPart(text, tone),)


def quick_add_echo(
    now: Callable[[], datetime],
    currency: str,
    names: "DealNames",
    home: "Stage | None" = None,
    known: "Callable[[], Catalogue | None]" = lambda: None,
) -> Describe:
    """The parts of a new deal's line with their meaning; names that fit nothing are told at once, and what the
    catalogue knows of a product once it is `known`."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.quick_add import parse

        if not text.strip():
            return Echo(
                (one('Title  $12k  @owner  #tag  40%  close:eom  next:"call Bob"  due:fri  company:Acme  !', "faint"),),
                is_ok=False,
            )
        parsed = parse(text, now(), currency)
        title = parsed.title or parsed.company
        parts = [EchoPart(title or "(no title yet)", "strong" if title else "overdue")]
        problems = []
        for part in parsed.parts:
            if part.kind == "problem":
                problems.append(
                    f"“{part.text}”: {part.meaning}" if part.meaning else f"“{part.text}” stays in the title"
                )
            elif part.kind != "title":
                parts += [EchoPart("  ", "muted"), EchoPart(f"{part.kind} ", "faint")]
                words = part.meaning or part.text
                if part.kind == "product" and (products := known()):
                    words = listed(products, parsed.product or words) or words
                parts.append(EchoPart(words, _TONES.get(part.kind, "text")))
        wrong = _wrong_with(parsed, names, home)
        lines = [tuple(parts)]
        if problems:
            lines.append(one("; ".join(problems), "overdue"))
        if wrong:
            lines.append(one(wrong, "overdue"))
        return Echo(tuple(lines), is_ok=bool(title) and not wrong)

    return describe


def _wrong_with(said: "QuickAdd", names: "DealNames", home: "Stage | None") -> str:
    """Which of the names in a line is not clear, and why; "" when all are."""
    from pipeboard.domain.new_deal import owner_of, stage_of

    try:
        stage_of(said, names, home)
        owner_of(said, names)
    except PipeboardError as error:
        return str(error)
    return ""


def date_echo(now: Callable[[], datetime], *, is_past: bool = False, is_optional: bool = False) -> Describe:
    """The day that a phrase means."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.dates import describe_when, parse_when

        if not text.strip():
            words = "Enter removes the date." if is_optional else "fri, +2w, eom, 1 dec, 2026-12-01"
            return Echo((one(words, "faint"),), is_ok=is_optional)
        try:
            when = parse_when(text, now(), is_past=is_past)
        except PipeboardError as error:
            return Echo((one(str(error), "overdue"),), is_ok=False)
        return Echo((one(describe_when(when, now().date()), "soon"),))

    return describe


def listed(products: "Catalogue", text: str) -> str:
    """The product of the catalogue that a text means, with its list price; "" for none."""
    from pipeboard.domain.text import printable

    found = products.meant(text.strip())
    if found is None:
        return ""
    price = f"list {found.price}" if found.price else "no list price"
    return f"{printable(found.name)}, {price}{', archived' if found.is_archived else ''}"


def product_echo(products: "Catalogue | None") -> Describe:
    """Which product of the catalogue is meant; nothing is claimed without one."""

    def describe(text: str) -> Echo:
        if not text.strip() or not products:
            return Echo((one("An empty line removes it.", "faint"),))
        known = listed(products, text)
        return Echo((one(known or "not in the catalogue", "muted" if known else "soon"),))

    return describe


def money_echo(
    currency: str,
    empty: str = "Enter leaves the deal without a value (which is not 0).",
    beside: Callable[[int, str], str] = lambda _minor, _currency: "",
) -> Describe:
    """The amount that was typed, in full, with what is said `beside` it."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.money import format_money

        if not text.strip():
            return Echo((one(empty, "faint"),))
        try:
            minor, code = money_of(text, currency)
        except PipeboardError as error:
            return Echo((one(str(error), "overdue"),), is_ok=False)
        more = beside(minor, code)
        return Echo(((EchoPart(format_money(minor, code), "won"), EchoPart(f"  {more}" if more else "", "muted")),))

    return describe


def money_of(text: str, currency: str) -> tuple[int, str]:
    """An amount as minor units and its currency; InvalidInput when it is none."""
    from pipeboard.domain.errors import InvalidInput
    from pipeboard.domain.money import parse_money, to_minor

    parsed = parse_money(text, home=currency)
    if parsed is None:
        raise InvalidInput(f"“{text.strip()}” is no amount. Type 12k, 1,500, €1.2m or 3000 USD.")
    code = parsed.currency or currency
    return to_minor(parsed.amount, code), code


def percent_echo(text: str) -> Echo:
    """A probability."""
    if not text.strip():
        return Echo((one("Enter takes the probability of the stage again.", "faint"),))
    try:
        percent = percent_of(text)
    except PipeboardError as error:
        return Echo((one(str(error), "overdue"),), is_ok=False)
    return Echo((one(f"{percent}%", "accent"),))


def percent_of(text: str) -> int:
    """A whole percentage from 0 to 100; InvalidInput when it is none."""
    from pipeboard.domain.errors import InvalidInput

    digits = text.strip().removesuffix("%").strip()
    if not digits.isascii() or not digits.isdigit() or int(digits) > 100:
        raise InvalidInput(f"“{text.strip()}” is no percentage. Type a whole number from 0 to 100.")
    return int(digits)


def task_echo(now: Callable[[], datetime], owners: Sequence[str]) -> Describe:
    """What is to be done, when, and by whom of the `owners`; a name that is none of theirs is told at once."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.dates import When, describe_when
        from pipeboard.domain.names import match_name
        from pipeboard.domain.task_line import describe_task_line, parse_task_line

        if not text.strip():
            return Echo((one("call Bob about pricing fri 15:00 !30m @anna every:2w", "faint"),), is_ok=False)
        line = parse_task_line(text, now())
        parts = [
            EchoPart(line.title or "(what?)", "strong" if line.title else "overdue"),
            EchoPart(f"  {line.kind}", "faint"),
        ]
        if line.due_on is not None:
            words = describe_when(When(line.due_on, line.due_time), now().date())
            parts.append(EchoPart(f"  {words}", "soon"))
        else:
            parts.append(EchoPart("  no day", "muted"))
        told = dict(describe_task_line(line, now().date()))
        parts += [EchoPart(f"  {told[kind]}", "waiting") for kind in ("remind", "every") if kind in told]
        if line.assignee:
            try:
                parts.append(EchoPart(f"  for {owners[match_name(line.assignee, owners, 'owner')]}", "accent"))
            except PipeboardError as error:
                return Echo((tuple(parts), one(str(error), "overdue")), is_ok=False)
        if line.remind_minutes is not None and line.due_on is None:
            return Echo((tuple(parts), one("A reminder needs a day: add one, such as fri.", "overdue")), is_ok=False)
        return Echo((tuple(parts),), is_ok=bool(line.title))

    return describe


def activity_echo(now: Callable[[], datetime]) -> Describe:
    """What happened, who began it, how it ended, and when."""

    def describe(text: str) -> Echo:
        from pipeboard.domain.activity_line import describe_activity_line, parse_activity_line

        if not text.strip():
            return Echo((one("call out no answer: left voicemail yesterday 15:00", "faint"),), is_ok=False)
        line = parse_activity_line(text, now())
        parts: list[EchoPart] = []
        for kind, words in describe_activity_line(line, now().date()):
            parts += [EchoPart("  ", "muted")] if parts else []
            parts.append(EchoPart(words, {"kind": "accent", "when": "soon", "body": "strong"}.get(kind, "text")))
        lines = [tuple(parts), *([one(line.problem, "overdue")] if line.problem else [])]
        is_empty = not line.body and not (line.direction or line.outcome)
        return Echo(tuple(lines), is_ok=not line.problem and not is_empty)

    return describe


def any_text(hint: str, *, is_required: bool = True) -> Describe:
    """A line that may hold anything."""

    def describe(text: str) -> Echo:
        return Echo((one(hint, "faint"),), is_ok=bool(text.strip()) or not is_required)

    return describe

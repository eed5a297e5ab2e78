"""What the deal's stage asks for and what of it is ticked, the four answers of BANT, and the deal's relatives."""

from pipeboard.domain.detail import DealDetail
from pipeboard.domain.stage import DealStatus
from pipeboard.tui.text.deal_context import DealContext, Row, heading, shortened
from pipeboard.tui.text.strips import Part
from pipeboard.tui.text.wrapping import wrapped

_SIGN = 2
_QUESTION = 10
_POINTS = 6


def criteria(detail: DealDetail, context: DealContext) -> list[Row]:
    """What the stage asks for before a deal leaves it, with a tick where the deal meets it."""
    checks = detail.checks
    if detail.status != DealStatus.OPEN or not checks:
        return []
    tones, glyphs = context.tones, context.glyphs
    done = sum(check.is_done for check in checks)
    rows = [heading(f"To leave {detail.stage}", f"{done} of {len(checks)}", context)]
    for check in checks:
        sign, style = (glyphs.done, tones.won) if check.is_done else (glyphs.none, tones.muted)
        if check.is_required and not check.is_done:
            style = tones.rotting
        text = f"{check.text} (required)" if check.is_required and not check.is_done else check.text
        words = tones.muted if check.is_done else tones.text
        for place, line in enumerate(wrapped(text, context.width - _SIGN)):
            lead = Part(f"{sign} ", style) if place == 0 else Part(" " * _SIGN, words)
            rows.append(Row((lead, Part(line, words))))
    return rows


def bant(detail: DealDetail, context: DealContext) -> list[Row]:
    """The four questions with their answers; nothing while none of them was answered."""
    found = detail.qualification
    if not found.is_any:
        return []
    tones, glyphs = context.tones, context.glyphs
    signs = {"yes": (glyphs.done, tones.won), "no": ("-", tones.lost), "unknown": ("?", tones.muted)}
    rows = [heading("BANT", found.words, context)]
    for question, verdict, note in found.answers:
        sign, style = signs[verdict]
        room = context.width - _SIGN - _QUESTION
        lines = shortened(wrapped(note or ("no" if verdict == "no" else ""), room), context.limits.text_lines, glyphs)
        label = Part(f"{question.label:<{_QUESTION}}", tones.text if verdict == "yes" else tones.muted)
        rows.append(Row((Part(f"{sign} ", style), label, Part(lines[0] if lines else "", tones.muted))))
        rows += [Row((Part(" " * (_SIGN + _QUESTION) + line, tones.muted),)) for line in lines[1:]]
    return rows


def score(detail: DealDetail, context: DealContext) -> list[Row]:
    """How promising the deal is, with what it was made of; nothing where it is BANT alone, which says so itself."""
    found = detail.score
    if found is None or (len(found.parts) == 1 and detail.qualification.is_any):
        return []
    tones = context.tones
    rows = [heading(f"Score {found.total}", "", context)]
    for part in found.parts:
        tone = tones.won if part.points > 0 else tones.lost
        points = Part(f"{part.points:+d}", tone)
        lines = [*wrapped(part.label, context.width - _POINTS)]
        rows.append(Row((Part(lines[0] if lines else "", tones.muted),), (points,)))
        rows += [Row((Part(line, tones.muted),)) for line in lines[1:]]
    return rows


def relatives(detail: DealDetail, context: DealContext) -> list[Row]:
    """The deal it was copied from, and its copies in other pipelines."""
    tones, dot = context.tones, f" {context.glyphs.dot} "
    rows = []
    for one in detail.relatives:
        words = f"#{one.id} {dot.join((one.pipeline, one.stage))}"
        label = "copy of" if one.is_original else "copy"
        rows.append(Row((Part(f"{label:<9}", tones.faint), Part(words, tones.text))))
    return rows

"""Deals under headings, as the hygiene and review screens list them: why each is there, and what it is worth."""

from collections.abc import Mapping, Sequence

from pipeboard.domain.hygiene import GAP_WORDS, Gap
from pipeboard.domain.money import short_money
from pipeboard.domain.review import PART_WORDS, Part
from pipeboard.domain.text import initials
from pipeboard.services.hygiene import Hygiene
from pipeboard.services.listing import ListedDeal
from pipeboard.services.review import Review
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaRow, AgendaTerms, RowKey
from pipeboard.tui.text.cells import cut, drawable
from pipeboard.tui.text.deal_context import counted, plain_day

_WIDEST_TITLE = 34
_GAP_TONES = {Gap.DEAD: "overdue", Gap.ROTTING: "rotting", Gap.SILENT: "rotting", Gap.CLOSE_PASSED: "overdue"}
_PART_TONES = {Part.TARGET: "accent", Part.SLIPPED: "overdue", Part.ROTTING: "rotting", Part.EARLY: "soon"}


def hygiene_groups(report: Hygiene, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
    """The report as groups of rows, one for each kind of gap."""
    groups = []
    for group in report.groups:
        tone = _GAP_TONES.get(group.gap, "soon")
        rows = tuple(
            _row(str(group.gap), deal, terms, tone, _gap_words(group.gap, deal, report, terms)) for deal in group.deals
        )
        worth = short_money(group.value_minor, terms.currency) if group.value_minor else ""
        groups.append(AgendaGroup(GAP_WORDS[group.gap], tone, rows, group.deal_count, worth))
    return tuple(groups)


def _gap_words(gap: Gap, deal: ListedDeal, report: Hygiene, terms: AgendaTerms) -> str:
    """Why a deal stands in a group."""
    row, task = deal.row, terms.keys.new_task
    if gap in (Gap.DEAD, Gap.ROTTING, Gap.SILENT):
        limit = f", limit {row.rot_days}" if row.rot_days else ""
        return f"no activity for {counted(deal.idle_days or 0, 'day')}{limit}"
    if gap == Gap.CLOSE_PASSED and row.expected_close_on is not None:
        late = counted((terms.today - row.expected_close_on).days, "day")
        return f"{plain_day(row.expected_close_on, terms.today)}, {late} ago"
    if gap == Gap.PUSHED:
        return f"into a later month {counted(report.pushes.get(row.id, 0), 'time')}"
    return f"{task} plans one" if gap == Gap.NO_NEXT_STEP and task else ""


def review_groups(
    review: Review, terms: AgendaTerms, decisions: Mapping[int, Sequence[str]]
) -> tuple[AgendaGroup, ...]:
    """The agenda of a meeting as groups of rows; what was decided stands in the place of the reasons."""
    groups = []
    for part, subjects in review.parts:
        tone = _PART_TONES.get(part, "soon")
        rows = []
        for one in subjects:
            score = "" if one.deal.score is None else f"score {one.deal.score}"
            row = _row(str(part), one.deal, terms, tone, one.why)._replace(when=score)
            decided = decisions.get(one.deal.row.id)
            if decided is not None:
                words = decided[-1] if decided else "looked at"
                row = row._replace(sign="done", tone="won", title_tone="muted", deal=words, state="", short="done")
            rows.append(row)
        groups.append(AgendaGroup(PART_WORDS[part], tone, tuple(rows), len(rows)))
    return tuple(groups)


def tight(groups: Sequence[AgendaGroup]) -> tuple[AgendaGroup, ...]:
    """The groups for a narrow screen: why a deal is there matters more than its stage, owner and score."""
    return tuple(
        group._replace(rows=tuple(row._replace(stage="", who="", when="") for row in group.rows)) for group in groups
    )


def _row(group: str, deal: ListedDeal, terms: AgendaTerms, tone: str, why: str) -> AgendaRow:
    row = deal.row
    days = "" if deal.days_in_stage is None else f"{deal.days_in_stage}d"
    return AgendaRow(
        key=RowKey(group, row.id),
        about=deal,
        sign="hot" if row.is_hot else "none",
        tone="soon" if row.is_hot else tone,
        title=cut(drawable(row.title), _WIDEST_TITLE, "…"),  # why it is there matters more than all of its name
        title_tone="text",
        deal=why,
        value=terms.value(row.value_minor, row.currency),
        stage=row.stage,
        who=initials(row.owner) if row.owner else "",
        state=days,
        state_tone="muted",
        when="",
        when_tone="muted",
        short=days,
    )

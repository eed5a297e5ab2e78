"""The pipeline meeting: the deals that need a decision, one by one, and the record of what was decided."""

from typing import Any

from textual import on

from pipeboard.domain.events import ActionUndone
from pipeboard.domain.review import short_so_far
from pipeboard.services.review import Review
from pipeboard.tui.actions import REVIEW
from pipeboard.tui.bindings import pane_keys
from pipeboard.tui.grouped_deals import GroupedDeals
from pipeboard.tui.messages import CommandDone
from pipeboard.tui.text.agenda_rows import AgendaGroup, AgendaTerms
from pipeboard.tui.text.deal_context import counted, plain_day
from pipeboard.tui.text.subject_rows import review_groups
from pipeboard.tui.widgets.side_pane import SidePane
from pipeboard.tui.widgets.story_pane import StoryPane

ROOM_BESIDE = 36
"""Columns of the header that are not the summary's: names of people may be long."""


class ReviewScreen(GroupedDeals):
    """Walks the deals that need a word; every decision is a key of the board, and stands in the record."""

    CONTEXT = REVIEW
    PLACE = "Review"
    HINTS = (
        ("review.keep", "stays", 1),
        ("task.add", "task", 2),
        ("deal.close_date", "date", 2),
        ("deal.advance", "move", 3),
        ("deal.win", "won", 4),
        ("deal.lose", "lost", 4),
        ("review.note", "record", 3),
        ("review.finish", "end", 1),
        ("app.help", "help", 0),
        ("app.back", "back", 0),
    )

    def __init__(self) -> None:
        super().__init__()
        self._review: Review | None = None
        self._decisions: dict[int, list[tuple[int | None, str]]] = {}
        self._notes: list[str] = []

    def make_pane(self) -> SidePane:
        return StoryPane(glyphs=self.app.glyphs, keys=pane_keys(self.app.actions), id="pane")

    # -- reading ----------------------------------------------------------------------------------

    async def read(self, owner_id: int | None) -> None:
        reads = self.app.workspace.review
        found: Review = await self.read_beside("agenda", lambda: reads.review(owner_id=owner_id))
        if self._review is not None:
            found = _with_what_was_decided(found, self._review, set(self._decisions))
        self._review = found
        self.query_one("#pane", StoryPane).since = found.since

    def groups(self, terms: AgendaTerms) -> tuple[AgendaGroup, ...]:
        return review_groups(self._review, terms, self._words()) if self._review is not None else ()

    def _words(self) -> dict[int, list[str]]:
        return {deal_id: [words for _, words in some] for deal_id, some in self._decisions.items()}

    def summary(self) -> str:
        review = self._review
        if review is None:
            return ""
        since = "the first review"
        if review.since is not None:
            day = review.since.astimezone(self.app.workspace.zone).date()
            since = f"last {plain_day(day, review.today_on)}"
        progress = f"{len(self._decisions):,} of {counted(review.total, 'deal')}"
        quarter = short_so_far(review.so_far, self.app.workspace.info.currency)
        brief = quarter.partition(",")[0]
        ways = ((progress, quarter, since), (progress, quarter), (progress, brief), (brief,))
        texts = [f" {self.app.glyphs.dot} ".join(parts) for parts in ways]
        # The header shows all of it or nothing; beside it stand the program, the screen and whose deals they are.
        room = self.app.size.width - ROOM_BESIDE
        return next((text for text in texts if len(text) <= room), texts[-1])

    def nothing(self) -> str:
        return "No deal needs a word."

    # -- deciding ---------------------------------------------------------------------------------

    @on(CommandDone)
    def _decided(self, message: CommandDone) -> None:
        """Whatever is done with a deal of the meeting is a decision."""
        outcome = message.outcome
        listed = {one.deal.row.id for one in self._review.subjects} if self._review is not None else set()
        for event in outcome.events:
            if isinstance(event, ActionUndone):
                self._forget(event.action_id)
        if outcome.action_id is None or any(isinstance(event, ActionUndone) for event in outcome.events):
            return
        for deal_id in {getattr(event, "deal_id", None) for event in outcome.events} & listed:
            self._decisions.setdefault(int(deal_id or 0), []).append((outcome.action_id, outcome.label))
        self.show_rows()

    def _forget(self, action_id: int) -> None:
        """What was taken back was not decided."""
        for deal_id, some in list(self._decisions.items()):
            kept = [one for one in some if one[0] != action_id]
            if kept or not some:
                self._decisions[deal_id] = kept
            else:
                del self._decisions[deal_id]
        self.show_rows()

    def action_keep(self) -> None:
        """The deal stays as it is; on to the next one."""
        if (row := self.row()) is not None:
            self._decisions.setdefault(row.deal_id, [])
            self.action_walk(1)
            self.show_rows()

    def action_walk(self, step: int) -> None:
        """Go to the next or previous deal that nobody decided on."""
        rows, here = self.listing.rows, self.row()
        if here is None:
            return
        place = next(at for at, row in enumerate(rows) if row.key == here.key)
        ahead = rows[place + 1 :] if step > 0 else tuple(reversed(rows[:place]))
        found = next((row for row in ahead if row.deal_id not in self._decisions), None)
        if found is not None:
            self.listing.select(found.deal_id)
        else:
            self.tell(f"That was the {'last' if step > 0 else 'first'}: {self._key('review.finish')} ends", "accent")

    def action_note(self) -> None:
        """A line for the record."""
        from pipeboard.tui.echoes import any_text

        row = self.row()
        about = f"{row.title}: " if row is not None else ""

        def answered(text: str) -> None:
            self._notes.append(f"{about}{text}")
            self.tell("Noted for the record", "won")

        self._line("For the record", any_text("Stands in the record of the meeting."), answered, about="review note")

    # -- ending -----------------------------------------------------------------------------------

    def action_finish(self) -> None:
        """Keep the record of the meeting, and copy it."""
        if self._review is None or not (self._decisions or self._notes):
            self.tell("Nothing was decided yet: a key of the board decides, Space lets a deal be", "muted")
            return
        from pipeboard.tui.dialogs.confirm import Confirm

        left = sum(1 for one in self._review.subjects if one.deal.row.id not in self._decisions)
        detail = f"{counted(left, 'deal')} not spoken of. " if left else ""
        review = self._review

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.app.run_question(self._finish(review))

        question = f"End the review of {counted(len(self._decisions), 'deal')}?"
        self._ask(
            Confirm(question, f"{detail}The record is kept and copied; the next review begins here.", yes="End it"),
            answered,
        )

    async def _finish(self, review: Review) -> None:
        from pipeboard.domain.commands import HoldReview
        from pipeboard.domain.review import record, so_far_words
        from pipeboard.services.review_record import meeting_of
        from pipeboard.tui.dialogs.message import MessageDialog

        app, decisions = self.app, self._words()
        reads = app.workspace.deals
        details = await self.read_beside("record", lambda: {i: reads.detail(i) for i in decisions})
        meeting = meeting_of(
            review,
            details,
            decisions,
            now=app.local_now(),
            who=next((owner.name for owner in app.owners() if owner.id == app.workspace.me), ""),
            summary=[
                f"{counted(len(decisions), 'deal')} spoken of",
                *so_far_words(review.so_far, app.workspace.info.currency),
            ],
            notes=self._notes,
        )
        text = record(meeting)
        if not await app.submit_and_wait(HoldReview(text, "\n".join(self._notes))):
            return
        app.copy_to_clipboard(text)
        self._decisions, self._notes, self._review = {}, [], None
        app.push_screen(MessageDialog("The review is kept and copied", text), self._ended)

    def _ended(self, _: Any) -> None:
        self.dismiss(None)

    def action_leave(self) -> None:
        """Clear the filter; with decisions made, ask; else go back."""
        if self._filter_text or not (self._decisions or self._notes):
            super().action_leave()
            return
        from pipeboard.tui.dialogs.confirm import Confirm

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.dismiss(None)

        key = self._key("review.finish")
        words = f"What was done with the deals stays; {key} would keep the record as well."
        self._ask(Confirm("Leave without a record?", words, yes="Leave", no="Stay"), answered)

    action_back = action_leave


def _with_what_was_decided(new: Review, old: Review, decided: set[int]) -> Review:
    """A fresh agenda in which deals that were decided on stay where they were, though they need no word any more."""
    fresh = {one.deal.row.id: one for one in new.subjects}
    kept: list[tuple[Any, list[Any]]] = [(part, []) for part, _ in old.parts]
    seen: set[int] = set()
    for place, (_, subjects) in enumerate(old.parts):
        for one in subjects:
            deal_id = one.deal.row.id
            if deal_id in decided or (deal_id in fresh and fresh[deal_id].part == one.part):
                now = fresh.get(deal_id)
                kept[place][1].append(one if now is None else now._replace(part=one.part))
                seen.add(deal_id)
    by_part = dict(kept)
    for one in new.subjects:
        if one.deal.row.id not in seen:
            by_part.setdefault(one.part, []).append(one)
    order = [part for part, _ in new.parts] + [part for part in by_part if part not in {p for p, _ in new.parts}]
    parts = tuple((part, tuple(by_part[part])) for part in order if by_part.get(part))
    return new._replace(parts=parts, total=max(new.total, sum(len(some) for _, some in parts)))

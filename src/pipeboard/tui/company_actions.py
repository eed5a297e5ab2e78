"""What can be done with companies and contacts: edit, add, merge, delete, reach, copy, and their deals."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeboard.domain.companies import ORDERS, Kind, Partner, PartnerRow
from pipeboard.domain.text import printable
from pipeboard.tui.retaking import Retaking

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.domain.events import Outcome
    from pipeboard.domain.stage import Stage
    from pipeboard.tui.app import PipeboardApp

_ORDER_WORDS = {
    "name": "name",
    "open": "open value",
    "won": "value won",
    "last": "last sign of life",
    "deals": "number of deals",
}


class CompanyActions(Retaking):
    """The actions; mixed into the screen, which says what is meant."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

    # -- what the screen provides ------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """Whether companies or contacts are listed."""
        raise NotImplementedError

    @property
    def order(self) -> str:
        """What the list is sorted by."""
        raise NotImplementedError

    def row(self) -> PartnerRow | None:
        """The one under the cursor."""
        raise NotImplementedError

    def marked_rows(self) -> tuple[PartnerRow, ...]:
        """The marked ones."""
        raise NotImplementedError

    def all_rows(self) -> list[PartnerRow]:
        """Every one, also those that the filter hides."""
        raise NotImplementedError

    def mark_only(self, ids: frozenset[int]) -> None:
        """Mark these and no others."""
        raise NotImplementedError

    async def partner(self, thing_id: int) -> Partner:
        """Everything about one."""
        raise NotImplementedError

    def sort_by(self, order: str) -> None:
        """Take another order."""
        raise NotImplementedError

    def go_to(self, kind: Kind, thing_id: int) -> None:
        """Put the cursor on one."""
        raise NotImplementedError

    def stages(self) -> "tuple[Stage, ...]":
        """The stages a new deal may go to."""
        raise NotImplementedError

    def after(self, command: "Command", outcome: "Outcome") -> None:
        """Go to what was added or kept."""
        from pipeboard.domain.company_commands import AddCompany, AddContact, MergeCompanies, MergeContacts
        from pipeboard.domain.events import SetupChanged

        added = next((e for e in outcome.events if isinstance(e, SetupChanged)), None)
        if isinstance(command, MergeCompanies | MergeContacts):
            self.mark_only(frozenset())
            self.go_to(self.kind, command.kept.id)
        elif isinstance(command, AddCompany) and added and self.kind is Kind.COMPANY:
            self.go_to(Kind.COMPANY, added.entity_id)
        elif isinstance(command, AddContact) and added and self.kind is Kind.CONTACT:
            self.go_to(Kind.CONTACT, added.entity_id)

    # -- deals -------------------------------------------------------------------------------------

    def action_open_deal(self) -> None:
        """Open one of the deals; the only one at once."""
        if (row := self.row()) is not None:
            self.app.run_question(self._open(row))

    async def _open(self, row: PartnerRow) -> None:
        from pipeboard.domain.money import format_money
        from pipeboard.tui.dialogs.choose import Choice, Choose

        partner = await self.partner(row.id)
        ids = [deal.id for deal in partner.deals]

        def neighbour(deal_id: int, step: int) -> int | None:
            place = ids.index(deal_id) + step if deal_id in ids else -1
            return ids[place] if 0 <= place < len(ids) else None

        def opened(choice: Choice | None) -> None:
            if choice is not None and isinstance(choice.value, int):
                self.app.open_deal(choice.value, neighbour, lambda _: None)

        choices = [
            Choice(
                deal.id,
                deal.title,
                f"{deal.stage}  {format_money(deal.value_minor, deal.currency)}"
                if deal.value_minor is not None
                else f"{deal.stage}  no value",
            )
            for deal in partner.deals
        ]
        if not choices:
            self.app.say(f"No deals of {printable(row.name)} yet: n adds one", "muted")
        elif len(choices) == 1:
            opened(choices[0])
        else:
            self.app.ask(Choose(f"Deals of {printable(row.name)}", choices, placeholder="deal"), opened)

    def action_new_deal(self) -> None:
        """A new deal of this company or contact, in a form."""
        from pipeboard.tui.deal_form import new_deal

        row = self.row()
        given = {} if row is None else {self.kind.value: printable(row.name)}
        self.app.run_question(new_deal(self, None, self.app.submit_and_wait, given))  # type: ignore[arg-type]

    action_add_deal = action_new_deal

    # -- reaching and copying ------------------------------------------------------------------------

    def action_reach(self) -> None:
        """Mail, phone, website."""
        if (row := self.row()) is not None:
            self.app.run_question(self._reach(row))

    async def _reach(self, row: PartnerRow) -> None:
        from pipeboard.tui.links import mail_link, phone_link, web_link
        from pipeboard.tui.reaching import ask_link

        partner = await self.partner(row.id)
        links = [mail_link(partner.email), phone_link(partner.phone), web_link(partner.website, "website")]
        for person in partner.people:
            links += [mail_link(person.email, person.name), phone_link(person.phone, person.name)]
        links = [link for link in links if link.text]
        if links:
            ask_link(self.app, f"Reach {printable(row.name)}", links)
        else:
            self.app.say(f"No mail, phone or website of {printable(row.name)}: e adds them", "muted")

    def action_copy(self) -> None:
        """Copy as text."""
        if (row := self.row()) is not None:
            self.app.run_question(self._copy(row))

    async def _copy(self, row: PartnerRow) -> None:
        from pipeboard.tui.text.copying import partner_text

        partner = await self.partner(row.id)
        self.app.copy_to_clipboard(partner_text(partner, self.app.workspace.info.currency))
        self.app.say(f"Copied {printable(row.name)}", "won")

    # -- editing and adding --------------------------------------------------------------------------

    def action_edit(self) -> None:
        """All fields in a form."""
        if (row := self.row()) is not None:
            self.app.run_question(self._edit(row))

    async def _edit(self, row: PartnerRow) -> None:
        from pipeboard.domain.commands import Seen
        from pipeboard.domain.company_commands import EditCompany, EditContact
        from pipeboard.tui.company_form import ask_partner

        partner = await self.partner(row.id)
        seen = Seen(partner.id, partner.version)
        make = EditCompany if self.kind is Kind.COMPANY else EditContact
        draft = f"{self.kind.value}:{partner.id}"
        ask_partner(
            self.app,
            f"Edit {printable(partner.name)}",
            self.kind,
            partner,
            draft,
            lambda changes: make(seen, tuple(changes.items())),
        )

    def action_add_company(self) -> None:
        """A new company in a form."""
        from pipeboard.domain.company_commands import AddCompany
        from pipeboard.tui.company_form import ask_partner

        def command(changes: Mapping[str, Any]) -> "Command":
            return AddCompany(**changes)

        ask_partner(self.app, "New company", Kind.COMPANY, None, "new company", command)

    def action_add_contact(self) -> None:
        """A new contact in a form, of the company under the cursor."""
        from pipeboard.domain.company_commands import AddContact
        from pipeboard.tui.company_form import ask_partner

        row = self.row() if self.kind is Kind.COMPANY else None

        def command(changes: Mapping[str, Any]) -> "Command":
            return AddContact(**changes, company_id=row.id if row else None)

        title = f"New contact of {printable(row.name)}" if row else "New contact"
        ask_partner(self.app, title, Kind.CONTACT, None, "new contact", command)

    def action_edit_notes(self) -> None:
        """The notes in $EDITOR."""
        if (row := self.row()) is not None:
            self.app.run_question(self._edit_notes(row))

    async def _edit_notes(self, row: PartnerRow) -> None:
        from pipeboard.domain.commands import Seen
        from pipeboard.domain.company_commands import EditCompany, EditContact
        from pipeboard.tui.editor import draft_of, edited, forget

        app, partner = self.app, await self.partner(row.id)
        draft = draft_of(str(app.workspace.target), row.id, f"{self.kind.value}-")
        text = edited(app, draft, partner.notes)
        if text is None:
            return
        make = EditCompany if self.kind is Kind.COMPANY else EditContact

        def done(is_done: bool) -> None:
            if is_done:
                forget(draft, text)
            else:
                app.say("Not saved. The notes you wrote are kept: E goes on with them", "overdue")

        if text.strip() == partner.notes.strip():
            forget(draft, text)
        else:
            app.submit(make(Seen(row.id, partner.version), (("notes", text),)), done)

    # -- merging and deleting --------------------------------------------------------------------------

    def action_merge(self) -> None:
        """The marked ones, or this one and another."""
        marked, row = self.marked_rows(), self.row()
        if len(marked) > 1:
            self._ask_kept(marked)
        elif row is not None:
            self.app.run_question(self._ask_other(marked[0] if marked else row))

    async def _ask_other(self, row: PartnerRow) -> None:
        """Choose with whom to merge: those that are likely the same come first."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        reads, kind = self.app.workspace.companies, self.kind
        groups = await self.app.read("duplicates", lambda: reads.duplicates(kind))
        likely = {i for group in groups if row.id in group for i in group}
        others = sorted((one for one in self.all_rows() if one.id != row.id), key=lambda one: one.search)
        others.sort(key=lambda one: one.id not in likely)
        by_id = {one.id: one for one in others}

        def answered(choice: Choice | None) -> None:
            if choice is not None and choice.value in by_id:
                self._ask_kept((row, by_id[choice.value]))

        choices = [Choice(one.id, one.name, self._hint(one, is_likely=one.id in likely)) for one in others]
        self.app.ask(Choose(f"Merge {printable(row.name)} with", choices, placeholder="name"), answered)

    def _hint(self, row: PartnerRow, *, is_likely: bool = False) -> str:
        deals = f"{row.deals:,} deal{'s' * (row.deals != 1)}"
        return ", ".join(filter(None, ("likely the same" if is_likely else "", row.about, deals)))

    def _ask_kept(self, rows: Sequence[PartnerRow]) -> None:
        """Choose which one stays; the one with most deals is under the cursor."""
        from pipeboard.domain.commands import Seen
        from pipeboard.domain.company_commands import MergeCompanies, MergeContacts
        from pipeboard.tui.dialogs.choose import Choice, Choose

        make = MergeCompanies if self.kind is Kind.COMPANY else MergeContacts
        best = sorted(rows, key=lambda row: (-row.deals, -row.people, row.id))

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                others = tuple(Seen(row.id) for row in rows if row.id != choice.value)
                self.app.submit(make(Seen(int(str(choice.value))), others))

        choices = [Choice(row.id, row.name, self._hint(row), str(n) if n < 10 else "") for n, row in enumerate(best, 1)]
        self.app.ask(Choose(f"Which of the {len(rows)} stays?", choices, placeholder="name"), answered)

    def action_duplicates(self) -> None:
        """Those that are likely the same."""
        self.app.run_question(self._duplicates())

    async def _duplicates(self) -> None:
        from pipeboard.tui.dialogs.choose import Choice, Choose

        reads, kind = self.app.workspace.companies, self.kind
        groups = await self.app.read("duplicates", lambda: reads.duplicates(kind))
        by_id = {row.id: row for row in self.all_rows()}
        found = [rows for group in groups if len(rows := [by_id[i] for i in group if i in by_id]) > 1]
        if not found:
            self.app.say("Nothing looks like a duplicate", "muted")
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                rows = found[int(str(choice.value))]
                self.mark_only(frozenset(row.id for row in rows))
                self._ask_kept(rows)

        choices = [Choice(n, " = ".join(row.name for row in rows), f"{len(rows)}") for n, rows in enumerate(found)]
        self.app.ask(Choose(f"{len(found):,} likely duplicates", choices, placeholder="name"), answered)

    def action_delete(self) -> None:
        """Take away what nothing hangs on."""
        from pipeboard.domain.commands import Seen
        from pipeboard.domain.company_commands import DeleteCompany, DeleteContact
        from pipeboard.tui.dialogs.confirm import Confirm

        row = self.row()
        if row is None:
            return
        make = DeleteCompany if self.kind is Kind.COMPANY else DeleteContact

        def answered(is_sure: bool | None) -> None:
            if is_sure:
                self.app.submit(make(Seen(row.id)))

        question = f"Delete {printable(row.name)}?"
        self.app.ask(
            Confirm(question, "Only what has no deals can go; u brings it back.", yes="Delete", no="Keep"), answered
        )

    def action_sort(self) -> None:
        """Choose the order."""
        from pipeboard.tui.dialogs.choose import Choice, Choose

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self.sort_by(str(choice.value))

        choices = [
            Choice(order, _ORDER_WORDS[order], "now" if order == self.order else "", str(n))
            for n, order in enumerate(ORDERS, 1)
        ]
        self.app.ask(Choose("Sort by", choices, placeholder="order"), answered)

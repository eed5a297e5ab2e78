"""Copying deals, and the ways to reach their people: mail, phone and link."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.domain.text import printable
from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from pipeboard.domain.detail import DealDetail
    from pipeboard.tui.app import PipeboardApp
    from pipeboard.tui.links import Link


class Reaching:
    """A part of the actions on deals, which know which deals are meant."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None: ...

    def action_copy(self) -> None:
        """Copy as text."""
        if found := self._wanted():
            self.app.run_question(self._copy(found))

    async def _copy(self, found: tuple[Target, ...]) -> None:
        from pipeboard.tui.text.copying import deal_text, deals_table

        details = await self._details(found)
        self.app.copy_to_clipboard(deals_table(details) if len(details) > 1 else deal_text(details[0]))
        self.app.say(f"Copied {named(found)}", "won")

    def action_reach(self) -> None:
        """Mail, phone or link."""
        if found := self._wanted():
            self.app.run_question(self._reach(found))

    async def _reach(self, found: tuple[Target, ...]) -> None:
        details = await self._details(found)
        links = links_of(details[0]) if len(details) == 1 else together(details)
        if not links:
            self.app.say(f"No mail, phone or link of {named(found)}: e adds them", "muted")
        else:
            ask_link(self.app, f"Reach {named(found)}", links)

    async def _details(self, found: tuple[Target, ...]) -> "list[DealDetail]":
        reads = self.app.workspace.deals
        return await self.app.read("copy", lambda: [reads.detail(target.id) for target in found])


def links_of(detail: "DealDetail") -> "list[Link]":
    """The ways to reach a deal's contact and company."""
    from pipeboard.tui.links import mail_link, phone_link, web_link

    who = detail.contact or "contact"
    found = [mail_link(detail.contact_email, f"mail of {who}"), phone_link(detail.contact_phone, f"phone of {who}")]
    found += [web_link(detail.link, "link of the deal"), web_link(detail.company_website, detail.company)]
    return [link for link in found if link.text]


def together(details: "Sequence[DealDetail]") -> "list[Link]":
    """The mail addresses, phones and links of several deals, each kind as one text to copy."""
    from pipeboard.tui.links import Link

    kinds = (
        ("mail addresses", [detail.contact_email for detail in details]),
        ("phone numbers", [detail.contact_phone for detail in details]),
        ("links", [detail.link or detail.company_website for detail in details]),
    )
    texts = [(what, list(dict.fromkeys(text for text in found if text))) for what, found in kinds]
    return [Link(f"{len(found)} {what}", ", ".join(found), "") for what, found in texts if found]


def ask_link(app: "PipeboardApp", title: str, links: "Sequence[Link]") -> None:
    """Reach by the only link, or ask which of several."""
    from pipeboard.tui.dialogs.choose import Choice, Choose

    if len(links) == 1:
        reach(app, links[0])
        return

    def answered(choice: Choice | None) -> None:
        if choice is not None and isinstance(choice.value, int):
            reach(app, links[choice.value])

    choices = [Choice(n, link.text, link.what, str(n + 1)) for n, link in enumerate(links)]
    app.ask(Choose(title, choices, placeholder="mail, phone or link"), answered)


def reach(app: "PipeboardApp", link: "Link") -> None:
    """Copy an address, and open it where there is a desktop; the words always show it."""
    from pipeboard.tui.links import open_link

    app.copy_to_clipboard(link.text)
    is_open = open_link(link)
    app.say(printable(f"{'Opened and copied' if is_open else 'Copied'} {link.text}"), "won")

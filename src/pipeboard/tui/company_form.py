"""The form of a company or contact."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pipeboard.domain.companies import Kind, Partner
from pipeboard.domain.text import printable
from pipeboard.tui import echoes
from pipeboard.tui.deal_form import changes_of, show_sheet
from pipeboard.tui.dialogs.form import FieldProblem
from pipeboard.tui.fields import Question

if TYPE_CHECKING:
    from pipeboard.domain.commands import Command
    from pipeboard.tui.app import PipeboardApp

_FIELDS = {
    Kind.COMPANY: {"name": "name", "website": "website"},
    Kind.CONTACT: {
        "name": "name",
        "company": "company",
        "job_title": "job title",
        "email": "mail",
        "phone": "phone",
    },
}


def ask_partner(
    app: "PipeboardApp",
    title: str,
    kind: Kind,
    partner: Partner | None,
    draft: str,
    command: "Callable[[Mapping[str, Any]], Command]",
) -> None:
    """Ask for the fields of a company or contact, and queue the command that is made of what changed."""
    names = dict(_FIELDS[kind])
    if partner is None:
        names.pop("company", None)  # known from where it is added
    # Not by the names of a deal's fields, whose labels would be taken; but a company is completed as there.
    asked = {
        name if name in ("name", "company") else f"its-{name}": _question(name, words, partner)
        for name, words in names.items()
    }

    def check(texts: Mapping[str, str]) -> dict[str, Any]:
        if not texts.get("name", partner.name if partner else ""):
            raise FieldProblem("name", f"A {kind.value} needs a name.")
        return changes_of(texts, asked)

    def answered(texts: Mapping[str, str] | None) -> None:
        changes = check(texts) if texts else {}
        if not changes:
            app.form_drafts.pop(draft, None)
            return

        def done(is_done: bool) -> None:
            if is_done:
                app.form_drafts.pop(draft, None)
            else:
                app.say("Not saved. What you typed is kept: ask again to go on with it", "overdue")

        app.submit(command(changes), done)

    show_sheet(app, title, asked, draft, answered, check=check)


def _question(name: str, words: str, partner: Partner | None) -> Question:
    value = printable(str(getattr(partner, name))) if partner else ""
    describe = echoes.any_text("", is_required=name == "name")
    return Question(words, describe, lambda text: {name: text}, value)

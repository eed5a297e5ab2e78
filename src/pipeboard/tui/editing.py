"""Setting fields of deals: one in one line, on many at once, or all of one deal in a form."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen, Screen

from pipeboard.tui.targets import Target, named

if TYPE_CHECKING:
    from pipeboard.domain.stage import Stage
    from pipeboard.tui.app import PipeboardApp


class Editing:
    """A part of the actions on deals, which know which deals are meant and how to ask and to do."""

    if TYPE_CHECKING:

        @property
        def app(self) -> "PipeboardApp": ...

        def _wanted(self) -> tuple[Target, ...]: ...

        def stages(self) -> "tuple[Stage, ...]": ...

        def _ask(self, dialog: ModalScreen[Any] | Screen[Any], answer: Callable[[Any], None]) -> None: ...

        def _edit(self, found: tuple[Target, ...], **changes: Any) -> None: ...

        def _line(
            self, title: str, describe: Callable[[str], Any], answer: Callable[[str], None], **options: Any
        ) -> None: ...

        def action_set_owner(self) -> None: ...

    def action_set_field(self, field: str) -> None:
        """Set one field in one line."""
        if found := self._wanted():
            self.app.run_question(self._set_field(field, found))

    async def _set_field(self, field: str, found: tuple[Target, ...]) -> None:
        """Ask with the present value selected: Enter keeps it, the first key replaces it."""
        from pipeboard.domain.known import Known
        from pipeboard.tui import fields

        app, reads = self.app, self.app.workspace.deals
        detail = await app.read("field", lambda: reads.detail(found[0].id)) if len(found) == 1 else None
        known = await app.read("known", reads.known) if fields.uses_known(field) else Known()
        question = fields.question(field, detail, app, known)
        self._line(
            f"{question.title} of {named(found)}",
            question.describe,
            lambda text: self._edit(found, **question.changes(text)),
            about=field,
            value=question.value,
            placeholder=question.placeholder,
            is_selected=bool(question.value),
            suggestions=question.values,
        )

    def action_edit_deal(self) -> None:
        """All fields of one deal in a form; of several marked ones, one field."""
        found = self._wanted()
        if len(found) == 1:
            from pipeboard.tui.deal_form import edit_deal

            self.app.run_question(edit_deal(self, found[0].id))  # type: ignore[arg-type]
        elif found:
            self.action_choose_field()

    def action_choose_field(self) -> None:
        """Choose the field to set."""
        from pipeboard.tui import fields
        from pipeboard.tui.dialogs.choose import Choice, Choose

        found = self._wanted()
        if not found:
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self.action_set_owner() if choice.value == "owner" else self.action_set_field(str(choice.value))

        choices = [Choice(name, label, hint, key) for name, label, hint, key in fields.EDITABLE_FIELDS]
        self._ask(Choose(f"Change {named(found)}", choices, placeholder="field"), answered)

    def action_new_deal(self) -> None:
        """A new deal in a form; the cursor goes to it."""
        from pipeboard.tui.deal_form import new_deal

        app = self.app
        board = app.board_screen()
        save = app.submit_and_show if app.screen is board else app.submit_and_wait
        stage = next((s for s in self.stages() if s.id == board.board.stage_id and s.is_open), None)
        app.run_question(new_deal(self, stage if app.screen is board else None, save))  # type: ignore[arg-type]

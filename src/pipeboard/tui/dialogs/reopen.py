"""Reopened: into which stage, and why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.tui.dialogs.choice_list import Choice, with_keys
from pipeboard.tui.dialogs.form import Field, FormDialog
from pipeboard.tui.text.bars import KeyHint


class ReopenAnswer(NamedTuple):
    """The id of an open stage, and why the deal is open again."""

    stage_id: int
    reason: str


class ReopenDialog(FormDialog[ReopenAnswer]):
    """A stage's key saves at once. The values of `stages` are stage ids; it starts on `default_stage`."""

    KEYS = (KeyHint("Tab", "reason", 5), KeyHint("Enter", "save", 0), KeyHint("Esc", "cancel", 0))

    def __init__(self, names: str, stages: Sequence[Choice], default_stage: int | None = None) -> None:
        places = [place for place, stage in enumerate(stages) if stage.value == default_stage]
        super().__init__(
            f"Reopen: {names}",
            fields=(Field("reason", "because", placeholder="why it is open again"),),
            choices=with_keys(stages),
            cursor=places[0] if places else 0,
        )

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> ReopenAnswer:
        if choice is None or not isinstance(choice.value, int):
            raise InvalidInput("There is no open stage to reopen into.")
        return ReopenAnswer(choice.value, texts["reason"])

"""The four questions, each answered in one line: yes, no or ?, and a note behind it."""

from collections.abc import Mapping

from pipeboard.domain.bant import Answer, Bant, Question, Verdict
from pipeboard.tui.dialogs.choice_list import Choice
from pipeboard.tui.dialogs.echo import Describe, Echo, EchoPart, told
from pipeboard.tui.dialogs.form import Field, FormDialog

Answers = tuple[tuple[str, str, str | None], ...]

_WORDS: dict[str, Verdict] = {"y": "yes", "yes": "yes", "+": "yes", "n": "no", "no": "no", "-": "no", "?": "unknown"}


class BantDialog(FormDialog[Answers]):
    """Answers with the questions whose answer changed."""

    DEFAULT_CSS = """
    BantDialog {
        .panel { width: 78; }
        _Row.-described > LineInput { width: 1fr; max-width: 30; }
    }
    """

    def __init__(self, title: str, bant: Bant) -> None:
        self._bant = bant
        super().__init__(
            f"BANT of {title}",
            fields=[
                Field(one.question.name, one.question.name, _typed(one), "yes, no, ?", _describing(one.question))
                for one in bant.answers
            ],
        )

    def answer(self, texts: Mapping[str, str], choice: Choice | None) -> Answers:  # noqa: ARG002
        changed = []
        for old in self._bant.answers:
            verdict, note = read_answer(texts[old.question.name])
            if (verdict, note) != (old.verdict, old.note):
                changed.append((old.question.name, verdict, note))
        return tuple(changed)


def read_answer(text: str) -> tuple[Verdict, str]:
    """What a line says: "y 40k approved" is a yes with a note, words without an answer are a note."""
    first, _, rest = text.strip().partition(" ")
    verdict = _WORDS.get(first.lower().rstrip(":,."))
    return (verdict, rest.strip()) if verdict else ("unknown", text.strip())


def _typed(answer: Answer) -> str:
    word = "" if answer.verdict == "unknown" else answer.verdict
    return f"{word} {answer.note}".strip()


def _describing(question: Question) -> Describe:
    def describe(text: str) -> Echo:
        verdict, _ = read_answer(text)
        if verdict == "unknown":
            return told(question.asks)
        return Echo(((EchoPart(verdict, "won" if verdict == "yes" else "overdue"), EchoPart(f"  {question.asks}")),))

    return describe

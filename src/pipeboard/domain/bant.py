"""Budget, authority, need and timeline: four questions that tell whether a deal is worth the time (DOMAIN 84, 5).

A deal keeps its answers as lines such as "budget yes 40k approved"; a question without a line is not answered.
"""

from typing import Final, Literal, NamedTuple

from pipeboard.domain.text import clean

Verdict = Literal["yes", "no", "unknown"]

POINTS: Final = 25
"""What each yes adds to the score, which goes from 0 to 100."""


class Question(NamedTuple):
    """One of the four."""

    name: str
    label: str
    asks: str


QUESTIONS: Final = (
    Question("budget", "Budget", "Can they pay for it?"),
    Question("authority", "Authority", "Do we talk to whoever decides?"),
    Question("need", "Need", "Do they need what we sell?"),
    Question("timeline", "Timeline", "Do they know when they want it?"),
)


class Answer(NamedTuple):
    """What is known about one question, and the note beside it."""

    question: Question
    verdict: Verdict = "unknown"
    note: str = ""


class Bant(NamedTuple):
    """The four answers in order."""

    answers: tuple[Answer, ...]

    @property
    def yes_count(self) -> int:
        """How many are a yes."""
        return sum(answer.verdict == "yes" for answer in self.answers)

    @property
    def answered_count(self) -> int:
        """How many are a yes or a no."""
        return sum(answer.verdict != "unknown" for answer in self.answers)

    @property
    def is_any(self) -> bool:
        """Whether anything was said at all."""
        return any(answer.verdict != "unknown" or answer.note for answer in self.answers)

    @property
    def score(self) -> int:
        """From 0 to 100: 25 for each yes."""
        return POINTS * self.yes_count

    @property
    def words(self) -> str:
        """ "3/4": how many of the four are a yes."""
        return f"{self.yes_count}/{len(self.answers)}"


def read_bant(text: str) -> Bant:
    """The answers that a deal keeps."""
    said: dict[str, Answer] = {}
    for line in text.splitlines():
        name, _, rest = line.strip().partition(" ")
        verdict, _, note = rest.strip().partition(" ")
        question = next((one for one in QUESTIONS if one.name == name.lower()), None)
        if question is not None:
            kind: Verdict = "yes" if verdict == "yes" else "no" if verdict == "no" else "unknown"
            said[question.name] = Answer(question, kind, clean(note))
    return Bant(tuple(said.get(question.name, Answer(question)) for question in QUESTIONS))


def bant_text(bant: Bant) -> str:
    """The answers as a deal keeps them; nothing for those about which nothing is known."""
    return "\n".join(
        f"{question.name} {verdict} {clean(note)}".rstrip()
        for question, verdict, note in bant.answers
        if verdict != "unknown" or clean(note)
    )


def answered(bant: Bant, name: str, verdict: Verdict, note: str | None = None) -> Bant:
    """The same answers with one of them given anew; without a `note` the one beside it stays."""
    return Bant(
        tuple(
            answer._replace(verdict=verdict, note=answer.note if note is None else note)
            if answer.question.name == name
            else answer
            for answer in bant.answers
        )
    )

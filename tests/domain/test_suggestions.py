"""Why a deal is suggested."""

from datetime import date, timedelta

import pytest

from pipeboard.config.settings import SUGGESTIONS
from pipeboard.domain.suggestions import SUGGESTED, Signs, reasons
from pipeboard.domain.task import TASK_KINDS

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        (Signs(), []),
        (Signs(idle_days=9), []),
        (Signs(idle_days=10), ["No activity for 10 days"]),
        (Signs(close_passed_on=TODAY), []),
        (Signs(close_passed_on=TODAY - timedelta(1)), ["Close date passed yesterday"]),
        (Signs(proposal_days=2), []),
        (Signs(proposal_days=4), ["Proposal 4 days ago, no follow-up"]),
        (Signs(meeting="Demo"), ["“Demo” has no notes"]),
        (Signs(rots_in_days=1), ["Rots tomorrow"]),
        (Signs(rots_in_days=3, idle_days=12), ["No activity for 12 days"]),
        (Signs(attempts=0), []),
        (Signs(attempts=1), ["Lost after one attempt"]),
        (Signs(attempts=2, is_parked=True), ["Parked after two attempts"]),
        (Signs(attempts=3), []),
        (
            Signs(idle_days=19, close_passed_on=date(2026, 11, 1), proposal_days=19),
            ["Close date passed on 1 Nov", "Proposal 19 days ago, no follow-up", "No activity for 19 days"],
        ),
    ],
)
def test_the_reasons_in_words(signs: Signs, words: list[str]) -> None:
    assert [one.words for one in reasons(signs, TODAY)] == words


def test_silence_begins_when_the_caller_says() -> None:
    assert reasons(Signs(idle_days=4), TODAY, silent_days=4)


def test_every_kind_can_be_switched_and_proposes_a_task() -> None:
    assert set(SUGGESTIONS) == set(SUGGESTED)
    assert {proposed.kind for proposed in SUGGESTED.values()} <= set(TASK_KINDS)

"""Terms put into a filter by choosing, and filters joined."""

from datetime import UTC, datetime

import pytest

from pipeboard.domain.filter_editing import joined, named_term, with_term
from pipeboard.domain.filters import parse

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "term", "result"),
    [
        ("", "hot", "hot"),
        ("acme", "stage:lead", "acme stage:lead"),
        ("stage:lead acme", "stage:won", "acme stage:won"),
        ("#web", "#vip", "#web #vip"),
        ("hot", "hot", "hot"),
        ("-stage:lead", "stage:won", "-stage:lead stage:won"),
        ("hot | value>10k", "@anna", "hot @anna | value>10k @anna"),
        ("won", "lost", "lost"),
    ],
)
def test_a_term_is_put_in_or_takes_the_place_of_one_about_the_same(text: str, term: str, result: str) -> None:
    assert with_term(text, term) == result


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("hot", "", "hot"),
        ("", "a | b", "a | b"),
        ("hot", "acme", "hot acme"),
        ("a | b", "c | d", "a c | a d | b c | b d"),
        ("hot acme", "acme", "hot acme"),
    ],
)
def test_two_filters_that_must_both_hold(one: str, other: str, result: str) -> None:
    assert joined(one, other) == result


@pytest.mark.parametrize(
    "name", ["Lead", "Acme, Inc", 'The "Best"', "a | b", "-dash", "Gold  plan", "Ünïcode", "<b>[/]"]
)
def test_a_name_that_was_chosen_means_itself(name: str) -> None:
    wanted = parse(named_term("company", name), NOW)
    assert (wanted.words, wanted.problems, wanted.others) == ((), (), ())
    assert [term.field for term in wanted.terms] == ["company"]
    assert wanted.terms[0].test == "begins"


def test_no_name_is_written_none() -> None:
    assert named_term("source", "") == "source:none"
    assert named_term("tag", "web") == "#web"

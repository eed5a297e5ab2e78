"""What a file puts into each stage, by currency, with what has no value told apart."""

from hypothesis import given
from hypothesis import strategies as st
from tests.storage.test_undo import imported

from pipeboard.domain.imports.totals import StageTotal, stage_totals

STAGES = ("Lead", "Qualified", "Won")


def test_in_the_order_of_the_pipeline_then_as_they_come() -> None:
    deals = [
        imported(1, stage_name="Won", value_minor=100, currency="EUR"),
        imported(2, stage_name="Odd", value_minor=None, currency="EUR"),
        imported(3, stage_name="Lead", value_minor=0, currency="EUR"),
        imported(4, stage_name="Lead", value_minor=50, currency="USD"),
    ]
    assert stage_totals(deals, STAGES) == (
        StageTotal("Lead", 2, (("EUR", 0), ("USD", 50)), 0),
        StageTotal("Won", 1, (("EUR", 100),), 0),
        StageTotal("Odd", 1, (), 1),
    )


@given(st.lists(st.tuples(st.sampled_from(STAGES), st.none() | st.integers(0, 10**9), st.sampled_from(["EUR", "PLN"]))))
def test_nothing_is_lost(rows: list[tuple[str, int | None, str]]) -> None:
    deals = [imported(n, stage_name=s, value_minor=v, currency=c) for n, (s, v, c) in enumerate(rows)]
    totals = stage_totals(deals, STAGES)
    assert sum(total.deals for total in totals) == len(rows)
    assert sum(total.unvalued for total in totals) == sum(value is None for _, value, _ in rows)
    for currency in ("EUR", "PLN"):
        expected = sum(value or 0 for _, value, c in rows if c == currency)
        assert sum(dict(total.sums).get(currency, 0) for total in totals) == expected

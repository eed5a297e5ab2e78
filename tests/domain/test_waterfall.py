"""The waterfall: every step by a written case, and the identity over random histories."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.periods import Period
from pipeboard.domain.stage import Stage, StageKind
from pipeboard.domain.standing import Standing, StandingChange, Trail, trail
from pipeboard.domain.waterfall import ADDING, KINDS, TAKING, Waterfall, WaterfallScope, waterfall
from pipeboard.domain.waterfall_words import KEYS, equation, figure, magnitude, to_json

STAGES = {
    stage.id: stage
    for stage in (
        Stage(1, 1, "Lead", 0, StageKind.OPEN, 10),
        Stage(2, 1, "Proposal", 1, StageKind.OPEN, 50),
        Stage(3, 1, "Won", 2, StageKind.WON, 100),
        Stage(4, 1, "Lost", 3, StageKind.LOST, 0),
        Stage(5, 1, "Fridge", 4, StageKind.PARKED, 0),
        Stage(6, 2, "Other lead", 0, StageKind.OPEN, 20),
        Stage(7, 2, "Other won", 1, StageKind.WON, 100),
    )
}
LEAD, PROPOSAL, WON, LOST, FRIDGE, OTHER, OTHER_WON = range(1, 8)
START, END = date(2026, 10, 1), date(2026, 11, 1)
WINDOW = Period(START, END)
INSIDE = date(2026, 10, 20)
LATER = date(2027, 1, 15)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def scope(close: Period | None = None, **fields: Any) -> WaterfallScope:
    made = WaterfallScope(1, STAGES, at(START), at(END), START, END, UTC, close)
    return made._replace(**fields)


def rates(minor: int, currency: str, day: date) -> int | None:
    """EUR is the base; a dollar costs 0.50 until mid-October, then 0.80; a franc has no rate."""
    if currency == "EUR":
        return minor
    if currency == "USD":
        return minor * (50 if day < date(2026, 10, 15) else 80) // 100
    return None


def stood(stage: int = LEAD, value: int | None = 100, close: date | None = INSIDE, **fields: Any) -> Standing:
    return Standing(True, stage, value, "EUR", None, close, None)._replace(**fields)


ABSENT = stood(is_there=False)


def one(start: Standing, *steps: Standing, day: date = date(2026, 10, 10)) -> Trail:
    return Trail(1, start, tuple((at(day) + timedelta(hours=place), step) for place, step in enumerate(steps)))


def changes(made: Waterfall) -> dict[str, int]:
    return {bar.kind: bar.change_minor for bar in made.bars if bar.changes}


won: dict[str, Any] = {"closed_on": date(2026, 10, 10)}
CASES: tuple[tuple[str, Trail, Period | None, int, dict[str, int], int], ...] = (
    # what happened, the deal, close dates looked at, start, steps, end
    ("nothing", one(stood()), None, 100, {}, 100),
    ("moved between open stages", one(stood(), stood(PROPOSAL)), None, 100, {}, 100),
    ("entered", one(ABSENT, stood(value=70)), None, 0, {"new": 70}, 70),
    ("entered, then raised: the value at the end", one(ABSENT, stood(), stood(value=130)), None, 0, {"new": 130}, 130),
    ("raised", one(stood(), stood(value=150)), None, 100, {"increased": 50}, 150),
    ("cut", one(stood(), stood(value=60)), None, 100, {"decreased": -40}, 60),
    ("raised and cut again", one(stood(), stood(value=500), stood()), None, 100, {}, 100),
    ("a value entered at last", one(stood(value=None), stood(value=80)), None, 0, {"increased": 80}, 80),
    ("a value taken away", one(stood(), stood(value=None)), None, 100, {"decreased": -100}, 0),
    ("no value at all, won", one(stood(value=None), stood(WON, None, **won)), None, 0, {"won": 0}, 0),
    ("a value of nothing, won", one(stood(value=0), stood(WON, 0, **won)), None, 0, {"won": 0}, 0),
    ("won", one(stood(), stood(WON, **won)), None, 100, {"won": -100}, 0),
    ("won for more", one(stood(), stood(WON, 130, **won)), None, 100, {"increased": 30, "won": -130}, 0),
    ("won for less", one(stood(), stood(WON, 80, **won)), None, 100, {"decreased": -20, "won": -80}, 0),
    ("lost", one(stood(), stood(LOST)), None, 100, {"lost": -100}, 0),
    ("parked", one(stood(), stood(FRIDGE)), None, 100, {"parked": -100}, 0),
    ("came and was won", one(ABSENT, stood(value=90), stood(WON, 90, **won)), None, 0, {"new": 90, "won": -90}, 0),
    ("lost, then reopened within: nothing", one(stood(), stood(LOST), stood()), None, 100, {}, 100),
    ("won, then lost: what it is at the end", one(stood(), stood(WON, **won), stood(LOST)), None, 100,
     {"lost": -100}, 0),
    ("a loss reopened", one(stood(LOST), stood()), None, 0, {"reopened": 100}, 100),
    ("woken", one(stood(FRIDGE), stood()), None, 0, {"reopened": 100}, 100),
    ("a win reopened and lost", one(stood(WON), stood(value=120), stood(LOST, 120)), None, 0,
     {"reopened": 120, "lost": -120}, 0),
    ("was decided all the time", one(stood(WON), stood(WON, 900)), None, 0, {}, 0),
    ("came from another pipeline", one(stood(OTHER), stood()), None, 0, {"moved_in": 100}, 100),
    ("went to another pipeline", one(stood(), stood(OTHER)), None, 100, {"moved_out": -100}, 0),
    ("went there and was won there", one(stood(), stood(OTHER), stood(OTHER_WON, 300)), None, 100,
     {"moved_out": -100}, 0),
    ("stayed elsewhere", one(stood(OTHER), stood(OTHER, 300)), None, 0, {}, 0),
    ("deleted", one(stood(), stood(is_there=False)), None, 100, {"moved_out": -100}, 0),
    ("entered and deleted", one(ABSENT, stood(), stood(is_there=False)), None, 0, {"new": 100, "moved_out": -100}, 0),
    ("pushed out", one(stood(), stood(close=LATER)), WINDOW, 100, {"pushed_out": -100}, 0),
    ("pushed out at a lower value, raised there", one(stood(), stood(value=70), stood(value=70, close=LATER),
     stood(value=500, close=LATER)), WINDOW, 100, {"decreased": -30, "pushed_out": -70}, 0),
    ("the date taken away", one(stood(), stood(close=None)), WINDOW, 100, {"pushed_out": -100}, 0),
    ("pulled in", one(stood(close=LATER), stood()), WINDOW, 0, {"pulled_in": 100}, 100),
    ("a date given", one(stood(close=None), stood()), WINDOW, 0, {"pulled_in": 100}, 100),
    ("another date within", one(stood(), stood(close=END - timedelta(days=1))), WINDOW, 100, {}, 100),
    ("entered for later", one(ABSENT, stood(close=LATER)), WINDOW, 0, {}, 0),
    ("won outside the dates", one(stood(close=LATER), stood(WON, close=LATER, **won)), WINDOW, 0, {}, 0),
    ("dollars: the rate alone", one(stood(currency="USD")), None, 50, {"fx": 30}, 80),
    ("dollars, raised: the change at the later rate", one(stood(currency="USD"), stood(value=200, currency="USD")),
     None, 50, {"fx": 30, "increased": 80}, 160),
    ("dollars, won at the rate of its day", one(stood(currency="USD"), stood(WON, currency="USD", **won)), None, 50,
     {"won": -50}, 0),
    ("dollars that became euros", one(stood(currency="USD"), stood()), None, 50, {"fx": 30, "increased": 20}, 100),
    ("francs have no rate", one(stood(currency="CHF"), stood(WON, currency="CHF", **won)), None, 0, {"won": 0}, 0),
)  # fmt: skip


@pytest.mark.parametrize(("what", "deal", "close", "start", "steps", "end"), CASES, ids=[case[0] for case in CASES])
def test_one_deal(what: str, deal: Trail, close: Period | None, start: int, steps: dict[str, int], end: int) -> None:
    made = waterfall([deal], scope(close), rates)
    assert (made.start_minor, changes(made), made.end_minor) == (start, steps, end)


def test_what_happens_after_the_window_is_not_in_it() -> None:
    after = Trail(1, stood(), ((at(END), stood(WON, 500, closed_on=END)),))
    made = waterfall([after], scope(), rates)
    assert (made.end_minor, changes(made)) == (100, {})
    open_ended = waterfall([after], scope(end_at=None), rates)
    assert (open_ended.end_minor, changes(open_ended)) == (0, {"increased": 400, "won": -500})


def test_deals_without_a_value_or_a_rate_are_counted_once() -> None:
    deals = [one(stood(value=None)), one(stood(currency="CHF"))._replace(deal_id=2), one(stood())._replace(deal_id=3)]
    made = waterfall(deals, scope(), rates)
    assert (made.without_value, made.unconverted) == (1, 1)
    assert "2 without a value or rate" in figure(made, "start", "EUR").total


def test_weighted_values_follow_the_stage_or_the_deal_itself() -> None:
    deals = [
        one(stood(LEAD), stood(PROPOSAL)),
        one(stood(PROPOSAL, probability=80), stood(WON, **won))._replace(deal_id=2),
    ]
    made = waterfall(deals, scope(is_weighted=True), rates)
    assert (made.start_minor, changes(made), made.end_minor) == (90, {"increased": 40, "won": -80}, 50)


def test_going_back_from_the_present_finds_the_past() -> None:
    now = stood(WON, 130, closed_on=date(2026, 10, 12))
    moves = (
        StandingChange(at(date(2026, 9, 1)), None, LEAD, True, {}),
        StandingChange(
            at(date(2026, 9, 5)), None, None, False, {"value_minor": None, "expected_close_on": "2026-12-24"}
        ),
        StandingChange(at(date(2026, 10, 2)), LEAD, PROPOSAL, False, {}),
        StandingChange(at(date(2026, 10, 12)), PROPOSAL, WON, False, {"value_minor": 100, "closed_on": None}),
    )
    found = trail(1, now, moves)
    assert not found.start.is_there
    states = [standing for _, standing in found.steps]
    assert [state.stage_id for state in states] == [LEAD, LEAD, PROPOSAL, WON]
    assert [state.value_minor for state in states] == [None, 100, 100, 130]
    assert [state.close_on for state in states] == [date(2026, 12, 24), INSIDE, INSIDE, INSIDE]
    assert found.at(at(date(2026, 10, 1))) == states[1]
    assert found.at(None) == now


def test_a_change_that_is_dated_back_takes_effect_with_the_one_before() -> None:
    moves = (
        StandingChange(at(date(2026, 10, 5)), LEAD, PROPOSAL, False, {}),
        StandingChange(at(date(2026, 9, 1)), None, None, False, {"value_minor": 40}),
    )
    found = trail(1, stood(PROPOSAL), moves)
    assert [when.date() for when, _ in found.steps] == [date(2026, 10, 5), date(2026, 10, 5)]
    assert found.start.value_minor == 40


# -- random histories -----------------------------------------------------------------------------

standings = st.builds(
    Standing,
    is_there=st.sampled_from([True, True, True, True, False]),
    stage_id=st.sampled_from(sorted(STAGES)),
    value_minor=st.one_of(st.none(), st.integers(0, 10**12)),
    currency=st.sampled_from(["EUR", "USD", "CHF"]),
    probability=st.one_of(st.none(), st.integers(0, 100)),
    close_on=st.one_of(st.none(), st.dates(date(2026, 9, 1), date(2026, 12, 1))),
    closed_on=st.one_of(st.none(), st.dates(date(2026, 9, 1), date(2026, 12, 1))),
)
histories = st.lists(
    st.tuples(standings, st.lists(st.tuples(st.integers(0, 60), standings), max_size=6)), max_size=8
).map(
    lambda rows: [
        Trail(
            place + 1, start, tuple(sorted(((at(START) + timedelta(days=d), s) for d, s in steps), key=lambda x: x[0]))
        )
        for place, (start, steps) in enumerate(rows)
    ]
)


def simple_value(standing: Standing, day: date, close: Period | None) -> int:
    """What a deal that stands so adds to the pipeline: the oracle of both ends."""
    stage = STAGES[standing.stage_id]
    is_in = standing.is_there and stage.pipeline_id == 1 and stage.kind == StageKind.OPEN
    if close is not None:
        is_in = is_in and standing.close_on is not None and close.start <= standing.close_on < close.end
    if not is_in or standing.value_minor is None:
        return 0
    return rates(standing.value_minor, standing.currency, day) or 0


def last_before(one: Trail, moment: datetime) -> Standing:
    found = one.start
    for when, standing in one.steps:
        if when < moment:
            found = standing
    return found


@given(histories, st.sampled_from([None, WINDOW]))
def test_the_identity_holds_and_both_ends_are_the_pipeline_of_their_day(
    deals: list[Trail], close: Period | None
) -> None:
    made = waterfall(deals, scope(close), rates)
    assert made.start_minor == sum(simple_value(deal.start, START, close) for deal in deals)
    assert made.end_minor == sum(simple_value(last_before(deal, at(END)), END, close) for deal in deals)
    assert made.start_minor + sum(bar.change_minor for bar in made.bars) == made.end_minor
    plus = sum(magnitude(made, kind) for kind in ADDING)
    minus = sum(magnitude(made, kind) for kind in TAKING)
    assert made.start_minor + plus - minus + magnitude(made, "fx") == made.end_minor
    for kind in (*ADDING, *TAKING):
        assert magnitude(made, kind) >= 0
    for bar in made.bars:
        assert bar.change_minor == sum(change.minor or 0 for change in bar.changes)
    for key in KEYS:
        assert figure(made, key, "EUR").total


@given(histories)
def test_every_deal_balances_by_itself(deals: list[Trail]) -> None:
    for deal in deals:
        made = waterfall([deal], scope(is_weighted=True), rates)
        assert made.start_minor + sum(bar.change_minor for bar in made.bars) == made.end_minor


@given(histories)
def test_two_windows_that_follow_one_another_meet(deals: list[Trail]) -> None:
    middle = date(2026, 10, 15)
    first = waterfall(deals, scope(end_at=at(middle), end_on=middle), rates)
    rest = [
        deal._replace(
            start=last_before(deal, at(middle)), steps=tuple(step for step in deal.steps if step[0] >= at(middle))
        )
        for deal in deals
    ]
    second = waterfall(rest, scope(start_at=at(middle), start_on=middle), rates)
    assert first.end_minor == second.start_minor


def test_the_words() -> None:
    made = waterfall([one(stood(), stood(WON, 130, **won))], scope(), rates)
    assert equation(made, "EUR") == "€1 + €0.30 increased - €1.30 won = €0"
    document = to_json(made, WINDOW, "EUR", {}, None)
    assert [step["kind"] for step in document["steps"]] == list(KINDS)
    assert {step["kind"]: (step["value"], step["change"]) for step in document["steps"] if step["deals"]} == {
        "increased": ("0.30", "0.30"),
        "won": ("1.30", "-1.30"),
    }
    assert made.bar("won").changes[0].note == "won 10 Oct 2026"

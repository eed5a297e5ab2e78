"""The filter language."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.filter_facts import DealFacts
from pipeboard.domain.filter_words import FLAGS, KEYS
from pipeboard.domain.filters import describe, fuzzy_places, matches, narrow, parse
from pipeboard.domain.rotting import Rot
from pipeboard.domain.stage import DealStatus

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def day(days: int) -> date:
    return TODAY + timedelta(days)


ACME = DealFacts(
    text="acme renewal acme corp bob web vip",
    title="acme renewal",
    owner="anna nowak",
    tags="web vip",
    stage="proposal made",
    value_minor=12_000_00,
    has_value=True,
    close_on=date(2026, 11, 30),
    pipeline="b2b sales",
    probability=55,
    started_on=date(2026, 10, 20),
    created_on=day(-40),
    updated_on=day(-2),
    days_in_stage=9,
    idle_days=22,
    source="web site",
    product="gold plan goldplan",  # with its key, as it is read
    company="acme corp",
    contact="bob",
    is_hot=True,
    rot=Rot.ROTTEN,
    task_on=day(-1),
    is_taskless=False,
)
BARE = DealFacts(
    text="zab",
    title="zab",
    stage="lost",
    status=DealStatus.LOST,
    reason="price too high",
    is_taskless=False,
    closed_on=date(2026, 11, 3),
)


@pytest.mark.parametrize(
    ("text", "acme", "bare"),
    [
        ("", True, True),
        ("   ", True, True),
        ("ACME corp", True, False),
        ("acme zab", False, False),
        ('"acme renewal"', True, False),
        ('"renewal corp"', False, False),
        ("ŻĄB", False, True),
        ("@anna", True, False),
        ("@NOW", True, False),
        ("@owak", False, False),
        ("owner:anna", True, False),
        ("@none", False, True),
        ("@me", True, False),
        ("#web", True, False),
        ("#we #vip", True, False),
        ("#eb", False, False),
        ("tag:none", False, True),
        ("stage:prop", True, False),
        ("stage:made", True, False),
        ("stage=lost", False, True),
        ("status:open", True, False),
        ("status:lost", False, True),
        ("status:closed", False, True),
        ("status:c", False, True),
        ("-lost", True, False),
        ("value>10k", True, False),
        ("value>12000", False, False),
        ("value>=12000", True, False),
        ("value<=12,000", True, False),
        ("value:12k", True, False),
        ("-value>10k", False, True),
        ("value:none", False, True),
        ("no-value", False, True),
        ("close<eom", True, False),
        ("close<2026-11-30", False, False),
        ('close<="30 nov"', True, False),
        ("close>2026-12-01", False, False),
        ("close:2026-11", True, False),
        ("close:2026-q4", True, False),
        ("close>=2026-12", False, False),
        ("close:none", False, True),
        ("no-date", False, True),
        ("created<-30d", True, False),
        ("created>-30d", False, False),
        ("updated>-30d", True, False),
        ("age>8", True, False),
        ("days>9", False, False),
        ("idle>3w", True, False),
        ("idle:22d", True, False),
        ("source:web", True, False),
        ("src:site", True, False),
        ('product:"Gold plan"', True, False),
        ('-product:"gold plan"', False, True),
        ("product:gold-plan", True, False),
        ("product:goldplan,tin", True, False),
        ("company:acme", True, False),
        ("contact:bob", True, False),
        ("reason:price", False, True),
        ("hot", True, False),
        ("-hot", False, True),
        ('"hot"', False, False),
        ("rotting", True, False),
        ("waiting", False, False),
        ("overdue", True, False),
        ("today", False, False),
        ("no-task", False, False),
        ("@anna #web value>10k rotting -lost acme", True, False),
        ("@anna,boris", True, False),
        ("@boris,anna", True, False),
        ("-@anna,boris", False, True),
        ("stage:lost,won", False, True),
        ('company:"acme corp",globex', True, False),
        ("status:open,lost", True, True),
        ("status:won,parked", False, False),
        ("close:2026-11,2026-12", True, False),
        ("days:8,9", True, False),
        ("zab | hot", True, True),
        ("zab | value>20k", False, True),
        ("hot value>20k | lost", False, True),
        ("acme corp | zab corp", True, False),
        ("| hot |", True, False),
        ("pipeline:b2b", True, False),
        ("probability>50", True, False),
        ("prob:55%", True, False),
        ("prob<=50%", False, True),
        ("started:2026-10", True, False),
        ("closed:2026-11", False, True),
        ("closed:none", True, False),
        ("task<today", True, False),
        ("task:none", False, True),
        ("in-stage>8", True, False),
        ("no-source", False, True),
        ("no-close", False, True),
        ("no-tag", False, True),
        ("-no-product", True, False),
    ],
)
def test_what_a_filter_leaves(text: str, acme: bool, bare: bool) -> None:
    wanted = parse(text, NOW, me="Anna Nowak")
    assert (matches(wanted, ACME), matches(wanted, BARE)) == (acme, bare)
    assert wanted.problems == ()


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        ("close<banana", "close<banana: no day", ("close<banana",)),
        ("value>lots", "value>lots: no amount", ("value>lots",)),
        ("value>$5", "value>$5: amounts are compared in EUR", ("value>$5",)),
        ("status:x", "status:x: the status is open, won, lost, parked or closed", ("status:x",)),
        ("stage>x", "stage>x: names have no order, write stage:x", ("stage>x",)),
        ("age>old", "age>old: no number of days", ("age>old",)),
        ("stge:lead", "stge:lead: did you mean stage:lead?", ("stge:lead",)),
        ("valeu>10k", "valeu>10k: did you mean value>10k?", ("valeu>10k",)),
        ("no-valu", "no-valu: did you mean no-value?", ("no-valu",)),
        ("prob>half", "prob>half: no number from 0 to 100", ("prob>half",)),
        ("close<fri,mon", "close<fri,mon: several values need close:, not <", ("close<fri,mon",)),
        ("stage:", "stage: a name is missing", ()),
        ("close<", "close<: a day is missing, like <eom, >-30d or :none", ()),
        ("@", "@: a name is missing, like owner:name", ()),
    ],
)
def test_what_is_not_understood_is_said(text: str, problem: str, words: tuple[str, ...]) -> None:
    wanted = parse(text, NOW)
    assert wanted.problems == (problem,)
    assert wanted.words == words
    assert wanted.terms == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("stage:propsal", "no stage begins with “propsal”: did you mean Proposal made?"),
        ("@bors", "no owner begins with “bors”: did you mean Boris Petrov?"),
        ("@xyz", "no owner begins with “xyz”: there is Boris Petrov"),
        ("stage:lead,qualifid", "no stage begins with “qualifid”: did you mean Qualified?"),
        ("hot | -stage:qqq", "no stage begins with “qqq”: there is Lead, Qualified, Proposal made"),
    ],
)
def test_names_that_nothing_has_are_told_with_those_that_look_like_them(text: str, sentence: str) -> None:
    names = {"stage": ["Lead", "Qualified", "Proposal made"], "owner": ["Boris Petrov"]}
    assert parse(text, NOW, names=names).unknown == (sentence,)
    assert parse("stage:prop @bor #any", NOW, names=names).unknown == ()


@pytest.mark.parametrize("text", ["12:30", "http://acme.eu", "3000 seats", "open source", "a<b"])
def test_ordinary_words_stay_words(text: str) -> None:
    wanted = parse(text, NOW)
    assert wanted.words == tuple(text.split())
    assert not wanted.terms
    assert not wanted.problems


def test_it_is_told_back() -> None:
    text = "acme @anna -#web value>10k close<eom idle>21 updated<-30d close:2026-q4"
    assert describe(parse(text, NOW)) == (
        "“acme” · owner anna · not tag web · value over 10,000 · closing by 30 nov · no activity for over 21 days"
        " · updated before 23 oct · closing in 2026-Q4"
    )


@pytest.mark.parametrize(
    ("text", "asks"),
    [("won", True), ("status:closed", True), ("-lost", False), ("status:open", False), ("won acme", True)],
)
def test_who_asks_for_closed_deals_means_those_of_all_time(text: str, asks: bool) -> None:
    assert parse(text, NOW).asks_for_closed is asks


def test_letters_in_order_are_like_a_title() -> None:
    titles = ["acme renewal", "renewal acme", "a+c [m]e"]
    assert fuzzy_places(["acrn"], titles, range(3)) == [0]
    assert fuzzy_places(["a+m]"], titles, range(3)) == [2]
    assert fuzzy_places(["acme", "rnw"], titles, [0, 1]) == [0, 1]


PIECES = st.one_of(
    st.sampled_from([*FLAGS, "acme", "@", "@anna", "#", "#web", "-", '"', '"a b', "-@none", "“gold plan”"]),
    st.builds(
        lambda sign, key, op, value: f"{sign}{key}{op}{value}",
        st.sampled_from(["", "-", "--"]),
        st.sampled_from(KEYS),
        st.sampled_from([":", "<", "<=", ">", ">=", "=", ":>", "=<"]),
        st.one_of(
            st.sampled_from(
                ["none", "eom", "-30d", "2026-12-01", "2026-13", "9999-q4", "10k", "5", "1e9", "0000", "a"]
            ),
            st.text(max_size=6),
        ),
    ),
    st.text(max_size=12),
)
LINES = st.lists(PIECES, max_size=6).map(" ".join)


@given(LINES)
def test_reading_never_fails_and_can_be_told(text: str) -> None:
    wanted = parse(text, NOW, me="Anna")
    assert isinstance(describe(wanted), str)
    assert matches(wanted, ACME) in (True, False)
    assert wanted.fields <= set(DealFacts._fields)


DEALS = st.builds(
    DealFacts,
    text=st.sampled_from(["acme", "acme web", "zab", ""]),
    owner=st.sampled_from(["anna", "anna b", "bob", ""]),
    tags=st.sampled_from(["web", "vip web", ""]),
    stage=st.sampled_from(["lead", "proposal"]),
    status=st.sampled_from(DealStatus),
    value_minor=st.one_of(st.none(), st.integers(0, 20_000_00)),
    has_value=st.booleans(),
    close_on=st.one_of(st.none(), st.dates(day(-40), day(40))),
    updated_on=st.one_of(st.none(), st.dates(day(-60), TODAY)),
    days_in_stage=st.one_of(st.none(), st.integers(0, 40)),
    is_hot=st.booleans(),
    rot=st.sampled_from(Rot),
    task_on=st.one_of(st.none(), st.dates(day(-3), day(3))),
)
ORACLE: dict[str, Any] = {
    "acme": lambda d: "acme" in d.text,
    "-acme": lambda d: "acme" not in d.text,
    "@anna": lambda d: d.owner.split()[:1] == ["anna"],
    "#web": lambda d: "web" in d.tags.split(),
    "stage:prop": lambda d: d.stage == "proposal",
    "status:closed": lambda d: d.status in (1, 2),
    "-status:open": lambda d: d.status != 0,
    "value>10k": lambda d: d.value_minor is not None and d.value_minor > 10_000_00,
    "-value<=5000": lambda d: d.value_minor is None or d.value_minor > 5_000_00,
    "close<eom": lambda d: d.close_on is not None and d.close_on <= date(2026, 11, 30),
    "close:none": lambda d: d.close_on is None,
    "updated<-30d": lambda d: d.updated_on is not None and (TODAY - d.updated_on).days > 30,
    "age>=14": lambda d: d.days_in_stage is not None and d.days_in_stage >= 14,
    "hot": lambda d: d.is_hot,
    "rotting": lambda d: d.rot in (Rot.ROTTEN, Rot.DEAD),
    "overdue": lambda d: d.task_on is not None and d.task_on < TODAY,
    "-today": lambda d: d.task_on != TODAY,
}


@given(st.lists(DEALS, max_size=12), st.lists(st.sampled_from(list(ORACLE)), max_size=4))
def test_one_deal_and_many_at_once_agree_with_the_plain_meaning(deals: list[DealFacts], pieces: list[str]) -> None:
    wanted = parse(" ".join(pieces), NOW)
    plain = [at for at, deal in enumerate(deals) if all(ORACLE[piece](deal) for piece in pieces)]
    assert [at for at, deal in enumerate(deals) if matches(wanted, deal)] == plain
    columns = {field: [getattr(deal, field) for deal in deals] for field in DealFacts._fields}
    with_words = [at for at, deal in enumerate(deals) if all(word in deal.text for word in wanted.words)]
    assert list(narrow(wanted.terms, columns, with_words)) == plain

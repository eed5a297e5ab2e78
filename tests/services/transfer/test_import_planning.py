"""What a file is understood as: profiles, lines that are no rows, stages, texts, warnings."""

from collections.abc import Callable
from datetime import date

import pytest

from pipeboard.domain.board import Owner
from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.drafts import Skipped
from pipeboard.domain.stage import DealStatus
from pipeboard.services.transfer.planning import ImportPlan

Planner = Callable[..., ImportPlan]
HEAD = "Deal name,Stage,Amount,Close date\n"


def test_lines_that_are_no_rows_are_listed(plan: Planner) -> None:
    text = (
        "Pipeline report\n\n" + HEAD + "A,Lead,1.50,\n,,,\n\nB,Lead,2.00,\n" + HEAD + "C,Lead,3.00,\n"
        "Total,,6.50,\n\nCopyright (c) 2026 Somebody\nConfidential Information,,,\nAny last words\n"
    )
    read = plan(text)
    assert [(deal.line, deal.title) for deal in read.deals] == [(4, "A"), (7, "B"), (9, "C")]
    assert not read.rejected
    assert read.skipped == [
        Skipped(1, "before the header"),
        Skipped(2, "before the header"),
        Skipped(5, "blank"),
        Skipped(6, "blank"),
        Skipped(8, "the header again"),
        Skipped(10, "a total"),
        Skipped(11, "blank"),
        Skipped(12, "a footer"),
        Skipped(13, "a footer"),
        Skipped(14, "a line of its own, not a row"),
    ]


def test_a_deal_named_total_stays_a_deal(plan: Planner) -> None:
    read = plan(HEAD + "Total,Lead,5,\n")
    assert [deal.title for deal in read.deals] == ["Total"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encodings_and_separators(plan: Planner, encoding: str, mark: str) -> None:
    text = (HEAD + "Łódź,Lead,5,2026-01-02\n").replace(",", mark)
    read = plan(text.encode(encoding))
    assert (read.deals[0].title, read.deals[0].value_minor, read.delimiter) == ("Łódź", 500, mark)
    assert not read.warnings


def test_a_guessed_encoding_is_said_and_can_be_overruled(plan: Planner) -> None:
    content = (HEAD + "Müller,Lead,5,\n").encode("cp1252")
    assert any("read as cp1252" in warning for warning in plan(content).warnings)
    assert plan(content, encoding="cp1251").deals[0].title == "Mьller"


def test_the_separator_line_of_spreadsheets(plan: Planner) -> None:
    read = plan("sep=;\nDeal name;Stage\nA, B;Lead\n")
    assert (read.delimiter, read.deals[0].title, read.deals[0].line) == (";", "A, B", 3)


def test_true_lines_behind_cells_of_several_lines(plan: Planner) -> None:
    read = plan('Deal name,Stage,Notes,Amount\nA,Lead,"one\ntwo\nthree",1\nB,Lead,,x\n')
    assert read.deals[0].note == "one\ntwo\nthree"
    assert [one.line for one in read.rejected] == [5]


def test_pipedrive_decides_by_status(plan: Planner) -> None:
    text = (
        "Deal - ID,Deal - Title,Deal - Organization,Deal - Stage,Deal - Status,Deal - Value,"
        "Deal - Currency of Value,Deal - Won time,Deal - Lost time,Deal - Lost reason,"
        "Deal - Expected close date,Deal - Label,Deal - Weighted value\n"
        '1,A,Acme,Negotiation,Won,"1,200.50",EUR,2026-01-05 10:00:00,,,2026-02-01,"Hot, New",9\n'
        "2,B,Acme,Somewhere,Lost,10,EUR,,2026-01-06 11:00:00,Price,2026-02-01,,9\n"
        "3,C,Acme,Lead,Open,10,USD,,,,2026-02-01,,9\n"
        "4,D,Acme,Lead,Deleted,10,USD,,,,2026-02-01,,9\n"
    )
    read = plan(text)
    won, lost, still = read.deals
    assert read.profile == "pipedrive"
    assert (won.status, won.stage_name, won.closed_from_name) == (DealStatus.WON, "Won", "Negotiation")
    assert (won.value_minor, won.currency, won.tags) == (120_050, "EUR", ("Hot", "New"))
    assert (won.closed_on, won.expected_close_on) == (date(2026, 1, 5), None)
    assert (lost.stage_name, lost.lost_reason, lost.closed_on) == ("Lost", "Price", date(2026, 1, 6))
    assert (still.expected_close_on, still.closed_on, still.lost_reason) == (date(2026, 2, 1), None, "")
    assert read.ignored == ("Deal - Weighted value",)
    assert read.skipped == [Skipped(5, "deleted in the other tool")]


def test_russian_and_polish_spreadsheets(plan: Planner) -> None:
    russian = plan("Сделка;Клиент;Сумма;Этап;Дата закрытия\nА;Ромашка;1 200,50 ₽;Успешно;12 января 2026\n")
    assert (russian.deals[0].value_minor, russian.deals[0].currency) == (120_050, "RUB")
    assert (russian.deals[0].status, russian.deals[0].closed_on) == (DealStatus.WON, date(2026, 1, 12))
    polish = plan("Nazwa;Firma;Wartość;Etap;Data zamknięcia\nA;Żubr;12 000 zł;Przegrana;5.03.2026\n")
    assert (polish.deals[0].currency, polish.deals[0].closed_on) == ("PLN", date(2026, 3, 5))


def test_a_status_column_of_stages_is_the_stage_column(plan: Planner) -> None:
    read = plan("Client Name,Status,Deal Value ($)\nAcme,Qualified,5\nBeta,won,5\n", mapping={"Client Name": "title"})
    assert read.deals[0].stage_name == "Qualified"
    assert read.mapping["Status"] == "stage"
    assert [one.why for one in read.rejected] == ["won deal without a closing date"]


def test_an_expected_date_serves_only_when_nothing_else_can(plan: Planner) -> None:
    read = plan("Deal,Stage,Expected close date\nA,Won,2026-01-02\n")
    assert read.deals[0].closed_on == date(2026, 1, 2)
    assert any("the expected date was taken" in warning for warning in read.warnings)
    both = plan("Deal,Stage,Expected close date,Closed on\nA,Won,2026-01-02,\n")
    assert not both.deals


@pytest.mark.parametrize(
    ("row", "title"),
    [("Acme,Gold,1", "Acme / Gold"), (",Gold,1", "No account / Gold"), ("Acme,,1", "Acme"), (",,X1", "X1")],
)
def test_titles_are_composed(plan: Planner, row: str, title: str) -> None:
    read = plan(f"Company,Product,ID,Stage\n{row},Lead\n")
    assert read.deals[0].title == title


def test_stages_are_created_only_when_asked(plan: Planner) -> None:
    text = "Deal,Stage\nA,Demo\nB, DEMO \nC,Lead\nD,Trial\n"
    with pytest.raises(InvalidInput, match=r"'Demo' \(1 deal\)"):
        plan(text)
    read = plan(text, is_creating_stages=True)
    assert read.unknown_stages == ("Demo", "Trial")
    assert [deal.stage_name for deal in read.deals] == ["Demo", "Demo", "Lead", "Trial"]


def test_deals_without_a_stage_are_asked_for(plan: Planner) -> None:
    text = "Deal,Stage\nA,\nB,Lead\n"
    for creating in (False, True):
        with pytest.raises(InvalidInput, match=r"'\(empty\)' \(1 deal\).*--stage \"=Lead\""):
            plan(text, is_creating_stages=creating)
    assert [deal.stage_name for deal in plan(text, stage_map={"": "Qualified"}).deals] == ["Qualified", "Lead"]


def test_columns_nobody_knows_are_kept(plan: Planner) -> None:
    read = plan("Deal,Stage,Region,Size\nA,Lead,EMEA,\n")
    assert read.deals[0].extra == (("Region", "EMEA"),)


def test_an_id_stands_once(plan: Planner) -> None:
    read = plan("ID,Deal,Stage\n7,A,Lead\n8,B,Lead\n7,C,Lead\n")
    assert [deal.title for deal in read.deals] == ["A", "B"]
    (one,) = read.rejected
    assert (one.line, one.column, one.value, one.why) == (4, "ID", "7", "the same id stands in line 2")


def test_known_people_keep_our_spelling(plan: Planner) -> None:
    read = plan("Deal,Stage,Owner\nA,Lead,ANNA\nB,Lead,Zoë\n", owners=[Owner(1, "Anna")])
    assert [deal.owner for deal in read.deals] == ["Anna", "Zoë"]
    assert read.new_owners == ("Zoë",)


@pytest.mark.parametrize(
    ("head", "row", "currency", "minor"),
    [
        ("Deal,Stage,Amount (EUR)", "A,Lead,5", "EUR", 500),
        ("Deal,Stage,Amount,Currency", "A,Lead,5,jpy", "JPY", 5),
        ("Deal,Stage,Amount", "A,Lead,5 kr", "SEK", 500),
        ("Deal,Stage,Amount", "A,Lead,", "USD", None),
        ("Deal,Stage,Amount", "A,Lead,n/a", "USD", None),
        ("Deal,Stage,Amount", "A,Lead,0", "USD", 0),
        ("Deal,Stage,Amount", "A,Lead,(12.50)", "USD", -1250),
    ],
)
def test_currencies(plan: Planner, head: str, row: str, currency: str, minor: int | None) -> None:
    deal = plan(f"{head}\n{row}\n").deals[0]
    assert (deal.currency, deal.value_minor) == (currency, minor)


@pytest.mark.parametrize(
    ("row", "why"),
    [("A,Lead,5,XYZ", "not a currency"), ("A,Lead,$5,EUR", "the amount is in USD, the row says EUR")],
)
def test_wrong_currencies(plan: Planner, row: str, why: str) -> None:
    (one,) = plan(f"Deal,Stage,Amount,Currency\n{row}\n").rejected
    assert why in one.why


def test_texts_come_in_clean(plan: Planner) -> None:
    read = plan("Deal,Stage,Company\n A \x1b[31m  red\x07 ,Lead,Acme [/ EU]\n" + "x" * 600 + ",Lead,\n")
    assert read.deals[0].title == "A [31m red"
    assert read.deals[0].company == "Acme [/ EU]"
    assert len(read.deals[1].title) == 500
    assert "Column 'Deal': texts that are too long were shortened." in read.warnings


def test_odd_things_are_warned_of(plan: Planner) -> None:
    read = plan(
        "Deal,Stage,Start date,Closed on,Pipeline,Notes\nA,Won,2026-02-01,2026-01-01,New,\nB,Won,,2030-01-01,Old\n"
        "A,Won,2026-02-01,2026-01-03,New,\n",
        stage_map={"Absent": "Lead"},
    )
    assert read.warnings == [
        "1 row ends before the last column (the first in line 3); read as empty cells.",
        "--stage names what is not in the file: 'Absent'.",
        "The file holds 2 pipelines; all deals go into one.",
        "1 deal is closed in the future (the first in line 3).",
        "2 deals were closed before they began (the first in line 2).",
        "1 row has the company, title and start of an earlier row, and the file has no ids.",
    ]


def test_without_a_stage_column_everything_stands_first(plan: Planner) -> None:
    read = plan("Deal,Amount\nA,5\n")
    assert read.deals[0].stage_name == "Lead"
    assert any("No column of stages" in warning for warning in read.warnings)

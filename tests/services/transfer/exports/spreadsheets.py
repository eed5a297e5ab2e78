"""Tables that people keep by hand: preambles, totals, headers over two rows, four languages."""

from datetime import date

from tests.services.transfer.exports.rows import Export, Row, text, workbook

_ENGLISH = """\
Sales pipeline - Q2 2026,,,,,,,
Exported by Joe on 1 April 2026,,,,,,,
,,,,,,,
Client Name,Sales Representative,Deal Stage,Expected Close Date,Deal Value ($),Win probability,Last Updated,Action Items
Acme Corp,Joe Day,Proposal made,30-Jun-2026,"$12,500",60%,1-Apr-2026,Call back
Globex,Joe Day,Lead,15-Jul-2026,$4.5k,5%,1-Apr-2026,
,,,,,,,
Total,,,,"$17,000",,,
"""
_GERMAN = """\
Vertriebspipeline;;;;;;
Stand: 01.04.2026;;;;;;
Firma;Ansprechpartner;Phase;Betrag (EUR);Wahrscheinlichkeit;Voraussichtlicher Abschluss;Zuständig
Käse Müller GmbH;Jörg Groß;Qualified;12.500,50;35 %;30.06.2026;Uta Weiß
Öl & Co. KG;;Negotiation;1.000;75 %;15.07.2026;Uta Weiß
Summe;;;13.500,50;;;
"""
_POLISH = """\
Nazwa szansy;Firma;Etap;Wartość;Waluta;Data zamknięcia;Opiekun;Powód straty
Wdrożenie ERP;Żubr S.A.;Lead;12 500,00 zł;PLN;30.06.2026;Łukasz Żak;
Serwis;Bóbr Sp. z o.o.;Przegrana;900,00 zł;PLN;15.01.2026;Łukasz Żak;Cena
Razem;;;13 400,00 zł;;;;
"""
_RUSSIAN = """\
Воронка продаж;;;;;
;;;;;
Название сделки;Компания;Этап сделки;Сумма сделки;Планируемая дата закрытия;Менеджер
Поставка;ООО Ромашка;Lead;1 200 000,00 руб.;30.06.2026;Иван Щукин
Ремонт;ИП Ёлкин;Contacted;450 тыс. руб.;15.07.2026;Иван Щукин
Итого;;;1 650 000,00 руб.;;
"""


def _xlsx() -> bytes:
    return workbook(
        [
            ["Our pipeline", "", "", "", "", ""],
            [],
            ["Customer", "", "Deal", "", "", ""],
            ["Client", "Contact person", "Deal name", "Stage", "Amount", "Close date"],
            ["Acme", "Nia", "Roof", "Lead", 1500, date(2026, 9, 30)],
            ["Globex", "", "Wall", "Qualified", 2500.5, date(2026, 10, 31)],
            ["Total", "", "", "", 4000.5, ""],
        ],
        {5: "d mmm yyyy", 4: "#,##0.00 €"},
    )


SPREADSHEETS = (
    Export(
        "an English table",
        "generic",
        text(_ENGLISH),
        (
            Row("Acme Corp", "Proposal made", "open", 1_250_000, "USD", "Acme Corp", "", "Joe Day", 60, "",
                "2026-06-30"),
            Row("Globex", "Lead", "open", 450_000, "USD", "Globex", "", "Joe Day", 5, "", "2026-07-15"),
        ),
        ((1, "before the header"), (2, "before the header"), (3, "before the header"), (7, "blank"), (8, "a total")),
    ),
    Export(
        "a German table",
        "generic",
        text(_GERMAN, "cp1252", "\r\n"),
        (
            Row("Käse Müller GmbH", "Qualified", "open", 1_250_050, "EUR", "Käse Müller GmbH", "Jörg Groß", "Uta Weiß",
                35, "", "2026-06-30"),
            Row("Öl & Co. KG", "Negotiation", "open", 100_000, "EUR", "Öl & Co. KG", "", "Uta Weiß", 75, "",
                "2026-07-15"),
        ),
        ((1, "before the header"), (2, "before the header"), (6, "a total")),
    ),
    Export(
        "a Polish table",
        "generic",
        text(_POLISH, "cp1250", "\r\n"),
        (
            Row("Wdrożenie ERP", "Lead", "open", 1_250_000, "PLN", "Żubr S.A.", "", "Łukasz Żak", None, "",
                "2026-06-30"),
            Row("Serwis", "Lost", "lost", 90_000, "PLN", "Bóbr Sp. z o.o.", "", "Łukasz Żak", None, "", "",
                "2026-01-15", "Cena"),
        ),
        ((4, "a total"),),
    ),
    Export(
        "a Russian table",
        "generic",
        text(_RUSSIAN, "cp1251", "\r\n"),
        (
            Row("Поставка", "Lead", "open", 120_000_000, "RUB", "ООО Ромашка", "", "Иван Щукин", None, "",
                "2026-06-30"),
            Row("Ремонт", "Contacted", "open", 45_000_000, "RUB", "ИП Ёлкин", "", "Иван Щукин", None, "",
                "2026-07-15"),
        ),
        ((1, "before the header"), (2, "before the header"), (6, "a total")),
    ),
    Export(
        "a workbook with a header over two rows",
        "generic",
        _xlsx,
        (
            Row("Roof", "Lead", "open", 150_000, "USD", "Acme", "Nia", "", None, "", "2026-09-30"),
            Row("Wall", "Qualified", "open", 250_050, "USD", "Globex", "", "", None, "", "2026-10-31"),
        ),
        (
            (1, "before the header"),
            (2, "before the header"),
            (3, "before the header"),
            (7, "a total"),
        ),
    ),
)  # fmt: skip

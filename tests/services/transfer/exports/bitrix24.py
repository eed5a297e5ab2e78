"""Bitrix24: the list of deals as CSV with semicolons, its columns called as the portal's language calls them."""

# ruff: noqa: E501 - rows of files as they are

from tests.services.transfer.exports.rows import Export, Row, page, text

_RUSSIAN = """\
"ID";"Воронка";"Стадия сделки";"Название сделки";"Тип";"Источник";"Сумма";"Валюта";"Компания";"Контакт";"Ответственный";"Дата создания";"Дата изменения";"Дата начала";"Предполагаемая дата закрытия";"Сделка закрыта";"Вероятность";"Комментарий";"Повторная сделка";"Доступна для всех"
"101";"Общая";"Новая";"Поставка труб";"Продажа";"Веб-сайт";"1 250 000.50";"Российский рубль";"ООО «Север»";"Пётр Ильин";"Анна Белова";"12.01.2026 09:30:15";"13.01.2026 10:00:00";"12.01.2026";"30.06.2026";"Нет";"20";"Ждут счёт";"Нет";"Да"
"102";"Общая";"Сделка успешна";"Монтаж";"Услуги";"Звонок";"80000.00";"Российский рубль";"ООО «Юг»";"";"Анна Белова";"03.02.2026 12:00:00";"01.03.2026 18:00:00";"03.02.2026";"01.03.2026";"Да";"100";"";"Да";"Да"
"103";"Общая";"Анализ причины провала";"Аренда крана";"Продажа";"";"0.00";"Доллар США";"";"Пётр Ильин";"Олег Юн";"05.02.2026 12:00:00";"02.03.2026 18:00:00";"05.02.2026";"02.03.2026";"Да";"0";"";"Нет";"Да"
"""
_ENGLISH = """\
"ID";"Pipeline";"Stage";"Deal Name";"Type";"Source";"Amount";"Currency";"Company";"Contact";"Responsible person";"Created on";"Modified on";"Start date";"Expected close date";"Closed";"Comment";"Repeat deal";"Available to everyone"
"201";"Deal pipeline";"Prepare documents";"Tower crane";"Sale";"Website";"15000.00";"US Dollar";"North Ltd";"Joe Day";"Ann Bell";"01/22/2026 09:30:15 am";"02/13/2026 10:00:00 am";"01/22/2026";"06/30/2026";"No";"";"No";"Yes"
"202";"Deal pipeline";"Deal won";"Hoist";"Sale";"Call";"900.00";"Euro";"South Ltd";"";"Ann Bell";"02/03/2026 12:00:00 pm";"03/01/2026 06:00:00 pm";"02/03/2026";"03/15/2026";"Yes";"";"No";"Yes"
"203";"Deal pipeline";"Deal lost";"Winch";"Sale";"";"0.00";"Euro";"";"Joe Day";"Ann Bell";"02/05/2026 12:00:00 pm";"03/02/2026 06:00:00 pm";"02/05/2026";"03/20/2026";"Yes";"";"No";"Yes"
"""
_RUSSIAN_ROWS = (
    Row("Поставка труб", "Новая", "open", 125_000_050, "RUB", "ООО «Север»", "Пётр Ильин", "Анна Белова", 20,
        "2026-01-12", "2026-06-30", "", "", "101"),
    Row("Монтаж", "Won", "won", 8_000_000, "RUB", "ООО «Юг»", "", "Анна Белова", 100, "2026-02-03", "", "2026-03-01",
        "", "102"),
    Row("Аренда крана", "Lost", "lost", 0, "USD", "", "Пётр Ильин", "Олег Юн", 0, "2026-02-05", "", "2026-03-02",
        "Imported, unknown", "103"),
)  # fmt: skip
BITRIX24 = (
    Export("bitrix24 in Russian", "bitrix24", text("\ufeff" + _RUSSIAN), _RUSSIAN_ROWS),
    Export("bitrix24 in Russian, old encoding", "bitrix24", text(_RUSSIAN, "cp1251", "\r\n"), _RUSSIAN_ROWS),
    Export("bitrix24 saved for Excel", "bitrix24", page(_RUSSIAN, ";"), _RUSSIAN_ROWS),
    Export(
        "bitrix24 in English",
        "bitrix24",
        text(_ENGLISH),
        (
            Row("Tower crane", "Prepare documents", "open", 1_500_000, "USD", "North Ltd", "Joe Day", "Ann Bell", None,
                "2026-01-22", "2026-06-30", "", "", "201"),
            Row("Hoist", "Won", "won", 90_000, "EUR", "South Ltd", "", "Ann Bell", None, "2026-02-03", "",
                "2026-03-15", "", "202"),
            Row("Winch", "Lost", "lost", 0, "EUR", "", "Joe Day", "Ann Bell", None, "2026-02-05", "", "2026-03-20",
                "Imported, unknown", "203"),
        ),
        (),
        {"date_order": "mdy"},
    ),
)  # fmt: skip

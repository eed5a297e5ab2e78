"""How Bitrix24 names the columns of its list of deals, which is what it exports: in Russian and in English."""

from typing import Final

from pipeboard.domain.imports.fields import profile

# The column of the expected day holds the actual one as soon as a deal is closed: it is a close_date.
BITRIX24: Final = profile(
    "bitrix24",
    "id|название сделки|стадия сделки|ответственный ;; id|deal name|stage|responsible person"
    ";; id|deal name|stage|responsible",
    "дата начала|дата изменения|сделка закрыта|повторная сделка|доступна для всех|дополнительно об источнике"
    "|start date|modified on|closed|repeat deal|available to everyone|source information",
    """
external_id: id
title: название сделки|deal name
company: компания|компания: название компании|company|company: company name
contact: контакт|contact
contact_email: контакт: рабочий e-mail|контакт: частный e-mail|contact: work e-mail|contact: work email
contact_phone: контакт: рабочий телефон|контакт: мобильный телефон|contact: work phone|contact: mobile
owner: ответственный|responsible person|responsible
pipeline: воронка|направление|pipeline
stage: стадия сделки|стадия|stage|deal stage
value: сумма|сумма сделки|amount|deal amount|total
currency: валюта|currency
probability: вероятность|вероятность, %|probability|probability, %
created_on: дата создания|created on|created
started_on: дата начала|start date
close_date: предполагаемая дата закрытия|дата завершения|дата закрытия|expected close date|close date|end date
is_closed: сделка закрыта|закрыта|closed|deal closed
source: источник|source
note: комментарий|comment|comments
product: товар|product
ignored: дата изменения|кем изменена|кем создана|доступна для всех|modified on|modified by|created by
ignored: available to everyone
""",
)
"""Deals keep the closing stage of their funnel; whether they are won or lost is told by its name."""

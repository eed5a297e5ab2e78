"""What a file may hold besides deals: the fields of each kind, and how other tools call their columns."""

from collections.abc import Mapping
from typing import Final

from pipeboard.domain.imports.headers import header_key

KINDS: Final = ("companies", "contacts", "products", "activities", "tasks", "quotas")
"""What a file may hold besides deals."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "companies": ("name",),
    "contacts": ("name", "first_name", "last_name", "email"),
    "products": ("name",),
    "activities": ("title", "body"),
    "tasks": ("title",),
    "quotas": ("amount", "deals"),
}
"""One of these fields is what a file of a kind cannot do without."""

NOTED: Final = ("companies", "contacts", "products")
"""The kinds that keep in their notes what the columns say that mean nothing to us."""

DAYS: Final = ("due_on", "snoozed_until")
"""Fields that are days, perhaps with a time."""

INSTANTS: Final = ("at", "done_at", "created_at")
"""Fields that are moments."""

AMOUNTS: Final = ("amount", "price")
"""Fields that are amounts of money."""

LONG: Final = ("notes", "body")
"""Fields of several lines."""

_COLUMNS: Final[dict[str, str]] = {
    "companies": """
external_id: organization - id|organization - pipedrive system id|company id|record id|account id|id
name: organization - name|company name|account name|название компании|nazwa firmy|firmenname|name|company|account
name: organization|firma|компания|kunde|nazwa|название
website: organization - website|company domain name|website url|website|domain|url|web|homepage|strona|сайт
website: strona www|корпоративный сайт|webseite
notes: organization - notes|description|notes|note|about us|comment|comments|комментарий|notatki|notizen
""",
    "contacts": """
external_id: person - id|person - pipedrive system id|contact id|record id|id
name: person - name|contact name|full name|fio|фио|name|contact|ansprechpartner|osoba kontaktowa|контакт
first_name: first name|firstname|person - first name|vorname|imię|имя|given name
last_name: last name|lastname|person - last name|nachname|nazwisko|фамилия|family name|surname
company: person - organization|associated company|primary associated company|company name|account name|account.name
company: company|organization|account|firma|компания
job_title: person - job title|job title|title|position|stanowisko|должность|funktion
email: person - email|person - email (work)|person - email - work|email|e-mail|email address|work email
email: рабочий e-mail|mail|e-mail-adresse|адрес электронной почты
phone: person - phone|person - phone (work)|person - phone - work|phone number|phone|business phone|work phone
phone: telephone|telefon|телефон|рабочий телефон|mobile phone|mobile|mobil|мобильный телефон
notes: person - notes|description|notes|note|comment|comments|комментарий|notatki|notizen
""",
    "products": """
external_id: product - id|product id|record id|id
name: product - name|product name|name|product|item|название товара|название|товар|produkt|nazwa produktu|nazwa
name: artikel|produktname
code: product - product code|product - code|product code|sku|code|product number|артикул|kod|kod produktu
code: artikelnummer
category: product - category|product category|product family|category|series|family|type|категория|kategoria
category: warengruppe
price: product - price|product - unit price|product - price (unit)|unit price|list price|sales price
price: standard price|price|цена|cena|preis|retail price
currency: product - currency|price currency|currency|валюта|waluta|währung
notes: product - description|product description|description|notes|note|описание|opis|beschreibung
""",
    "activities": """
external_id: activity - id|note - id|activity id|engagement id|call id|meeting id|email id|record id|id
deal: activity - deal|activity - deal title|note - deal|note - deal title|deal|deal id|deal title|deal name
deal: associated deal|associated deals|opportunity|opportunity name|related to|what id|parent id|сделка
company: activity - organization|note - organization|company|company name|account name|company / account
company: organization|associated company|компания
contact: activity - contact person|note - person|contact|contact name|associated contact
kind: activity - type|activity type|type|kind|task subtype|engagement type
at: activity - marked as done time|activity - due date|note - add time|note - created|activity date|meeting start time
at: date|at|when|due date|start date|date entered|create date|created date|created time|created at|data|дата|datum
title: activity - subject|call title|meeting name|meeting title|email subject|note title|subject|title|тема|temat
body: activity - note|note - content|note content|note body|call notes|meeting description|email body|full comments
body: content|body|note|notes|description|comments|text|комментарий|notatka
done: activity - done|activity - status|done|status|is closed|call status
owner: activity - assigned to user|note - user|activity assigned to|assigned to|assigned|task owner|owner|created by
owner: user|ответственный
direction: call direction|direction|call type
outcome: call outcome|meeting outcome|outcome|call result
""",
    "tasks": """
external_id: uuid|activity - id|task id|engagement id|record id|id
title: activity - subject|task title|task name|subject|title|task|description|name|задача|zadanie|aufgabe|temat
deal: activity - deal|activity - deal title|deal|deal id|deal title|deal name|associated deal|associated deals
deal: opportunity|opportunity name|related to|what id|parent id|project|сделка
company: activity - organization|company|company name|account name|company / account|organization|associated company
company: компания|firma
kind: activity - type|task type|type|kind|task subtype
due_on: activity - due date|due date|due|activity date|deadline|date|срок|крайний срок|termin|fällig|fällig am
due_time: activity - due time|due time
done: activity - done|task status|status|is closed|done|completed|статус
done_at: end|activity - marked as done time|completed at|completed date|completed time|completion date|date completed
created_at: entry|activity - add time|create date|created date|created time|created at|created
owner: activity - assigned to user|assigned to|assigned|task owner|owner|assignee|ответственный|zuständig
every: recur|every|repeats
snoozed_until: snoozed until
""",
    "quotas": """
external_id: rep id|owner id
owner: rep name|owner|sales rep|rep|person|name
pipeline: pipeline
period: period|quarter|month|year
amount: quota|target|amount|value
deals: deals|won deals
currency: currency
""",
}

SIGNS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("tasks", "uuid|description|status|entry", "", "taskwarrior"),
    ("products", "product - name", "", "pipedrive"),
    ("activities", "activity - subject", "", "pipedrive"),
    ("activities", "note - content", "", "pipedrive"),
    ("contacts", "person - name", "", "pipedrive"),
    ("companies", "organization - name", "", "pipedrive"),
    ("tasks", "task title", "task status|due date", "hubspot"),
    ("activities", "call title|activity date", "", "hubspot"),
    ("activities", "meeting name", "meeting start time|activity date", "hubspot"),
    ("activities", "note body", "create date|activity date", "hubspot"),
    ("activities", "email subject", "activity date|create date", "hubspot"),
    ("companies", "company name|company domain name", "", "hubspot"),
    ("contacts", "record id|first name|last name", "", "hubspot"),
    ("contacts", "first name|last name", "account name|mailing city", "salesforce"),
    (
        "contacts",
        "first name|last name",
        "email|e-mail|email address|phone|phone number|mobile|company|firma|title",
        "",
    ),
    ("tasks", "subject|activity date|is closed", "", "salesforce"),
    ("tasks", "subject|due date|status", "assigned|assigned to|task owner|opportunity|related to", "salesforce"),
    ("companies", "name|billing city|ticker symbol", "", "salesforce"),
    ("companies", "account name|billing city", "", "salesforce"),
    ("companies", "account name|account owner", "website|industry|phone|type", "salesforce"),
    ("products", "product name|product code", "", "salesforce"),
    ("products", "product name|unit price", "", "zoho"),
    ("products", "sku", "name|product name", "hubspot"),
    ("activities", "note title|note content", "", "zoho"),
    ("activities", "deal|date", "subject|activity|activity type|type|note|notes|comment|comments", ""),
    ("activities", "activity type|date", "subject|note|notes|description|comments", ""),
    ("companies", "account|sector|office location", "", ""),
    ("products", "product|sales price", "", ""),
    ("contacts", "имя|фамилия", "", ""),
    ("contacts", "imię|nazwisko", "", ""),
    ("contacts", "vorname|nachname", "", ""),
    ("contacts", "name", "email|e-mail|email address|job title|рабочий e-mail", ""),
    ("contacts", "full name", "email|e-mail|phone|job title", ""),
    ("products", "name|price", "sku|code|category|currency|description", ""),
    ("companies", "название компании", "сайт|корпоративный сайт|сфера деятельности|телефон", ""),
    ("companies", "name|website", "", ""),
    ("companies", "company name|website", "", ""),
    ("tasks", "task|due date", "", ""),
    ("tasks", "subject|due date", "", ""),
    ("tasks", "title|due", "", ""),
)
"""Which header is plainly of which kind: all of the first names, one of the second, and the tool."""

_OF_DEALS: Final = """
stage|deal stage|deal - title|opportunity name|deal name|stagename|stage name|amount|deal value|value|pipeline
close date|expected close date|этап|стадия сделки|название сделки|сумма|etap|wartość|phase|probability
"""
DEAL_SIGNS: Final = frozenset(header_key(name) for line in _OF_DEALS.strip().splitlines() for name in line.split("|"))
"""Columns that only a file of deals has: with one of them nothing but an unmistakable sign makes it another file."""


def aliases(kind: str) -> list[tuple[str, str]]:
    """Header key and field of every column that a kind knows, best first."""
    found = []
    for line in _COLUMNS[kind].strip().splitlines():
        field, _, names = line.partition(":")
        found += [(header_key(name), field) for name in names.split("|")]
    return found


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind."""
    return tuple(dict.fromkeys(field for _, field in aliases(kind)))


def known_keys(kind: str) -> frozenset[str]:
    """Every header that such a file may have."""
    return frozenset(key for key, _ in aliases(kind))

"""Which file holds what, by its header, and which column is which field."""

import pytest

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.record_kinds import KINDS, NEEDED, SIGNS, aliases, fields_of
from pipeboard.domain.imports.records import columns_of, recognised

HEADERS = {
    "pipedrive people": (
        "contacts",
        "pipedrive",
        "Person - ID,Person - Name,Person - Email - Work",
    ),
    "pipedrive organisations": (
        "companies",
        "pipedrive",
        "Organisation - ID,Organisation - Name",
    ),
    "pipedrive activities": (
        "activities",
        "pipedrive",
        "Activity - Done,Activity - Subject,Activity - Type,Activity - Due date,Activity - Deal",
    ),
    "pipedrive notes": ("activities", "pipedrive", "Note - Content,Note - User,Note - Deal,Note - Add time"),
    "pipedrive products": ("products", "pipedrive", "Product - Name,Product - Product code,Product - Unit price"),
    "hubspot companies": ("companies", "hubspot", "Record ID,Company name,Company Domain Name,Industry,Company owner"),
    "hubspot contacts": ("contacts", "hubspot", "Record ID,First Name,Last Name,Email,Phone Number,Lead Status"),
    "hubspot tasks": ("tasks", "hubspot", "Record ID,Task Title,Task Status,Due date,Priority,Assigned to"),
    "hubspot calls": (
        "activities",
        "hubspot",
        "Record ID,Call Title,Call notes,Activity date,Call outcome",
    ),
    "hubspot notes": ("activities", "hubspot", "Record ID,Note body,Create date,Associated Deal"),
    "hubspot products": ("products", "hubspot", "Record ID,Name,SKU,Unit price"),
    "salesforce accounts": ("companies", "salesforce", "Account Name,Billing City,Phone,Type"),
    "salesforce tasks": (
        "tasks",
        "salesforce",
        "Subject,Due Date,Priority,Status,Assigned,Opportunity",
    ),
    "salesforce products": ("products", "salesforce", "Product Name,Product Code,List Price,Product Family"),
    "zoho products": ("products", "zoho", "Product Name,Unit Price,Product Category"),
    "bitrix contacts": ("contacts", "generic", "ID,Имя,Фамилия,Должность,Компания,Рабочий e-mail"),
    "bitrix companies": ("companies", "generic", "ID,Название компании,Сфера деятельности,Корпоративный сайт"),
    "polish people": ("contacts", "generic", "Imię,Nazwisko,Firma,Telefon"),
    "german people": ("contacts", "generic", "Vorname,Nachname,Firma,Telefon"),
    "a spreadsheet of people": ("contacts", "generic", "Name,Company,Email,Phone"),
    "a spreadsheet of tasks": ("tasks", "generic", "Task,Due date,Owner,Deal"),
    "a spreadsheet of calls": ("activities", "generic", "Activity ID,Deal,Date,Type,Subject,Owner"),
    "a price list": ("products", "generic", "Product,Series,Sales_price"),
    "taskwarrior": ("tasks", "taskwarrior", "uuid,description,status,entry,due,project"),
    "quotas": ("quotas", "generic", "rep_id,rep_name,quota_q4_2026"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_is_known_by_its_header(name: str) -> None:
    kind, tool, header = HEADERS[name]
    assert recognised(header.split(",")) == (kind, tool)


@pytest.mark.parametrize(
    "header",
    [
        "Deal name,Stage,Amount",
        "Name,Email,Company,Value",
        "Client Name,Sales Representative,Deal Stage,Expected Close Date,Deal Value ($),Status",
        "Deal - Title,Deal - Value,Person - Name,Organization - Name",
        "Record ID,Deal Name,Deal Stage,Amount,Close Date",
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount",
        "Название сделки,Стадия сделки,Сумма,Контакт",
        "Name,Stage,Email",
        "title,company,value",
    ],
)
def test_files_of_deals_are_left_to_the_deals(header: str) -> None:
    assert recognised(header.split(",")) is None


def test_columns_as_told_and_as_everybody_calls_them() -> None:
    columns = columns_of(
        "contacts", ["Wer", "E-Mail", "Shoe size", "Pipeboard: why"], {"wer": "name", "E-Mail": "ignored"}
    )
    assert columns.fields == {"name": 0}
    assert columns.rest == (2,)
    assert columns.ignored == (1, 3)


def test_a_target_may_stand_in_the_header() -> None:
    assert columns_of("quotas", ["rep_name", "Quota H1 2027"]).period == "2027-H1"
    assert columns_of("quotas", ["rep_name", "Target 2027"]).period == "2027"


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ({"Nmae": "name"}, "Did you mean 'Name'?"),
        ({"Name": "stage"}, "Contacts have no field 'stage'. Fields: external_id, name"),
        ({"Name": "email", "Mail": "email"}, "only one can be"),
    ],
)
def test_what_cannot_be_told(told: dict[str, str], part: str) -> None:
    with pytest.raises(InvalidInput) as error:
        columns_of("contacts", ["Name", "Mail"], told)
    assert part in str(error.value)


def test_the_tables_hold_together() -> None:
    assert set(NEEDED) == set(KINDS)
    for kind in KINDS:
        assert set(NEEDED[kind]) <= set(fields_of(kind))
    for kind, must, any_of, _ in SIGNS:
        names = [*must.split("|"), *filter(None, any_of.split("|"))]
        assert names == [name.lower() for name in names], kind
        known = dict(aliases(kind))
        assert set(NEEDED[kind]) & {known.get(name) for name in names}, (kind, must)

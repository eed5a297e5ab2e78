"""How the exports of other tools name their columns, and how to tell which tool a header came from.

The facts are those of the machine-readable list beside DOMAIN.md section 3 (vendor documentation, public code
that works on exports); where the list calls something a guess, so does the comment here.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from pipeboard.domain.errors import InvalidInput
from pipeboard.domain.imports.headers import header_key, header_keys

GENERIC: Final = "generic"
"""The profile of every file that no tool is recognised in."""

OWN: Final = "pipeboard"
"""The profile of our own exports, which come back exactly."""

IGNORED: Final = "ignored"
"""The field of columns that the other tool computes from the rest; they are not kept."""

_FIELD_NAMES: Final = """
external_id title company contact contact_email contact_phone owner product source value currency
probability pipeline stage status is_won is_lost is_closed created_on started_on expected_close_on
close_date closed_on won_on lost_on payment_on stage_entered_on lost_reason closed_from tags note next_step
contact_job company_website cost recurring_months hot attention forecast_category wakes_on park_reason close_note link
next_step_due
"""
FIELDS: Final = frozenset(_FIELD_NAMES.split())
"""What a column may mean. `close_date` is the expected day of open deals and the actual one of closed deals."""

DATE_FIELDS: Final[tuple[str, ...]] = (
    "created_on",
    "started_on",
    "expected_close_on",
    "close_date",
    "closed_on",
    "won_on",
    "lost_on",
    "payment_on",
    "stage_entered_on",
    "wakes_on",
    "next_step_due",
)
"""The fields that hold days."""


class Profile(NamedTuple):
    """The columns of one tool. Recognised by all headers of `must`, one of `any_of` and none of `none_of`.

    `aliases` gives the field of a header key; the order decides which of two columns for one field wins.
    """

    name: str
    must: frozenset[str]
    any_of: frozenset[str]
    none_of: frozenset[str]
    aliases: Mapping[str, str]


def _profile(name: str, must: str, any_of: str, columns: str, none_of: str = "") -> Profile:
    """A profile from text: one field a line, "field: header | header"."""
    return Profile(name, _keys(must), _keys(any_of), _keys(none_of), _aliases(columns))


def _keys(text: str) -> frozenset[str]:
    """The header keys of a text with bars between them."""
    return frozenset(header_key(part) for part in text.split("|") if part.strip())


def _aliases(columns: str) -> dict[str, str]:
    """Header key to field, in the order written."""
    aliases: dict[str, str] = {}
    for line in columns.strip().splitlines():
        field, _, names = line.partition(":")
        for name in names.split("|"):
            aliases.setdefault(header_key(name), field.strip())
    return aliases


_OWN: Final = _profile(
    OWN,
    "id|title|weighted value|stage entered|lost at stage|park reason|next step due",
    "",
    """
external_id: id
title: title
company: company
contact: contact
contact_job: contact job
contact_email: contact email
contact_phone: contact phone
company_website: company website
owner: owner
pipeline: pipeline
stage: stage
status: status
value: value
currency: currency
ignored: weighted value
cost: cost
probability: probability
recurring_months: recurring months
product: product
source: source
tags: tags
hot: hot
attention: attention
forecast_category: forecast category
created_on: created
started_on: start date
expected_close_on: expected close date
closed_on: closed on
payment_on: payment date
wakes_on: wakes on
stage_entered_on: stage entered
lost_reason: lost reason
closed_from: lost at stage
close_note: close note
park_reason: park reason
next_step: next step
next_step_due: next step due
link: link
note: notes
ignored: pipeboard: why
""",
)

_PIPEDRIVE: Final = _profile(
    "pipedrive",
    "deal - title",
    "deal - stage|deal - stage (pipeline)|deal - value|deal - status|deal - id|deal - pipedrive system id",
    """
external_id: deal - id|deal - pipedrive system id
title: deal - title
value: deal - value
currency: deal - currency of value|deal - currency
probability: deal - probability
company: deal - organization|organization|organization - name
contact: deal - contact person|contact person|person - name
contact_email: person - email|person - email (work)|person - email - work|person - email (home)
contact_phone: person - phone|person - phone (work)
owner: deal - owner
pipeline: deal - pipeline
stage: deal - stage|deal - stage (pipeline)
status: deal - status
tags: deal - label
created_on: deal - deal created|deal - creation date
stage_entered_on: deal - last stage change
expected_close_on: deal - expected close date
won_on: deal - won time
lost_on: deal - lost time
closed_on: deal - deal closed on|deal - closed on
lost_reason: deal - lost reason
source: deal - source channel|deal - source origin|deal - lead source
product: deal - product name
note: note - content
next_step: activity - subject
ignored: deal - weighted value|deal - currency of weighted value|deal - total activities|deal - done activities
ignored: deal - activities to do|deal - email messages count|deal - product quantity|deal - product amount
ignored: deal - visible to|deal - creator|deal - archive status|deal - archive time|deal - last email received
ignored: deal - last email sent|deal - sequence enrollment|deal - source origin id|deal - source channel id
ignored: deal - organization id|deal - contact person id
""",
)

_HUBSPOT: Final = _profile(
    "hubspot",
    "deal name",
    "record id|dealname|deal stage",
    """
external_id: record id|deal id
title: deal name|dealname
value: amount
currency: currency|deal currency code
probability: deal probability|hs deal stage probability
pipeline: pipeline
stage: deal stage|dealstage
owner: deal owner|hubspot owner id
company: associated company|associated company (primary)|company name
contact: associated contact
created_on: create date|createdate
close_date: close date|closedate
is_won: is closed won
is_lost: is closed lost
is_closed: is deal closed?
lost_reason: closed lost reason
next_step: next step
source: original traffic source|original source type|original source|lead source
stage_entered_on: date entered current stage
ignored: weighted amount|weighted amount in company currency|forecast amount|days to close
ignored: is in first deal stage|number of associated contacts|hubspot team|last modified date
ignored: amount in company currency
""",
    none_of="account name.id|closing date",
)

_SALESFORCE_REPORT: Final = _profile(
    "salesforce_report",
    "opportunity name",
    "stage|account name|probability (%)|fiscal period|opportunity owner",
    """
external_id: opportunity id|opportunity id (18)
title: opportunity name
company: account name
owner: opportunity owner|owner
stage: stage
value: amount|amount (converted)|total amount
currency: amount currency|amount (converted) currency|total amount currency|opportunity currency
probability: probability (%)|probability
close_date: close date
closed_on: closed date
created_on: created date
next_step: next step|opportunity next steps
source: lead source
is_closed: closed
is_won: won
stage_entered_on: last stage change date
lost_reason: loss reason|reason lost|closed lost reason
note: description
product: product name
contact: primary contact|contact name
ignored: fiscal period|age|expected revenue|stage duration|has overdue task|has open activity
ignored: fiscal year|fiscal quarter
""",
)

_SALESFORCE_API: Final = _profile(
    "salesforce_api",
    "stagename",
    "closedate|amount",
    """
external_id: id
title: name
company: account.name
stage: stagename
value: amount
currency: currencyisocode
probability: probability
close_date: closedate
created_on: createddate
is_closed: isclosed
is_won: iswon
owner: owner.name|ownerid
source: leadsource
next_step: nextstep
stage_entered_on: laststagechangedate
note: description
ignored: fiscal|fiscalyear|fiscalquarter|expectedrevenue|hasopenactivity|hasoverduetask
""",
)

# No public sample of this spreadsheet is known: the names are those of the API's fields, so the fingerprint
# asks for more headers than the others do.
_SALESFLARE: Final = _profile(
    "salesflare",
    "account|start date|close date",
    "opportunity|opportunity name|stage",
    """
external_id: id
title: opportunity|opportunity name|name
company: account|account name
owner: owner|assignee
pipeline: pipeline
stage: stage
value: value|opportunity value
currency: currency
started_on: start date|startdate
close_date: close date|closedate
created_on: creation date|created
probability: probability
is_closed: closed
lost_reason: lost reason
source: lead source|source
tags: tags
""",
)

_ZOHO: Final = _profile(
    "zoho",
    "deal name|closing date",
    "record id|account name.id|stage",
    """
external_id: record id
title: deal name
company: account name
contact: contact name
stage: stage
close_date: closing date
value: amount
source: lead source
note: description
owner: deal owner
pipeline: pipeline
probability: probability (%)|probability
created_on: created time
next_step: next step
lost_reason: reason for loss|reason for loss__s
""",
)

_MAVEN: Final = _profile(
    "maven_demo",
    "opportunity_id|deal_stage|close_value",
    "",
    """
external_id: opportunity_id
owner: sales_agent
product: product
company: account
stage: deal_stage
started_on: engage_date
close_date: close_date
value: close_value
""",
)

_GENERIC: Final = _profile(
    GENERIC,
    "",
    "",
    """
external_id: id|deal id|opportunity id|record id|external id|номер сделки|id сделки|identyfikator|id szansy
title: deal|deal name|deal title|opportunity|opportunity name|title|name|subject|сделка|название сделки
title: наименование сделки|название|nazwa szansy|szansa sprzedaży|szansa|nazwa|temat
title: dealname|deal_name
title: geschäftschance|verkaufschance|opportunity-name|bezeichnung|titel
company: company|company name|account|account name|client|client name|customer|customer name|organization
company: company.name|organization.name|org_id.name|account.name|company_name
company: организация|компания|клиент|контрагент|firma|klient|kunde|unternehmen|firma/kunde
contact: contact|contact name|contact person|person|контакт|контактное лицо|фио|kontakt|osoba kontaktowa
contact: contact.name|person_id.name|person.name|contact_name
contact: ansprechpartner|kontaktperson
contact_email: email|e-mail|contact email|contact e-mail|электронная почта|почта|adres e-mail|mail
contact_phone: phone|contact phone|phone number|mobile|телефон|рабочий телефон|telefon|telefonnummer
value: deal value|value|amount|deal amount|sum|price|total|close value|сумма сделки|сумма|бюджет|стоимость
value: pipeline value|wartość|kwota|wartość szansy|wert|betrag|summe|auftragswert|volumen
currency: currency|currency code|валюта|waluta|währung
stage: stage|deal stage|sales stage|stage name|этап сделки|стадия сделки|этап|стадия|etap|etap sprzedaży
stage: phase|verkaufsphase|stufe|dealstage|deal_stage|stage.name|stage_id.name
status: status|deal status|статус сделки|статус
pipeline: pipeline|воронка|направление|lejek
probability: probability|probability (%)|win probability|вероятность сделки|вероятность|prawdopodobieństwo
probability: wahrscheinlichkeit
owner: owner|deal owner|sales rep|sales representative|sales agent|rep|rep name|assigned to|assignee
owner: account manager|manager|ответственный|менеджер|opiekun|handlowiec|zuständig|verantwortlich|verkäufer
owner: bearbeiter|rep id|owner.name|user_id.name|owner_name|hubspot_owner_id
product: product|product name|product line|service|product/service|продукт|товар|услуга|produkt|usługa
product: produktname
source: lead source|deal source|source|channel|источник сделки|источник|źródło|quelle|leadquelle
expected_close_on: expected close date|expected close|due date|предполагаемая дата закрытия
expected_close_on: планируемая дата закрытия|planowana data zamknięcia|przewidywana data zamknięcia
expected_close_on: erwarteter abschluss|voraussichtlicher abschluss|geplanter abschluss
close_date: closedate|close_date|close date|closing date|дата закрытия|дата завершения|data zamknięcia|abschlussdatum
closed_on: closed on|closed date|closed at|date closed|фактическая дата закрытия|data faktycznego zamknięcia
closed_on: abgeschlossen am|geschlossen am
won_on: won on|won date|won time|дата выигрыша|gewonnen am
lost_on: lost on|lost date|lost time|дата отказа|verloren am
payment_on: payment date|paid on|дата оплаты|дата прихода денег|data płatności|zahlungsdatum|bezahlt am
created_on: created|created date|create date|created on|created at|creation date|date created|дата создания
created_on: data utworzenia|utworzono|erstellt am|erstellt|eröffnet am|angelegt am
started_on: start date|started|started on|engage date|дата начала|data rozpoczęcia|startdatum|beginn
stage_entered_on: stage entered|date entered stage|date entered current stage|last stage change|in stage since
is_won: is won|won
is_lost: is lost|lost
is_closed: is closed
lost_reason: lost reason|loss reason|reason lost|closed lost reason|причина отказа|причина потери|powód straty
lost_reason: powód utraty|verlustgrund|grund der ablehnung
closed_from: lost at stage|stage of loss|стадия отказа
next_step: next step|next action|action items|следующий шаг|следующее действие|następny krok|nächster schritt
note: note|notes|comment|comments|description|комментарий|примечание|notatki|uwagi|opis|bemerkung|notiz|notizen
note: kommentar|beschreibung
tags: tags|tag|labels|label|теги|tagi|etykiety|schlagworte
contact_job: contact job|job title|position|должность|stanowisko
company_website: company website|website|веб-сайт|сайт
link: link|url
next_step_due: next step due|next step date
ignored: weighted value|weighted amount|expected revenue|pipeboard: why
""",
)

PROFILES: Final = (
    _OWN,
    _PIPEDRIVE,
    _ZOHO,
    _HUBSPOT,
    _SALESFORCE_REPORT,
    _SALESFORCE_API,
    _MAVEN,
    _SALESFLARE,
    _GENERIC,
)
"""Every profile, the surest fingerprints first, the generic one last."""


def detect(headers: Sequence[str]) -> Profile:
    """The profile whose fingerprint a header carries; the generic one if none does."""
    keys = {key for header in headers for key in header_keys(header)}
    for profile in PROFILES[:-1]:
        has_one = not profile.any_of or profile.any_of & keys
        if profile.must <= keys and has_one and not profile.none_of & keys:
            return profile
    return _GENERIC


def named(name: str) -> Profile:
    """The profile of this name or unique beginning of one. Raises InvalidInput that lists the names."""
    wanted = name.strip().casefold().replace("-", "_")
    found = [profile for profile in PROFILES if profile.name == wanted]
    found = found or [profile for profile in PROFILES if profile.name.startswith(wanted)]
    if len(found) != 1:
        names = ", ".join(profile.name for profile in PROFILES)
        raise InvalidInput(f"There is no import profile {name!r}. There are: {names}.")
    return found[0]


def known_headers(cells: Sequence[str], told: Collection[str] = ()) -> int:
    """How many of these cells are headers that some profile, or the mapping that was told, knows."""
    return sum(any(key in told or key in _EVERY_HEADER for key in header_keys(cell)) for cell in cells if cell)


_EVERY_HEADER: Final = frozenset(key for profile in PROFILES[1:] for key in profile.aliases)

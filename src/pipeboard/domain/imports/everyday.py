"""How people name the columns of tables that they keep by hand: English, Russian, Polish and German."""

from typing import Final

from pipeboard.domain.imports.fields import GENERIC, profile

EVERYDAY: Final = profile(
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

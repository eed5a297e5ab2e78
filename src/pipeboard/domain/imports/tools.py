"""How the exports of other tools name their columns.

The facts are those of the machine-readable list beside DOMAIN.md section 3 (vendor documentation, public code
that works on exports); where the list calls something a guess, so does the comment here.
"""

from typing import Final

from pipeboard.domain.imports.fields import profile

PIPEDRIVE: Final = profile(
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

HUBSPOT: Final = profile(
    "hubspot",
    "deal name ;; dealname ;; deal_id|property_dealname",
    "record id|deal stage|dealstage|createdate|deal_pipeline_stage_id",
    """
external_id: record id|deal id|hs object id|id
title: deal name|dealname|property_dealname
value: amount|property_amount
currency: currency|deal currency code
probability: deal probability|hs deal stage probability
pipeline: pipeline|deal_pipeline_id
stage: deal stage|dealstage|deal_pipeline_stage_id
owner: deal owner|hubspot owner id|owner_id
company: associated company|associated company (primary)|company name
contact: associated contact
created_on: create date|createdate|property_createdate
close_date: close date|closedate|property_closedate
is_deleted: is_deleted
note: property_description
is_won: is closed won|hs is closed won
is_lost: is closed lost|hs is closed lost
is_closed: is deal closed?|hs is closed
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

SALESFORCE_REPORT: Final = profile(
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

SALESFORCE_API: Final = profile(
    "salesforce_api",
    "stagename ;; id|name|stage_name|close_date|is_won",
    "closedate|close_date|amount",
    """
external_id: id
title: name
company: account.name
stage: stagename|stage_name
value: amount
currency: currencyisocode|currency_iso_code
probability: probability
close_date: closedate|close_date
created_on: createddate|created_date
is_closed: isclosed|is_closed
is_won: iswon|is_won
is_deleted: isdeleted|is_deleted
owner: owner.name|ownerid|owner_id
source: leadsource|lead_source
next_step: nextstep|next_step
stage_entered_on: laststagechangedate|last_stage_change_date
note: description
ignored: fiscal|fiscalyear|fiscalquarter|expectedrevenue|hasopenactivity|hasoverduetask
ignored: fiscal_year|fiscal_quarter|expected_revenue|has_open_activity|has_overdue_task
""",
)

# No public sample of this spreadsheet is known: the names are those of the API's fields, so the fingerprint
# asks for more headers than the others do.
SALESFLARE: Final = profile(
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

ZOHO: Final = profile(
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

MAVEN: Final = profile(
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

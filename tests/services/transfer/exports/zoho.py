"""Zoho (days in three writings in one column, rows of nothing but commas) and Salesflare, as far as it is known."""

# ruff: noqa: E501 - rows of files as they are

from tests.services.transfer.exports.rows import Export, Row, text

_ZOHO = """\
"Record Id","Deal Name","Account Name","Account Name.id","Contact Name","Stage","Closing Date","Amount","Lead Source","Description","Type","Deal Owner","Probability (%)","Created Time"
"4876876000000333001","Vault","Bank One","4876876000000333101","Zed Poe","Qualified",2026-11-15,"95,570.69","Cold Call","Two
lines","New Business","Pam Li","40","2026-01-04 10:11:12"
"4876876000000333002","Safe","Bank Two","4876876000000333102","","Proposal made",12/31/2026,"$12,400.00","","","","Pam Li","55","2026-01-05 10:11:12"
"4876876000000333003","Lock","Bank Two","4876876000000333102","","Closed Won","Sep 12, 2026",8000,"","","","Pam Li","100","2026-01-06 10:11:12"
,,,,,,,,,,,,,
,,,,,,,,,,,,,
"""
_SALESFLARE = """\
ID,Opportunity,Account,Owner,Pipeline,Stage,Value,Currency,Start date,Close date,Closed,Lost reason,Probability
11,Blue boat,Sea Inc,Kit Wu,Sales,Qualified,1500,EUR,2026-01-05,2026-08-01,No,,35
12,Red boat,Sea Inc,Kit Wu,Sales,Won,2500,EUR,2026-01-06,2026-02-07,Yes,,100
"""
ZOHO = (
    Export(
        "zoho",
        "zoho",
        text(_ZOHO),
        (
            Row("Vault", "Qualified", "open", 9_557_069, "USD", "Bank One", "Zed Poe", "Pam Li", 40, "2026-01-04",
                "2026-11-15", "", "", "4876876000000333001"),
            Row("Safe", "Proposal made", "open", 1_240_000, "USD", "Bank Two", "", "Pam Li", 55, "2026-01-05",
                "2026-12-31", "", "", "4876876000000333002"),
            Row("Lock", "Won", "won", 800_000, "USD", "Bank Two", "", "Pam Li", 100, "2026-01-06", "", "2026-09-12",
                "", "4876876000000333003"),
        ),
        ((6, "blank"), (7, "blank")),
    ),
    Export(
        "salesflare",
        "salesflare",
        text(_SALESFLARE),
        (
            Row("Blue boat", "Qualified", "open", 150_000, "EUR", "Sea Inc", "", "Kit Wu", 35, "", "2026-08-01", "",
                "", "11"),
            Row("Red boat", "Won", "won", 250_000, "EUR", "Sea Inc", "", "Kit Wu", 100, "", "", "2026-02-07", "",
                "12"),
        ),
    ),
)  # fmt: skip

"""Pipedrive: "Deal - Title", deals that keep their stage when they are won or lost, days by the user's locale."""

# ruff: noqa: E501 - rows of files as they are

from datetime import date

from tests.services.transfer.exports.rows import Export, Row, text, workbook

_CSV = """\
"Deal - ID","Deal - Title","Deal - Creator","Deal - Owner","Deal - Value","Deal - Currency of Value","Deal - Weighted value","Deal - Currency of Weighted value","Deal - Probability","Deal - Organization","Deal - Organization ID","Deal - Pipeline","Deal - Contact person","Deal - Contact person ID","Deal - Stage","Deal - Label","Deal - Status","Deal - Deal created","Deal - Update time","Deal - Last stage change","Deal - Next activity date","Deal - Last activity date","Deal - Won time","Deal - Lost time","Deal - Deal closed on","Deal - Lost reason","Deal - Visible to","Deal - Total activities","Deal - Expected close date","Deal - Source channel"
"41","Harbour cranes","Ines Vogt","Ines Vogt","12500","EUR","6250","EUR","50","Port of Hvide","7","Sales","Nia Okoro","9","Qualified","Hot","Open","2026-01-12 08:31:10","2026-03-02 10:00:00","2026-02-01 09:00:00","2026-04-01","2026-03-01","","","","","Entire company","4","2026-06-30","Web"
"42","Cold store","Ines Vogt","Omar Haddad","990.50","USD","990.5","USD","","Fjord Fish","8","Sales","","","Proposal made","","Won","2026-01-02 11:00:00","2026-02-20 12:00:00","2026-02-11 09:00:00","","2026-02-20","2026-02-20 12:00:00","","2026-02-20 12:00:00","","Entire company","2","2026-03-31",""
"43","Belt repair","Ines Vogt","Omar Haddad","0","USD","0","USD","","Fjord Fish","8","Sales","Ada Lund","10","Lead","","Lost","2026-01-05 07:00:00","2026-02-03 12:00:00","2026-01-05 07:00:00","","2026-02-01","","2026-02-03 12:00:00","2026-02-03 12:00:00","Too expensive","Entire company","2","",""
"""
_ROWS = (
    Row("Harbour cranes", "Qualified", "open", 1_250_000, "EUR", "Port of Hvide", "Nia Okoro", "Ines Vogt", 50,
        "2026-01-12", "2026-06-30", "", "", "41"),
    Row("Cold store", "Won", "won", 99_050, "USD", "Fjord Fish", "", "Omar Haddad", None,
        "2026-01-02", "", "2026-02-20", "", "42"),
    Row("Belt repair", "Lost", "lost", 0, "USD", "Fjord Fish", "Ada Lund", "Omar Haddad", None,
        "2026-01-05", "", "2026-02-03", "Too expensive", "43"),
)  # fmt: skip
_BRITISH = """\
Deal - ID,Deal - Title,Deal - Organisation,Deal - Owner,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Expected close date,Deal - Deal created,Deal - Won time
51,Tea round,Leaf & Co,Mo Ito,Contacted,Open,"1,250.00",GBP,25/12/2026,13/01/2026 09:15,
52,Milk round,Leaf & Co,Mo Ito,Contacted,Won,"£2,000",GBP,05/06/2026,01/02/2026 10:00,03/04/2026 16:45
"""


def _xlsx() -> bytes:
    header = ["Deal - ID", "Deal - Title", "Deal - Organization", "Deal - Owner", "Deal - Stage", "Deal - Status",
              "Deal - Value", "Deal - Currency of Value", "Deal - Probability", "Deal - Deal created",
              "Deal - Won time", "Deal - Expected close date"]  # fmt: skip
    return workbook(
        [
            header,
            [61, "Rope", "Mast AB", "Ines Vogt", "Lead", "Open", 1234.56, "SEK", 20, 45631, "", date(2026, 7, 4)],
            [62, "Anchor", "Mast AB", "Ines Vogt", "Lead", "Won", 500, "SEK", "", 45631.75, 46023.5, ""],
        ],
        {11: "dd/mm/yyyy"},
        "deals-export",
    )


PIPEDRIVE = (
    Export("pipedrive csv", "pipedrive", text(_CSV), _ROWS),
    Export("pipedrive csv of Windows", "pipedrive", text("\ufeff" + _CSV, newline="\r\n"), _ROWS),
    Export(
        "pipedrive in Britain",
        "pipedrive",
        text(_BRITISH),
        (
            Row("Tea round", "Contacted", "open", 125_000, "GBP", "Leaf & Co", "", "Mo Ito", None,
                "2026-01-13", "2026-12-25", "", "", "51"),
            Row("Milk round", "Won", "won", 200_000, "GBP", "Leaf & Co", "", "Mo Ito", None,
                "2026-02-01", "", "2026-04-03", "", "52"),
        ),
    ),
    Export(
        "pipedrive xlsx with serial days",
        "pipedrive",
        _xlsx,
        (
            Row("Rope", "Lead", "open", 123_456, "SEK", "Mast AB", "", "Ines Vogt", 20,
                "2024-12-05", "2026-07-04", "", "", "61"),
            Row("Anchor", "Won", "won", 50_000, "SEK", "Mast AB", "", "Ines Vogt", None,
                "2024-12-05", "", "2026-01-01", "", "62"),
        ),
    ),
)  # fmt: skip

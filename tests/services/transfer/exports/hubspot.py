"""HubSpot: the columns of a view, several ids in one cell, the day each stage was entered, names of the API."""

# ruff: noqa: E501 - rows of files as they are

import json

from tests.services.transfer.exports.rows import Export, Row, text

_VIEW = '''\
"Record ID","Deal Name","Deal Stage","Pipeline","Amount","Currency","Deal owner","Create Date","Close Date","Deal probability","Closed Lost Reason","Is Closed Won","Is closed lost","Associated Company","Associated Company IDs","Associated Contact","Associated Contact IDs","Last Activity Date","Date entered current stage","Date entered ""Appointment Scheduled (Sales Pipeline)""","Date entered 'Contract Sent (Sales Pipeline)'","Weighted amount"
"9001","Solar roof","Appointment Scheduled","Sales Pipeline","48000.0","EUR","Ruth Abel","2026-01-09 14:03","2026-09-30 23:59","0.2","","false","false","Helios AG (helios.example)","8001","Jan Hus (jan@helios.example)","701","2026-02-02 10:00","2026-01-10 09:00","2026-01-10 09:00","","9600"
"9002","Wind park","Closed Won","Sales Pipeline","1000000","EUR","Ruth Abel","2025-11-03 08:00","2026-02-14 16:20","1.0","","true","false","Mistral;Boreas","8002;8003","","","2026-02-14 16:20","2026-02-14 16:20","2025-11-05 08:00","2026-01-20 11:30","1000000"
"9003","Heat pump","Closed Lost","Sales Pipeline","","EUR","","2025-12-01 08:00","2026-01-15 09:00","0.0","Budget","false","true","","","","","","2026-01-15 09:00","","","0"
'''
_API = """\
dealname,amount,closedate,dealstage,pipeline,createdate,hubspot_owner_id,closed_lost_reason,hs_object_id
Press,5400,2026-10-31T00:00:00Z,appointmentscheduled,default,2026-02-01T22:30:00Z,77120,,5501
Lathe,800.5,2026-03-03T12:00:00.000Z,closedwon,default,2026-01-15T08:00:00.000Z,77120,,5502
Mill,120,2026-03-04T12:00:00.000Z,closedlost,default,2026-01-15T08:00:00.000Z,77121,No reply,5503
"""
_API_ROWS = (
    Row("Press", "appointmentscheduled", "open", 540_000, "USD", "", "", "77120", None,
        "2026-02-01", "2026-10-31", "", "", "5501"),
    Row("Lathe", "Won", "won", 80_050, "USD", "", "", "77120", None, "2026-01-15", "", "2026-03-03", "", "5502"),
    Row("Mill", "Lost", "lost", 12_000, "USD", "", "", "77121", None, "2026-01-15", "", "2026-03-04", "No reply",
        "5503"),
)  # fmt: skip


def _json() -> bytes:
    header, *lines = (line.split(",") for line in _API.strip().splitlines())
    results = []
    for cells in lines:
        deal = dict(zip(header, cells, strict=True))
        results.append({"id": deal["hs_object_id"], "properties": deal, "archived": False})
    return json.dumps({"results": results, "paging": {"next": {"after": "3"}}}).encode()


HUBSPOT = (
    Export(
        "hubspot view",
        "hubspot",
        text(_VIEW),
        (
            Row("Solar roof", "Appointment Scheduled", "open", 4_800_000, "EUR", "Helios AG", "Jan Hus", "Ruth Abel", 20,
                "2026-01-09", "2026-09-30", "", "", "9001"),
            Row("Wind park", "Won", "won", 100_000_000, "EUR", "Mistral", "", "Ruth Abel", 100,
                "2025-11-03", "", "2026-02-14", "", "9002"),
            Row("Heat pump", "Lost", "lost", None, "EUR", "", "", "", 0,
                "2025-12-01", "", "2026-01-15", "Budget", "9003"),
        ),
    ),
    Export("hubspot with the names of the API", "hubspot", text(_API), _API_ROWS),
    Export("hubspot answers of the API", "hubspot", _json, _API_ROWS),
)  # fmt: skip

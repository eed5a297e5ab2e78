"""Exports of every tool, written by hand as the tool writes them, and what each must come in as."""

from tests.services.transfer.exports.bitrix24 import BITRIX24
from tests.services.transfer.exports.hubspot import HUBSPOT
from tests.services.transfer.exports.pipedrive import PIPEDRIVE
from tests.services.transfer.exports.rows import Export, Row
from tests.services.transfer.exports.salesforce import SALESFORCE
from tests.services.transfer.exports.spreadsheets import SPREADSHEETS
from tests.services.transfer.exports.zoho import ZOHO

EXPORTS: tuple[Export, ...] = (*PIPEDRIVE, *HUBSPOT, *SALESFORCE, *ZOHO, *BITRIX24, *SPREADSHEETS)
"""All of them."""

__all__ = ["EXPORTS", "Export", "Row"]

"""Currencies by name, as some tools export them in place of the code: "Российский рубль", "US Dollar"."""

from typing import Final

from pipeboard.domain.currencies import currency_of
from pipeboard.domain.text import search_key

_NAMES: Final = """
USD us dollar|u.s. dollar|united states dollar|american dollar|доллар сша|доллары сша|dolar amerykański|us-dollar
EUR euro|euros|евро
GBP british pound|pound sterling|british pound sterling|фунт стерлингов|funt szterling|britisches pfund
RUB russian ruble|russian rouble|российский рубль|рубль|рубли|руб.|rubel rosyjski|russischer rubel
UAH hryvnia|ukrainian hryvnia|гривна|украинская гривна|гривня
KZT tenge|kazakhstani tenge|тенге|казахстанский тенге
BYN belarusian ruble|белорусский рубль
PLN polish zloty|zloty|польский злотый|złoty|złoty polski|polnischer zloty
CHF swiss franc|швейцарский франк|frank szwajcarski|schweizer franken
CZK czech koruna|чешская крона|korona czeska
SEK swedish krona|шведская крона|korona szwedzka
NOK norwegian krone|норвежская крона
DKK danish krone|датская крона
CAD canadian dollar|канадский доллар
AUD australian dollar|австралийский доллар
JPY japanese yen|yen|японская иена|иена
CNY chinese yuan|yuan|renminbi|китайский юань|юань
INR indian rupee|индийская рупия
BRL brazilian real|бразильский реал
TRY turkish lira|турецкая лира
"""
_CODES: Final = {search_key(name): line[:3] for line in _NAMES.strip().splitlines() for name in line[4:].split("|")}


def named_currency(text: str, home: str) -> str | None:
    """The code of a currency given by code, sign or name; None for what is none."""
    return currency_of(text, home) or _CODES.get(search_key(text))

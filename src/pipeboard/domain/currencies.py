"""ISO 4217: which currencies there are, how many decimals each has, and the signs people type.

The decimals follow ISO 4217 itself (CLDR differs: it gives Iraqi dinars and ariary none), see
RELIABILITY section 4.
"""

from typing import Final

_EVERY_CODE: Final = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD
KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV
WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""

CODES: Final = frozenset(_EVERY_CODE.split())
"""Every code in use."""

_WITHOUT_DECIMALS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DECIMALS: Final = {
    **dict.fromkeys(_WITHOUT_DECIMALS.split(), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}

PREFIX_SIGNS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "RUB": "₽",
    "UAH": "₴",
    "INR": "₹",
    "TRY": "₺",
    "KZT": "₸",
    "ILS": "₪",
    "KRW": "₩",
    "VND": "₫",
    "GEL": "₾",
    "NGN": "₦",
    "PHP": "₱",
    "CAD": "CA$",
    "AUD": "A$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "MXN": "MX$",
    "BRL": "R$",
    "TWD": "NT$",
    "CNY": "CN¥",
}
"""Signs written before the number, by currency."""

SUFFIX_SIGNS: Final = {"PLN": "zł", "CZK": "Kč", "HUF": "Ft", "SEK": "kr", "BGN": "лв"}
"""Signs written after the number, by currency."""

SHARED_SIGNS: Final = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD", "ARS", "CLP", "COP"),
    "¥": ("JPY", "CNY"),
    "￥": ("JPY", "CNY"),
    "£": ("GBP", "EGP", "LBP"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
"""Signs several currencies use: the first is meant unless the workspace counts in another of them."""

WORDS: Final = {
    **{sign.casefold(): code for code, sign in (PREFIX_SIGNS | SUFFIX_SIGNS).items()},
    "us$": "USD",
    "zl": "PLN",
    "kc": "CZK",
    "руб": "RUB",
    "р": "RUB",
    "rub": "RUB",
    "грн": "UAH",
    "euro": "EUR",
    "￥": "JPY",
}
"""Every sign and word that may be typed for a currency, case-folded, besides the codes."""


def is_currency(code: str) -> bool:
    """Whether this is an ISO 4217 code in use, in capitals."""
    return code in CODES


def exponent(code: str) -> int:
    """How many decimals a currency has: 2 for most, 0 for yen, 3 for dinars."""
    return _DECIMALS.get(code, 2)


def symbol(code: str) -> str:
    """The sign of a currency, or its code when it has none of its own."""
    return PREFIX_SIGNS.get(code) or SUFFIX_SIGNS.get(code) or code


def currency_of(word: str, home: str | None = None) -> str | None:
    """The currency meant by a sign, word or code in any case; None if it is none.

    A sign shared by several currencies means `home` when that is one of them.
    """
    key = word.casefold().removesuffix(".")
    if home is not None and home in SHARED_SIGNS.get(key, ()):
        return home
    code = word.upper()
    return WORDS.get(key) or (code if code in CODES else None)

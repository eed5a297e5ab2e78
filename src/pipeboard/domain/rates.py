"""Exchange rates as people write them: what one unit of a currency is worth, in billionths."""

from decimal import Decimal, InvalidOperation
from typing import Final

from pipeboard.domain.errors import InvalidInput

NANO: Final = 10**9


def parse_rate(typed: str) -> int:
    """A typed rate in billionths, exactly; InvalidInput when it is none."""
    try:
        scaled = Decimal(typed.replace(",", ".")) * NANO
        whole = int(scaled) if scaled.is_finite() else 0
    except (InvalidOperation, ValueError):
        raise InvalidInput(f"{typed[:60]!r} is no rate. Write for example 0.92.") from None
    if scaled != whole or whole <= 0:
        raise InvalidInput(f"{typed[:60]!r} is no rate: it is above zero and has at most nine decimals.")
    return whole


def rate_text(nano: int) -> str:
    """A rate without zeros at its end."""
    return f"{nano // NANO}.{nano % NANO:09d}".rstrip("0").rstrip(".")

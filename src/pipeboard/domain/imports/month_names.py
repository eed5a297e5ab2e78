"""Names of months as they stand in exported files: English, German, Polish and Russian, full or shortened."""

from typing import Final

from pipeboard.domain.text import search_key

_NAMES: Final = """
january jan januar jänner styczeń stycznia sty январь января янв
february feb februar lut luty lutego февраль февраля фев
march mar märz marz mär mrz marzec marca март марта мар
april apr kwiecień kwietnia kwi апрель апреля апр
may mai maj maja май мая
june jun juni czerwiec czerwca cze июнь июня июн
july jul juli lipiec lipca lip июль июля июл
august aug sierpień sierpnia sie август августа авг
september sep sept wrzesień września wrz сентябрь сентября сен сент
october oct oktober okt październik października paź октябрь октября окт
november nov listopad listopada lis ноябрь ноября ноя нояб
december dec dezember dez grudzień grudnia gru декабрь декабря дек
"""

_MONTHS: Final = {
    search_key(name): number for number, names in enumerate(_NAMES.strip().splitlines(), 1) for name in names.split()
}


def month_number(name: str) -> int | None:
    """The number of the month of this name (any case, accents may be missing), 1 to 12, or None."""
    return _MONTHS.get(search_key(name))

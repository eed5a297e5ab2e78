"""The words of dates in English, Russian and Polish, each leading to one canonical English word.

Written as people write them; `CANONICAL` holds them folded (no case, no accents).
"""

from typing import Final

from pipeboard.domain.text import search_key

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Canonical weekdays, in the order of `date.weekday()`."""

WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The same in full, for messages."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Canonical months, January first."""

UNITS: Final = ("min", "h", "d", "w", "m", "q", "y", "bd")
"""Canonical units of time; "m" is a month, "bd" a business day."""

_DAYS: Final = {
    "mon": "mon monday понедельник понедельника понедельнику пн poniedziałek poniedziałku pon pn",
    "tue": "tue tues tuesday вторник вторника вторнику вт wtorek wtorku wt",
    "wed": "wed weds wednesday среда среду среды среде ср środa środę środy śr",
    "thu": "thu thur thurs thursday четверг четверга четвергу чт czwartek czwartku czw",
    "fri": "fri friday пятница пятницу пятницы пятнице пт piątek piątku pt",
    "sat": "sat saturday суббота субботу субботы субботе сб sobota sobotę soboty sob weekend выходные",
    "sun": "sun sunday воскресенье воскресенья вс niedziela niedzielę niedzieli niedz ndz nd",
}
_MONTHS: Final = {
    "jan": "jan january январь января январе янв styczeń stycznia styczniu sty",
    "feb": "feb february февраль февраля феврале фев luty lutego lutym lut",
    "mar": "mar march март марта марте мар marzec marca marcu",
    "apr": "apr april апрель апреля апреле апр kwiecień kwietnia kwietniu kwi",
    "may": "may май мая мае maj maja maju",
    "jun": "jun june июнь июня июне июн czerwiec czerwca czerwcu cze",
    "jul": "jul july июль июля июле июл lipiec lipca lipcu lip",
    "aug": "aug august август августа августе авг sierpień sierpnia sierpniu sie",
    "sep": "sep sept september сентябрь сентября сентябре сен сент wrzesień września wrześniu wrz",
    "oct": "oct october октябрь октября октябре окт październik października październiku paź",
    "nov": "nov november ноябрь ноября ноябре ноя нояб listopad listopada listopadzie lis",
    "dec": "dec december декабрь декабря декабре дек grudzień grudnia grudniu gru",
}
_UNITS: Final = {
    "min": "min mins minute minutes мин минута минуту минуты минут minuta minutę minuty minut",
    "h": "h hr hrs hour hours ч час часа часов godz godzina godzinę godziny godzin",
    "d": "d day days д дн день дня дней dzień dnia dni",
    "w": "w wk wks week weeks tyg "
    "н нед неделя неделю недели неделе недель tydz tydzień tygodnia tygodniu tygodnie tygodni",
    "m": "m mo mos mth month months мес месяц месяца месяце месяцев mies miesiąc miesiąca miesiącu miesiące miesięcy",
    "q": "q quarter quarters кв квартал квартала квартале кварталов kwartał kwartału kwartale kwartały kwartałów",
    "y": "y yr yrs year years год года году лет rok roku lata lat",
    "bd": "bd bds bday bdays workday workdays weekdays рд",
}
_OTHERS: Final = {
    "today": "today tod сегодня dziś dzisiaj",
    "tomorrow": "tomorrow tmr tmrw tom завтра jutro",
    "overmorrow": "overmorrow послезавтра pojutrze",
    "yesterday": "yesterday вчера wczoraj",
    "ereyesterday": "ereyesterday позавчера przedwczoraj",
    "now": "now",
    "after": "after",
    "before": "before",
    "start": "start beginning",
    "mid": "mid middle",
    "morning": "morning",
    "afternoon": "afternoon",
    "evening": "evening",
    "night": "night",
    "noon": "noon midday полдень południe",
    "midnight": "midnight полночь północ północy",
    "next": "next coming следующий следующая следующую следующее следующей следующем следующего "
    "будущий будущая будущую будущее будущей будущем будущего "
    "przyszły przyszła przyszłą przyszłe przyszłym przyszłej przyszłego "
    "następny następna następną następne następnym następnej następnego",
    "this": "this current ближайший ближайшая ближайшую ближайшее ближайшей najbliższy najbliższa najbliższą "
    "najbliższej текущий текущего текущей этот эта эту это этой этом этого ten ta tę to tym tej tego bieżący bieżącego",
    "last": "last past previous последний последняя последнюю последнее последней "
    "прошлый прошлая прошлую прошлое прошлой прошлом прошлого "
    "zeszły zeszła zeszłą zeszłe zeszłym zeszłej ubiegły ubiegła ubiegłą ubiegłym ubiegłego "
    "poprzedni poprzednią poprzednim ostatni ostatnia ostatnią "
    "ostatniego",
    "end": "end конец конца концу конце koniec końca końcu",
    "in": "in через za",
    "ago": "ago назад temu",
    "at": "at @ o",
    "business": "business working раб рабочий рабочих рабочие рабочего rob robocze roboczych roboczy",
    "eow": "eow",
    "eom": "eom",
    "eoq": "eoq",
    "eoy": "eoy",
    "1st": "first первый первая первую первое первого pierwszy pierwsza pierwszą pierwsze pierwszego",
    "2nd": "second второй вторая вторую второе второго drugi druga drugą drugiego",
    "3rd": "third третий третья третью третье третьего trzeci trzecia trzecią trzeciego",
    "4th": "fourth четвертый четвертая четвертую четвертое четвертого czwarty czwarta czwartą czwartego",
    "5th": "fifth пятый пятое пятого piąty piątego",
    "1": "a an one один одну одна одно jeden jedną jedna jedno",
    "2": "two два две dwa dwie",
    "3": "three три trzy",
    "4": "four четыре cztery",
    "5": "five пять pięć",
    "6": "six шесть sześć",
    "7": "seven семь siedem",
    "8": "eight восемь osiem",
    "9": "nine девять dziewięć",
    "10": "ten десять dziesięć",
    "12": "twelve двенадцать dwanaście",
    "": "the of on by until till due до к ко на во со we do na dnia r г числа",
}

CANONICAL: Final = {
    search_key(word): canonical
    for group in (_DAYS, _MONTHS, _UNITS, _OTHERS)
    for canonical, words in group.items()
    for word in words.split()
}
"""Folded word -> canonical word; "" for a word that carries no meaning here."""

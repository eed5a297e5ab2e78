"""The words with which a logged activity begins: what it was, who began it, and how it ended."""

from typing import Final

from pipeboard.domain.text import search_key

_KINDS: Final = {
    "call": "call|called|phone|phoned|rang|звонок|позвонил|позвонила|тел|telefon|rozmowa|zadzwoniłem|zadzwoniłam"
    "|dzwoniłem",
    "email": "mail|email|e-mail|mailed|emailed|письмо|почта|написал|написала|mejl|wiadomość|napisałem|napisałam",
    "meeting": "meeting|meet|met|demo|visit|lunch|встреча|встретились|spotkanie|wizyta",
    "note": "note|заметка|notatka",
}
_DIRECTIONS: Final = {
    "in": "in|incoming|inbound|from them|входящий|входящее|входящая|przychodzący|przychodzące|przychodząca",
    "out": "out|outgoing|outbound|to them|исходящий|исходящее|исходящая|wychodzący|wychodzące|wychodząca",
}
_OUTCOMES: Final = {
    "answered": "answered|reached|picked up|ответил|ответила|ответили|дозвонился|дозвонилась|odebrał|odebrała|odebrali",
    "no answer": "no answer|not answered|unanswered|didn't answer|no reply|не ответил|не ответила|не ответили"
    "|нет ответа"
    "|не дозвонился|не дозвонилась|nie odebrał|nie odebrała|nie odebrali|bez odpowiedzi",
    "left message": "left message|left a message|left voicemail|left a voicemail|voicemail|оставил сообщение"
    "|оставила сообщение|автоответчик|zostawiłem wiadomość|zostawiłam wiadomość|poczta głosowa",
    "busy": "busy|line busy|занято|zajęte",
    "wrong number": "wrong number|не тот номер|zły numer|pomyłka",
    "call back": "call back|callback|call me back|просил перезвонить|просила перезвонить|перезвонить|oddzwonić",
    "replied": "replied|answered by mail|ответил письмом|odpisał|odpisała",
    "sent": "sent|отправлено|wysłane|wysłano",
    "bounced": "bounced|not delivered|не доставлено|niedoręczone",
    "held": "held|took place|состоялась|odbyło się",
    "no show": "no show|no-show|did not come|не пришел|не пришла|не пришли|nie przyszedł|nie przyszła|nie przyszli",
    "cancelled": "cancelled|canceled|отменена|отменили|odwołane|odwołano",
    "postponed": "postponed|rescheduled|перенесена|перенесли|przełożone|przełożono",
    "interested": "interested|заинтересован|заинтересованы|zainteresowany|zainteresowani",
    "not interested": "not interested|не интересно|не заинтересован|не заинтересованы|niezainteresowani"
    "|niezainteresowany",
}
OUTCOMES: Final = tuple(_OUTCOMES)
"""How an activity can end, in the words that are stored and shown."""

DIRECTIONS: Final = {"in": "incoming", "out": "outgoing"}
"""Who began it: the buyer or we, with the word that is shown."""


def _folded(groups: dict[str, str]) -> dict[str, str]:
    """Every phrase of the groups, folded, with what it means."""
    return {search_key(phrase): meaning for meaning, phrases in groups.items() for phrase in phrases.split("|")}


KIND_WORDS: Final = _folded(_KINDS)
"""Folded word -> kind of activity."""

DIRECTION_WORDS: Final = _folded(_DIRECTIONS)
"""Folded phrase -> "in" or "out"."""

OUTCOME_WORDS: Final = _folded(_OUTCOMES)
"""Folded phrase -> outcome."""

LONGEST: Final = 3
"""The most words that one of these phrases has."""

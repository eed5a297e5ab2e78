"""Old encodings are told apart by the letters they spell; formulas are disarmed and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeboard.domain.imports.encodings import guess_encoding
from pipeboard.domain.imports.formulas import disarm, disarm_undone

RUSSIAN = "Закупка оборудования;ООО Ромашка;Переговоры\n"
POLISH = "Wdrożenie;Spółka Łąkowa;Kraków;Żółć i gęś\n"
GERMAN = "Geschäftschance;Müller & Söhne;Größe – 5 €\n"
FRENCH = "Société générale;Élévation à Nîmes;garçon\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (POLISH, "cp1250"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("Łódź", "cp1250"),
        ("Привет", "cp1251"),
        ("5 €", "cp1252"),
    ],
)
def test_guesses(text: str, encoding: str) -> None:
    guess = guess_encoding(text.encode(encoding))
    assert guess.encoding == encoding
    assert guess.likeness > 0.6


@given(st.binary(max_size=200))
def test_any_bytes_give_some_guess(data: bytes) -> None:
    guess = guess_encoding(data)
    assert guess.encoding in ("cp1250", "cp1251", "cp1252")
    assert 0 <= guess.likeness <= 1


@given(st.text(max_size=30))
def test_disarmed_text_comes_back(text: str) -> None:
    assert disarm_undone(disarm(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "＝1", "'quoted"])
def test_formulas_are_disarmed(text: str) -> None:
    assert disarm(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+48", "1,5", "plain", ""])
def test_numbers_and_texts_stay(text: str) -> None:
    assert disarm(text) == text

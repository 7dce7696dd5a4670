"""A number is read only where there is one way to read it."""

from decimal import Decimal

import pytest

from bot.facts.reading import Read, Unclear, UnclearBecause, read_number
from bot.facts.reading.typed import tidy


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", "3"),
        ("03", "3"),
        ("38.2", "38.2"),
        ("38,2", "38.2"),
        ("38·2", "38.2"),
        ("38,", "38"),
        ("38.", "38"),
        ("  7 ", "7"),
        ("1 1/2", "1.5"),
        ("1½", "1.5"),
        ("1 ½", "1.5"),
        ("½", "0.5"),
        ("¾", "0.75"),
        ("half", "0.5"),
        ("one", "1"),
        ("Twelve", "12"),
        ("twenty", "20"),
        ("twenty one", "21"),
        ("thirty-eight", "38"),
        ("one and a half", "1.5"),
        ("2 and a half", "2.5"),
        ("zero", "0"),
        ("٣", "3"),  # Arabic
        ("٣٨٫٥", "38.5"),
        ("۳۸", "38"),  # Persian
        ("३", "3"),  # Devanagari
        ("３８．２", "38.2"),  # full width
        ("\u200e38.2\u200f", "38.2"),  # marks of direction that keyboards leave behind
    ],
)
def test_a_number_is_read_in_every_usual_spelling(typed: str, number: str) -> None:
    assert read_number(typed) == Read(Decimal(number))


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", UnclearBecause.EMPTY),
        (" \t\n", UnclearBecause.EMPTY),
        ("\u200b", UnclearBecause.EMPTY),
        ("asdf", UnclearBecause.NO_NUMBER),
        ("👶", UnclearBecause.NO_NUMBER),
        ("-3", UnclearBecause.NEGATIVE),
        ("−3", UnclearBecause.NEGATIVE),
        ("– 3", UnclearBecause.NEGATIVE),
        ("minus 3", UnclearBecause.NEGATIVE),
        ("0.0001", UnclearBecause.TOO_PRECISE),
        ("1,000", UnclearBecause.TOO_PRECISE),
        ("38.2.1", UnclearBecause.NOT_UNDERSTOOD),
        ("1,000.5", UnclearBecause.NOT_UNDERSTOOD),
        (".5", UnclearBecause.NOT_UNDERSTOOD),
        (",5", UnclearBecause.NOT_UNDERSTOOD),
        ("12345.67", UnclearBecause.NOT_UNDERSTOOD),
        ("99999", UnclearBecause.IMPLAUSIBLE),
        ("3 4", UnclearBecause.TWO_NUMBERS),
        ("3, 5", UnclearBecause.TWO_NUMBERS),
        ("1/2", UnclearBecause.TWO_NUMBERS),  # a half, or one to two?
        ("1e3", UnclearBecause.TWO_NUMBERS),
        ("1_000", UnclearBecause.TWO_NUMBERS),
        ("twenty thirty", UnclearBecause.TWO_NUMBERS),
        ("3 apples", UnclearBecause.NOT_UNDERSTOOD),
        ("3²", UnclearBecause.NOT_UNDERSTOOD),
        ("③", UnclearBecause.NOT_UNDERSTOOD),
        ("Ⅳ", UnclearBecause.NOT_UNDERSTOOD),
        ("三", UnclearBecause.NOT_UNDERSTOOD),
        ("3️⃣", UnclearBecause.NOT_UNDERSTOOD),
        ("3\u0336", UnclearBecause.NOT_UNDERSTOOD),  # struck through
        ("1٢", UnclearBecause.NOT_UNDERSTOOD),  # digits of two scripts
        ("\u202e83", UnclearBecause.NOT_UNDERSTOOD),  # shown as 38
        ("3" * 201, UnclearBecause.TOO_LONG),
    ],
)
def test_a_doubtful_number_is_refused_with_its_reason(typed: str, because: UnclearBecause) -> None:
    assert read_number(typed) == Unclear(because)


def test_two_hundred_characters_are_read_and_no_more() -> None:
    assert tidy("x" * 200) == "x" * 200
    assert tidy("x" * 201) == Unclear(UnclearBecause.TOO_LONG)

"""A body temperature, as typed."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from bot.facts.reading.quantities import APPROXIMATE, DOUBTFUL, NEGATION, phrase_in
from bot.facts.reading.result import (
    Confirm,
    ConfirmBecause,
    MeasureAgain,
    NotMeasured,
    Read,
    Unclear,
    UnclearBecause,
)
from bot.facts.reading.typed import tidy
from bot.facts.reading.unsure import says_unsure

TemperatureReading: TypeAlias = Read[Decimal] | Confirm[Decimal] | MeasureAgain[Decimal] | NotMeasured | Unclear

# Inclusive, compared after rounding to one decimal.
LOWEST, HIGHEST = Decimal("34.0"), Decimal("42.0")
LOWEST_BELIEVABLE, HIGHEST_BELIEVABLE = Decimal("32.0"), Decimal("45.0")
_TENTH = Decimal("0.1")

_NOT_MEASURED = re.compile(
    r"\b(?:no|not|never|none|without|unable|cannot|(?:ca|could|do|did|have)n'?t)(?: [\w']+){0,3}? "
    r"(?:thermometer|measure|measured|measuring|check|checked|take|taken|have one|got one|own one)\b"
    r"|\bthermometer (?:is |has )?(?:broken|broke|empty|dead|lost)\b|^(?:i )?(?:can't|cant|cannot|can not)$"
)
_CELSIUS = frozenset(("c", "celsius", "centigrade"))
_FAHRENHEIT = frozenset(("f", "fahrenheit"))
_FILLER = _CELSIUS | frozenset(
    "temp temperature temps fever is it it's its he she he's she's hes shes has at the a of in by on now "
    "just exactly degree degrees deg ° baby my our your reading says shows thermometer measured under arm "
    "armpit axilla rectal rectally bottom ear forehead".split()
)
_BOUNDS = frozenset("almost nearly below above over less more than least most up < > + max min".split())


def read_temperature(text: str) -> TemperatureReading:
    """A temperature in °C, with one decimal, or two where two were typed (37.95 matters: it counts as 38.0).

    34.0 to 42.0 is read, 32.0 to 33.9 and 42.1 to 45.0 is measured again, all else is no body temperature.
    The limits hold after rounding to one decimal, halves up: 33.95 is read, because in a young baby it is an
    emergency at once; 42.05 is over 42, as in rule F-11. 350 to 420 asks about the point; 90 to 110 asks
    about Fahrenheit, and 100.4 °F or more is never under 38.0. Bounds ("over 39"), two numbers and a minus
    are not read. Source: rules.md section 3.
    """
    clean = tidy(text)
    if isinstance(clean, Unclear):
        return clean
    phrase = phrase_in(clean.replace("°", " ° "), {})
    if isinstance(phrase, Unclear):
        return phrase
    typed_nothing = all(quantity.number == 1 for quantity in phrase.quantities)  # "I don't have one"
    if typed_nothing and (_NOT_MEASURED.search(clean) or says_unsure(clean)):
        return NotMeasured()
    if not phrase.quantities:
        return Unclear(UnclearBecause.NO_NUMBER)
    if len(phrase.quantities) > 1:
        return Unclear(UnclearBecause.TWO_NUMBERS)
    words, number = phrase.words, phrase.quantities[0].number
    if words & _BOUNDS or phrase.quantities[0].before[-1:] == ("under",):
        return Unclear(UnclearBecause.TOO_VAGUE)
    if words & NEGATION:
        return Unclear(UnclearBecause.NOT_UNDERSTOOD)
    return _judge(number, words)


def judge_celsius(celsius: Decimal) -> Read[Decimal] | MeasureAgain[Decimal] | Unclear:
    """What a temperature in °C is worth; what was confirmed comes back here, for 92 °F is 33.3 °C."""
    rounded = _rounded(celsius)
    if LOWEST <= rounded <= HIGHEST:
        return Read(celsius)
    if LOWEST_BELIEVABLE <= rounded <= HIGHEST_BELIEVABLE:
        return MeasureAgain(celsius)
    return Unclear(UnclearBecause.NOT_A_BODY_TEMPERATURE)


def print_temperature(celsius: Decimal) -> str:
    """A temperature that `read_temperature` reads back as the same value: 38.2 °C."""
    return f"{_with_a_decimal(celsius):f} °C"


def _judge(number: Decimal, words: frozenset[str]) -> TemperatureReading:
    if 90 <= number <= 110:
        celsius = _rounded((number - 32) * 5 / 9)
        celsius = max(celsius, Decimal("38.0")) if number >= Decimal("100.4") else celsius
        question = f"Is that Fahrenheit? {number:f} °F is {print_temperature(celsius)}."
        return Confirm(celsius, ConfirmBecause.FAHRENHEIT, question)
    if words & _FAHRENHEIT:
        return Unclear(UnclearBecause.NOT_A_BODY_TEMPERATURE)
    if 350 <= number <= 420 and number.as_tuple().exponent == 0:
        celsius = number.scaleb(-1)
        return Confirm(celsius, ConfirmBecause.MISSING_POINT, f"Did you mean {print_temperature(celsius)}?")
    reading = judge_celsius(_with_a_decimal(number))
    other = words - _FILLER
    if other and isinstance(reading, Read):
        guessed = other <= APPROXIMATE | DOUBTFUL
        because = ConfirmBecause.APPROXIMATE if guessed else ConfirmBecause.OTHER_WORDS
        question = f"Does the thermometer show {print_temperature(reading.value)} now?"
        return Confirm(reading.value, because, question)
    return reading


def _with_a_decimal(number: Decimal) -> Decimal:
    return number if number.as_tuple().exponent in (-1, -2) else number.quantize(_TENTH)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(_TENTH, rounding=ROUND_HALF_UP)

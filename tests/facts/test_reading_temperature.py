"""A temperature is what the thermometer showed, or a question."""

from decimal import Decimal

import pytest

from bot.facts.reading import (
    Confirm,
    ConfirmBecause,
    MeasureAgain,
    NotMeasured,
    Read,
    Unclear,
    UnclearBecause,
    judge_celsius,
    read_temperature,
)


@pytest.mark.parametrize(
    ("typed", "celsius"),
    [
        ("38", "38.0"),
        ("38.0", "38.0"),
        ("38.2", "38.2"),
        ("38,2", "38.2"),
        ("38.2.", "38.2"),
        ("38°", "38.0"),
        ("38º", "38.0"),
        ("38 C", "38.0"),
        ("38c", "38.0"),
        ("38.2°C", "38.2"),
        ("38.2 ℃", "38.2"),
        ("38.2 degrees Celsius", "38.2"),
        ("temp is 38.2", "38.2"),
        ("Temperature: 38.2", "38.2"),
        ("fever 38,5", "38.5"),
        ("38.2 under the arm", "38.2"),
        ("37.95", "37.95"),
        ("38.50", "38.50"),
        ("thirty eight", "38.0"),
        ("38½", "38.5"),
        ("٣٨٫٥", "38.5"),
        ("34", "34.0"),
        ("34.0", "34.0"),
        ("33.95", "33.95"),
        ("42", "42.0"),
        ("42.04", "42.04"),
    ],
)
def test_a_temperature_is_read_with_the_decimals_that_were_typed(typed: str, celsius: str) -> None:
    reading = read_temperature(typed)
    assert isinstance(reading, Read)
    assert str(reading.value) == celsius


@pytest.mark.parametrize(
    ("typed", "celsius", "because"),
    [
        ("375", "37.5", ConfirmBecause.MISSING_POINT),
        ("350", "35.0", ConfirmBecause.MISSING_POINT),
        ("420", "42.0", ConfirmBecause.MISSING_POINT),
        ("375 C", "37.5", ConfirmBecause.MISSING_POINT),
        ("100.4", "38.0", ConfirmBecause.FAHRENHEIT),
        ("100,4", "38.0", ConfirmBecause.FAHRENHEIT),
        ("100.4 F", "38.0", ConfirmBecause.FAHRENHEIT),
        ("100.4°F", "38.0", ConfirmBecause.FAHRENHEIT),
        ("100.4 Fahrenheit", "38.0", ConfirmBecause.FAHRENHEIT),
        ("100.3", "37.9", ConfirmBecause.FAHRENHEIT),
        ("98.6", "37.0", ConfirmBecause.FAHRENHEIT),
        ("90", "32.2", ConfirmBecause.FAHRENHEIT),
        ("110", "43.3", ConfirmBecause.FAHRENHEIT),
        ("about 38", "38.0", ConfirmBecause.APPROXIMATE),
        ("38?", "38.0", ConfirmBecause.APPROXIMATE),
        ("38.2 yesterday", "38.2", ConfirmBecause.OTHER_WORDS),
        ("38 😱", "38.0", ConfirmBecause.OTHER_WORDS),
    ],
)
def test_a_temperature_that_was_not_typed_so_is_asked(typed: str, celsius: str, because: ConfirmBecause) -> None:
    reading = read_temperature(typed)
    assert isinstance(reading, Confirm)
    assert (str(reading.value), reading.because) == (celsius, because)
    assert celsius in reading.question


@pytest.mark.parametrize("typed", ["32", "32.0", "33.9", "33.94", "31.95", "42.05", "42.1", "43", "45", "45.04"])
def test_a_reading_that_is_hard_to_believe_is_measured_again(typed: str) -> None:
    assert read_temperature(typed) == MeasureAgain(Decimal(typed))


@pytest.mark.parametrize(
    "typed",
    ["no thermometer", "I can't measure", "I cant measure it", "don't have one", "I don't have a thermometer",
     "haven’t got one", "I have no thermometer", "the thermometer is broken", "can't", "not measured yet",
     "don't know", "not sure", "No idea!"],
)  # fmt: skip
def test_a_parent_who_cannot_measure_is_understood(typed: str) -> None:
    assert read_temperature(typed) == NotMeasured()


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("45.2", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("45.05", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("31.94", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("0", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("38 F", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("89.9", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("110.1", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("349", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("421", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("375.5", UnclearBecause.NOT_A_BODY_TEMPERATURE),
        ("38.5 to 39", UnclearBecause.TWO_NUMBERS),
        ("38-39", UnclearBecause.TWO_NUMBERS),
        ("38, 2", UnclearBecause.TWO_NUMBERS),
        ("38 2", UnclearBecause.TWO_NUMBERS),
        ("38°2", UnclearBecause.TWO_NUMBERS),
        ("38.2 at 3", UnclearBecause.TWO_NUMBERS),
        ("Anna has fever 38.5 and Max nothing, 2 months", UnclearBecause.TWO_NUMBERS),
        ("-38", UnclearBecause.NEGATIVE),
        ("over 40", UnclearBecause.TOO_VAGUE),
        ("almost 38", UnclearBecause.TOO_VAGUE),
        ("under 36", UnclearBecause.TOO_VAGUE),
        ("temp is under 36", UnclearBecause.TOO_VAGUE),
        ("no fever, 36.8", UnclearBecause.NOT_UNDERSTOOD),
        ("38.2.1", UnclearBecause.NOT_UNDERSTOOD),
        ("38²", UnclearBecause.NOT_UNDERSTOOD),
        ("38\u0336", UnclearBecause.NOT_UNDERSTOOD),  # struck through
        ("3\u202e8", UnclearBecause.NOT_UNDERSTOOD),
        ("38.256", UnclearBecause.TOO_PRECISE),
        ("no respira", UnclearBecause.NO_NUMBER),
        ("no fever", UnclearBecause.NO_NUMBER),
        ("hot", UnclearBecause.NO_NUMBER),
        ("🤒", UnclearBecause.NO_NUMBER),
        ("", UnclearBecause.EMPTY),
        ("38" + "!" * 200, UnclearBecause.TOO_LONG),
    ],
)
def test_what_is_no_clear_temperature_is_asked_again_with_a_reason(typed: str, because: UnclearBecause) -> None:
    assert read_temperature(typed) == Unclear(because)


def test_fahrenheit_that_was_confirmed_is_judged_like_any_reading() -> None:
    assert judge_celsius(Decimal("32.2")) == MeasureAgain(Decimal("32.2"))
    assert judge_celsius(Decimal("38.0")) == Read(Decimal("38.0"))


@pytest.mark.parametrize("tenths", range(1004, 1101))
def test_from_100_point_4_fahrenheit_on_it_is_a_fever(tenths: int) -> None:
    reading = read_temperature(str(Decimal(tenths) / 10))
    assert isinstance(reading, Confirm)
    assert reading.value >= 38

"""A count is in the unit that was asked; a larger unit is never turned into it unasked."""

from decimal import Decimal

import pytest

from bot.facts.reading import (
    Confirm,
    ConfirmBecause,
    NoneAtAll,
    Read,
    Unclear,
    UnclearBecause,
    Unit,
    read_count,
)


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("3.5", Unit.HOUR, "3.5"),
        ("3,5", Unit.HOUR, "3.5"),
        ("3 hours", Unit.HOUR, "3"),
        ("about 3 hours", Unit.HOUR, "3"),
        ("an hour", Unit.HOUR, "1"),
        ("half an hour", Unit.HOUR, "0.5"),
        ("90 minutes", Unit.HOUR, "1.5"),
        ("20 minutes", Unit.HOUR, "0.34"),  # rounded up
        ("1 hour 30 minutes", Unit.HOUR, "1.5"),
        ("0", Unit.HOUR, "0"),
        ("zero", Unit.DAY, "0"),
        ("2 days", Unit.DAY, "2"),
        ("for two days now", Unit.DAY, "2"),
        ("36 hours", Unit.DAY, "1.5"),
        ("45", Unit.MINUTE, "45"),
        ("30", Unit.MINUTE, "30"),
        ("33 weeks", Unit.WEEK, "33"),
    ],
)
def test_a_count_is_read_in_the_unit_that_was_asked(typed: str, unit: Unit, number: str) -> None:
    reading = read_count(typed, unit)
    assert isinstance(reading, Read)
    assert str(reading.value) == number


@pytest.mark.parametrize(("typed", "unit", "number"), [("2 days", Unit.HOUR, "48"), ("a week ago", Unit.DAY, "7")])
def test_a_larger_unit_is_asked(typed: str, unit: Unit, number: str) -> None:
    reading = read_count(typed, unit)
    assert isinstance(reading, Confirm)
    assert (reading.value, reading.because) == (Decimal(number), ConfirmBecause.CONVERTED)


@pytest.mark.parametrize(
    ("typed", "because"),
    [("maybe 3", ConfirmBecause.APPROXIMATE), ("3 times", ConfirmBecause.OTHER_WORDS)],
)
def test_a_doubtful_count_is_asked(typed: str, because: ConfirmBecause) -> None:
    assert read_count(typed, Unit.HOUR) == Confirm(Decimal(3), because, "Is it 3 hours?")


@pytest.mark.parametrize("typed", ["none", "None.", "no", "never", "not at all"])
def test_none_is_kept_apart_from_zero(typed: str) -> None:
    assert read_count(typed, Unit.HOUR) == NoneAtAll()


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("-2", UnclearBecause.NEGATIVE),
        ("2-3", UnclearBecause.TWO_NUMBERS),
        ("2 3", UnclearBecause.TWO_NUMBERS),
        ("30 minutes 1 hour", UnclearBecause.TWO_NUMBERS),
        ("1 hour 60 minutes", UnclearBecause.TWO_NUMBERS),
        ("33+4", UnclearBecause.TOO_VAGUE),
        ("all night", UnclearBecause.TOO_VAGUE),
        ("a few hours", UnclearBecause.TOO_VAGUE),
        ("more than 3", UnclearBecause.TOO_VAGUE),
        ("not 3", UnclearBecause.NOT_UNDERSTOOD),
        ("3.456", UnclearBecause.TOO_PRECISE),
        ("don't know", UnclearBecause.NOT_SURE),
        ("no, it hurts", UnclearBecause.NO_NUMBER),
        ("asdf", UnclearBecause.NO_NUMBER),
        ("", UnclearBecause.EMPTY),
    ],
)
def test_what_is_no_clear_count_is_asked_again_with_a_reason(typed: str, because: UnclearBecause) -> None:
    assert read_count(typed, Unit.HOUR) == Unclear(because)


def test_a_count_of_months_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not in months"):
        read_count("3", Unit.MONTH)

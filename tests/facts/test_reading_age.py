"""An age is read as the youngest that the words can mean, and never guessed."""

from datetime import date
from decimal import Decimal

import pytest

from bot.facts.reading import (
    AgeText,
    AskUnit,
    Confirm,
    ConfirmBecause,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
    print_age,
    read_age,
    read_birth_date,
)

TODAY = date(2026, 6, 15)
LIMITS = frozenset({7, 14, 21, 28, 35, 42, 56, 61, 84, 92, 122, 153, 183, 274, 365})


@pytest.mark.parametrize(
    ("typed", "days", "exact"),
    [
        ("10 days", 10, True),
        ("10d", 10, True),
        ("0 days", 0, True),
        ("1 day", 1, True),
        ("28 days", 28, True),
        ("20 hours", 0, True),
        ("30 hours old", 1, True),
        ("two days and five hours", 2, True),
        ("half a day", 0, True),
        ("3 weeks", 21, False),
        ("3 weeks old", 21, False),
        ("3-week-old", 21, False),
        ("she is 3 weeks", 21, False),
        ("He's 3 weeks old now.", 21, False),
        ("my little one is 3 weeks", 21, False),
        ("born 3 weeks ago", 21, False),
        ("3 wks", 21, False),
        ("3w", 21, False),
        ("٣ weeks", 21, False),
        ("six weeks", 42, False),
        ("a week", 7, False),
        ("2.5 weeks", 17, False),
        ("3 weeks and 2 days", 23, True),
        ("5 weeks 0 days", 35, True),
        ("1 month", 31, False),
        ("2 months", 61, False),
        ("2 MONTHS", 61, False),
        ("2months", 61, False),
        ("2 mo", 61, False),
        ("3 months", 92, False),
        ("4 months", 122, False),
        ("5 months", 153, False),
        ("6 months", 183, False),
        ("7 months", 213, False),
        ("9 months", 274, False),
        ("12 months", 365, False),
        ("18 months", 548, False),
        ("24 months", 730, False),
        ("1.5 months", 45, False),
        ("1,5 months", 45, False),
        ("1½ months", 45, False),
        ("1 1/2 months", 45, False),
        ("a month and a half", 45, False),
        ("one and a half months", 45, False),
        ("2m 10d", 71, False),
        ("2m10d", 71, False),
        ("2 months and 10 days", 71, False),
        ("2 months, 10 days", 71, False),
        ("1 month 2 weeks", 45, False),
        ("1 month 4 weeks", 59, False),
        ("2 months 30 days", 91, False),
        ("3 weeks 6 days", 27, True),
        ("2 days 23 hours", 2, True),
        ("48 hours", 2, True),
        ("1 year 11 months", 700, False),
        ("half a year", 183, False),
        ("1 year", 365, False),
        ("1 y 2 m", 426, False),
        ("1.5 years", 548, False),
        ("a year and a half", 548, False),
        ("2 yo", 730, False),
    ],
)
def test_an_age_is_read_in_days(typed: str, days: int, exact: bool) -> None:
    assert read_age(typed, today=TODAY) == Read(AgeText(days, exact))


@pytest.mark.parametrize(
    ("typed", "younger"),
    [
        ("3 months", 91),
        ("5 weeks", 34),
        ("4 weeks", 27),
        ("1 year", 364),
        ("about 3 months", 91),
        ("Anna is 3 months old", 91),
        ("half a year", 182),
    ],
)
def test_an_age_in_weeks_or_months_equal_to_a_limit_asks_for_the_birth_date(typed: str, younger: int) -> None:
    reading = read_age(typed, today=TODAY, limits=LIMITS)
    assert isinstance(reading, Confirm)
    assert (reading.because, reading.value) == (ConfirmBecause.THRESHOLD_AGE, AgeText(younger, exact=False))


@pytest.mark.parametrize("typed", ["28 days", "35 days", "4 weeks and 0 days", "92 days"])
def test_days_are_exact_even_on_a_limit(typed: str) -> None:
    assert isinstance(read_age(typed, today=TODAY, limits=LIMITS), Read)


@pytest.mark.parametrize(
    ("typed", "number"), [("5", "5"), ("34", "34"), ("she is 3", "3"), ("1.5", "1.5"), ("1096", "1096")]
)
def test_a_plain_number_asks_for_its_unit(typed: str, number: str) -> None:
    assert read_age(typed, today=TODAY) == AskUnit(Decimal(number))


@pytest.mark.parametrize("typed", ["36 months", "3 years", "3 years old"])
def test_just_36_months_is_a_limit_too(typed: str) -> None:
    reading = read_age(typed, today=TODAY)
    assert isinstance(reading, Confirm)
    assert (reading.because, reading.value.days) == (ConfirmBecause.THRESHOLD_AGE, 1095)


@pytest.mark.parametrize(
    "typed", ["37 months", "34 years", "5 years", "3 years 1 month", "1097 days", "157 weeks", "9999 years"]
)
def test_a_child_over_36_months_or_an_adult_is_out_of_scope(typed: str) -> None:
    assert isinstance(read_age(typed, today=TODAY), OutOfScope)


def test_a_story_about_an_older_child_is_out_of_scope() -> None:
    typed = "My son is 5 years old and has a fit right now"
    assert read_age(typed, today=TODAY) == OutOfScope(AgeText(1826, exact=False))


@pytest.mark.parametrize(
    ("typed", "days", "because"),
    [
        ("about 3 weeks", 21, ConfirmBecause.APPROXIMATE),
        ("~3 weeks", 21, ConfirmBecause.APPROXIMATE),
        ("3 weeks?", 21, ConfirmBecause.APPROXIMATE),
        ("I think 3 weeks", 21, ConfirmBecause.APPROXIMATE),
        ("Anna is 3 weeks", 21, ConfirmBecause.OTHER_WORDS),
        ("born 3 weeks", 21, ConfirmBecause.OTHER_WORDS),
        ("3 weeks 😊", 21, ConfirmBecause.OTHER_WORDS),
        ("over 3 weeks", 21, ConfirmBecause.OTHER_WORDS),
        ("3 weeks tomorrow", 21, ConfirmBecause.OTHER_WORDS),
    ],
)
def test_an_age_among_other_words_is_asked(typed: str, days: int, because: ConfirmBecause) -> None:
    reading = read_age(typed, today=TODAY)
    assert isinstance(reading, Confirm)
    assert (reading.value, reading.because) == (AgeText(days, exact=False), because)
    assert "3 weeks" in reading.question


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", UnclearBecause.EMPTY),
        ("asdf", UnclearBecause.NO_NUMBER),
        ("👶🏽", UnclearBecause.NO_NUMBER),
        ("he is not breathing help", UnclearBecause.NO_NUMBER),
        ("-3 weeks", UnclearBecause.NEGATIVE),
        ("−3 weeks", UnclearBecause.NEGATIVE),
        ("minus 3 weeks", UnclearBecause.NEGATIVE),
        ("minus a week", UnclearBecause.NEGATIVE),
        ("-(3) weeks", UnclearBecause.NEGATIVE),
        ("0.0001", UnclearBecause.TOO_PRECISE),
        ("0.0001 months", UnclearBecause.TOO_PRECISE),
        ("0.01 months", UnclearBecause.TOO_PRECISE),
        (".5 months", UnclearBecause.NOT_UNDERSTOOD),
        ("3² weeks", UnclearBecause.NOT_UNDERSTOOD),
        ("3️⃣ weeks", UnclearBecause.NOT_UNDERSTOOD),
        ("in her 3rd week", UnclearBecause.NOT_UNDERSTOOD),
        ("three quarter year", UnclearBecause.NOT_UNDERSTOOD),
        ("no 3 weeks", UnclearBecause.NOT_UNDERSTOOD),
        ("I am 34 and my own hands shake", UnclearBecause.NOT_UNDERSTOOD),
        ("30 minutes", UnclearBecause.NOT_UNDERSTOOD),
        ("3-4 weeks", UnclearBecause.TWO_NUMBERS),
        ("3 or 4 weeks", UnclearBecause.TWO_NUMBERS),
        ("1/2 weeks", UnclearBecause.TWO_NUMBERS),
        ("3 weeks 5", UnclearBecause.TWO_NUMBERS),
        ("3 weeks, the other 5 weeks", UnclearBecause.TWO_NUMBERS),
        ("3 weeks 9 days", UnclearBecause.TWO_NUMBERS),
        ("1 year 12 months", UnclearBecause.TWO_NUMBERS),
        ("1 month 5 weeks", UnclearBecause.TWO_NUMBERS),
        ("2 months 31 days", UnclearBecause.TWO_NUMBERS),
        ("3 weeks 7 days", UnclearBecause.TWO_NUMBERS),
        ("2 days 24 hours", UnclearBecause.TWO_NUMBERS),
        ("10 days 2 months", UnclearBecause.TWO_NUMBERS),
        ("born at 33 weeks, 25 days", UnclearBecause.TWO_NUMBERS),
        ("2.5 months 10 days", UnclearBecause.TWO_NUMBERS),
        ("2.5 months and a half", UnclearBecause.TWO_NUMBERS),
        ("a m", UnclearBecause.NO_NUMBER),
        ("newborn", UnclearBecause.TOO_VAGUE),
        ("a few weeks", UnclearBecause.TOO_VAGUE),
        ("couple of months", UnclearBecause.TOO_VAGUE),
        ("almost 3 months", UnclearBecause.TOO_VAGUE),
        ("not yet 3 months", UnclearBecause.TOO_VAGUE),
        ("less than 3 weeks", UnclearBecause.TOO_VAGUE),
        ("33 weeks gestation", UnclearBecause.NOT_FROM_BIRTH),
        ("6 weeks corrected", UnclearBecause.NOT_FROM_BIRTH),
        ("3 weeks early", UnclearBecause.NOT_FROM_BIRTH),
        ("1097", UnclearBecause.IMPLAUSIBLE),
        ("123456", UnclearBecause.IMPLAUSIBLE),
        ("I don't know", UnclearBecause.NOT_SURE),
        ("No idea", UnclearBecause.NOT_SURE),
        ("3 weeks " + "x" * 200, UnclearBecause.TOO_LONG),
    ],
)
def test_what_is_no_clear_age_is_asked_again_with_a_reason(typed: str, because: UnclearBecause) -> None:
    assert read_age(typed, today=TODAY, limits=LIMITS) == Unclear(because)


@pytest.mark.parametrize(("typed", "named"), [("about 1 month", " 1 month "), ("about 2 m 10 d", " 2 months 10 days ")])
def test_a_question_names_the_age_in_full_words(typed: str, named: str) -> None:
    reading = read_age(typed, today=TODAY)
    assert isinstance(reading, Confirm)
    assert named in reading.question


@pytest.mark.parametrize(
    ("days", "exact", "printed"),
    [
        (1, True, "1 day"),
        (28, True, "28 days"),
        (7, False, "1 week"),
        (17, False, "about 17 days"),
        (21, False, "3 weeks"),
        (31, False, "1 month"),
        (45, False, "1 month 14 days"),
        (56, False, "8 weeks"),
        (61, False, "2 months"),
        (62, False, "2 months 1 day"),
        (63, False, "2 months 2 days"),
        (365, False, "12 months"),
    ],
)
def test_an_age_is_printed_in_the_words_of_a_parent(days: int, exact: bool, printed: str) -> None:
    assert print_age(AgeText(days, exact)) == printed


def test_a_date_typed_as_the_age_is_read_as_the_birth_date() -> None:
    assert read_age("1 May 2026", today=TODAY, limits=LIMITS) == Read(AgeText(45, True, date(2026, 5, 1)))


def test_an_age_typed_as_the_birth_date_is_read_as_the_age() -> None:
    assert read_birth_date("10 days", today=TODAY) == Read(AgeText(10, exact=True))
    assert read_birth_date("5", today=TODAY) == AskUnit(Decimal(5))


def test_an_age_typed_as_the_birth_date_still_asks_at_a_limit() -> None:
    assert isinstance(read_birth_date("3 months", today=TODAY, limits=LIMITS), Confirm)

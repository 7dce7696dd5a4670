"""A length of time is read in seconds, rounded to the longer side."""

from decimal import Decimal

import pytest

from bot.facts.reading import (
    AskUnit,
    Confirm,
    ConfirmBecause,
    Duration,
    Read,
    Unclear,
    UnclearBecause,
    print_duration,
    read_duration,
)


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("10 seconds", 10, 10),
        ("10s", 10, 10),
        ("10 sec.", 10, 10),
        ("ten seconds", 10, 10),
        ("it lasted about 10 seconds", 10, 10),
        ("10 seconds or so", 10, 10),
        ("2 min", 120, 120),
        ("2m", 120, 120),
        ("1:30", 90, 90),
        ("0:45", 45, 45),
        ("9:30", 570, 570),
        ("1:30 min", 90, 90),
        ("1:30 h", 5400, 5400),
        ("2 min 30 s", 150, 150),
        ("2 minutes and 30 seconds", 150, 150),
        ("half a minute", 30, 30),
        ("about half a minute", 30, 30),
        ("half minute", 30, 30),
        ("½ minute", 30, 30),
        ("a minute", 60, 60),
        ("a minute and a half", 90, 90),
        ("one and a half minutes", 90, 90),
        ("1.5 minutes", 90, 90),
        ("2.1 seconds", 3, 3),
        ("half a second", 1, 1),
        ("an hour", 3600, 3600),
        ("1-2 minutes", 60, 120),
        ("1 – 2 min", 60, 120),
        ("1 to 2 minutes", 60, 120),
        ("1 or 2 minutes", 60, 120),
        ("a minute or two", 60, 120),
        ("between 1 and 2 minutes", 60, 120),
        ("30 seconds to 1 minute", 30, 60),
        ("30-60s", 30, 60),
        ("0-10 seconds", 0, 10),
        ("24 hours", 86400, 86400),
        ("less than 10 seconds", 0, 9),
        ("under a minute", 0, 59),
        ("<10s", 0, 9),
        ("less than a second", 0, 0),
        ("up to 1 minute", 0, 60),
        ("10 seconds max", 0, 10),
        ("10 seconds at most", 0, 10),
        ("more than 5 minutes", 300, None),
        ("over 5 minutes", 300, None),
        ("at least 5 minutes", 300, None),
        ("5 minutes or more", 300, None),
        ("> 5 min", 300, None),
    ],
)
def test_a_length_of_time_is_read_as_a_number_or_a_band_of_seconds(typed: str, low: int, high: int | None) -> None:
    assert read_duration(typed) == Read(Duration(low, high))


@pytest.mark.parametrize(("typed", "unit"), [("10", AskUnit(Decimal(10))), ("1-2", AskUnit(Decimal(1), Decimal(2)))])
def test_a_plain_number_or_range_asks_for_its_unit(typed: str, unit: AskUnit) -> None:
    assert read_duration(typed) == unit


@pytest.mark.parametrize(
    ("typed", "low", "high", "because"),
    [
        ("a few seconds", 0, 9, ConfirmBecause.APPROXIMATE),
        ("couple of seconds", 0, 9, ConfirmBecause.APPROXIMATE),
        ("maybe 10 seconds", 10, 10, ConfirmBecause.APPROXIMATE),
        ("10 seconds?", 10, 10, ConfirmBecause.APPROXIMATE),
        ("almost 5 minutes", 300, 300, ConfirmBecause.APPROXIMATE),
        ("10:30", 630, 630, ConfirmBecause.CLOCK_TIME),
        ("13:30", 810, 810, ConfirmBecause.CLOCK_TIME),
        ("every 10 seconds", 10, 10, ConfirmBecause.OTHER_WORDS),
        ("10 seconds min", 10, 10, ConfirmBecause.OTHER_WORDS),
        ("10 seconds <", 0, 9, ConfirmBecause.OTHER_WORDS),
        ("10 seconds after waking", 10, 10, ConfirmBecause.OTHER_WORDS),
    ],
)
def test_a_doubtful_length_of_time_is_asked(typed: str, low: int, high: int, because: ConfirmBecause) -> None:
    reading = read_duration(typed)
    assert isinstance(reading, Confirm)
    assert (reading.value, reading.because) == (Duration(low, high), because)


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("a long time", UnclearBecause.TOO_VAGUE),
        ("not long", UnclearBecause.TOO_VAGUE),
        ("ages", UnclearBecause.TOO_VAGUE),
        ("a few minutes", UnclearBecause.TOO_VAGUE),
        ("several minutes", UnclearBecause.TOO_VAGUE),
        ("more than 5", UnclearBecause.TOO_VAGUE),
        ("2 days", UnclearBecause.TOO_VAGUE),
        ("-5 seconds", UnclearBecause.NEGATIVE),
        ("-1:30", UnclearBecause.NEGATIVE),
        ("minus 5 seconds", UnclearBecause.NEGATIVE),
        ("0 seconds", UnclearBecause.IMPLAUSIBLE),
        ("25 hours", UnclearBecause.IMPLAUSIBLE),
        ("2 min 30", UnclearBecause.TWO_NUMBERS),
        ("1:75", UnclearBecause.TWO_NUMBERS),
        ("1:30pm", UnclearBecause.TWO_NUMBERS),
        ("1:30:00", UnclearBecause.TWO_NUMBERS),
        ("2-1 minutes", UnclearBecause.TWO_NUMBERS),
        ("2-2 minutes", UnclearBecause.TWO_NUMBERS),
        ("2-2", UnclearBecause.TWO_NUMBERS),
        ("1 minute 60 seconds", UnclearBecause.TWO_NUMBERS),
        ("1 minute then 5 seconds", UnclearBecause.TWO_NUMBERS),
        ("1.5 minutes 10 seconds", UnclearBecause.TWO_NUMBERS),
        ("1 minute and 2", UnclearBecause.TWO_NUMBERS),
        ("5 10 seconds", UnclearBecause.TWO_NUMBERS),
        ("24 hours 1 second", UnclearBecause.IMPLAUSIBLE),
        ("10 times a minute", UnclearBecause.TWO_NUMBERS),
        ("2 times 10 seconds", UnclearBecause.TWO_NUMBERS),
        ("10 seconds, then 20 seconds", UnclearBecause.TWO_NUMBERS),
        ("not more than 10 seconds", UnclearBecause.NOT_UNDERSTOOD),
        ("a quarter of an hour", UnclearBecause.NOT_UNDERSTOOD),
        ("more than 1-2 minutes", UnclearBecause.NOT_UNDERSTOOD),
        ("0.001 seconds", UnclearBecause.TOO_PRECISE),
        ("idk", UnclearBecause.NOT_SURE),
        ("can't remember", UnclearBecause.NOT_SURE),
        ("asdf", UnclearBecause.NO_NUMBER),
        ("⏱️", UnclearBecause.NO_NUMBER),
        ("", UnclearBecause.EMPTY),
        ("1" * 300, UnclearBecause.TOO_LONG),
    ],
)
def test_what_is_no_clear_length_of_time_is_asked_again_with_a_reason(typed: str, because: UnclearBecause) -> None:
    assert read_duration(typed) == Unclear(because)


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (10, 10, "10 seconds"),
        (90, 90, "1 minute 30 seconds"),
        (3600, 3600, "1 hour"),
        (0, 9, "less than 10 seconds"),
        (300, None, "at least 5 minutes"),
        (10, 29, "10 to 29 seconds"),
        (60, 120, "1 to 2 minutes"),
    ],
)
def test_a_length_of_time_is_printed_in_the_words_of_a_parent(low: int, high: int | None, printed: str) -> None:
    assert print_duration(Duration(low, high)) == printed

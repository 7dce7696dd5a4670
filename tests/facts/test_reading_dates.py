"""A birth date is taken only where one day can be meant, and that day was typed."""

from datetime import date

import pytest

from bot.facts.reading import (
    AgeText,
    Choose,
    ChooseBecause,
    Confirm,
    ConfirmBecause,
    OutOfScope,
    Read,
    Unclear,
    UnclearBecause,
    age_on,
    read_age,
    read_birth_date,
)
from bot.facts.reading.months import _NAMES, NUMBER_OF

TODAY = date(2025, 6, 15)


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("03.04.2025", date(2025, 4, 3)),
        ("3.4.2025", date(2025, 4, 3)),
        ("03. 04. 2025", date(2025, 4, 3)),
        ("03.04.2025.", date(2025, 4, 3)),
        ("03-04-2025", date(2025, 4, 3)),
        ("03–04–2025", date(2025, 4, 3)),
        ("2025-04-03", date(2025, 4, 3)),
        ("2025/04/03", date(2025, 4, 3)),
        ("2025.4.3", date(2025, 4, 3)),
        ("٠٣.٠٤.٢٠٢٥", date(2025, 4, 3)),
        ("born on 03.04.2025", date(2025, 4, 3)),
        ("DOB: 03.04.2025", date(2025, 4, 3)),
        ("13/04/2025", date(2025, 4, 13)),
        ("04/13/2025", date(2025, 4, 13)),
        ("05/05/2025", date(2025, 5, 5)),
        ("03/12/2025", date(2025, 3, 12)),  # 3 December has not come yet
        ("29.02.2024", date(2024, 2, 29)),
        ("1 May 2025", date(2025, 5, 1)),
        ("May 1, 2025", date(2025, 5, 1)),
        ("may 1st 2025", date(2025, 5, 1)),
        ("1st of May 2025", date(2025, 5, 1)),
        ("the 1st of May, 2025", date(2025, 5, 1)),
        ("1-May-2025", date(2025, 5, 1)),
        ("1may2025", date(2025, 5, 1)),
        ("3 Sept. 2024", date(2024, 9, 3)),
        ("1. März 2025", date(2025, 3, 1)),
        ("1er août 2024", date(2024, 8, 1)),
        ("3 de enero de 2025", date(2025, 1, 3)),
        ("1º de março de 2025", date(2025, 3, 1)),
        ("5 мая 2025 г.", date(2025, 5, 5)),
        ("5 май 2025", date(2025, 5, 5)),
        ("3 Şubat 2025", date(2025, 2, 3)),
        ("3 KASIM 2024", date(2024, 11, 3)),
        ("1° giugno 2025", date(2025, 6, 1)),
        ("today", TODAY),
        ("born today", TODAY),
        ("Yesterday!", date(2025, 6, 14)),
        ("the day before yesterday", date(2025, 6, 13)),
    ],
)
def test_a_birth_date_is_read_in_every_usual_spelling(typed: str, born: date) -> None:
    reading = Read(AgeText((TODAY - born).days, exact=True, birth_date=born))
    assert read_birth_date(typed, today=TODAY) == reading
    assert read_age(typed, today=TODAY) == reading


@pytest.mark.parametrize("typed", ["03/04/2025", "3/4/2025", "3 / 4 / 2025", "03 04 2025", "03/04/25", "4/3/2025"])
def test_a_date_with_two_readings_is_chosen_by_the_parent(typed: str) -> None:
    reading = read_birth_date(typed, today=TODAY)
    assert isinstance(reading, Choose)
    assert reading.because is ChooseBecause.DAY_OR_MONTH_FIRST
    assert {age.birth_date for age in reading.candidates} == {date(2025, 4, 3), date(2025, 3, 4)}
    assert {age.days for age in reading.candidates} == {73, 103}


@pytest.mark.parametrize(
    ("typed", "born", "because"),
    [
        ("03.04.25", date(2025, 4, 3), ConfirmBecause.SHORT_YEAR),
        ("13/04/25", date(2025, 4, 13), ConfirmBecause.SHORT_YEAR),
        ("3 April 25", date(2025, 4, 3), ConfirmBecause.SHORT_YEAR),
        ("1st of May", date(2025, 5, 1), ConfirmBecause.NO_YEAR),
        ("May 1", date(2025, 5, 1), ConfirmBecause.NO_YEAR),
        ("3 December", date(2024, 12, 3), ConfirmBecause.NO_YEAR),
        ("15 june", TODAY, ConfirmBecause.NO_YEAR),
        ("04.13.2025", date(2025, 4, 13), ConfirmBecause.MONTH_FIRST),
        ("04-13-2025", date(2025, 4, 13), ConfirmBecause.MONTH_FIRST),
        ("03.04.2025 in Berlin", date(2025, 4, 3), ConfirmBecause.OTHER_WORDS),
        ("03.04.2025 😊", date(2025, 4, 3), ConfirmBecause.OTHER_WORDS),
        ("03.04.2025?", date(2025, 4, 3), ConfirmBecause.OTHER_WORDS),
    ],
)
def test_a_date_that_needed_a_step_of_ours_is_asked_with_the_name_of_its_month(
    typed: str, born: date, because: ConfirmBecause
) -> None:
    reading = read_birth_date(typed, today=TODAY)
    assert isinstance(reading, Confirm)
    assert (reading.value.birth_date, reading.because) == (born, because)
    assert f"{born.day} {born:%B} {born.year}" in reading.question


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("12.12.2031", UnclearBecause.FUTURE),
        ("16.06.2025", UnclearBecause.FUTURE),
        ("03.12.2025", UnclearBecause.FUTURE),  # with dots the day is first: not 12 March
        ("11/12/2025", UnclearBecause.FUTURE),
        ("9999-12-31", UnclearBecause.FUTURE),
        ("tomorrow", UnclearBecause.FUTURE),
        ("31.02.2026", UnclearBecause.IMPOSSIBLE_DATE),
        ("31/02/2025", UnclearBecause.IMPOSSIBLE_DATE),
        ("31 February", UnclearBecause.IMPOSSIBLE_DATE),
        ("29.02.2025", UnclearBecause.IMPOSSIBLE_DATE),
        ("00.00.0000", UnclearBecause.IMPOSSIBLE_DATE),
        ("2025-13-04", UnclearBecause.IMPOSSIBLE_DATE),
        ("03.04.0025", UnclearBecause.IMPOSSIBLE_DATE),
        ("03.04.202", UnclearBecause.IMPOSSIBLE_DATE),
        ("100.04.2025", UnclearBecause.IMPOSSIBLE_DATE),
        ("2025-04-100", UnclearBecause.IMPOSSIBLE_DATE),
        ("3 4 25", UnclearBecause.IMPOSSIBLE_DATE),
        ("31.12.1899", UnclearBecause.IMPOSSIBLE_DATE),
        ("03.04.91", UnclearBecause.SHORT_YEAR),
        ("12.12.31", UnclearBecause.SHORT_YEAR),
        ("12/5", UnclearBecause.NO_YEAR),
        ("12.5", UnclearBecause.NO_YEAR),
        ("12.5.", UnclearBecause.NO_YEAR),
        ("May 2025", UnclearBecause.NO_DAY),
        ("05/2025", UnclearBecause.NO_DAY),
        ("2025", UnclearBecause.NO_DAY),
        ("may", UnclearBecause.NO_DAY),
        ("due date 03.04.2025", UnclearBecause.NOT_FROM_BIRTH),
        ("03.04.2025 or 05.04.2025", UnclearBecause.TWO_NUMBERS),
        ("03.04.2025 at 4 pm", UnclearBecause.TWO_NUMBERS),
        ("03.04/2025", UnclearBecause.TWO_NUMBERS),
        ("-03.04.2025", UnclearBecause.NOT_UNDERSTOOD),
        ("03042025", UnclearBecause.IMPLAUSIBLE),
        ("", UnclearBecause.EMPTY),
        ("asdf", UnclearBecause.NO_NUMBER),
        ("🎂", UnclearBecause.NO_NUMBER),
        ("not today", UnclearBecause.NO_NUMBER),
        ("birthday is today", UnclearBecause.NO_NUMBER),
        ("fed him yesterday", UnclearBecause.NO_NUMBER),
        ("03.04.2025" + " " * 200, UnclearBecause.TOO_LONG),
    ],
)
def test_what_is_no_possible_birth_date_is_asked_again_with_a_reason(typed: str, because: UnclearBecause) -> None:
    assert read_birth_date(typed, today=TODAY) == Unclear(because)


def test_the_day_of_turning_36_months_is_in_scope_and_the_next_is_not() -> None:
    assert isinstance(read_birth_date("15.06.2022", today=TODAY), Read)
    assert isinstance(read_birth_date("14.06.2022", today=TODAY), OutOfScope)
    assert isinstance(read_birth_date("03.04.1991", today=TODAY), OutOfScope)
    assert isinstance(read_birth_date("03/04/1991", today=TODAY), OutOfScope)
    assert isinstance(read_birth_date("01.01.1900", today=TODAY), OutOfScope)


def test_a_child_of_29_february_turns_36_months_on_1_march() -> None:
    born = date(2024, 2, 29)
    assert isinstance(age_on(born, today=date(2027, 3, 1)), Read)
    assert isinstance(age_on(born, today=date(2027, 3, 2)), OutOfScope)


def test_of_two_readings_around_36_months_both_are_offered() -> None:
    reading = read_birth_date("03/09/2022", today=date(2025, 6, 15))
    assert isinstance(reading, Choose)
    born = [age.birth_date for age in reading.candidates]
    assert born == [date(2022, 9, 3), date(2022, 3, 9)]
    results = [age_on(day, today=date(2025, 6, 15)) for day in born if day]
    assert [type(result) for result in results] == [Read, OutOfScope]


def test_no_name_stands_for_two_months() -> None:
    names = [name for line in _NAMES for name in line.split()]
    assert len(names) == len(set(names)) == len(NUMBER_OF)


def test_three_weeks_ago_is_not_august() -> None:
    assert read_birth_date("born 3 weeks ago", today=TODAY) == Read(AgeText(21, exact=False))


def test_29_february_without_a_year_is_asked_only_where_this_year_or_the_last_had_one() -> None:
    assert isinstance(read_birth_date("29 February", today=date(2025, 6, 15)), Confirm)
    assert read_birth_date("29 Feb", today=date(2026, 6, 15)) == Unclear(UnclearBecause.NO_YEAR)

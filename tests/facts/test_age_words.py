"""An age as a doctor writes it."""

from datetime import date

import pytest

from bot.facts.age_words import NOT_BORN_YET, doctors_age, doctors_corrected_age
from bot.facts.interval import Interval
from bot.facts.value import NOT_SURE, Born, DaysOld, Number, Value

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2026, 3, 31), "0 days"),
        (date(2026, 3, 30), "1 day"),
        (date(2026, 3, 18), "13 days"),
        (date(2026, 3, 17), "2 weeks"),
        (date(2026, 2, 8), "7 weeks 2 days"),
        (date(2025, 12, 30), "13 weeks"),
        (date(2025, 12, 29), "3 months 2 days"),
        (date(2025, 10, 19), "5 months 12 days"),
        (date(2024, 4, 1), "23 months 30 days"),
        (date(2024, 3, 31), "2 years"),
        (date(2023, 12, 31), "2 years 3 months"),
    ],
)
def test_an_age_by_the_calendar(born: date, words: str) -> None:
    assert doctors_age(Born(born), TODAY) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (20, 21, "about 3 weeks"),
        (7, 27, "between 7 days and 3 weeks 6 days"),
        (183, 364, "between 6 months and 11 months 29 days"),
    ],
)
def test_an_age_of_which_days_alone_are_known_says_so(low: int, high: int, words: str) -> None:
    assert doctors_age(DaysOld(low, high, TODAY), TODAY) == words


def test_days_go_on_from_the_day_on_which_they_were_told() -> None:
    assert doctors_age(DaysOld(20, 21, date(2026, 3, 24)), TODAY) == "about 4 weeks"


@pytest.mark.parametrize("born", [None, NOT_SURE])
def test_an_age_that_is_not_known_is_not_guessed(born: Value | None) -> None:
    assert doctors_age(born, TODAY) is None
    assert doctors_corrected_age(born, Number.of(34), TODAY) is None


def test_the_corrected_age_counts_from_the_due_date() -> None:
    born = Born(date(2026, 2, 3))
    assert doctors_age(born, TODAY) == "8 weeks"
    assert doctors_corrected_age(born, Number.of(34), TODAY) == "2 weeks"
    assert doctors_corrected_age(born, Number.of(30), TODAY) == NOT_BORN_YET
    between = Number(Interval(Number.of(34).exact, Number.of(36).exact))
    assert doctors_corrected_age(born, between, TODAY) == "between 2 weeks and 4 weeks"


@pytest.mark.parametrize("weeks", [Number.of(37), Number.of(41), NOT_SURE, None])
def test_born_at_term_or_not_known_there_is_no_corrected_age(weeks: Value | None) -> None:
    assert doctors_corrected_age(Born(date(2026, 2, 3)), weeks, TODAY) is None

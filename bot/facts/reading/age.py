"""The age of a child, as typed."""

from datetime import date

from bot.facts.reading.child_age import AgeReading, AgeText
from bot.facts.reading.months import print_date
from bot.facts.reading.result import Unclear
from bot.facts.reading.typed import tidy
from bot.facts.reading.written_age import age_in, print_days
from bot.facts.reading.written_date import date_in

__all__ = ["print_age", "read_age"]


def read_age(text: str, *, today: date, limits: frozenset[int] = frozenset()) -> AgeReading:
    """The age in days that a parent typed; a birth date typed instead is read as such.

    "3 weeks" is 21 days, "2 months" 61, "1.5 months" 45, "2m 10d" 71: the youngest age the words can mean.
    `limits` are the days at which a rule changes. An age given in weeks or months that is equal to one of
    them (or to 36 months) comes back as Confirm with the day before it: ask for the date of birth, else use
    that younger side. Days and dates are exact. Not taken: a plain number (AskUnit), "about 3 weeks"
    (Confirm), "almost 3 months", corrected ages and weeks of pregnancy (Unclear). Over 36 months:
    OutOfScope. Source: rules.md sections 2 and 3.
    """
    clean = tidy(text)
    if isinstance(clean, Unclear):
        return clean
    return date_in(clean, today=today) or age_in(clean, limits=limits)


def print_age(age: AgeText) -> str:
    """An age, or the birth date where it is known, in words that `read_age` reads back as the same value."""
    return print_days(age) if age.birth_date is None else print_date(age.birth_date)

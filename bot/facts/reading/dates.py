"""The date of birth, as typed."""

import re
from datetime import date

from bot.facts.reading.child_age import AgeReading
from bot.facts.reading.months import print_date
from bot.facts.reading.result import Unclear, UnclearBecause
from bot.facts.reading.typed import tidy
from bot.facts.reading.written_age import age_in
from bot.facts.reading.written_date import date_in

__all__ = ["print_date", "read_birth_date"]

_DAY_AND_MONTH = re.compile(r"\d{1,2}[.,-]\d{1,2}")


def read_birth_date(text: str, *, today: date, limits: frozenset[int] = frozenset()) -> AgeReading:
    """The birth date that a parent typed, with the age in days; an age typed instead is read as such.

    03.04.2025 and 03-04-2025 are 3 April, 2025-04-03 as well; 03/04/2025 is Choose while both days are real
    and not in the future. Month names of eight languages. Asked first (Confirm): two-digit years, no year,
    a date that is real only with the month first. Refused: future, 31.02, no day. Born more than 36 months
    ago: OutOfScope, the day of turning 36 months is not. A chosen candidate goes through `age_on` again.
    Source: rules.md section 3.
    """
    clean = tidy(text)
    if isinstance(clean, Unclear):
        return clean
    if _DAY_AND_MONTH.fullmatch(clean):
        return Unclear(UnclearBecause.NO_YEAR)
    return date_in(clean, today=today) or age_in(clean, limits=limits)

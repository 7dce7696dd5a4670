"""An age in days, as it is known from a typed text, and the arithmetic behind it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TypeAlias

from bot.facts.reading.result import AskUnit, Choose, Confirm, OutOfScope, Read, Unclear, UnclearBecause

OLDEST_MONTHS = 36
DAYS_IN_MONTH = Fraction(487, 16)  # 30.4375
DAYS_OF_MONTHS = {1: 31, 2: 61, 3: 92, 4: 122, 5: 153, 6: 183, 9: 274, 12: 365}
OLDEST_DAYS = 1096


@dataclass(frozen=True, slots=True)
class AgeText:
    """An age in days, counted from birth.

    `exact`: typed in days, or computed from `birth_date`. Otherwise typed in weeks or months: the youngest
    that it can mean ("3 weeks" is 21 to 27 days, read as 21).
    """

    days: int
    exact: bool
    birth_date: date | None = None


AgeReading: TypeAlias = Read[AgeText] | Confirm[AgeText] | Choose[AgeText] | AskUnit | OutOfScope[AgeText] | Unclear


def days_of_months(months: Decimal) -> int:
    """Days of so many months: by the table of rules.md section 2, others to the nearest day.

    Parts of months are rounded down, to the younger side: 1.5 months are 45 days.
    Source: rules.md sections 2 and 3.
    """
    if months != months.to_integral_value():
        return floor(Fraction(months) * DAYS_IN_MONTH)
    return DAYS_OF_MONTHS.get(int(months)) or round(int(months) * DAYS_IN_MONTH)


def age_on(birth_date: date, *, today: date) -> Read[AgeText] | OutOfScope[AgeText] | Unclear:
    """The age today of a child born on that date; the day of turning 36 months is still in scope."""
    if birth_date > today:
        return Unclear(UnclearBecause.FUTURE)
    age = AgeText((today - birth_date).days, exact=True, birth_date=birth_date)
    return Read(age) if today <= _turns_oldest(birth_date) else OutOfScope(age)


def _turns_oldest(birth_date: date) -> date:
    """The day of turning 36 months; born on 29 February: 1 March, so younger for one day more."""
    year = birth_date.year + OLDEST_MONTHS // 12
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)

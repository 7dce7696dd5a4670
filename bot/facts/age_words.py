"""An age as a doctor writes it: days at first, then weeks and days, months and days, years and months."""

from __future__ import annotations

from datetime import date, timedelta

from bot.facts.age import ages, month_days, turning
from bot.facts.value import Born, DaysOld, Number, Value

DAYS_UNTIL, WEEKS_UNTIL, MONTHS_UNTIL = 14, 92, 24
"""Until so many days an age is written in days, until so many in weeks, until so many months in months."""

NOT_BORN_YET = "before the due date"


def doctors_age(born: Value | None, today: date) -> str | None:
    """The age from birth; None where it is not known."""
    match born:
        case Born(on):
            return _by_calendar(on, today)
        case DaysOld(low, high, asof):
            passed = (today - asof).days
            return _between(low + passed, high + passed)
    return None


def doctors_corrected_age(born: Value | None, gestation: Value | None, today: date) -> str | None:
    """The age corrected for an early birth; None where the child was born at term, or one of both is not known."""
    if not isinstance(born, Born | DaysOld) or not isinstance(gestation, Number):
        return None
    found = ages(born, gestation, today)
    if found.corrected.days == found.age.days:
        return None
    low, high = found.corrected.days
    if high < 0:
        return NOT_BORN_YET
    if low == high and isinstance(born, Born):
        return _by_calendar(today - timedelta(days=low), today)
    return _between(max(low, 0), high)


def _by_calendar(born: date, today: date) -> str:
    days = (today - born).days
    if days < WEEKS_UNTIL:
        return _in_days(days)
    months = next(number for number in range(1, 1200) if turning(born, number + 1) > today)
    if months >= MONTHS_UNTIL:
        return _both(months // 12, "year", months % 12, "month")
    return _both(months, "month", (today - turning(born, months)).days, "day")


def _between(low: int, high: int) -> str:
    """An age of which days are known that differ by one at most is written as one; else both ends are."""
    if high - low <= 1:
        return f"about {_about(high)}"
    return f"between {_about(low)} and {_about(high)}"


def _about(days: int) -> str:
    if days < WEEKS_UNTIL:
        return _in_days(days)
    months = next(number for number in range(1, 1200) if month_days(number + 1) > days)
    if months >= MONTHS_UNTIL:
        return _both(months // 12, "year", months % 12, "month")
    return _both(months, "month", days - month_days(months), "day")


def _in_days(days: int) -> str:
    return _count(days, "day") if days < DAYS_UNTIL else _both(days // 7, "week", days % 7, "day")


def _both(number: int, unit: str, rest: int, smaller: str) -> str:
    return f"{_count(number, unit)} {_count(rest, smaller)}" if rest else _count(number, unit)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"

"""How old a child is: by the calendar from the birth date, by a table of days where only days are known.

Source: facts.yaml (derived), rules.md C-08 and C-09.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.facts.truth import Truth, of
from bot.facts.value import Born, DaysOld, NotSure, Number, Value

MONTH_DAYS = {1: 31, 2: 61, 3: 92, 4: 122, 5: 153, 6: 183, 9: 274, 12: 365}
"""Limits in months as days, for ages of which only days are known; other months by their mean length."""

MEAN_MONTH = 30.4375
TERM_WEEKS = 40
EARLY_BEFORE_WEEKS = 37
EARLIEST_WEEKS = 22
"""Weeks counted for a birth that was early by an unknown number of weeks, and before the weeks were asked."""

UNKNOWN_WEEKS_YOUNGER = 4
OLDEST_DAYS = 100 * 366


class Unit(StrEnum):
    """The unit of an age limit."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Side(StrEnum):
    """Which side of an age limit is meant; "up to" includes the whole day of turning that age."""

    UNDER = "under"
    UP_TO = "up to"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Such as "up to 3 months"."""

    side: Side
    number: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.value.removesuffix("s") if self.number == 1 else self.unit.value
        return f"{self.side.value} {self.number} {unit}"


def month_days(months: int) -> int:
    """The number of days that stands for a limit in months."""
    return MONTH_DAYS.get(months, round(MEAN_MONTH * months))


def limit_days(number: int, unit: Unit) -> int:
    """The number of days of a limit, where no calendar is known."""
    if unit is Unit.MONTHS:
        return month_days(number)
    return 7 * number if unit is Unit.WEEKS else number


def turning(born: date, months: int) -> date:
    """The day on which a child born on `born` turns `months` months old.

    A day that the month does not have becomes the first of the next month: the child counts as younger for one day
    more, which is the cautious side of every danger limit.
    """
    index = born.month - 1 + months
    year, month = born.year + index // 12, index % 12 + 1
    try:
        return date(year, month, born.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class _Point:
    """One possible age: `days` today, and the (corrected) day of birth where the calendar is known."""

    days: int
    born: date | None
    today: date

    def compare(self, limit: AgeLimit) -> int:
        """Below, on, or above the limit: -1, 0, 1."""
        if limit.unit is Unit.MONTHS and self.born is not None:
            day = turning(self.born, limit.number)
            return (self.today > day) - (self.today < day)
        days = limit_days(limit.number, limit.unit)
        return (self.days > days) - (self.days < days)

    def minus(self, days: int) -> _Point:
        born = None if self.born is None else self.born + timedelta(days=days)
        return _Point(self.days - days, born, self.today)


@dataclass(frozen=True, slots=True)
class Age:
    """The ages that a child may have: from `youngest` to `oldest`.

    `asked` says that no further question can narrow it. Then an age that lies on both sides of a limit counts as the
    younger: 'under' and 'up to' hold, 'from' cannot be said (source: facts.yaml, derived age).
    """

    youngest: _Point
    oldest: _Point
    asked: bool
    known: bool

    def matches(self, limit: AgeLimit) -> Truth:
        """Whether the child's age lies on that side of the limit."""
        low, high = self.youngest.compare(limit), self.oldest.compare(limit)
        sure, never = {
            Side.FROM: (low >= 0, high < 0),
            Side.UNDER: (high < 0, low >= 0),
            Side.UP_TO: (high <= 0, low > 0),
        }[limit.side]
        if sure or never:
            return of(sure)
        if not self.asked:
            return Truth.OPEN
        return Truth.UNSURE if limit.side is Side.FROM else Truth.TRUE

    @property
    def days(self) -> tuple[int, int]:
        """Days of life, from the youngest to the oldest that is possible."""
        return self.youngest.days, self.oldest.days


@dataclass(frozen=True, slots=True)
class Ages:
    """Age from birth, corrected for an early birth, and the younger of both."""

    age: Age
    corrected: Age
    younger: Age


def ages(born: Value, gestation: Value | None, today: date) -> Ages:
    """Compute the three ages from the answers about birth date and weeks of pregnancy (None = not asked yet).

    Weeks not sure: the corrected age is the age, the younger age is 4 weeks younger.
    """
    low, high, known = _from_birth(born, today)
    age = Age(low, high, asked=True, known=known)
    if isinstance(gestation, NotSure):
        younger = Age(low.minus(7 * UNKNOWN_WEEKS_YOUNGER), high.minus(7 * UNKNOWN_WEEKS_YOUNGER), True, known)
        return Ages(age, age, younger)
    most, least, asked = _shift(gestation)
    # Corrected and younger are the same number: a birth date is only ever moved forward.
    corrected = Age(low.minus(most), high.minus(least), asked, known)
    return Ages(age, corrected, corrected)


def _from_birth(born: Value, today: date) -> tuple[_Point, _Point, bool]:
    match born:
        case Born(on):
            point = _Point((today - on).days, on, today)
            return point, point, True
        case DaysOld(low, high, asof):
            passed = (today - asof).days
            return _Point(low + passed, None, today), _Point(high + passed, None, today), True
        case _:
            return _Point(0, None, today), _Point(OLDEST_DAYS, None, today), False


def _shift(gestation: Value | None) -> tuple[int, int, bool]:
    """The most and the fewest days by which the birth was early, and whether that was asked."""
    if not isinstance(gestation, Number):
        return 7 * (TERM_WEEKS - EARLIEST_WEEKS), 0, False
    interval = gestation.interval
    earliest = EARLIEST_WEEKS if interval.low is None else max(int(interval.low), 0)
    latest = TERM_WEEKS if interval.high is None else int(interval.high)
    if interval.high is not None and not interval.high_in and latest == interval.high:
        latest -= 1
    settled = gestation.settled or interval.exact is not None
    return _days_early(earliest), _days_early(latest), settled


def _days_early(weeks: int) -> int:
    return 7 * (TERM_WEEKS - weeks) if weeks < EARLY_BEFORE_WEEKS else 0

"""What reading a typed text can end in. Nothing but `Read` may be stored without asking the parent again."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class ConfirmBecause(StrEnum):
    """Why a value is not taken before the parent says yes."""

    MISSING_POINT = "missing_point"  # 375: 37.5?
    FAHRENHEIT = "fahrenheit"  # 100.4
    THRESHOLD_AGE = "threshold_age"  # "3 months": ask for the date of birth, or use the younger side
    SHORT_YEAR = "short_year"  # 03.04.25
    NO_YEAR = "no_year"  # 1 May
    MONTH_FIRST = "month_first"  # 04.13.2025: real only with the month first
    APPROXIMATE = "approximate"  # "about 3 weeks"
    OTHER_WORDS = "other_words"  # one clear value among words that are not understood
    CONVERTED = "converted"  # "2 days" where hours were asked
    CLOCK_TIME = "clock_time"  # 13:30: minutes and seconds, or the time of day?


class ChooseBecause(StrEnum):
    """Why there is more than one value to choose from."""

    DAY_OR_MONTH_FIRST = "day_or_month_first"  # 03/04/2025


class UnclearBecause(StrEnum):
    """Why nothing was read; each has its own kind words when the question is asked again."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    TWO_NUMBERS = "two_numbers"
    NEGATIVE = "negative"
    TOO_PRECISE = "too_precise"  # 0.0001
    TOO_VAGUE = "too_vague"  # "a long time", "newborn", "almost 3 months"
    IMPLAUSIBLE = "implausible"  # 99999
    FUTURE = "future"
    IMPOSSIBLE_DATE = "impossible_date"  # 31.02.2026
    NO_YEAR = "no_year"  # 12/5
    NO_DAY = "no_day"  # May 2026
    SHORT_YEAR = "short_year"  # 03.04.91
    NOT_FROM_BIRTH = "not_from_birth"  # corrected age, weeks of pregnancy, due date
    NOT_A_BODY_TEMPERATURE = "not_a_body_temperature"
    NOT_SURE = "not_sure"  # "I don't know"; may be stored as "not sure"
    CONTRADICTION = "contradiction"  # "yes no"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Read(Generic[T_co]):
    """One value, clearly typed."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Confirm(Generic[T_co]):
    """One value, taken only after a yes; `question` is in plain English, translations go by `because`."""

    value: T_co
    because: ConfirmBecause
    question: str


@dataclass(frozen=True, slots=True)
class Choose(Generic[T_co]):
    """Several values, all of them real; the parent picks one."""

    candidates: tuple[T_co, ...]
    because: ChooseBecause


@dataclass(frozen=True, slots=True)
class AskUnit:
    """A plain number (or, with `high`, a plain range such as 1-2) whose unit was not typed."""

    number: Decimal
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MeasureAgain(Generic[T_co]):
    """A reading that is hard to believe: once is no reading, the same twice is real (rules.md section 3)."""

    value: T_co


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """The parent has no thermometer, or could not measure."""


@dataclass(frozen=True, slots=True)
class NoneAtAll:
    """The parent typed "none": zero of it, or no such thing; the fact that was asked says which."""


@dataclass(frozen=True, slots=True)
class OutOfScope(Generic[T_co]):
    """An age over 36 months, or of an adult: this guide is not made for it; danger signs still come first."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing was read; ask again, kindly, saying why."""

    because: UnclearBecause
